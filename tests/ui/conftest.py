"""What tests of the whole window stand on: a desk at home, and the gate that answers for people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.recording import RecordingMessages
from ui.desk import Desk
from ui.views.place import Go, Place


@pytest.fixture
def gate() -> RecordingMessages:
    """Return what answers every question of the window."""
    return RecordingMessages()


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, gate: RecordingMessages) -> Iterator[Desk]:
    """Return a desk that shows home; its window is closed and deleted afterwards."""
    made = Desk(qapp, gate)
    made.go(Place(Go.HOME))
    yield made
    made.window.close()
    made.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
