"""The places that a person goes to beside the workshop: each is a page with one next step.

What they have in common is here: title, way back, one piece of slow work at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.errors import PartnerDeskError
from partnerdesk.flow import values
from partnerdesk.keeping import begin_backup_before, finish_backup
from partnerdesk.language import _
from partnerdesk.store import Store
from ui.slices import Slices
from ui.tasks import Task
from ui.theme import em, spaced
from ui.views.place import Go, Place
from ui.views.view import View, fill
from ui.views.workplace import Hall, Workplace
from ui.widgets.fields import Field
from ui.widgets.frames import Scaffold
from ui.widgets.text import Heading, Words

Heard = Callable[[Any], object]
LINE = 760
"""The widest line of running text, in drawing pixels."""
LOCKED = ("passphrase-needed", "wrong-passphrase")


class ApartView(View):
    """A page beside the work: subclasses fill `put`, and say what the primary button does."""

    takes: tuple[str, ...] = ()
    """The endings of files that can be dropped here."""

    def __init__(self, hall: Hall, title: str, parent: QWidget | None = None) -> None:
        """Show an empty page called `title`, with the open partnership's name above it."""
        super().__init__(hall, parent)
        self.setAccessibleName(title)
        self.setAcceptDrops(bool(self.takes))
        self._task: Task | None = None
        self._slices: Slices | None = None
        self._body = QWidget()
        self._inside = QVBoxLayout(self._body)
        spaced(self._inside, 0)
        self.page = fill(self, Scaffold())
        self.page.sheet.addWidget(self._body, 1)
        top, footer = self.page.top, self.page.footer
        top.menu_clicked.connect(lambda: self.hall.menu(top.menu_button))
        top.set_title(title)
        if isinstance(hall, Workplace):
            top.set_title(values.partnership(hall.store).title)
            top.set_partners(one.index for one in values.partners(hall.store))
            top.lock_clicked.connect(hall.files.lock)
            top.show_lock(True)
        footer.set_back(_("Back"))
        footer.back_clicked.connect(self.go_back)
        footer.primary_clicked.connect(self.go_on)

    def go_on(self) -> None:
        """Do the one next step."""
        raise NotImplementedError

    def go_back(self) -> None:
        """Return to the work, or home."""
        self.hall.go(Place(Go.SESSION if isinstance(self.hall, Workplace) else Go.HOME))

    def take(self, path: Path) -> None:
        """Do what is done with a file that was chosen or dropped here."""

    def say(self, words: str) -> None:
        """Say something above the footer."""
        self.page.say(words)

    def closing(self) -> None:
        """Drop what is under way."""
        self._stop()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file of the right kind."""
        if dropped(event.mimeData(), self.takes) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file that was dropped."""
        path = dropped(event.mimeData(), self.takes)
        if path is not None:
            event.acceptProposedAction()
            self.take(path)

    def put(self, *parts: QWidget, gap: float = 28) -> None:
        """Show these parts below each other, in place of those before."""
        whole, column = QWidget(), QVBoxLayout()
        whole.setLayout(column)
        spaced(column, 0)
        column.addWidget(stack(*parts, gap=gap))
        column.addStretch(1)
        self._replace(whole)

    def put_alone(self, part: QWidget) -> None:
        """Show one part that fills the page, such as an empty state."""
        self._replace(part)

    def run(
        self,
        work: Callable[..., object],
        *what: object,
        words: str,
        done: Heard,
        failed: Callable[[PartnerDeskError], object] | None = None,
    ) -> None:
        """Do slow work with values on a worker, one at a time; whoever waits may stop it."""
        self._stop()
        self._task = self.hall.tasks.run(
            work,
            *what,
            done=lambda value: self._ended(done, value),
            failed=lambda error: self._failed(error, failed),
            owner=self,
            words=words,
            stopped=self._on_stopped,
        )

    def run_here(self, work: Generator[object, None, Any], *, words: str, done: Heard) -> None:
        """Do work that needs the open file in slices, while whoever waits sees it under way."""
        self._stop()
        self._task = self.hall.tasks.follow(words, self._on_stopped, self)
        self._slices = Slices(
            work,
            lambda value: self._ended(done, value),
            lambda error: self._failed(error, None),
            self,
        )

    def backed_up(self, store: Store, then: Callable[[], object]) -> None:
        """Make a backup where the last one lacks something, and then go on."""
        try:
            begun = begin_backup_before(store, datetime.now(UTC))
        except PartnerDeskError as problem:
            self.hall.messages.problem(self, problem)
            return
        if begun is None:
            then()
        else:
            words = _("A backup is being made.")
            self.run(finish_backup, begun, words=words, done=lambda _made: then())

    @property
    def is_waiting(self) -> bool:
        """Return whether some work of this page is under way."""
        return self._task is not None

    def _replace(self, part: QWidget) -> None:
        item = self._inside.takeAt(0)
        old = item.widget() if item is not None else None
        if old is not None:
            old.hide()
            old.deleteLater()
        self._inside.addWidget(part)
        part.show()

    def _on_stopped(self) -> None:
        self._stop()
        self.page.say(_("Stopped. Nothing was written."))

    def _stop(self) -> None:
        """Drop what is under way; nothing of it remains."""
        if self._task is not None:
            self._task.cancel()
        self._let_go()

    def _let_go(self) -> None:
        slices, self._slices = self._slices, None
        if slices is not None:
            slices.stop()
        task, self._task = self._task, None
        if task is not None:
            self.hall.tasks.end(task)

    def _ended(self, done: Heard, value: object) -> None:
        self._let_go()
        done(value)

    def _failed(
        self, error: BaseException, failed: Callable[[PartnerDeskError], object] | None
    ) -> None:
        self._let_go()
        if not isinstance(error, PartnerDeskError):
            raise error
        if failed is not None:
            failed(error)
        else:
            self.hall.messages.problem(self, error)


