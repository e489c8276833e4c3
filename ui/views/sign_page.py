"""What every step of a signing stands on: the pages beside it, and slow work on workers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.errors import PartnerDeskError
from partnerdesk.language import _
from ui.tasks import Heard, Task
from ui.theme import spaced
from ui.views.charter_pages import Pages, Split
from ui.views.sign_people import placed
from ui.views.view import RecordView
from ui.views.workplace import Workplace


class SignPage(RecordView):
    """One part at a time beside the charter's pages; subclasses say which, in `refresh`."""

    def __init__(self, work: Workplace, key: str = "", parent: QWidget | None = None) -> None:
        """Start without a part and without pages."""
        super().__init__(work, key, parent)
        self.lasting: tuple[QWidget, ...] = ()
        """Parts that stay when another shows."""
        self._busy = ""
        self._drawn = b""
        self._tasks: list[Task] = []
        self._body = QWidget()
        self._inside = QVBoxLayout(self._body)
        spaced(self._inside, 0)
        self.pages = Pages(work.tasks)
        self.scaffold = self.framed()
        self.split = Split(self._body, self.pages)
        self.scaffold.sheet.addWidget(self.split, 1)

    def closing(self) -> None:
        """Drop what is under way: a signature that is not recorded was never made."""
        for task in self._tasks:
            task.cancel()

    def _put(self, part: QWidget) -> None:
        """Show `part` alone; what stood there before is gone, but for what is lasting."""
        item = self._inside.itemAt(0)
        old = item.widget() if item is not None else None
        if old is part:
            return
        if old is not None:
            self._inside.removeWidget(old)
            old.hide()
            if old not in self.lasting:
                old.deleteLater()
        self._inside.addWidget(part)
        part.show()
        self.setFocusProxy(part)

    def _show_pdf(self, pdf: bytes) -> None:
        """Show the very bytes, at the page of the signatures; looked up on a worker."""
        if pdf == self._drawn:
            return
        self._drawn = pdf
        self._run(
            placed,
            pdf,
            done=lambda found: self._on_placed(pdf, found),
        )

    def _on_placed(self, pdf: bytes, found: tuple[int, int]) -> None:
        if pdf is self._drawn:
            self.pages.set_pdf(pdf, *found)

    def _run(
        self, work: Callable[..., object], *values_: object, done: Heard, words: str = ""
    ) -> None:
        """Do slow work on a worker; its result is dropped once this view has closed."""
        task = self.work.tasks.run(
            work,
            *values_,
            done=done,
            failed=self._on_failed,
            owner=self,
            words=words,
            stopped=self._on_stopped,
        )
        self._tasks = [*(one for one in self._tasks if not one.cancelled), task]

    def _primary(self, words: str, why: str) -> None:
        self.scaffold.footer.set_primary(words, not why, why)

    def work_on(
        self, work: Callable[..., object], *values_: object, done: Heard, words: str
    ) -> None:
        """Do slow work that holds the main button until it is done, failed or stopped."""
        self._busy = words
        self._primary(self.scaffold.footer.primary.text(), words)
        self._run(work, *values_, done=lambda value: self._on_worked(done, value), words=words)

    def _on_worked(self, done: Heard, value: object) -> None:
        self._busy = ""
        done(value)

    def _on_stopped(self) -> None:
        self._busy = ""
        self.scaffold.say(_("Stopped. Nothing was changed."))
        self.refresh()

    def _on_failed(self, error: BaseException) -> None:
        self._busy = ""
        if not isinstance(error, PartnerDeskError):
            raise error
        self.hall.messages.problem(self, error)
        self.refresh()
