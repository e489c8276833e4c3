"""Says when nobody has touched the window for a while, or when the laptop has slept."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication

from ui.actions import KEYS

LOOK_MS = 5000
ASLEEP = 60.0
"""Seconds by which the clock runs ahead of ours after a sleep, which stops ours."""

Seconds = Callable[[], float]


class IdleWatch(QObject):
    """Watches the window that has the keyboard; `idle` comes once until something is touched."""

    idle = Signal()
    asked = Signal()
    """The key of the lock was pressed where a dialog keeps it from the window behind."""

    def __init__(
        self,
        parent: QObject,
        minutes: int,
        steady: Seconds = time.monotonic,
        clock: Seconds = time.time,
    ) -> None:
        """Wait for `minutes` without a touch; 0 waits for a sleep alone."""
        super().__init__(parent)
        self.minutes, self._steady, self._clock = minutes, steady, clock
        self._touched = self._seen = steady()
        self._at, self._told = clock(), False
        self._window: QWindow | None = None
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._on_window)
        self._on_window(app.focusWindow())
        timer = QTimer(self, interval=LOOK_MS)
        timer.timeout.connect(self.look)
        timer.start()

    def touch(self) -> None:
        """Begin to wait anew."""
        self._touched, self._told = self._steady(), False

    def look(self) -> None:
        """Tell, once, that the time is up or that the laptop has slept."""
        steady, clock = self._steady(), self._clock()
        slept = (clock - self._at) - (steady - self._seen) > ASLEEP
        self._seen, self._at = steady, clock
        waited = bool(self.minutes) and steady - self._touched >= self.minutes * 60
        if (waited or slept) and not self._told:
            self._told = True
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a touch; a window of the system sees far fewer events than the widgets in it."""
        if event.type() in _TOUCHES:
            self.touch()
        if event.type() is QEvent.Type.KeyPress and _locks(event):
            QTimer.singleShot(0, self, self.asked.emit)  # the dialog goes, but not in its own event
            return True
        return False

    def _on_window(self, window: QWindow | None) -> None:
        """Follow the keyboard to another window, such as a dialog."""
        if window is None or window is self._window:
            return
        if self._window is not None:
            self._window.removeEventFilter(self)
        self._window = window
        window.destroyed.connect(self._on_gone)
        window.installEventFilter(self)

    def _on_gone(self, _window: QObject | None = None) -> None:
        self._window = None


def _locks(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or QApplication.activeModalWidget() is None:
        return False
    return QKeySequence(event.keyCombination()) in LOCK_KEYS


LOCK_KEYS = (QKeySequence(KEYS["lock"]), QKeySequence("Ctrl+L"))
_TOUCHES = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletMove,
)
