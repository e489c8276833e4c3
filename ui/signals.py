"""What happens to the record as Qt signals, so that views connect instead of listening."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from partnerdesk.keeping.notices import Notice
from partnerdesk.language import ngettext
from partnerdesk.store import Store
from partnerdesk.store.regaining import regain
from partnerdesk.store.waiting import Waiting

T = TypeVar("T")
RETRY_MS = 5000


class Standing(QObject):
    """How the open file stands: what waits for its disk, and what to know of its place."""

    changed = Signal()
    """Something to be shown is another."""

    offered = Signal(object)
    """The offer of this Notice was taken."""

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        """Start with all saved and nothing to say."""
        super().__init__(parent)
        self.notices: tuple[Notice, ...] = ()
        self._regain = partial(regain, store)
        self._waiting = Waiting(self._regain)
        self._said = ""
        self._again = QTimer(self, interval=RETRY_MS)
        self._again.timeout.connect(self.retry)

    @property
    def unsaved(self) -> str:
        """Return in words why changes wait and how many, '' where all is saved."""
        problem, n = self._waiting.problem, self._waiting.count
        if problem is None or not n:
            return ""
        words = {
            "disk-full": ngettext(
                "Not saved: disk is full, {n} change waiting",
                "Not saved: disk is full, {n} changes waiting",
                n,
            ),
            "foreign": ngettext(
                "Not saved: the file was changed elsewhere, {n} change waiting",
                "Not saved: the file was changed elsewhere, {n} changes waiting",
                n,
            ),
            "moved": ngettext(
                "Not saved: the file was moved, {n} change waiting",
                "Not saved: the file was moved, {n} changes waiting",
                n,
            ),
        }
        away = ngettext(
            "Not saved: the disk is away, {n} change waiting",
            "Not saved: the disk is away, {n} changes waiting",
            n,
        )
        return words.get(problem.code, away).format(n=n)

    def run(self, command: Callable[[], T], about: Hashable = None) -> T:
        """Run a command as `Waiting.run` does, and tell where that changes what waits."""
        try:
            return self._waiting.run(command, about)
        finally:
            self._tell()

    def retry(self) -> bool:
        """Save now what waits; return whether nothing waits any more."""
        done = self._waiting.retry()
        self._tell()
        return done

    def give_up(self) -> None:
        """Let go of what waits: somebody would rather leave."""
        self._again.stop()
        self._waiting = Waiting(self._regain)
        self.changed.emit()

    def tell(self, notices: tuple[Notice, ...]) -> None:
        """Show these notices, in place of those before."""
        self.notices = notices
        self.changed.emit()

    def move_on(self) -> None:
        """Keep the notices that stay true wherever one is."""
        self.tell(tuple(one for one in self.notices if one.lasts))

    def take(self, notice: Notice) -> None:
        """Do what a notice offers; one that offers nothing is put away."""
        self.tell(tuple(one for one in self.notices if one is not notice))
        self.offered.emit(notice)

    def _tell(self) -> None:
        if not self._waiting.count:
            self._again.stop()
        elif not self._again.isActive():
            self._again.start()
        if self.unsaved != self._said:
            self._said = self.unsaved
            self.changed.emit()


class StoreSignals(QObject):
    """Emits `changed(Edit)` after each commit of one open store, on the thread that committed."""

    changed = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        """Listen to `store` until `close`."""
        super().__init__(parent)
        self.standing = Standing(store, self)
        self._unlisten = store.listen(self.changed.emit)

    def close(self) -> None:
        """Stop listening; call before the store closes."""
        self._unlisten()
