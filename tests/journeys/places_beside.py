"""The places beside the workshop, for the tests that look at every place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.evidence import Bond, Evidence
from partnerdesk.exchange.bundle import pack
from partnerdesk.exchange.copies import read
from partnerdesk.exchange.erasing import name_order
from partnerdesk.exchange.findings import findings
from partnerdesk.exchange.laptop import choose_second
from partnerdesk.flow import agree, setup, values
from partnerdesk.flow.agree import Support
from partnerdesk.keeping import back_up
from partnerdesk.model.round import ClauseType
from partnerdesk.store import Store, change_passphrase, open_store
from ui.views.backups import BackupsView
from ui.views.base import View
from ui.views.bring import BringView
from ui.views.contacts import ContactsView
from ui.views.data_out import DataView
from ui.views.destroy import DestroyView
from ui.views.erase import EraseView
from ui.views.evidence import EvidenceView
from ui.views.home import HomeView
from ui.views.leave import LeaveView
from ui.views.session_paper import SessionPaperView
from ui.views.take import TakeView

AT = datetime(2026, 11, 19, 14, 8, tzinfo=UTC)

if TYPE_CHECKING:
    from tests.journeys.places import Table


def apart(store: Store, author: str) -> None:
    """Go on working on one copy as people do there."""
    store.author = author
    partner = values.partners(store)[0].id
    setup.change_partnership(store, purpose=f"Clean water for all who fish, says {author}")
    setup.change_partner(store, partner, mission=f"Water and livelihoods, as {author} heard it")
    clause = agree.clauses(store)[0].id
    agree.record_consents(store, clause, {partner: Support(3, f"Only until June ({author})")})


def bundle_of_another(path: Path, folder: Path, author: str) -> Path:
    """Return a bundle of another copy of a closed file, on which somebody went on working."""
    with open_store(Path(shutil.copy(path, folder / "other.pdesk"))) as store:
        setup.add_partner(store, "Shore Women's Market Group", "SWMG", id="shore")
        setup.add_participant(store, "shore", "Nekesa")
        apart(store, author)
        made = folder / "lake-basin.pdbundle"
        made.write_bytes(pack(store))
    return made


def _take(table: Table) -> View:
    view = TakeView(table.begun())
    view.parts["charter"].setChecked(False)
    view.lock.setChecked(True)
    return view


def _bring(table: Table) -> View:
    work = table.whole()
    bundle = bundle_of_another(table.folder.parent / "whole.pdesk", table.folder, "Otieno")
    apart(work.store, "Amina")
    return BringView(work, str(bundle))


def _bring_new(table: Table) -> View:
    table.whole()
    bundle = bundle_of_another(table.folder.parent / "whole.pdesk", table.folder, "Otieno")
    return BringView(table.hall, str(bundle))


def _contacts(table: Table) -> View:
    path = table.folder / "people.csv"
    path.write_text(
        "Name,Organisation,Role,Phone\n"
        "Amina Diallo,North,Treasurer,0700 1\n"
        "Élise Okoro,Lake Shore Clinic,Nurse,0700 2\nBaraka,Lake Shore Clinic,,\n,LBFN,,\n"
    )
    return ContactsView(table.begun(), str(path))


def _folder(table: Table) -> View:
    """Return home with a folder of partnerships: one overdue, one fresh, a locked one, no file."""
    work = table.whole()
    folder = table.folder / "Partnerships 2026"
    folder.mkdir()
    work.store.copy_to(folder / "lake.pdesk")
    with open_store(folder / "lake.pdesk") as store:
        partner = values.partners(store)[0].id
        levels = {one.id: Support(1) for one in values.partners(store)}
        for section, text, day in (
            ("C9", "The pump house has a roof", "2025-03-31"),
            ("C9", "Both budgets are on the wall", "2025-06-30"),
            ("C15", "We look at all of it again", "2031-05-04"),
        ):
            rule = ClauseType.COMMITMENT
            clause = agree.propose_clause(store, section, rule, text, owner=partner, date=day)
            agree.record_consents(store, clause, levels)
    setup.new_partnership(folder / "new.pdesk", "Market women of the north shore").close()
    setup.new_partnership(folder / "garden.pdesk", "Garden").close()
    change_passphrase(folder / "garden.pdesk", None, "calm acorn in the garden")
    (folder / "notes.pdesk").write_text("hello")
    view = HomeView(table.hall)
    view._list_folder(folder)
    return view


def _evidence(table: Table) -> View:
    view = EvidenceView(table.begun())
    view.path = Path("charter.pdf")
    view._show(Evidence(Bond.CHANGED_FILE, 120))
    return view


def _erase(table: Table) -> View:
    work = table.whole()
    return EraseView(work, values.participants(work.store)[0].id)


def _erase_found(table: Table) -> View:
    work = table.whole()
    person = values.participants(work.store)[2]
    setup.change_participant(work.store, person.id, role=f"speaks as {person.name}")
    view = EraseView(work, person.id)
    order = name_order(read(work.store), person.name)
    view.show_found((order, findings(read(work.store), order.wanted)))
    return view


def _leave(table: Table) -> View:
    work = table.whole()
    with work.store.transaction("Draft") as t:
        t.insert("setting", {"id": "draft:repair", "value": {}})
    return LeaveView(work)


def _backups(table: Table, count: int) -> View:
    work = table.begun()
    partner = values.partners(work.store)[0].id
    for day in range(count):
        back_up(work.store, AT + timedelta(days=day))
        setup.change_partner(work.store, partner, mission=f"Water for day {day}")
        setup.add_partner(work.store, f"Market group {day}")
    choose_second(work.store.id, table.folder / "STICK")
    return BackupsView(work)


BESIDE: Mapping[str, Callable[[Table], View]] = {
    "take": _take,
    "bring, nothing": lambda table: BringView(table.hall),
    "bring, choices": _bring,
    "bring, new": _bring_new,
    "contacts, nothing": lambda table: ContactsView(table.begun()),
    "contacts, read": _contacts,
    "home, folder": _folder,
    "session record": lambda table: SessionPaperView(table.begun()),
    "evidence, nothing": lambda table: EvidenceView(table.begun()),
    "evidence, found": _evidence,
    "backups": partial(_backups, count=3),
    "backups, none": partial(_backups, count=0),
    "data out": lambda table: DataView(table.begun()),
    "erase": _erase,
    "erase, found": _erase_found,
    "destroy": lambda table: DestroyView(table.whole()),
    "leave": _leave,
}
"""Each of them by its name."""
