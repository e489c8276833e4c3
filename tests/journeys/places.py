"""Every place of the window in every state that a person meets, for tests that look at them all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

import resources
from partnerdesk import ceremony
from partnerdesk.exchange.recent import Recent, remember_recent
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow import rounds, setup, values
from partnerdesk.flow.agree import propose_clause
from partnerdesk.flow.choices import choose_languages
from partnerdesk.flow.enclosures import Enclosed, add_entry
from partnerdesk.flow.ending import keep_closing
from partnerdesk.flow.guides import activity_of, built_in_guide
from partnerdesk.flow.ink import sign_on_paper
from partnerdesk.flow.pin import kept_key, lock_signing, locked
from partnerdesk.flow.progress import postpone_activity
from partnerdesk.flow.versions import abandon_version, charter_pdf, close_version
from partnerdesk.model.closing import Closing, Ending, Obligation
from partnerdesk.model.guide import Guide
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Authority
from partnerdesk.model.round import ClauseType
from partnerdesk.store import Store, open_store
from tests.holding import hold
from tests.journeys.places_beside import BESIDE
from tests.recording import RecordingMessages
from ui.mainwindow import first_of_use
from ui.signals import StoreSignals
from ui.tasks import Tasks
from ui.views.agree import AgreeView
from ui.views.base import View
from ui.views.charter import CharterView
from ui.views.charter_sections import DOCUMENT
from ui.views.home import HomeView
from ui.views.lock import Behind, LockView
from ui.views.place import Place
from ui.views.prepare import PrepareView
from ui.views.reveal import RevealView
from ui.views.session import SessionView
from ui.views.sign import SignView
from ui.views.turn import TurnView
from ui.views.verify import VerifyView
from ui.views.workplace import Hall, Workplace

DOCUMENT_PARTS = ("", "annexes", "languages", "enclosures", "ending")
AT = datetime(2026, 11, 19, 14, 8, tzinfo=UTC)
PATIENCE = 40_000
ASKED = {
    "grid": "trust",
    "spectrum": "mindset",
    "ladder": "decision_ladder",
    "allocation": "goals",
    "pick_rank": "values",
    "text": "terms",
    "consent": "clause_consent",
}
"""One activity of each kind that asks people in private."""


@dataclass
class Nowhere:
    """Stands in for the desk: files are not opened, and no other place shows."""

    places: list[Place] = field(default_factory=list)

    def go(self, place: Place) -> None:
        """Note where a view leads."""
        self.places.append(place)

    def open(self, path: Path, passphrase: str | None = None) -> None:
        """Open nothing."""

    def new(self, path: Path, title: str) -> None:
        """Make nothing."""

    def practice(self) -> None:
        """Make no copy."""

    def close(self) -> None:
        """Close nothing."""

    def save_copy(self) -> None:
        """Write no copy."""

    def lock(self) -> None:
        """Lock nothing."""


class Table:
    """What a place stands on: a hall, a guide and partnership files in one folder."""

    def __init__(self, folder: Path) -> None:
        """Keep files in `folder`."""
        self.folder, self.desk, self.tasks = folder, Nowhere(), Tasks()
        self.guide: Guide = built_in_guide()
        self.hall = Hall(self.tasks, RecordingMessages(), self.desk, self.desk.go, lambda _b: None)
        self._open: list[Workplace] = []

    def on(self, store: Store) -> Workplace:
        """Return a workplace on `store`, closed with this table."""
        hall = self.hall
        work = Workplace(
            hall.tasks,
            hall.messages,
            hall.files,
            hall.go,
            hall.menu,
            store,
            self.guide,
            StoreSignals(store),
        )
        self._open.append(work)
        return work

    def empty(self) -> Workplace:
        """Return a workplace on a partnership without anybody."""
        return self.on(setup.new_partnership(self.folder / "empty.pdesk", "Lake"))

    def begun(self) -> Workplace:
        """Return a workplace on two partners with three people, before any round."""
        work = self.empty()
        for partner in ("north", "south"):
            setup.add_partner(work.store, partner.title(), id=partner)
        for person, partner in (("ann", "north"), ("ben", "north"), ("cleo", "south")):
            setup.add_participant(
                work.store, partner, person.title(), id=person, authority=Authority.BINDS
            )
        return work

    def whole(self) -> Workplace:
        """Return a workplace on the recorded workshop, all of it replayed."""
        kept = self.folder.parent / "whole.pdesk"
        if not kept.exists():
            told = read_workshop(resources.path("samples/workshop-a.json"), self.guide)
            replay(told, self.guide, kept).close()
        return self.on(open_store(Path(shutil.copy(kept, self.folder / "workshop.pdesk"))))

    def clear(self) -> None:
        """Close every file."""
        self.tasks.wait_for_done()
        for work in self._open:
            work.signals.close()
            work.store.close()


def show(view: View, width: int, height: int) -> None:
    """Show `view` at a size and wait until its background work is done."""
    view.resize(width, height)
    view.show()
    view.activateWindow()
    first_of_use(view).setFocus()
    settle(view)


def settle(view: View) -> None:
    """Wait until the work in the background is done and all is laid out."""
    tasks, loop = view.hall.tasks, QEventLoop()
    tasks.busy.connect(lambda busy: busy or loop.quit())
    QTimer.singleShot(PATIENCE, loop, loop.quit)
    while tasks.is_busy():
        loop.exec()
    for _n in range(3):
        QApplication.processEvents()


def put_away(view: View) -> None:
    """Close `view` as the desk does, and delete it."""
    view.closing()
    view.close()
    view.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


# --- home ------------------------------------------------------------------------------


def _home_filled(table: Table) -> View:
    for n, title in enumerate(("Lake Basin Water Alliance", "Market women of the north shore")):
        path = table.folder / f"{n}.pdesk"
        path.touch()
        remember_recent(
            Recent(str(path), title, 3, "Charter", "Kisumbe", f"2026-11-1{n}T10:00:00+00:00")
        )
    return HomeView(table.hall)


def _home_new(table: Table) -> View:
    view = HomeView(table.hall)
    view.show_new()
    return view


# --- session ---------------------------------------------------------------------------


def _collecting(work: Workplace, activity: str, answered: int) -> str:
    """Open a round and let the first few pass; return its id."""
    round_id = rounds.open_round(work.store, work.guide, activity)
    for turn in rounds.turns(work.store, values.round_of(work.store, round_id))[:answered]:
        rounds.submit_answer(work.store, work.guide, round_id, turn.respondent, None)
    return round_id


def _session_collecting(table: Table, answered: int) -> View:
    work = table.begun()
    _collecting(work, "mindset", answered)
    return SessionView(work, "mindset")


def _session_put_off(table: Table) -> View:
    work = table.begun()
    postpone_activity(work.store, work.guide, "mindset", "No time today")
    return SessionView(work, "mindset")


def _cover(table: Table) -> View:
    work = table.whole()
    round_id = _collecting(work, "mindset", 0)
    first = rounds.turns(work.store, values.round_of(work.store, round_id))[0]
    return TurnView(work, f"{round_id}/{first.respondent}")


def _propose(work: Workplace) -> None:
    all_ = tuple(partner.id for partner in values.partners(work.store))
    words = "We meet each month in Kisumbe."
    propose_clause(work.store, "C5", ClauseType.COMMITMENT, words, keys=all_)


def _revealed(activity: str, table: Table) -> View:
    """Show the answers of the recorded workshop, or of a round held now where it has none."""
    work = table.whole()
    if values.latest_round(work.store, activity) is None:
        _hold(work, activity)
    return RevealView(work, activity)


def _hold(work: Workplace, activity: str) -> None:
    """Ask for words or for consent, let all answer, the last in disagreement, and reveal."""
    if activity == ASKED["consent"]:
        _propose(work)
    round_id = rounds.open_round(work.store, work.guide, activity)
    round_ = values.round_of(work.store, round_id)
    asked = activity_of(work.guide, activity)
    items = rounds.setting_of(work.store, work.guide, asked, round_.attribution).items
    turns = rounds.turns(work.store, round_)
    for n, turn in enumerate(turns):
        words = f"Each says what it is for them, {turn.respondent}, and what it asks of others."
        level = 7 if n == len(turns) - 1 else n % 3 + 1
        answer: dict[str, Json] = {
            item.id: {"level": level, "reservation": words} if asked.kind == "consent" else words
            for item in items
        }
        rounds.submit_answer(work.store, work.guide, round_id, turn.respondent, answer)
    rounds.reveal_round(work.store, work.guide, round_id)


def _form(table: Table, activity: str) -> View:
    work = table.whole()
    if activity == ASKED["consent"]:
        _propose(work)
    round_id = _collecting(work, activity, 0)
    first = rounds.turns(work.store, values.round_of(work.store, round_id))[0]
    view = TurnView(work, f"{round_id}/{first.respondent}")
    view.resize(1024, 600)
    view.show()
    assert view.cover is not None
    hold(view.cover.key)
    QApplication.processEvents()
    assert view.turn_page is not None
    return view


# --- charter ---------------------------------------------------------------------------


def _frozen(work: Workplace, signatures: int) -> str:
    """Freeze a version and let the first few sign; return its id."""
    version_id = ceremony.freeze(work.store, work.guide, AT)
    for block in ceremony.blocks_of(work.store, version_id)[:signatures]:
        ceremony.sign_block(work.store, version_id, block, ceremony.generated_mark(block), AT)
    return version_id


def _document(part: str, table: Table) -> View:
    work = table.whole()
    choose_languages(work.store, ("en", "ar"), prevailing="en")
    add_entry(work.store, Enclosed.CONTACTS, "Rose Anyango", {"party": "cbo", "reach": "+254 700"})
    keep_closing(work.store, Closing(Ending.HANDED_OVER, obligations=(Obligation("The pump"),)))
    view = CharterView(work, DOCUMENT)
    view.document().open_part(part)
    return view


def _signing(table: Table, signatures: int) -> View:
    work = table.whole()
    return SignView(work, _frozen(work, signatures))


def _turn_to_sign(table: Table, *, ink: bool) -> View:
    """Show the second signatory's turn, or the form for ink, after the first signed in ink."""
    work = table.whole()
    version_id = _frozen(work, 0)
    first = ceremony.blocks_of(work.store, version_id)[0].signatory
    sign_on_paper(work.store, version_id, [first], "The Committee", (b"%PDF-1.4 scan", ".pdf"))
    view = SignView(work, version_id)
    assert view.steps.private is not None
    view.steps.private.answers.faces[0].click()
    view.steps.go_on()
    if ink:
        assert view.turn is not None
        view.turn.on_paper.emit()
    return view


