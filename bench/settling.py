"""Tells when a window has settled: its last painting before a while without any."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

QUIET = 300  # ms, shorter than the blinking of a text cursor
LEAVE = "leave"


class Settling(QObject):
    """Prints `settled` and the monotonic time of the last painting, once, and leaves if asked to.

    Both windows are watched the same way, so what watching costs is on both sides.
    """

    def __init__(self, app: QApplication, *, leave: bool) -> None:
        super().__init__(app)
        self._app = app
        self._leave = leave
        self._last = 0.0
        self._painted = self._timer(0, self._on_painted)
        self._quiet = self._timer(QUIET, self._on_quiet)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note each painting; its time is read when it is over, from the event loop."""
        if event.type() is QEvent.Type.Paint:
            self._painted.start()
            self._quiet.start()
        return False

    def _timer(self, wait: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=wait)
        timer.timeout.connect(act)
        return timer

    def _on_painted(self) -> None:
        self._last = time.monotonic()

    def _on_quiet(self) -> None:
        self._app.removeEventFilter(self)
        print(f"settled {self._last:.6f}", flush=True)
        if self._leave:
            self._app.quit()


def watched() -> QApplication:
    """Return the one application, watched; with `leave` as its argument it quits when settled."""
    app = QApplication(sys.argv[:1])
    Settling(app, leave=LEAVE in sys.argv[1:])
    return app
