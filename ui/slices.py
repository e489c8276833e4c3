"""Work that needs the open file: on the UI thread, a little at a time, so that all goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer

SLICE_S = 0.03


class Slices(QObject):
    """Goes through a generator in slices of 30 ms; `stop` ends it and nobody hears of it."""

    def __init__(
        self,
        work: Generator[object, None, Any],
        done: Callable[[Any], object],
        failed: Callable[[BaseException], object],
        owner: QObject,
    ) -> None:
        """Begin at once; `done` hears what the generator returns, `failed` what it raises."""
        super().__init__(owner)
        self._work, self._done, self._failed = work, done, failed
        self._over = False
        QTimer.singleShot(0, self, self._go_on)

    def stop(self) -> None:
        """Leave the rest undone."""
        self._work.close()
        self._end()

    def _go_on(self) -> None:
        if self._over:
            return
        until = time.monotonic() + SLICE_S
        try:
            while time.monotonic() < until:
                next(self._work)
        except StopIteration as end:
            self._end()
            self._done(end.value)
        except Exception as error:
            self._end()
            self._failed(error)
        else:
            QTimer.singleShot(0, self, self._go_on)

    def _end(self) -> None:
        self._over = True
        self.deleteLater()
