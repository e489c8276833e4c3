"""Holds the key of a cover as a person does, without the second that it takes."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.widgets.hold_key import HoldKey, StillDown


def hold(key: HoldKey) -> None:
    """Hold Space on `key` until its second is over, and let go."""
    QTest.keyPress(key, Qt.Key.Key_Space)
    finish(key)
    let_go()


def finish(key: HoldKey) -> None:
    """Let the second of `key` be over."""
    key.animation.setCurrentTime(key.animation.duration())


def let_go() -> None:
    """Let the time be over in which a key may still be held."""
    app = QApplication.instance()
    for held in app.findChildren(StillDown) if app else ():
        shiboken6.delete(held)
