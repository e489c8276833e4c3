"""The least that PySide6 can show: an empty main window, timed as PartnerDesk times itself."""

from __future__ import annotations

import os
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

START = time.monotonic()


class Window(QMainWindow):
    """Tells when its first picture is on the screen and nothing else is waiting."""

    def __init__(self) -> None:
        super().__init__()
        self._told = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and come back once the event queue is empty."""
        super().paintEvent(event)
        if not self._told:
            self._told = True
            QTimer.singleShot(0, _tell)


def _tell() -> None:
    print(f"settled {time.monotonic() - START:.4f}", flush=True)
    if os.environ.get("PARTNERDESK_BENCH") == "exit":
        QApplication.quit()


if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = Window()
    window.resize(1024, 600)
    window.show()
    sys.exit(application.exec())
