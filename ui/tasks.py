"""Slow work off the UI thread: values go in, a value or an error comes back on the UI thread.

Work that has `words` is told once it lasts, with a way to stop it: see ui.widgets.waiting.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from partnerdesk import pace

_LOG = logging.getLogger(__name__)
Heard = Callable[[Any], object]

LASTS_MS = 300
"""After so many milliseconds a person is told what is under way."""
LEAST_SHARE = 0.01


class _Wire(QObject):
    """Carries what a worker says over to the UI thread."""

    progressed = Signal(float)
    finished = Signal(object, object)

    def __init__(self) -> None:
        """Begin; `over` is set once the work has ended, before anybody is told."""
        super().__init__()
        self.over = Event()


class Task(QObject):
    """One piece of work under way; `moved` says that more of it is done.

    `words` tell a person what it is, and `share` is how much is done, None while nobody knows.
    It can be stopped where somebody hears of that.
    """

    moved = Signal()

    def __init__(
        self,
        owner: QObject,
        done: Heard | None = None,
        failed: Heard | None = None,
        words: str = "",
        stopped: Callable[[], object] | None = None,
    ) -> None:
        """Belong to `owner`; `done` hears the value, `failed` the error, `stopped` of a stop."""
        super().__init__()
        self.words, self.lasts = words, False
        self.share: float | None = None
        self._owner, self._done, self._failed, self._stopped = owner, done, failed, stopped
        self._cancelled = False

    @property
    def owner(self) -> QObject:
        """Who waits for the result."""
        return self._owner

    @property
    def can_stop(self) -> bool:
        """Return whether a person may stop it."""
        return self._stopped is not None

    @property
    def cancelled(self) -> bool:
        """Return whether the result is dropped."""
        return self._cancelled

    def cancel(self) -> None:
        """Drop the result; the work itself ends where it next tells how far it is."""
        self._cancelled = True
        self.moved.emit()

    def stop(self) -> None:
        """Cancel because the person wishes so, and say it to whoever waits."""
        if self._stopped is not None and self.wanted():
            self.cancel()
            self._stopped()

    def advance(self, share: float) -> None:
        """Note that `share` of the work is done, from 0 to 1."""
        self.share = min(max(share, 0.0), 1.0)
        self.moved.emit()

    def wanted(self) -> bool:
        """Return whether there is still somebody to tell."""
        return not self._cancelled and isValid(self._owner)

    def tell(self, value: object, error: Exception | None) -> None:
        """Give the result to whoever waits for it; an error nobody waits for is logged."""
        if not self.wanted() or isinstance(error, pace.Stopped):
            return
        if error is None:
            _call(self._done, value)
        elif self._failed is None:
            _LOG.error("Work in the background failed", exc_info=error)
        else:
            self._failed(error)


class _Runnable(QRunnable):
    def __init__(
        self, work: Callable[[], object], wire: _Wire, task: Task, before: Sequence[Event]
    ) -> None:
        super().__init__()
        self._work, self._wire, self._task, self._before = work, wire, task, before
        self._told = -1.0

    def run(self) -> None:
        """Do the work; whatever it raises travels back as a value."""
        for one in self._before:
            one.wait()
        value, failed = None, None
        try:
            with pace.heard(self._hear):
                value = self._work()
        except Exception as error:
            failed = error
        self._wire.over.set()
        self._wire.finished.emit(value, failed)

    def _hear(self, share: float) -> None:
        if self._task.cancelled:
            raise pace.Stopped
        if not self._told <= share < self._told + LEAST_SHARE:
            self._told = share
            self._wire.progressed.emit(share)


class Tasks(QObject):
    """Runs functions on one thread pool; `busy` says when work starts and when all is done.

    `lasting` says that the work which people should hear of is another one, or none: `told`.
    """

    busy = Signal(bool)
    lasting = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Make a pool of its own."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._under_way: dict[Task, _Wire | None] = {}

    def run(
        self,
        function: Callable[..., object],
        *args: object,
        done: Heard | None = None,
        failed: Heard | None = None,
        progress: Heard | None = None,
        owner: QObject,
        words: str = "",
        stopped: Callable[[], object] | None = None,
        alone: bool = False,
    ) -> Task:
        """Call `function(*args)` on another thread and return at once.

        `progress` hears on the UI thread what the function tells by `pace.tell`. With `words`,
        people are told of work that lasts. With `stopped` they may stop it: then that is called
        and nothing else. Nothing is told once `owner` is destroyed. Work that is to be `alone`
        waits until all that began before it has ended, such as the backup of a file just closed.
        """
        before = [wire.over for wire in self._under_way.values() if wire and alone]
        task, wire = Task(owner, done, failed, words, stopped), _Wire()
        wire.finished.connect(
            lambda value, error: self._end(task, value, error), Qt.ConnectionType.QueuedConnection
        )
        wire.progressed.connect(
            lambda share: _advance(task, progress, share), Qt.ConnectionType.QueuedConnection
        )
        self._begin(task, wire)
        self._pool.start(_Runnable(lambda: function(*args), wire, task, before))
        return task

    def follow(self, words: str, stopped: Callable[[], object], owner: QObject) -> Task:
        """Return a task for work that its owner does step by step, until `end`."""
        task = Task(owner, words=words, stopped=stopped)
        self._begin(task, None)
        return task

    def end(self, task: Task) -> None:
        """Let go of a task that was followed; twice does no harm."""
        if task in self._under_way:
            self._end(task, None, None)

    def told(self, window: QObject) -> Task | None:
        """Return the latest work under `window` that lasts and has words, or None."""
        found = (one for one in reversed(self._under_way) if one.lasts and one.wanted())
        return next((one for one in found if _within(one.owner, window)), None)

    def is_busy(self) -> bool:
        """Return whether some work is under way."""
        return bool(self._under_way)

    def wait_for_done(self, milliseconds: int = 30_000) -> bool:
        """Wait for the pool, for tests and closing; results still arrive by the event loop."""
        return self._pool.waitForDone(milliseconds)

    def _begin(self, task: Task, wire: _Wire | None) -> None:
        self._under_way[task] = wire
        if len(self._under_way) == 1:
            self.busy.emit(True)
        if task.words:
            task.moved.connect(self.lasting)
            QTimer.singleShot(LASTS_MS, self, lambda: self._last(task))

    def _last(self, task: Task) -> None:
        if task in self._under_way:
            task.lasts = True
            self.lasting.emit()

    def _end(self, task: Task, value: object, error: Exception | None) -> None:
        self._under_way.pop(task, None)
        if not self._under_way:
            self.busy.emit(False)
        if task.lasts:
            self.lasting.emit()
        task.tell(value, error)


def quietly() -> None:
    """Hear that work was stopped of which nothing remains: there is nothing to say."""


def _advance(task: Task, progress: Heard | None, share: float) -> None:
    if task.wanted():
        task.advance(share)
        _call(progress, share)


def _within(owner: QObject, window: QObject) -> bool:
    """Return whether `owner` belongs to `window`, or to no window at all."""
    part: QObject | None = owner
    while part is not None and part is not window and not _is_window(part):
        part = part.parent()
    return part is None or part is window


def _is_window(part: QObject) -> bool:
    return isinstance(part, QWidget) and part.isWindow()


def _call(heard: Heard | None, value: object) -> None:
    if heard is not None:
        heard(value)
