"""Collects garbage between two events, on the thread of the window, and never elsewhere.

A cycle that holds a widget may be found anywhere Python allocates: in the middle of painting,
or on a worker. Qt does not survive a widget that is destroyed there.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

PAUSE = 1000
"""Milliseconds between two looks."""


class Collector(QObject):
    """Takes over from Python's own collector for as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        """Begin; `parent` lives on the thread of the window."""
        super().__init__(parent)
        self._limits = gc.get_threshold()
        gc.disable()
        timer = QTimer(self, interval=PAUSE)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Collect the oldest generation whose limit is passed, as Python itself would."""
        counts = gc.get_count()
        due = [n for n, limit in enumerate(self._limits) if limit and counts[n] > limit]
        if due:
            gc.collect(due[-1])