def on_closed(
    work: Workplace, page: QWidget, function: Callable[..., object], *args: object, words: str,
    done: Heard,
) -> None:  # fmt: skip
    """Close the file, work on it on a worker, open it again, and hear what came of it.

    `function` gets the file's path and its passphrase, then `args`.
    """
    path, passphrase = work.store.path, work.store.passphrase
    window, files, messages = page.window(), work.files, work.messages

    def back(value: object) -> None:
        files.open(path, passphrase)
        done(value)

    def failed(error: BaseException) -> None:
        files.open(path, passphrase)
        if not isinstance(error, PartnerDeskError):
            raise error
        messages.problem(window, error)

    files.close()
    work.tasks.run(
        function, path, passphrase, *args,
        done=back, failed=failed, owner=window, words=words, alone=True,
    )  # fmt: skip


def dropped(data: QMimeData, endings: tuple[str, ...]) -> Path | None:
    """Return the one dropped file, where it ends in one of `endings`."""
    urls = [url for url in data.urls() if url.isLocalFile()]
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 else None
    return path if path is not None and path.suffix.lower() in endings else None


def part(title: str, *parts: QWidget, gap: float = 12) -> QWidget:
    """Return parts below each other under a heading."""
    return stack(Heading(title), *parts, gap=gap)


def stack(*parts: QWidget, gap: float = 12) -> QWidget:
    """Return parts below each other."""
    whole, column = QWidget(), QVBoxLayout()
    whole.setLayout(column)
    spaced(column, gap)
    for one in parts:
        column.addWidget(_Lined(one) if isinstance(one, Words | Field) else one)
    return whole


class _Lined(QWidget):
    """Words or a field on lines that read well, however wide the page is."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self._inner = inner
        row = QHBoxLayout(self)
        spaced(row, 0)
        row.addWidget(inner, 1)
        row.addStretch(0)
        self.restyle()

    def restyle(self) -> None:
        """Keep the line's length at the text size in use."""
        self._inner.setMaximumWidth(em(LINE))
