"""The composition root: builds the application and its desk, and shows the window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication

from partnerdesk import faults
from ui.collector import Collector
from ui.desk import Desk
from ui.theme import STYLE
from ui.views.place import Go, Place

WIDE, HIGH = 1366, 768
FRAME = 40
"""What the frame of a window needs above it, in pixels."""


def start(file: Path | None = None, *, practice: bool = False, locked: bool = False) -> int:
    """Show the window, on a file, a practice copy or home, and return its exit status.

    `locked` shows the lock of the file that the process before told of.
    """
    app = application()
    desk = Desk(app)
    faults.watch(desk.fault)
    desk.window.resize(fitting(app))
    desk.go(Place(Go.HOME))
    if locked:
        _resume(desk)
        return app.exec()
    if fills(app):
        desk.window.showMaximized()
    else:
        desk.window.show()
    if file is not None:
        desk.open(file)
    elif practice:
        desk.practice()
    return app.exec()


def _resume(desk: Desk) -> None:
    """Show the lock, in a window as large as the one before."""
    from ui import locking

    state = locking.read_state(sys.stdin.buffer) if sys.stdin else None
    if state is not None:
        desk.window.resize(max(state.width, 640), max(state.height, 480))
        locking.resume(desk, state)
    if state is not None and state.largest:
        desk.window.showMaximized()
    else:
        desk.window.show()
    QTimer.singleShot(0, locking.say_shown)


def shows(file: Path) -> bool:
    """Return whether the window opens `file` and paints it, then close it again."""
    app = application()
    desk = Desk(app)
    desk.open(file)
    desk.window.resize(fitting(app))
    desk.window.show()
    app.processEvents()
    painted = not desk.window.grab().isNull() and desk.store is not None
    desk.window.close()
    return painted


def application() -> QApplication:
    """Return the one application, made on the first call."""
    app = QApplication.instance() or _made()
    assert isinstance(app, QApplication)
    if not app.property("collected"):  # to look for a child would load every class of Qt's styles
        app.setProperty("collected", True)
        app.setApplicationName("PartnerDesk")
        Collector(app)
    return app


def _made() -> QApplication:
    """Return a new application in its style; to set that later would load all that styles name."""
    app = QApplication([*sys.argv[:1], "-style", STYLE])
    app.setProperty("styled", True)
    return app


def fitting(app: QApplication) -> QSize:
    """Return a window size that fits the screen: 1366 x 768 where there is room."""
    free = _free(app)
    return QSize(min(WIDE, free.width()), min(HIGH, free.height()))


def fills(app: QApplication) -> bool:
    """Return whether the window takes the whole screen: its frame would not fit beside it."""
    free = _free(app)
    return free.width() <= WIDE or free.height() <= HIGH + FRAME


def _free(app: QApplication) -> QSize:
    screen = app.primaryScreen()
    return screen.availableSize() if screen else QSize(1024, 600)
