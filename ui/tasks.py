"""Slow work off the UI thread: values go in, a value or an error comes back on the UI thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from shiboken6 import isValid

_LOG = logging.getLogger(__name__)
Heard = Callable[[Any], object]


class _Wire(QObject):
    """Carries what a worker says over to the UI thread."""

    progressed = Signal(object)
    finished = Signal(object, object)


class Task(QObject):
    """One piece of work under way; `cancel` means that nobody wants its result any more."""

    def __init__(self, owner: QObject, done: Heard | None, failed: Heard | None) -> None:
        """Belong to `owner`; `done` hears the value, `failed` the error."""
        super().__init__()
        self._owner, self._done, self._failed = owner, done, failed
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        """Return whether the result is dropped; a long function may ask this and stop."""
        return self._cancelled

    def cancel(self) -> None:
        """Drop the result; the function itself runs on unless it asks `cancelled`."""
        self._cancelled = True

    def wanted(self) -> bool:
        """Return whether there is still somebody to tell."""
        return not self._cancelled and isValid(self._owner)

    def tell(self, value: object, error: Exception | None) -> None:
        """Give the result to whoever waits for it; an error nobody waits for is logged."""
        if not self.wanted():
            return
        if error is None:
            _call(self._done, value)
        elif self._failed is None:
            _LOG.error("Work in the background failed", exc_info=error)
        else:
            self._failed(error)


class _Runnable(QRunnable):
    def __init__(self, work: Callable[[], object], wire: _Wire) -> None:
        super().__init__()
        self._work, self._wire = work, wire

    def run(self) -> None:
        """Do the work; whatever it raises travels back as a value."""
        try:
            value = self._work()
        except Exception as error:
            self._wire.finished.emit(None, error)
        else:
            self._wire.finished.emit(value, None)


class Tasks(QObject):
    """Runs functions on one thread pool; `busy` says when work starts and when all is done."""

    busy = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        """Make a pool of its own."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._under_way: dict[Task, _Wire] = {}

    def run(
        self,
        function: Callable[..., object],
        *args: object,
        done: Heard | None = None,
        failed: Heard | None = None,
        progress: Heard | None = None,
        owner: QObject,
    ) -> Task:
        """Call `function(*args)` on another thread and return at once.

        With `progress`, the function gets one more argument, `report`, a callable whose values
        reach `progress` on the UI thread. Nothing is told once `owner` is destroyed.
        """
        task, wire = Task(owner, done, failed), _Wire()
        wire.finished.connect(
            lambda value, error: self._end(task, value, error), Qt.ConnectionType.QueuedConnection
        )
        extra: tuple[object, ...] = ()
        if progress is not None:
            heard = progress
            wire.progressed.connect(
                lambda value: heard(value) if task.wanted() else None,
                Qt.ConnectionType.QueuedConnection,
            )
            extra = (wire.progressed.emit,)
        self._under_way[task] = wire
        if len(self._under_way) == 1:
            self.busy.emit(True)
        self._pool.start(_Runnable(lambda: function(*args, *extra), wire))
        return task

    def is_busy(self) -> bool:
        """Return whether some work is under way."""
        return bool(self._under_way)

    def wait_for_done(self, milliseconds: int = 30_000) -> bool:
        """Wait for the pool, for tests and closing; results still arrive by the event loop."""
        return self._pool.waitForDone(milliseconds)

    def _end(self, task: Task, value: object, error: Exception | None) -> None:
        self._under_way.pop(task, None)
        if not self._under_way:
            self.busy.emit(False)
        task.tell(value, error)


def _call(heard: Heard | None, value: object) -> None:
    if heard is not None:
        heard(value)
