"""Ways out of a view: the export menu, what it makes on a worker, and how it waits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from partnerdesk.copies import (
    Form,
    Original,
    Print,
    copy_of,
    draft_original,
    public_names,
    text_of,
)
from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange.files import write_whole
from partnerdesk.flow import values
from partnerdesk.language import _
from partnerdesk.model.record import Record
from partnerdesk.places import suggested_folder
from ui.actions import Actions, key_of
from ui.tasks import Heard, Task
from ui.widgets.buttons import QuietButton

if TYPE_CHECKING:
    from ui.views.view import RecordView

Source = Record | Original | Callable[[], Original]
"""What is exported: a record for its draft, a frozen version, or what a worker makes of it."""


def form_words(form: Form) -> str:
    """Return what a form of the charter is called."""
    return {
        Form.PDF: _("PDF"),
        Form.PUBLIC: _("PDF for everybody, without people's names"),
        Form.WORD: _("Word file"),
        Form.POSTER: _("Poster, one page"),
        Form.TEXT: _("Plain text"),
    }[form]


class ExportButton(QuietButton):
    """Opens a small menu: each form of the charter, a copy of its text, and print."""

    chosen = Signal(Form)
    large = Signal()
    copied = Signal()
    printed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Offer every way out."""
        super().__init__(_("Export"), "print", parent=parent)
        self._menu = QMenu(self)
        self._menu.setAccessibleName(_("Export"))
        for form in Form:
            self._offer(form_words(form), partial(self.chosen.emit, form))
        self._offer(_("Word file in large print"), self.large.emit)
        self._menu.addSeparator()
        self._offer(_("Copy as plain text"), self.copied.emit)
        words = f"{_('Print')}\t{key_of('print')}"
        self._offer(words, self.printed.emit)
        self.clicked.connect(lambda _on=False: self.offer())

    def offer(self) -> None:
        """Open the menu below the button."""
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def actions_offered(self) -> list[QAction]:
        """Return the entries of the menu, top to bottom."""
        return [one for one in self._menu.actions() if not one.isSeparator()]

    def _offer(self, words: str, act: Callable[[], object]) -> None:
        self._menu.addAction(words).triggered.connect(lambda _on=False: act())


class Outlet:
    """Takes a view's charter out of the window: into files, the clipboard, or the printer."""

    def __init__(
        self,
        view: RecordView,
        say: Callable[[str], object],
        button: ExportButton,
        source: Callable[[], Source],
        name: str,
    ) -> None:
        """Serve `button` and Ctrl+P; `name` is the file's name, with {title} in it.

        `say` tells what was done. `source` is asked at each export for what then stands.
        """
        self._view, self._say, self._source, self._name = view, say, source, name
        self._task: Task | None = None
        button.chosen.connect(self.save)
        button.large.connect(lambda: self.save(Form.WORD, large=True))
        button.copied.connect(self.copy_text)
        button.printed.connect(self.print_)
        self.actions = Actions(view)
        self.actions.add("print", self.print_)

    def save(self, form: Form, *, large: bool = False) -> None:
        """Ask where the file goes, make it on a worker, and write it whole."""
        if form is Form.PUBLIC:
            self.save_public()
        else:
            self.save_as(form, self._name, self._source(), large=large)

    def save_public(self) -> None:
        """Make the version without names, tell which names are left, and write it if wished."""
        words = _("The names are being taken out.")
        self._run(_made_public, (self._source(),), words, lambda made: self._on_public(*made))

    def save_as(self, form: Form, name: str, source: Source, *, large: bool = False) -> None:
        """Ask where something else goes that this view can make; `name` has {title} in it."""
        self._ask(form, name, lambda to: self._make(source, form, large, self._writer(to)))

    def _on_public(self, pdf: bytes, left: tuple[str, ...]) -> None:
        def write() -> None:
            self._ask(Form.PUBLIC, self._name, lambda to: self._write(to, pdf))

        if not left:
            write()
            return
        names = ", ".join(left[:12])
        words = _("These words are parts of people's names and still stand in it: {names}.")
        self._view.hall.messages.ask(
            self._view,
            _("Look at these words first"),
            words.format(names=names),
            _("Write it as it is"),
            _("Do not write it"),
            write,
        )

    def _writer(self, path: Path) -> Heard:
        return lambda data: self._write(path, data)

    def _ask(self, form: Form, name: str, then: Callable[[Path], object]) -> None:
        title = values.partnership(self._view.work.store).title.replace("/", "-")
        path = suggested_folder() / f"{name.format(title=title)}.{form.value}"
        ending = form.value.rpartition(".")[2]
        self._view.hall.messages.save_file(
            self._view,
            _("Export: {form}").format(form=form_words(form)),
            path,
            f"{form_words(form)} (*.{ending})",
            then,
        )

    def copy_text(self) -> None:
        """Put the charter's text on the clipboard, for a messenger."""
        self._run(_text, (self._source(),), _("The text is being written."), self._on_text)

    def print_(self) -> None:
        """Make the PDF on a worker and offer to print it."""
        self._make(self._source(), Form.PDF, False, self._on_pdf)

    def close(self) -> None:
        """Drop what is under way: the view closes."""
        if self._task is not None:
            self._task.cancel()

    def _make(self, source: Source, form: Form, large: bool, done: Heard) -> None:
        words = _("The file is being made: {form}").format(form=form_words(form))
        self._run(_made, (source, form, large), words, done)

    def _write(self, path: Path, data: bytes) -> None:
        told = _("Written: {file}").format(file=path.name)
        words = _("The file is being written.")
        self._run(write_whole, (path, data), words, lambda _none: self._say(told))

    def _on_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._say(_("Copied for half a minute. Paste it into a message now."))

    def _on_pdf(self, pdf: bytes) -> None:
        from ui.views.print_dialog import PrintDialog

        PrintDialog(self._view, self._view.hall, pdf).open()

    def _run(
        self, work: Callable[..., object], what: tuple[object, ...], words: str, done: Heard
    ) -> None:
        """Do slow work on a worker, one at a time; whoever waits may stop it."""
        self.close()
        self._task = self._view.hall.tasks.run(
            work,
            *what,
            done=done,
            failed=self._on_failed,
            owner=self._view,
            words=words,
            stopped=lambda: self._say(_("Stopped. Nothing was written.")),
        )

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, PartnerDeskError):
            raise error
        self._view.hall.messages.problem(self._view, error)


def _made(source: Source, form: Form, large: bool) -> bytes:
    return copy_of(_original(source), form, Print(large=large))


def _made_public(source: Source) -> tuple[bytes, tuple[str, ...]]:
    original = _original(source)
    return copy_of(original, Form.PUBLIC), public_names(original)


def _text(source: Source) -> str:
    return text_of(_original(source))


def _original(source: Source) -> Original:
    if isinstance(source, Record):
        return draft_original(source)
    return source if isinstance(source, Original) else source()
