"""The window's plumbing: store signals, background work, questions and keys."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from partnerdesk import pace
from partnerdesk.errors import InputErrors
from partnerdesk.store import create_store
from tests.recording import RecordingMessages
from ui.actions import KEYS, Actions, hint, key_of, words_of
from ui.messages import Messages
from ui.signals import StoreSignals
from ui.tasks import Tasks


def test_a_result_arrives_on_the_thread_of_the_window(qtbot: QtBot) -> None:
    tasks, owner, got = Tasks(), QObject(), []
    tasks.run(pow, 2, 5, done=lambda v: got.append((v, threading.current_thread())), owner=owner)
    qtbot.waitUntil(lambda: bool(got))
    assert got == [(32, threading.main_thread())]
    assert not tasks.is_busy()


def test_an_error_reaches_whoever_waits_for_it(qtbot: QtBot) -> None:
    tasks, owner, got = Tasks(), QObject(), []
    tasks.run(int, "seven", failed=got.append, owner=owner)
    qtbot.waitUntil(lambda: bool(got))
    assert isinstance(got[0], ValueError)


def test_an_error_nobody_waits_for_is_logged(
    qtbot: QtBot, expect_log: Callable[[str], None]
) -> None:
    expect_log("Work in the background failed")
    tasks, owner = Tasks(), QObject()
    with qtbot.waitSignal(tasks.busy, check_params_cb=lambda busy: not busy):
        tasks.run(int, "seven", owner=owner)
    assert not tasks.is_busy()


@pytest.mark.parametrize("how", ["cancelled", "owner gone"])
def test_nothing_is_told_to_those_who_left(qtbot: QtBot, how: str) -> None:
    tasks, owner, got, gate = Tasks(), QObject(), [], threading.Event()
    task = tasks.run(gate.wait, 5, done=got.append, owner=owner)
    if how == "cancelled":
        task.cancel()
    else:
        delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert got == []


def test_progress_arrives_before_the_result(qtbot: QtBot) -> None:
    def work(count: int) -> str:
        for n in range(count):
            pace.tell(n / count)
        return "done"

    tasks, owner, got = Tasks(), QObject(), []
    tasks.run(work, 4, done=got.append, progress=got.append, owner=owner)
    qtbot.waitUntil(lambda: "done" in got)
    assert got == [0, 0.25, 0.5, 0.75, "done"]


def test_what_is_stopped_ends_at_its_next_step_and_tells_nobody_else(qtbot: QtBot) -> None:
    steps, gate, got = [], threading.Event(), []

    def work() -> None:
        gate.wait(30)
        for n in range(9):
            pace.tell(n / 9)
            steps.append(n)

    tasks, owner = Tasks(), QObject()
    task = tasks.run(
        work,
        done=lambda _none: got.append("done"),
        failed=got.append,
        stopped=lambda: got.append("stopped"),
        owner=owner,
        words="The work is being done.",
    )
    task.stop()
    gate.set()
    qtbot.waitUntil(lambda: not tasks.is_busy(), timeout=30_000)
    assert (got, steps) == (["stopped"], [])


def test_work_that_is_to_be_alone_waits_for_what_began_before(qtbot: QtBot) -> None:
    gate, ended = threading.Event(), []

    def first() -> None:
        gate.wait(30)
        ended.append("first")

    def soon() -> None:
        ended.append("soon")
        gate.set()

    tasks, owner = Tasks(), QObject()
    tasks.run(first, owner=owner)
    tasks.run(lambda: ended.append("alone"), owner=owner, alone=True)
    QTimer.singleShot(0, owner, soon)
    qtbot.waitUntil(lambda: not tasks.is_busy(), timeout=30_000)
    assert ended == ["soon", "first", "alone"]


def test_work_that_is_to_be_alone_is_done_where_the_work_before_it_failed(qtbot: QtBot) -> None:
    tasks, owner, failed, done = Tasks(), QObject(), [], []
    tasks.run(int, "seven", failed=failed.append, owner=owner)
    tasks.run(int, "7", done=done.append, owner=owner, alone=True)
    assert tasks.wait_for_done()
    qtbot.waitUntil(lambda: not tasks.is_busy(), timeout=30_000)
    assert (len(failed), done) == (1, [7])


def test_without_a_listener_nothing_is_told_and_nothing_stops() -> None:
    pace.tell(0.5)


def test_a_commit_is_signalled_until_closed(qtbot: QtBot, tmp_path: Path) -> None:
    store = create_store(tmp_path / "a.partnership")
    signals, heard = StoreSignals(store), []
    signals.changed.connect(heard.append)
    with store.transaction("One") as t:
        t.upsert("partner", {"id": "p1", "name": "LBFN"})
    signals.close()
    with store.transaction("Two") as t:
        t.upsert("partner", {"id": "p1", "name": "Other"})
    store.close()
    assert [edit.title for edit in heard] == ["One"]


def test_a_question_answers_with_its_verbs(qtbot: QtBot) -> None:
    window, got = QWidget(), []
    qtbot.addWidget(window)
    window.show()
    Messages().ask(
        window, "Close", "Close it?", "Close the file", "Keep it open", lambda: got.append("yes"),
        lambda: got.append("no"),
    )  # fmt: skip
    box = window.findChild(QMessageBox)
    assert box is not None
    assert [button.text() for button in box.buttons()] == ["Close the file", "Keep it open"]
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert got == ["no"]


def test_a_problem_shows_every_reason_as_plain_text(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    Messages().problem(window, InputErrors("Two things are missing.", ("A <b>date</b>", "A name")))
    box = window.findChild(QMessageBox)
    assert box is not None
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert box.informativeText() == "A <b>date</b>\nA name"
    box.close()


def test_the_recording_gate_answers_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    window, got = QWidget(), []
    qtbot.addWidget(window)
    gate = RecordingMessages(yes=False, path=tmp_path)
    gate.ask(window, "T", "x", "Do it", "Leave it", lambda: got.append("yes"))
    gate.save_file(window, "Save", tmp_path, "", got.append)
    assert got == [tmp_path]
    assert gate.asked == ["T: x [Do it | Leave it]", "Save"]


def test_no_key_is_given_twice_and_each_has_words() -> None:
    assert len(set(KEYS.values())) == len(KEYS)
    assert all(words_of(name) and key_of(name) for name in KEYS)
    assert hint("give", "Give").words == "Give"


def test_a_key_runs_its_action_only_while_it_is_enabled(qtbot: QtBot) -> None:
    window, got = QWidget(), []
    qtbot.addWidget(window)
    actions = Actions(window)
    action = actions.add("give", lambda: got.append("give"))
    action.trigger()
    actions.enable("give", False)
    action.trigger()
    assert got == ["give"]
    actions.remove("give")
    assert action not in window.actions()
