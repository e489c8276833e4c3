"""The window locks: covered at once, and the process that held a key is gone."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from partnerdesk.flow import rounds, setup, values
from partnerdesk.keeping import backups
from partnerdesk.store import change_passphrase, open_store
from tests.holding import hold
from tests.offline.paths import path_of
from tests.recording import RecordingMessages
from ui import locking
from ui.desk import Desk
from ui.idle import IdleWatch
from ui.kinds.private import PrivateText
from ui.locking import Locked
from ui.messages import Messages
from ui.views.lock import Behind, LockView
from ui.views.place import Go, Place
from ui.views.turn import TurnView

ROOT = Path(__file__).parents[2]
WORDS = "calm acorn in the garden"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Return the desk with its window shown."""
    desk.window.show()
    return desk


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a partnership with two partners and a person in each, without a passphrase."""
    _write(tmp_path / "lake.pdesk")
    return tmp_path / "lake.pdesk"


def _write(path: Path) -> None:
    with setup.new_partnership(path, "Lake") as store:
        for name in ("North", "South"):
            setup.add_participant(store, setup.add_partner(store, name), f"{name} person")


@pytest.fixture(scope="module")
def locked_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same under a passphrase, made once: a key takes its time."""
    path = tmp_path_factory.mktemp("locked") / "lake.pdesk"
    _write(path)
    change_passphrase(path, None, WORDS)
    return path


@pytest.fixture
def locked(locked_once: Path, tmp_path: Path) -> Path:
    """Return a copy of it."""
    return Path(shutil.copy(locked_once, tmp_path))


class _Child:
    """Stands for the new process, which shows its lock at once."""

    def __init__(self) -> None:
        self.stdout = io.BytesIO(b"shown\n")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Locked]:
    """Return what new processes are told, and start none."""
    told: list[Locked] = []

    def start(state: Locked) -> _Child:
        told.append(state)
        return _Child()

    monkeypatch.setattr(locking, "start_again", start)
    return told


def _page(desk: Desk) -> LockView:
    view = desk.window.view
    assert isinstance(view, LockView)
    return view


def _open_form(desk: Desk, activity: str = "terms") -> TurnView:
    """Open the private form of the first person in a round."""
    store = desk.store
    assert store is not None
    assert desk.guide is not None
    round_id = rounds.open_round(store, desk.guide, activity)
    first = rounds.turns(store, values.round_of(store, round_id))[0]
    desk.go(Place(Go.TURN, f"{round_id}/{first.respondent}"))
    view = desk.window.view
    assert isinstance(view, TurnView)
    _take_cover(view)
    return view


def _take_cover(view: TurnView) -> None:
    assert view.cover is not None
    hold(view.cover.key)
    QApplication.processEvents()


@pytest.mark.parametrize("key", [Qt.Key.Key_F12, Qt.Key.Key_L])
def test_one_key_covers_a_plain_file_and_says_that_it_is_a_curtain(
    desk: Desk, file: Path, qtbot: QtBot, key: Qt.Key
) -> None:
    desk.open(file)
    place = desk.window.view
    control = Qt.KeyboardModifier.ControlModifier
    none = Qt.KeyboardModifier.NoModifier
    qtbot.waitActive(desk.window)
    QTest.keyClick(desk.window, key, control if key is Qt.Key.Key_L else none)
    page = _page(desk)
    assert page.behind is Behind.PLAIN
    assert desk.window.windowTitle() == "PartnerDesk"
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    assert desk.window.view is place
    assert desk.window.windowTitle().startswith("Lake")


def test_the_lock_in_the_top_bar_locks(desk: Desk, file: Path, qtbot: QtBot) -> None:
    desk.open(file)
    view = desk.window.view
    assert view is not None
    lock = next(b for b in view.findChildren(locking.QObject, "lock") if b.isVisible())
    qtbot.mouseClick(lock, Qt.MouseButton.LeftButton)
    assert _page(desk).behind is Behind.PLAIN


