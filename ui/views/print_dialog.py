"""The print dialog: pages as they will print, which of them, how often, in which look."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from partnerdesk.charter.preview import page_count
from partnerdesk.errors import PartnerDeskError
from partnerdesk.language import _, ngettext
from ui.theme import em, spaced
from ui.views.charter_pages import Pages
from ui.views.print_job import MakePrinter, PrintJob, Sides, Wish, default_printer
from ui.views.workplace import Hall
from ui.widgets.buttons import PlainButton, PrimaryButton
from ui.widgets.check import CheckBox
from ui.widgets.fields import ChoiceField, Field, NumberField
from ui.widgets.flow import Flow
from ui.widgets.text import Caption, Heading
from ui.widgets.waiting import WaitingBar

MOST_COPIES = 99
Names = Callable[[], Sequence[str]]


def printer_names() -> Sequence[str]:
    """Return the printers of this system, its own choice first."""
    names = QPrinterInfo.availablePrinterNames()
    return sorted(names, key=lambda name: name != QPrinterInfo.defaultPrinterName())


class PrintDialog(QDialog):
    """Shows a PDF as it prints and prints it from memory: no file is written by this program."""

    def __init__(
        self,
        parent: QWidget,
        hall: Hall,
        pdf: bytes,
        names: Names = printer_names,
        make_printer: MakePrinter = default_printer,
    ) -> None:
        """Offer to print `pdf`; `names` and `make_printer` stand for the system's printers."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Print"))
        self._hall, self._pdf, self._make_printer = hall, pdf, make_printer
        self.job: PrintJob | None = None
        self.waiting = WaitingBar(self, hall.tasks)
        self._count = page_count(pdf)
        self._found = list(names())
        self._build_fields()
        self._lay_out()
        self._connect()
        self.pages.set_pdf(pdf, self._count, 1)
        self._check()
        room = self.screen().availableSize()
        self.resize(min(em(860), room.width()), min(em(560), room.height()))

    def wish(self) -> Wish | None:
        """Return what is asked for, or None where a number makes no sense."""
        first, last, copies = (f.value() for f in (self.first, self.last, self.copies))
        if first is None or last is None or copies is None or first > last:
            return None
        sides = Sides(self.sides.value())
        return Wish(first, last, copies, self.grey.isChecked(), sides)

    def start(self) -> None:
        """Send what is asked for to the printer."""
        wish = self.wish()
        if wish is None or self.job is not None:
            return
        printer = self._make_printer(self.printer.value())
        self.job = PrintJob(self._hall.tasks, printer, self._pdf, wish, self)
        self.job.ended.connect(self._on_ended)
        self.job.failed.connect(self._on_failed)
        self._check()
        self.job.start()

    def reject(self) -> None:
        """Close without printing, and stop what is under way."""
        if self.job is not None:
            self.job.stop()
        super().reject()

    def _build_fields(self) -> None:
        self.pages = Pages(self._hall.tasks)
        known = [(name, name) for name in self._found]
        self.printer = Field(_("Printer"), ChoiceField(known, self._found[0] if known else ""))
        self.first = Field(_("From page"), NumberField(1, least=1, most=self._count))
        self.last = Field(_("To page"), NumberField(self._count, least=1, most=self._count))
        self.copies = Field(_("Copies"), NumberField(1, least=1, most=MOST_COPIES))
        sides = (
            (Sides.ONE.value, _("One side")),
            (Sides.LONG.value, _("Both sides, turned like a book")),
            (Sides.SHORT.value, _("Both sides, turned like a pad")),
        )
        self.sides = Field(_("Sides"), ChoiceField(sides, Sides.ONE.value))
        self.grey = CheckBox(_("Print in grey"))
        self.grey.setAccessibleName(self.grey.text())
        self._note = Caption("")
        self.print = PrimaryButton(_("Print"), "print")
        self.leave = PlainButton(_("Do not print"))

    def _lay_out(self) -> None:
        """Put the pages beside the choices, which scroll where the screen is low."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        choices = self._choices()
        area.setWidget(choices)
        choices.setAutoFillBackground(False)
        form = QVBoxLayout()
        spaced(form, 14)
        form.addWidget(area, 1)
        form.addWidget(self._note)
        buttons = QHBoxLayout()
        spaced(buttons, 12)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.print)
        form.addLayout(buttons)
        row = QHBoxLayout(self)
        spaced(row, 16, (16, 14))
        row.addWidget(self.pages, 1)
        row.addLayout(form, 1)

    def _choices(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        spaced(column, 14)
        column.addWidget(Heading(_("Print")))
        column.addWidget(self.printer)
        numbers = QWidget()
        flow = Flow(numbers)
        for part in (self.first, self.last, self.copies):
            flow.addWidget(part)
        column.addWidget(numbers)
        for one in (self.sides, self.grey):
            column.addWidget(one)
        advice = _("A printer may keep what it prints. Its queue shows only the word Document.")
        column.addWidget(Caption(advice))
        column.addStretch()
        return box

    def _connect(self) -> None:
        for field in (self.first, self.last, self.copies):
            field.editor.textChanged.connect(lambda _text: self._check())
        self.grey.toggled.connect(self.pages.show_grey)
        self.leave.clicked.connect(lambda _on=False: self.reject())
        self.print.clicked.connect(lambda _on=False: self.start())
        self.first.committed.connect(lambda page: self.pages.show_page(page or 1))

    def _check(self) -> None:
        """Say what keeps the pages from being printed, or how many sheets it takes."""
        wish = self.wish()
        self._note.setText(self._words(wish))
        self.print.setEnabled(bool(wish and self._found and self.job is None))

    def _words(self, wish: Wish | None) -> str:
        if not self._found:
            return _("No printer was found here. Export the PDF and print it elsewhere.")
        if wish is None:
            words = _("Pages go from 1 to {count}, and copies from 1 to {most}.")
            return words.format(count=self._count, most=MOST_COPIES)
        pages = len(wish.pages())
        sheets = (pages if wish.sides is Sides.ONE else (pages + 1) // 2) * wish.copies
        return ngettext("{n} sheet of paper", "{n} sheets of paper", sheets).format(n=sheets)

    def _on_ended(self, printed: bool) -> None:
        self.job = None
        if printed:
            self.accept()
        else:
            self._check()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, PartnerDeskError):
            raise error
        self._hall.messages.problem(self, error)
