"""A workplace on the recorded workshop, and one on an empty partnership, for any view."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

import resources
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow import setup
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.model.partnership import Authority
from partnerdesk.store import Store, open_store
from tests.recording import RecordingMessages
from ui.signals import StoreSignals
from ui.tasks import Tasks
from ui.theme import Look, apply_theme
from ui.views.place import Place
from ui.views.workplace import Workplace


@dataclass
class Desk:
    """Stands in for the desk at its edge: it notes where views go and what they open."""

    places: list[Place] = field(default_factory=list)
    opened: list[Path] = field(default_factory=list)
    made: list[tuple[Path, str]] = field(default_factory=list)
    practised: int = 0
    closed: int = 0

    def go(self, place: Place) -> None:
        """Note where a view leads."""
        self.places.append(place)

    def open(self, path: Path) -> None:
        """Note what would be opened."""
        self.opened.append(path)

    def new(self, path: Path, title: str) -> None:
        """Note what would be made."""
        self.made.append((path, title))

    def practice(self) -> None:
        """Note that a practice copy was asked for."""
        self.practised += 1

    def close(self) -> None:
        """Note that the file was closed."""
        self.closed += 1

    def save_copy(self) -> None:
        """Write no copy."""

    def lock(self) -> None:
        """Lock nothing."""


@pytest.fixture(autouse=True)
def _let_go(qapp: QApplication) -> Iterator[None]:
    """Delete closed windows at once, so that no later test dresses them again."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def desk() -> Desk:
    """Return what notes where views lead."""
    return Desk()


@pytest.fixture
def messages() -> RecordingMessages:
    """Return the gate that answers yes and notes what was said."""
    return RecordingMessages()


@pytest.fixture
def workplace(
    qapp: QApplication, desk: Desk, messages: RecordingMessages
) -> Iterator[Callable[[Store], Workplace]]:
    """Return what puts a store on the table; stores and workers end with the test."""
    apply_theme(qapp, Look.LIGHT)
    made: list[Workplace] = []

    def put(store: Store) -> Workplace:
        signals, tasks = StoreSignals(store), Tasks()

        def menu(_button: QWidget) -> None:
            return None

        work = Workplace(tasks, messages, desk, desk.go, menu, store, built_in_guide(), signals)
        made.append(work)
        return work

    yield put
    for work in made:
        work.tasks.wait_for_done()
        work.signals.close()
        work.store.close()


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of the recorded workshop, all of it replayed, for tests to copy."""
    guide = built_in_guide()
    told = read_workshop(resources.path("samples/workshop-a.json"), guide)
    path = tmp_path_factory.mktemp("recorded") / "workshop.pdesk"
    replay(told, guide, path).close()
    return path


@pytest.fixture
def workshop(tmp_path: Path, recorded: Path, workplace: Callable[[Store], Workplace]) -> Workplace:
    """Return a workplace on the recorded workshop, all of it replayed."""
    return workplace(open_store(Path(shutil.copy(recorded, tmp_path / "workshop.pdesk"))))


@pytest.fixture
def begun(tmp_path: Path, workplace: Callable[[Store], Workplace]) -> Workplace:
    """Return a workplace on two partners with three people, before any round."""
    store = setup.new_partnership(tmp_path / "begun.pdesk", "Lake")
    for partner in ("north", "south"):
        setup.add_partner(store, partner.title(), id=partner)
    for person, partner in (("ann", "north"), ("ben", "north"), ("cleo", "south")):
        name = person.title()
        setup.add_participant(store, partner, name, id=person, authority=Authority.BINDS)
    return workplace(store)