def test_no_command_works_behind_the_cover(desk: Desk, file: Path) -> None:
    desk.open(file)
    before = [a for a in desk.window.actions() if a.isEnabled()]
    desk.lock()
    assert not [a for a in desk.window.actions() if isinstance(a, QAction) and a.isEnabled()]
    desk.lock()
    _page(desk).unlocked.emit("")
    assert [a for a in desk.window.actions() if a.isEnabled()] == before


def test_the_cover_of_a_plain_file_offers_a_passphrase(
    desk: Desk, gate: RecordingMessages, file: Path, qtbot: QtBot
) -> None:
    desk.open(file)
    desk.lock()
    qtbot.mouseClick(_page(desk).other_button, Qt.MouseButton.LeftButton)
    assert "Set a passphrase" in gate.asked[-1]
    assert not isinstance(desk.window.view, LockView)


def test_home_is_covered_too(desk: Desk) -> None:
    desk.lock()
    assert _page(desk).behind is Behind.NOTHING
    _page(desk).unlocked.emit("")
    assert desk.window.view is not None


def test_a_dialog_does_not_stay_above_the_lock(desk: Desk, file: Path, qtbot: QtBot) -> None:
    desk.open(file)
    got: list[str] = []
    Messages().type_passphrase(desk.window, "Passphrase", "Type it.", "Open", got.append, WORDS)
    box = desk.window.findChild(QMessageBox)
    assert isinstance(box, QDialog)
    qtbot.waitExposed(box)
    desk.lock()
    assert not box.isVisible()
    assert got == []


def test_the_key_locks_from_a_dialog_too(desk: Desk, file: Path, qtbot: QtBot) -> None:
    desk.open(file)
    Messages().tell(desk.window, "Check", "All is well.")
    box = desk.window.findChild(QMessageBox)
    assert box is not None
    box.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is box.windowHandle())
    QTest.keyClick(box.windowHandle(), Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: isinstance(desk.window.view, LockView))
    qtbot.waitUntil(lambda: not desk.window.findChildren(QMessageBox))


def test_what_is_typed_is_saved_before_the_file_closes(
    desk: Desk, locked: Path, started: list[Locked], qtbot: QtBot
) -> None:
    desk.open(locked, WORDS)
    desk.go(Place(Go.PREPARE))
    assert desk.store is not None
    field = next(f for f in desk.window.findChildren(QLineEdit) if f.text() == "North")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Northbridge")
    desk.lock()
    assert _page(desk).behind is Behind.CLOSING
    qtbot.waitUntil(lambda: desk.store is None)
    with open_store(locked, passphrase=WORDS) as store:
        assert "Northbridge" in {p.name for p in values.partners(store)}
    qtbot.waitUntil(lambda: bool(started), timeout=20_000)
    (state,) = started
    assert backups(locked, WORDS) != ()
    assert (state.path, state.go) == (str(locked), "prepare")
    assert WORDS not in json.dumps(vars(state))
    qtbot.waitUntil(lambda: not desk.window.isVisible())


def test_the_new_process_asks_for_the_passphrase_and_goes_to_the_place(
    desk: Desk, locked: Path, qtbot: QtBot
) -> None:
    locking.resume(desk, Locked(str(locked), "charter"))
    page = _page(desk)
    assert desk.store is None
    assert page.field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(page.field, "not the passphrase")
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert "does not open" in page.wrong.text()
    qtbot.keyClicks(page.field, WORDS)  # over what was typed, which is chosen
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert desk.place == Place(Go.CHARTER)
    assert desk.store is not None


