"""The window locks a file, asks for its passphrase, goes back to a backup, and recovers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QListWidget, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.flow import setup
from partnerdesk.keeping import backups
from partnerdesk.store import is_locked
from ui.desk import Desk
from ui.messages import Messages, RecordingMessages
from ui.views.place import Go, Place

WORDS = "calm acorn in the garden"


@pytest.fixture
def gate() -> RecordingMessages:
    return RecordingMessages()


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, gate: RecordingMessages) -> Iterator[Desk]:
    made = Desk(qapp, gate)
    made.go(Place(Go.HOME))
    yield made
    made.window.close()
    made.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def path(tmp_path: Path, desk: Desk) -> Path:
    """Return the path of a partnership that is open on the desk."""
    desk.new(tmp_path / "lake.pdesk", "Lake")
    return tmp_path / "lake.pdesk"


def _settled(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.tasks.is_busy())
    QApplication.processEvents()


def test_a_file_is_locked_and_asks_for_its_passphrase(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    gate.typed = [WORDS]
    desk.set_passphrase()
    qtbot.waitUntil(lambda: desk.store is not None and desk.store.encrypted)
    desk.close()
    assert is_locked(path)
    gate.typed = ["not the passphrase", WORDS]
    desk.open(path)
    assert desk.store is not None
    assert "does not open" in gate.asked[-1]
    assert gate.told == []


def test_a_weak_passphrase_changes_nothing(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    gate.typed = ["short"]
    desk.set_passphrase()
    assert "too short" in gate.told[0]
    assert desk.store is not None
    assert not desk.store.encrypted


def test_closing_makes_a_backup_to_which_one_goes_back(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    desk.close()
    (made,) = backups(path)
    desk.open(path)
    assert desk.store is not None
    setup.add_partner(desk.store, "North")
    gate.place = 0
    desk.go_back()
    qtbot.waitUntil(lambda: desk.store is not None and desk.store.path != path)
    assert "1 change since" in gate.asked[-1]
    assert desk.store is not None
    assert desk.store.head().count == made.edits


def test_a_damaged_file_is_brought_back_beside_itself(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    desk.close()
    path.write_bytes(path.read_bytes()[:-4096])
    before = path.read_bytes()
    gate.place = 0
    desk.open(path)
    qtbot.waitUntil(lambda: desk.store is not None)
    assert desk.store is not None
    assert desk.store.path.parent.name == "lake-recovered"
    assert path.read_bytes() == before


def test_a_passphrase_is_hidden_until_it_is_shown(qtbot: QtBot) -> None:
    window, got = QWidget(), []
    qtbot.addWidget(window)
    Messages().type_passphrase(window, "Passphrase", "Type it.", "Open", got.append)
    box = window.findChild(QMessageBox)
    assert box is not None
    line, shown = box.findChild(QLineEdit), box.findChild(QCheckBox)
    assert line is not None
    assert shown is not None
    assert line.echoMode() is QLineEdit.EchoMode.Password
    shown.click()
    assert line.echoMode() is QLineEdit.EchoMode.Normal
    qtbot.keyClicks(line, WORDS)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert got == [WORDS]


def test_a_line_is_chosen_by_key(qtbot: QtBot) -> None:
    window, got = QWidget(), []
    qtbot.addWidget(window)
    Messages().choose(window, "Go back", "Choose.", ("one", "two"), "Open a copy", got.append)
    box = window.findChild(QMessageBox)
    assert box is not None
    listed = box.findChild(QListWidget)
    assert listed is not None
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert got == [1]
