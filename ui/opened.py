"""One open partnership: its store, its guide, and the views on it.

Loaded when the first file is opened, so that the first window shows without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

import resources
from partnerdesk import pace
from partnerdesk.errors import PartnerDeskError, UserError
from partnerdesk.exchange.laptop import laptop
from partnerdesk.exchange.recent import Recent
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.settings import settings
from partnerdesk.exchange.strictjson import read_bounded
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow import values
from partnerdesk.flow.guides import add_guide, built_in_guide, guide_of
from partnerdesk.flow.progress import current_activity
from partnerdesk.flow.rounds import turns
from partnerdesk.flow.setup import can_start, new_partnership
from partnerdesk.flow.versions import awaited_words, open_version
from partnerdesk.language import _
from partnerdesk.model.guide import Guide
from partnerdesk.model.names import file_name, unused
from partnerdesk.places import home
from partnerdesk.store import Edit, Store, open_copy, open_store
from partnerdesk.store.sense import making_sense
from ui.signals import StoreSignals
from ui.theme import load_fallbacks
from ui.views.agree import AgreeView
from ui.views.charter import CharterView
from ui.views.place import Go, Place
from ui.views.prepare import PrepareView
from ui.views.reveal import RevealView
from ui.views.session import SessionView
from ui.views.sign import SignView
from ui.views.turn import TurnView
from ui.views.view import RecordView
from ui.views.workplace import Hall, Workplace

SAMPLE = "samples/workshop-a.json"
MOST_GUIDE = 1_000_000
VIEWS: Mapping[Go, type[RecordView]] = {
    Go.PREPARE: PrepareView,
    Go.SESSION: SessionView,
    Go.TURN: TurnView,
    Go.REVEAL: RevealView,
    Go.AGREE: AgreeView,
    Go.CHARTER: CharterView,
    Go.SIGN: SignView,
}


class Opened(QObject):
    """Holds one open store until `close`; `changed` comes after every edit."""

    changed = Signal()

    def __init__(self, hall: Hall, store: Store, parent: QObject | None = None) -> None:
        """Read the guide of `store`; raises PartnerDeskError where the file cannot be used."""
        super().__init__(parent)
        guide = guide_of(store)
        start_place(store, guide)
        self._signals = StoreSignals(store)
        self._signals.setParent(self)
        self._shown = False
        self._signals.changed.connect(self._on_edit)
        store.author = laptop().name or _facilitator(store)
        self.work = Workplace(
            hall.tasks, hall.messages, hall.files, hall.go, hall.menu, store, guide, self._signals
        )

    @property
    def store(self) -> Store:
        """Return the open store."""
        return self.work.store

    @property
    def title(self) -> str:
        """Return the name of the partnership."""
        return values.partnership(self.store).title

    @property
    def practice(self) -> bool:
        """Return whether all in this file is invented."""
        return values.partnership(self.store).practice

    def view(self, place: Place) -> RecordView:
        """Return a new view of `place`; what was only to be known at the opening is said once."""
        if self._shown:
            self._signals.standing.move_on()
        self._shown = True
        return VIEWS[place.go](self.work, place.key)

    def start(self) -> Place:
        """Return where the work stands."""
        return start_place(self.store, self.work.guide)

    def recent(self) -> Recent | None:
        """Return what the recent list says of this file, or None where it says nothing of it.

        Of a file with a passphrase it says nothing, or the file's name alone where that is wished.
        """
        store = self.store
        if store.read_only or (store.encrypted and not settings().list_locked):
            return None
        if store.encrypted:
            return Recent(path=str(store.path), title=store.path.stem, at=_now())
        current = current_activity(store, self.work.guide)
        stage = self.work.guide.stage_of(current.activity.id) if current else None
        about = values.partnership(store)
        session = next(reversed(values.sessions(store)), None)
        signing = open_version(store)
        stands = awaited_words(store, signing) if signing else stage.short if stage else ""
        return Recent(
            path=str(store.path),
            title=about.title,
            partners=len(values.partners(store)),
            stage=stands or _("Charter"),
            place=session.place if session else "",
            at=_now(),
            practice=about.practice,
        )

    def add_guide(self, path: Path) -> None:
        """Add an organisation's own guide; raises UserError or InputErrors and adds nothing."""
        try:
            written = read_bounded(path, MOST_GUIDE).decode("utf-8")
        except UnicodeDecodeError as error:
            words = _("{name} is not UTF-8 text, so nothing was added. Save it as UTF-8.")
            raise UserError(words.format(name=path.name), code="encoding") from error
        self.work = replace(self.work, guide=add_guide(self.store, path.name, written))

    def _on_edit(self, edit: Edit) -> None:
        """Read the guide again where it came or went, as by a merge, and tell."""
        if any(change.table == "guide_text" for change in edit.changes):
            self.work = replace(self.work, guide=guide_of(self.store))
        self.changed.emit()

    def close(self) -> None:
        """Close the file."""
        self._signals.close()
        self.store.close()


def _facilitator(store: Store) -> str:
    return next((one.facilitator for one in values.sessions(store)), "")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def start_place(store: Store, guide: Guide) -> Place:
    """Return where the work stands, so that a power cut loses nobody's place."""
    version = open_version(store)
    if version is not None:
        return Place(Go.SIGN, version.id)
    for round_ in values.rounds(store):
        if round_.holder and any(t.respondent == round_.holder for t in turns(store, round_)):
            return Place(Go.TURN, f"{round_.id}/{round_.holder}")
    if not values.rounds(store) and not can_start(store):
        return Place(Go.PREPARE)
    current = current_activity(store, guide)
    return Place(Go.SESSION, current.activity.id) if current else Place(Go.CHARTER)


def take(hall: Hall, opening: Callable[[], Store]) -> Opened:
    """Return what `opening` opens; a file that cannot be used is closed again."""
    store = opening()
    load_fallbacks()
    try:
        with making_sense(store):
            return Opened(hall, store)
    except PartnerDeskError:
        store.close()
        raise


def open_file(path: Path, passphrase: str | None = None) -> Store:
    """Open a partnership file."""
    return open_store(path, passphrase=passphrase)


def open_read_only(path: Path, passphrase: str | None = None) -> Store:
    """Open a file where it is, to read, as on a medium that cannot be written to."""
    return open_store(path, passphrase=passphrase, read_only=True)


def open_to_read(path: Path, passphrase: str | None = None) -> Store:
    """Open a copy, to read, of a file that another program holds."""
    return open_copy(path, passphrase=passphrase)


def new_file(path: Path, title: str, passphrase: str | None = None) -> Store:
    """Make a partnership file."""
    return new_partnership(path, title, passphrase=passphrase)


def practice_file() -> Path:
    """Return a fresh practice copy of the recorded workshop, closed."""
    guide = built_in_guide()
    workshop = read_workshop(resources.path(SAMPLE), guide)
    folder = home() / "practice"
    folder.mkdir(parents=True, exist_ok=True)
    path = unused(folder / file_name(workshop.partnership.title))
    replay(workshop, guide, path, practice=True, progress=_told).close()
    return path


def _told(done: int, total: int) -> None:
    pace.tell(done / total)
