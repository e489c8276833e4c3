"""The window locks a file, asks for its passphrase, goes back to a backup, and recovers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QListWidget, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.exchange.laptop import choose_second
from partnerdesk.flow import setup
from partnerdesk.keeping import Begun, Made, backups, finish_backup
from partnerdesk.store import is_locked, open_store, problems
from tests.recording import RecordingMessages
from ui.desk import Desk
from ui.messages import Messages
from ui.views.backups import BackupsView
from ui.views.place import Go, Place

WORDS = "calm acorn in the garden"


@pytest.fixture
def path(tmp_path: Path, desk: Desk) -> Path:
    """Return the path of a partnership that is open on the desk."""
    desk.new(tmp_path / "lake.pdesk", "Lake")
    return tmp_path / "lake.pdesk"


def _settled(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.tasks.is_busy(), timeout=40_000)
    QApplication.processEvents()


def test_a_file_is_locked_and_asks_for_its_passphrase(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    gate.typed = [WORDS]
    desk.set_passphrase()
    qtbot.waitUntil(lambda: desk.store is not None and desk.store.encrypted, timeout=40_000)
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
    _settled(qtbot, desk)
    (made,) = backups(path)
    desk.open(path)
    assert desk.store is not None
    setup.add_partner(desk.store, "North")
    view = _backups(desk, qtbot)
    assert view.row is not None
    assert "1 change since: Add partner" in view.row.faces[0].accessibleName()
    qtbot.waitUntil(lambda: view.pages._count > 0, timeout=40_000)
    view.go_on()
    qtbot.waitUntil(lambda: desk.store is not None and desk.store.path != path, timeout=40_000)
    assert desk.store is not None
    assert desk.store.head().count == made.edits


def _backups(desk: Desk, qtbot: QtBot) -> BackupsView:
    """Show the backups and wait until the page is at rest."""
    desk.visit(Go.BACKUPS)
    view = desk.window.view
    assert isinstance(view, BackupsView)
    qtbot.waitUntil(lambda: not view.is_waiting, timeout=40_000)
    return view


def test_looking_at_a_backup_changes_neither_it_nor_the_file(
    desk: Desk, path: Path, qtbot: QtBot
) -> None:
    desk.close()
    desk.open(path)
    _settled(qtbot, desk)
    (made,) = backups(path)
    before, file = made.path.read_bytes(), path.read_bytes()
    view = _backups(desk, qtbot)
    qtbot.waitUntil(lambda: view.pages._count > 0, timeout=40_000)
    desk.go(Place(Go.PREPARE))
    assert made.path.read_bytes() == before
    assert path.read_bytes() == file


def test_a_stick_gets_the_same_and_its_absence_is_told_once(
    desk: Desk, gate: RecordingMessages, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert desk.store is not None
    setup.add_partner(desk.store, "North")
    view = _backups(desk, qtbot)
    gate.path = stick
    view.choose_second()
    qtbot.waitUntil(lambda: not view.is_waiting, timeout=40_000)
    assert len(backups(stick / path.name)) == 1
    away = tmp_path / "away"
    stick.rename(away)
    desk.go(Place(Go.PREPARE))
    said: list[str] = []
    shown = desk.window.view
    assert shown is not None
    shown.say = said.append  # type: ignore[method-assign]  # one view alone
    for _time in range(3):
        desk._back_up()
        _settled(qtbot, desk)
    assert len(said) == 1
    assert "Plug the stick in" in said[0]
    assert gate.told == []
    away.rename(stick)
    for number in range(200):
        setup.change_partnership(desk.store, purpose=f"Water {number}")
    desk._back_up()
    _settled(qtbot, desk)
    assert len(backups(stick / path.name)) == 2


def test_the_backups_on_the_stick_are_locked_with_the_file(
    desk: Desk, gate: RecordingMessages, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert desk.store is not None
    choose_second(desk.store.id, stick)
    desk._back_up()
    _settled(qtbot, desk)
    assert len(backups(stick / path.name)) == 1
    gate.typed = [WORDS]
    desk.set_passphrase()
    qtbot.waitUntil(lambda: desk.store is not None and desk.store.encrypted, timeout=40_000)
    assert backups(stick / path.name) == ()
    assert len(backups(stick / path.name, WORDS)) == 1


def test_a_backup_on_the_stick_alone_is_listed_and_made_now(
    desk: Desk, gate: RecordingMessages, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert desk.store is not None
    setup.add_partner(desk.store, "North")
    view = _backups(desk, qtbot)
    gate.path = stick
    view.choose_second()
    qtbot.waitUntil(lambda: not view.is_waiting, timeout=40_000)
    for one in backups(path):
        one.path.unlink()
    setup.add_partner(desk.store, "South")
    view.make_now()
    qtbot.waitUntil(lambda: not view.is_waiting, timeout=40_000)
    assert [one.second for one in view.kept] == [False, True]
    assert view.row is not None
    assert "in the second folder" in view.row.faces[1].accessibleName()


def test_a_damaged_file_is_brought_back_beside_itself(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    desk.close()
    path.write_bytes(path.read_bytes()[:-4096])
    before = path.read_bytes()
    gate.place = 0
    desk.open(path)
    qtbot.waitUntil(lambda: desk.store is not None, timeout=40_000)
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


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let no backup be finished on a worker before this is set."""
    gate = threading.Event()

    def finished(begun: Begun) -> Made:
        assert threading.current_thread() is not threading.main_thread()
        gate.wait(30)
        return finish_backup(begun)

    for place in ("ui.keeping", "ui.views.backups", "ui.views.apart"):
        monkeypatch.setattr(f"{place}.finish_backup", finished)
    yield gate
    gate.set()


