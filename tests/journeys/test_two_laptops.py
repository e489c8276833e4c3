"""Two laptops: one takes the partnership along, both go on, and both come together again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from partnerdesk.flow import agree, setup, values
from partnerdesk.flow.agree import Support
from partnerdesk.model.round import ClauseType
from partnerdesk.store import Store
from tests.core.exchange.mergers import everything
from tests.recording import RecordingMessages
from ui.desk import Desk
from ui.views.bring import BringView
from ui.views.place import Go, Place
from ui.views.take import TakeView

LONG = 40_000
WORDS = "calm acorn in the garden"


class Laptop:
    """One laptop: its window, the answers to what it asks, and a home of its own."""

    def __init__(self, app: QApplication, folder: Path, patch: pytest.MonkeyPatch) -> None:
        folder.mkdir()
        self.folder, self._patch = folder, patch
        self.awake()
        self.gate = RecordingMessages()
        self.desk = Desk(app, self.gate)
        self.desk.go(Place(Go.HOME))
        self.desk.window.show()

    def awake(self) -> None:
        """Let this laptop's home be the one in use."""
        self._patch.setenv("PARTNERDESK_HOME", str(self.folder / "home"))

    @property
    def store(self) -> Store:
        assert self.desk.store is not None
        return self.desk.store

    def take(self, qtbot: QtBot, to: Path, who: str, *, lock: bool) -> None:
        """Write a bundle by the keys of the page."""
        self.awake()
        self.desk.visit(Go.TAKE)
        view = self.desk.window.view
        assert isinstance(view, TakeView)
        if view.lock.isChecked() is not lock:
            QTest.keyClick(view.lock, Qt.Key.Key_Space)
        view.passphrase.set_value(WORDS)
        view.name.set_value(who)
        self.gate.path = to
        QTest.keyClick(view.page.footer.primary, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: to.exists() and not view.is_waiting, timeout=LONG)

    def bring(self, qtbot: QtBot, bundle: Path, words: str) -> BringView:
        """Open a bundle and wait for its next step."""
        self.awake()
        self.gate.typed = [WORDS]
        self.desk.open(bundle)
        view = self.desk.window.view
        assert isinstance(view, BringView)
        qtbot.waitUntil(lambda: view.page.footer.primary.text() == words, timeout=LONG)
        return view

    def leave(self) -> None:
        self.awake()
        self.desk.window.close()
        self.desk.window.deleteLater()


@pytest.fixture
def laptops(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Laptop, Laptop]]:
    made = tuple(Laptop(qapp, tmp_path / name, monkeypatch) for name in ("office", "field"))
    yield made  # type: ignore[misc]  # two of them
    for one in made:
        one.leave()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_partnership_goes_to_the_field_and_comes_back(
    laptops: tuple[Laptop, Laptop], tmp_path: Path, qtbot: QtBot
) -> None:
    office, field = laptops
    stick = tmp_path
    office.awake()
    office.desk.new(office.folder / "lake.pdesk", "Lake")
    for partner in ("north", "south"):
        setup.add_partner(office.store, partner.title(), id=partner)
    agree.propose_clause(
        office.store, "C9", ClauseType.RULE, "We meet each month.", clause_id="meet"
    )
    office.take(qtbot, stick / "out.pdbundle", "Amina", lock=True)

    there = field.bring(qtbot, stick / "out.pdbundle", "Choose where to keep it")
    field.gate.path = field.folder / "lake.pdesk"
    there.go_on()
    qtbot.waitUntil(lambda: field.desk.store is not None, timeout=LONG)
    assert field.store.encrypted
    assert everything(field.store) == everything(office.store)

    field.store.author = "Otieno"
    setup.add_participant(field.store, "south", "Nekesa")
    agree.change_clause(field.store, "meet", text="We meet each week.")
    agree.change_clause(office.store, "meet", text="We meet each quarter.")
    agree.record_consents(office.store, "meet", {"north": Support(2)})
    field.take(qtbot, stick / "back.pdbundle", "Otieno", lock=False)

    here = office.bring(qtbot, stick / "back.pdbundle", "Bring it in")
    assert here.choices is not None
    (card,) = (one for one in here.choices.cards if one.choice.title.startswith("Clause"))
    assert {by.partition(",")[0] for by in card.choice.by} == {"Amina", "Otieno"}
    card.row.faces[1].setFocus()
    QTest.keyClick(card.row.faces[1], Qt.Key.Key_Space)
    before = office.store.head().count
    QTest.keyClick(here.page.footer.primary, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: office.store.head().count > before, timeout=LONG)
    assert office.store.head().count == before + 1
    (clause,) = agree.clauses(office.store)
    assert clause.text == "We meet each week."
    assert [p.name for p in values.participants(office.store)] == ["Nekesa"]

    office.take(qtbot, stick / "again.pdbundle", "Amina", lock=False)
    last = field.bring(qtbot, stick / "again.pdbundle", "Bring it in")
    last.go_on()
    qtbot.waitUntil(lambda: everything(field.store) == everything(office.store), timeout=LONG)
    assert (field.store.check().problems, office.store.check().problems) == ((), ())
    told = len(office.gate.told)
    office.awake()
    office.desk.open(stick / "back.pdbundle")
    qtbot.waitUntil(lambda: len(office.gate.told) > told, timeout=LONG)
    assert "knows all of this bundle already" in office.gate.told[-1]
