"""The checks of an open file, between two events: a quiet one after opening, a whole one if asked.

Loaded when the first file is opened. Neither keeps the window from anything for more than a slice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer

from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange.erasing import erasures
from partnerdesk.language import _
from partnerdesk.store import CheckReport, Store, problems
from ui.keeping import Keeper, offer_recovery
from ui.tasks import Task

SLICE = 0.02
"""Seconds of work between two looks at what people do."""
BEGIN_MS, PAUSE_MS = 1000, 60
"""How long the quiet check waits after opening, and between two slices."""
MOST_TOLD = 8

Steps = Generator[float, None, Any]


class Checks(QObject):
    """Checks one open file for as long as it is open; `damaged` once damage was found."""

    def __init__(self, keeper: Keeper, store: Store, parent: QObject | None = None) -> None:
        """Wait to be begun."""
        super().__init__(parent)
        self.damaged = False
        self._keeper, self._store = keeper, store
        self._steps: Steps | None = None
        self._done: Callable[[Any], None] = self._on_checked
        self._task: Task | None = None
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._on_turn)

    @property
    def under_way(self) -> bool:
        """Return whether a check has begun and not ended."""
        return self._steps is not None

    def begin_quietly(self) -> None:
        """Read through the file in the background; say nothing unless it is damaged."""
        if not self._store.read_only:  # a copy to read was looked through when it was made
            self._begin(self._store.read_in_steps(), self._on_read, BEGIN_MS)

    def begin(self) -> None:
        """Check the whole file as fast as the window allows, and tell what was found."""
        if self._task is None:
            self.stop()
            words = _("The file is being checked.")
            self._task = self._keeper.tasks.follow(words, self.stop, self._keeper.window)
            self._begin(self._store.checked_in_steps(), self._on_checked, 0)

    def stop(self) -> None:
        """End what is under way, without a word; to be called before the file closes."""
        self._turn.stop()
        self._steps = None
        if self._task is not None:
            self._keeper.tasks.end(self._task)
            self._task = None

    def tell_damage(self) -> None:
        """Tell, after what is under way now, of damage that somebody else met."""
        if not self.damaged:
            self.stop()
            self.damaged = True
            QTimer.singleShot(0, self, self._tell_damage)

    def _begin(self, steps: Steps, done: Callable[[Any], None], wait: int) -> None:
        self._steps, self._done = steps, done
        self._turn.start(wait)

    def _on_turn(self) -> None:
        """Work for a slice, then let the window do what it has to."""
        self._turn.setInterval(PAUSE_MS if self._task is None else 0)
        share, end = 0.0, time.monotonic() + SLICE
        try:
            while self._steps is not None:
                share = next(self._steps)
                if time.monotonic() >= end:
                    break
        except StopIteration as over:
            self.stop()
            self._done(over.value)
        except PartnerDeskError as problem:
            self.stop()
            self._failed(problem)
        except BaseException:
            self.stop()
            raise
        else:
            if self._task is not None:
                self._task.advance(share)

    def _on_read(self, found: tuple[str, ...]) -> None:
        if found:
            self.tell_damage()

    def _on_checked(self, report: CheckReport) -> None:
        title = _("File check")
        if report.ok:
            words = _("All is well. {count} changes are on record, and the chain is whole.")
            erased = [one.words for one in erasures(self._store)] if report.erased else []
            text = "\n".join((words.format(count=report.edits), *erased))
            self._keeper.messages.tell(self._keeper.window, title, text)
            return
        text = "\n".join(report.problems[:MOST_TOLD])
        if self._store.read_only:
            self._keeper.messages.tell(self._keeper.window, title, text)
        else:
            self._offer(title, text)

    def _failed(self, problem: PartnerDeskError) -> None:
        if problem.code == "damaged":
            self.tell_damage()
        else:
            self._keeper.messages.problem(self._keeper.window, problem)

    def _tell_damage(self) -> None:
        """Offer what can be done; a private turn is not disturbed."""
        view = self._keeper.window.view
        if view is not None and view.private:
            QTimer.singleShot(BEGIN_MS, self, self._tell_damage)
        else:
            told = problems.found_damaged(self._store.path)
            self._offer(_("This file is damaged"), told.message)

    def _offer(self, title: str, text: str) -> None:
        self.damaged = True
        path, passphrase = self._store.path, self._store.passphrase
        offer_recovery(self._keeper, path, title, text, passphrase, self._keeper.close)