def test_a_backup_keeps_nobody_waiting_and_holds_what_was_there_when_it_began(
    desk: Desk, path: Path, qtbot: QtBot, held: threading.Event
) -> None:
    desk.window.show()
    _settled(qtbot, desk)
    assert desk.store is not None
    for number in range(200):
        setup.change_partnership(desk.store, purpose=f"Water {number}")
    before = desk.store.head()
    desk._back_up()
    qtbot.waitUntil(lambda: desk.waiting.text() == "A backup is being made.")
    assert not desk.waiting.stop.isHidden()
    desk.go(Place(Go.PREPARE))
    setup.add_partner(desk.store, "North")
    assert [one for one in backups(path) if one.head == before] == []
    held.set()
    _settled(qtbot, desk)
    assert backups(path)[0].head == before
    assert desk.waiting.text() == ""


def test_a_backup_that_is_stopped_is_made_the_next_time(
    desk: Desk, gate: RecordingMessages, held: threading.Event, path: Path, qtbot: QtBot
) -> None:
    desk.window.show()
    assert desk.store is not None
    qtbot.waitUntil(lambda: desk.waiting.text() == "A backup is being made.")
    desk.waiting.stop_work()
    held.set()
    _settled(qtbot, desk)
    assert backups(path) == ()
    assert not list(path.parent.rglob("*.part"))
    desk.close()
    _settled(qtbot, desk)
    assert len(backups(path)) == 1
    assert gate.told == []


def test_a_window_that_closes_waits_for_the_backup_that_closing_makes(
    desk: Desk, path: Path, qtbot: QtBot
) -> None:
    desk.window.show()
    _settled(qtbot, desk)
    assert desk.store is not None
    for number in range(200):
        setup.change_partnership(desk.store, purpose=f"Water {number}")
    head = desk.store.head()
    desk.window.close()
    assert backups(path)[0].head == head
    assert not list(path.parent.rglob("*.part"))
    assert not desk.window.isVisible()


def test_a_passphrase_is_set_once_the_backup_of_the_closed_file_is_made(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot, held: threading.Event
) -> None:
    """Else that backup would stay as it was: open to anybody."""
    desk.window.show()
    assert desk.store is not None
    for number in range(200):
        setup.change_partnership(desk.store, purpose=f"Water {number}")
    head = desk.store.head()
    gate.typed = [WORDS]
    desk.set_passphrase()
    assert desk.store is None
    qtbot.waitUntil(lambda: desk.waiting.text() == "The file and its backups are being locked.")
    assert not is_locked(path)
    held.set()
    qtbot.waitUntil(lambda: desk.store is not None and desk.store.encrypted, timeout=40_000)
    _settled(qtbot, desk)
    assert backups(path) == ()
    assert backups(path, WORDS)[0].head == head


def test_a_disk_that_is_full_behind_a_backup_is_told_and_the_file_goes_on(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _settled(qtbot, desk)

    def full(begun: Begun) -> Made:
        begun.part.drop()
        raise problems.disk_full(begun.part.target)

    monkeypatch.setattr("ui.keeping.finish_backup", full)
    assert desk.store is not None
    for number in range(200):
        setup.change_partnership(desk.store, purpose=f"Water {number}")
    desk._back_up()
    qtbot.waitUntil(lambda: bool(gate.told), timeout=20_000)
    assert "is full" in gate.told[0]
    setup.add_partner(desk.store, "North")
    assert desk.store.check().ok


def test_a_backup_made_now_is_finished_though_the_page_is_left(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot, held: threading.Event
) -> None:
    held.set()
    _settled(qtbot, desk)
    assert desk.store is not None
    setup.add_partner(desk.store, "North")
    view = _backups(desk, qtbot)
    held.clear()
    view.make_now()
    assert not view.now_button.isEnabled()
    desk.go(Place(Go.PREPARE))
    held.set()
    _settled(qtbot, desk)
    assert backups(path)[0].head == desk.store.head()
    assert gate.told == []


def test_a_copy_is_said_to_be_written_once_it_is_checked(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    gate.path = copy = path.with_name("copy.pdesk")
    said: list[str] = []
    desk.go(Place(Go.PREPARE))
    shown = desk.window.view
    assert shown is not None
    shown.say = said.append  # type: ignore[method-assign]  # one view alone
    desk.save_copy()
    assert said == []
    qtbot.waitUntil(lambda: said == ["Written: copy.pdesk"], timeout=20_000)
    with open_store(copy, read_only=True) as written:
        assert written.check().ok
    gate.path = path
    desk.save_copy()
    assert "There is a file named lake.pdesk already" in gate.told[0]