def _under_a_pin(table: Table) -> View:
    work = table.whole()
    version_id = _frozen(work, 0)
    lock_signing(work.store, version_id, locked(kept_key(work.store, version_id), "harbour lamp"))
    return SignView(work, version_id)


def _stopped(table: Table) -> View:
    work = table.whole()
    version_id = _frozen(work, 1)
    abandon_version(work.store, version_id)
    return SignView(work, version_id)


def _signed(table: Table) -> View:
    work = table.whole()
    version_id = _frozen(work, 9)
    close_version(work.store, version_id)
    return SignView(work, version_id)


def _checked(table: Table, added: bytes, known: bool) -> View:
    work = table.whole()
    path = table.folder / "charter.pdf"
    path.write_bytes(charter_pdf(work.store, _frozen(work, 1)) + added)
    return VerifyView(work if known else table.hall, str(path))


def _on_whole(view: type[View], key: str, table: Table) -> View:
    return view(table.whole(), key)  # type: ignore[call-arg,arg-type]  # every record view


PLACES: Mapping[str, Callable[[Table], View]] = {
    "home, empty": lambda table: HomeView(table.hall),
    "home, filled": _home_filled,
    "home, new": _home_new,
    "prepare, empty": lambda table: PrepareView(table.empty()),
    "prepare, filled": partial(_on_whole, PrepareView, ""),
    "session, before": lambda table: SessionView(table.begun(), "mindset"),
    "session, list": lambda table: SessionView(table.begun(), "decision_ladder"),
    "session, together": lambda table: SessionView(table.begun(), "repair"),
    "session, collecting": partial(_session_collecting, answered=1),
    "session, all in": partial(_session_collecting, answered=3),
    "session, put off": _session_put_off,
    "session, done": partial(_on_whole, SessionView, "mindset"),
    "turn, cover": _cover,
    **{f"turn, {kind}": partial(_form, activity=one) for kind, one in ASKED.items()},
    **{f"reveal, {kind}": partial(_revealed, one) for kind, one in ASKED.items()},
    "agree, spectrum": partial(_on_whole, AgreeView, "mindset"),
    "agree, ladder": partial(_on_whole, AgreeView, "decision_ladder"),
    "agree, plan": partial(_on_whole, AgreeView, "repair"),
    "charter, begun": lambda table: CharterView(table.begun()),
    "charter, whole": partial(_on_whole, CharterView, ""),
    **{f"document, {part}": partial(_document, part) for part in DOCUMENT_PARTS},
    "sign, order": partial(_on_whole, SignView, ""),
    "sign, first": partial(_signing, signatures=0),
    "sign, last": partial(_signing, signatures=9),
    "sign, turn": partial(_turn_to_sign, ink=False),
    "sign, ink": partial(_turn_to_sign, ink=True),
    "sign, waits": _under_a_pin,
    "sign, stopped": _stopped,
    "sign, signed": _signed,
    "lock, passphrase": lambda table: LockView(table.hall, Behind.LOCKED),
    "lock, curtain": lambda table: LockView(table.hall, Behind.PLAIN),
    "verify, nothing": lambda table: VerifyView(table.hall, ""),
    "verify, unchanged": partial(_checked, added=b"", known=True),
    "verify, unknown": partial(_checked, added=b"", known=False),
    "verify, changed": partial(_checked, added=b"\n% more\n", known=True),
    **BESIDE,
}
"""Each place by its name."""


def shown_inside(view: QWidget) -> list[QWidget]:
    """Return every widget of `view` that shows, or would after scrolling."""
    return [part for part in view.findChildren(QWidget) if part.isVisibleTo(view)]
