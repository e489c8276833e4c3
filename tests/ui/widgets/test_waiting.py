"""The bar that tells what lasts: after a moment, in plain words, with a key to stop it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk import pace
from partnerdesk.exchange.files import write_whole
from ui.tasks import Tasks
from ui.widgets.waiting import WaitingBar


class Around:
    """A window with its bar, and work that lasts until the gate opens."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot, self.tasks, self.window, self.gate = (
            qtbot,
            Tasks(),
            QWidget(),
            threading.Event(),
        )
        self.bar = WaitingBar(self.window, self.tasks)
        qtbot.addWidget(self.window)
        self.window.resize(640, 480)
        self.editor = QLineEdit(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.editor.setFocus()
        self.got: list[str] = []

    def run(self, words: str = "The <b>file</b> is being made.", *, stop: bool = True) -> None:
        """Begin work of these words."""
        self.tasks.run(
            self.gate.wait,
            30,
            done=lambda _value: self.got.append("done"),
            owner=self.window,
            words=words,
            stopped=(lambda: self.got.append("stopped")) if stop else None,
        )

    def wait(self) -> None:
        """Wait until the bar shows."""
        self.qtbot.waitUntil(self.bar.isVisible, timeout=10_000)


@pytest.fixture
def around(qtbot: QtBot) -> Iterator[Around]:
    """Return a window whose work ends with the test."""
    made = Around(qtbot)
    yield made
    made.gate.set()
    made.tasks.wait_for_done()


def test_what_lasts_is_told_once_it_lasts_and_goes_with_it(around: Around) -> None:
    around.run()
    assert not around.bar.isVisible()
    around.wait()
    assert around.bar.text() == "The <b>file</b> is being made."
    assert around.bar._words.textFormat() is Qt.TextFormat.PlainText
    assert around.window.rect().contains(around.bar.geometry())
    around.gate.set()
    around.qtbot.waitUntil(lambda: not around.bar.isVisible())
    assert around.got == ["done"]


def test_the_key_stops_it_wherever_the_focus_is(around: Around) -> None:
    around.run()
    around.wait()
    around.qtbot.keyClick(around.editor, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert around.got == ["stopped"]
    assert not around.bar.isVisible()


def test_the_button_stops_it(around: Around) -> None:
    around.run()
    around.wait()
    around.qtbot.mouseClick(around.bar.stop, Qt.MouseButton.LeftButton)
    assert around.got == ["stopped"]


def test_what_must_not_be_stopped_has_no_such_button(around: Around) -> None:
    around.run(stop=False)
    around.wait()
    assert not around.bar.stop.isVisible()
    around.bar.stop_work()
    assert around.got == []


def test_a_dialog_tells_of_its_own_work_alone(around: Around) -> None:
    dialog = QDialog(around.window)
    inside = WaitingBar(dialog, around.tasks)
    around.run("Work of the window")
    task = around.tasks.follow("Work of the dialog", lambda: None, QWidget(dialog))
    around.wait()
    around.qtbot.waitUntil(lambda: inside.text() == "Work of the dialog")
    assert around.bar.text() == "Work of the window"
    task.advance(0.5)
    assert inside.bar.accessibleName() == "50%"
    around.tasks.end(task)
    assert inside.text() == ""


def test_work_without_words_is_never_told(around: Around) -> None:
    around.tasks.run(pow, 2, 5, owner=around.window)
    around.qtbot.waitUntil(lambda: not around.tasks.is_busy())
    assert around.tasks.told(around.window) is None


def test_a_stopped_write_leaves_the_old_file(tmp_path: Path) -> None:
    def stop(_share: float) -> None:
        raise pace.Stopped

    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(pace.Stopped), pace.heard(stop):
        write_whole(path, b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
    assert path.read_bytes() == b"old"


def test_a_task_of_nobody_belongs_to_every_window(qtbot: QtBot) -> None:
    tasks, window, owner = Tasks(), QWidget(), QObject()
    qtbot.addWidget(window)
    task = tasks.follow("Work of the desk", lambda: None, owner)
    qtbot.waitUntil(lambda: tasks.told(window) is task, timeout=10_000)
    tasks.end(task)
