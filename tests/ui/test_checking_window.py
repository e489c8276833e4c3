"""Checks go on between two events: people write on, and damage that is found late is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from partnerdesk.flow import setup
from partnerdesk.store import Store, opening
from tests.recording import RecordingMessages
from ui import checking
from ui.desk import Desk
from ui.views.place import Go, Place


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a partnership file that is checked one step at a time, at once after it opened."""
    monkeypatch.setattr(opening, "LARGEST_CHECKED", 0)
    monkeypatch.setattr(checking, "SLICE", 0.0)
    monkeypatch.setattr(checking, "BEGIN_MS", 0)
    monkeypatch.setattr(checking, "PAUSE_MS", 0)
    monkeypatch.setattr("partnerdesk.store.chain.SLICE", 1)
    monkeypatch.setattr("partnerdesk.store.pages.SLICE", 1)
    path = tmp_path / "lake.pdesk"
    with setup.new_partnership(path, "Lake") as store:
        for number in range(40):
            write(store, f"goal-{number}", "Water " * 100)
    return path


@pytest.fixture
def gate() -> RecordingMessages:
    """Return the gate that writes down what people are told."""
    return RecordingMessages()


@pytest.fixture
def desk(qapp: QApplication, gate: RecordingMessages) -> Iterator[Desk]:
    """Return a desk at home."""
    made = Desk(qapp, gate)
    made.go(Place(Go.HOME))
    made.window.show()
    yield made
    made.window.close()
    made.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def write(store: Store, key: str, text: str) -> None:
    """Write one goal."""
    with store.transaction("Add goal") as t:
        t.insert("item", {"id": key, "list": "goals", "text": text})


def damage(path: Path) -> None:
    """Overwrite the last three pages, where the latest edits are."""
    path.write_bytes(path.read_bytes()[: -3 * 4096] + bytes(3 * 4096))


def ended(desk: Desk) -> bool:
    """Return whether no check is under way."""
    return desk.checks is None or not desk.checks.under_way


def test_a_sound_file_is_read_through_without_a_word(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    desk.open(path)
    assert not ended(desk)
    qtbot.waitUntil(lambda: ended(desk), timeout=20_000)
    assert (gate.told, gate.asked) == ([], [])
    assert desk.store is not None


def test_damage_that_is_found_late_is_told_and_what_is_left_is_brought_back(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    damage(path)
    before = path.read_bytes()
    gate.yes, gate.place = True, 0
    desk.open(path)
    qtbot.waitUntil(lambda: len(gate.asked) == 2, timeout=20_000)
    assert "This file is damaged: Part of lake.pdesk can no longer be read" in gate.asked[0]
    assert gate.told == []
    assert "What came back" in gate.asked[1]
    assert desk.store is not None
    assert desk.store.path.parent.name == "lake-recovered"
    assert path.read_bytes() == before


def test_whoever_leaves_a_damaged_file_as_it_is_gets_no_backup_of_it(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    damage(path)
    gate.yes = False
    desk.open(path)
    qtbot.waitUntil(lambda: len(gate.asked) == 1, timeout=20_000)
    desk.close()
    assert gate.told == []
    assert desk.store is None


def test_people_write_while_a_whole_check_goes_on(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    desk.open(path)
    desk.check()
    store = desk.store
    assert store is not None
    made = 0
    while not gate.told:
        if made < 10:
            write(store, f"late-{made}", "Oil")
            made += 1
        desk.check()  # asking again does not begin again
        qtbot.wait(1)
    assert gate.told == [
        f"All is well. {store.head().count} changes are on record, and the chain is whole."
    ]
    assert made == 10


def test_what_a_whole_check_finds_is_told_with_a_way_on(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    desk.open(path)
    assert desk.store is not None
    desk.store.connection.execute("UPDATE partnership SET title = 'Sea'")
    gate.yes = False
    desk.check()
    qtbot.waitUntil(lambda: bool(gate.asked), timeout=20_000)
    assert "A row of partnership was changed behind the journal" in gate.asked[0]
    assert "Recover what it holds" in gate.asked[0]


def test_closing_and_stopping_in_the_middle_end_a_check(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    desk.open(path)
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())  # the backup that opening makes
    desk.check()
    assert desk.checks is not None
    (task,) = list(desk.tasks._under_way)
    assert task.words == "The file is being checked."
    task.stop()
    assert ended(desk)
    desk.check()
    desk.close()
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    assert (gate.told, gate.asked) == ([], [])