def test_a_lock_whose_file_is_gone_says_so_and_can_be_left(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    locking.resume(desk, Locked(str(tmp_path / "gone.pdesk")))
    page = _page(desk)
    assert "not where it was" in page.wrong.text()
    page.field.setText(WORDS)
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert _page(desk) is page
    qtbot.mouseClick(page.other_button, Qt.MouseButton.LeftButton)
    assert desk.place == Place(Go.HOME)


def test_a_private_turn_is_sealed_and_goes_on_behind_its_cover(
    desk: Desk, locked: Path, started: list[Locked], qtbot: QtBot
) -> None:
    desk.open(locked, WORDS)
    view = _open_form(desk)
    assert view.turn_page is not None
    texts = view.findChildren(PrivateText)
    qtbot.keyClicks(texts[0], "my own words")
    view.turn_page.show_page(1)
    desk.lock()
    assert _page(desk).behind is Behind.CLOSING
    qtbot.waitUntil(lambda: desk.store is None and not desk.window.isVisible())
    with open_store(locked, passphrase=WORDS) as store:
        told = "".join(str(row) for row in store.rows("setting"))
        assert "turn:" in told
        assert "my own words" not in told
        assert "my own words" not in "".join(str(edit.changes) for edit in store.edits())
        assert store.check().ok
    desk.window.show()
    locking.resume(desk, started[0])
    _page(desk).unlocked.emit(WORDS)
    again = desk.window.view
    assert isinstance(again, TurnView)
    assert again.turn_page is None  # the cover of the same person comes first
    _take_cover(again)
    page = again.turn_page
    assert page is not None
    assert page.at == 1
    assert page.form.findChildren(PrivateText)[0].words() == "my own words"
    page.passed.emit()
    assert desk.store is not None
    assert not [row for row in desk.store.rows("setting") if str(row["id"]).startswith("turn:")]


def test_a_turn_that_cannot_be_sealed_stays_as_it_is_behind_the_passphrase(
    desk: Desk, locked: Path, started: list[Locked], qtbot: QtBot
) -> None:
    desk.open(locked, WORDS)
    view = _open_form(desk, "walking_away")
    assert view.turn_page is not None
    qtbot.keyClicks(view.findChildren(PrivateText)[0], "my own words")
    next(b for b in view.findChildren(QPushButton) if b.text() == "Write another one").click()
    desk.lock()
    page = _page(desk)
    assert page.behind is Behind.TURN
    assert not view.turn_page.isVisible()
    page.unlocked.emit("not the passphrase")
    assert _page(desk) is page
    assert page.wrong.isVisible()
    page.unlocked.emit(f"  {WORDS} ")
    assert desk.window.view is view
    assert not view.turn_page.isVisible()
    _take_cover(view)
    assert view.turn_page.isVisible()
    assert view.findChildren(PrivateText)[0].words() == "my own words"
    assert started == []


def test_changes_that_wait_for_their_disk_are_not_lost_by_the_lock(
    desk: Desk, locked: Path, started: list[Locked], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open(locked, WORDS)
    full = [True]
    monkeypatch.setattr(Desk, "saved", property(lambda _desk: not full[0]))
    desk.lock()
    assert _page(desk).behind is Behind.WAITING
    _page(desk).unlocked.emit("not the passphrase")
    _page(desk).unlocked.emit(WORDS)
    assert not isinstance(desk.window.view, LockView)
    assert desk.store is not None
    full[0] = False
    desk.lock()
    assert _page(desk).behind is Behind.CLOSING


def test_a_curtain_over_a_private_turn_leads_back_to_its_cover_first(
    desk: Desk, file: Path, qtbot: QtBot
) -> None:
    desk.open(file)
    view = _open_form(desk)
    text = view.findChildren(PrivateText)[0]
    qtbot.keyClicks(text, "my own words")
    for _again in range(2):
        desk.lock()
        _page(desk).unlocked.emit("")
    assert not view.turn_page.isVisible()
    _take_cover(view)
    assert text.words() == "my own words"


def test_what_the_new_process_is_told_is_read_strictly() -> None:
    told = Locked("/x.pdesk", "session", "trust", 1366, 768, largest=True)
    assert locking.read_state(io.BytesIO(json.dumps(vars(told)).encode() + b"\n")) == told
    assert told.place == Place(Go.SESSION, "trust")
    assert Locked("/x.pdesk", "nowhere").place is None
    for bad in (b"", b"[]\n", b'{"path": 1}\n', b'{"path": ""}\n', b'{"width": "1"}\n', b"\xff\n"):
        assert locking.read_state(io.BytesIO(bad)) is None


def test_a_packed_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert locking.command()[-2:] == ["run", "--locked"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/stick/partnerdesk")
    assert locking.command() == ["/stick/partnerdesk", "run", "--locked"]


# --- by itself --------------------------------------------------------------------------


class _Time:
    """A clock by hand: `steady` stops in a sleep, `wall` does not."""

    def __init__(self) -> None:
        self.steady, self.wall = 0.0, 1e9

    def run(self, seconds: float) -> None:
        self.steady += seconds
        self.wall += seconds


@pytest.fixture
def time() -> _Time:
    return _Time()


@pytest.fixture
def watch(qapp: QApplication, time: _Time) -> Iterator[tuple[IdleWatch, list[int]]]:
    made = IdleWatch(qapp, 5, lambda: time.steady, lambda: time.wall)
    told: list[int] = []
    made.idle.connect(lambda: told.append(1))
    yield made, told
    made.deleteLater()


def test_five_minutes_without_a_touch_tell_once(
    watch: tuple[IdleWatch, list[int]], time: _Time
) -> None:
    one, told = watch
    for seconds, times in ((299, 0), (1, 1), (300, 1)):
        time.run(seconds)
        one.look()
        assert len(told) == times
    one.touch()
    time.run(300)
    one.look()
    assert len(told) == 2


def test_a_key_begins_the_wait_anew(
    watch: tuple[IdleWatch, list[int]], time: _Time, desk: Desk, qtbot: QtBot
) -> None:
    one, told = watch
    desk.window.activateWindow()
    qtbot.waitActive(desk.window)
    time.run(299)
    QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_Shift)
    time.run(299)
    one.look()
    assert told == []


def test_a_sleep_tells_at_once_even_where_no_wait_is_set(
    watch: tuple[IdleWatch, list[int]], time: _Time
) -> None:
    one, told = watch
    one.minutes = 0
    time.run(10_000)
    one.look()
    assert told == []
    time.wall += 90
    one.look()
    assert told == [1]


def test_a_practice_copy_does_not_lock_by_itself(desk: Desk, file: Path, qtbot: QtBot) -> None:
    desk.open(file)
    assert desk.idle is not None
    desk.idle.idle.emit()
    assert _page(desk).behind is Behind.PLAIN
    _page(desk).unlocked.emit("")
    desk.practice()
    qtbot.waitUntil(lambda: desk.store is not None and desk.store.path != file, timeout=30_000)
    desk.idle.idle.emit()
    assert not isinstance(desk.window.view, LockView)


# --- the real program --------------------------------------------------------------------

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer, Qt
from PySide6.QtTest import QTest
from ui import app, locking
from tests.holding import hold
from ui.desk import Desk
from ui.views.place import Go, Place

started = locking.start_again
def start(state):
    child = started(state)
    print(child.pid, flush=True)
    return child
locking.start_again = start
program = app.application()
desk = Desk(program)
desk.window.show()
desk.open(Path(sys.argv[1]), sys.argv[2])
desk.go(Place(Go.PREPARE))
def press():
    if desk.window.isActiveWindow():
        timer.stop()
        QTest.keyClick(desk.window, Qt.Key.Key_F12)
timer = QTimer(interval=20)
timer.timeout.connect(press)
timer.start()
desk.window.activateWindow()
sys.exit(program.exec())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="reads the process list of Linux")
def test_after_the_lock_the_process_that_held_the_key_is_gone(
    locked: Path, home: Path, qtbot: QtBot
) -> None:
    around = {**os.environ, "PYTHONPATH": path_of(ROOT)}
    command = [sys.executable, "-c", PROGRAM, str(locked), WORDS]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}  # the new one keeps stderr
    done = subprocess.run(command, env=around, text=True, timeout=120, **pipes)
    assert done.returncode == 0
    child = psutil.Process(int(done.stdout.split()[0]))
    try:
        assert child.is_running()
        assert str(locked) not in " ".join(child.cmdline())
        with open_store(locked, passphrase=WORDS) as store:  # nobody holds it
            assert store.check().ok
    finally:
        child.kill()
    assert not (home / "recent.json").exists()
