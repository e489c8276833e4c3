"""A print: which pages, how often, in which look; one page after the other from memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QMarginsF, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from partnerdesk.charter.preview import page_rgb
from partnerdesk.errors import EnvironmentProblem
from partnerdesk.language import _
from ui.tasks import Task, Tasks
from ui.views.charter_pages import page_image

JOB = "Document"
"""What a print queue shows: never the title of a partnership."""
FINEST = 300


class Sides(Enum):
    """Which sides of a sheet are printed."""

    ONE = "one"
    LONG = "long"
    SHORT = "short"


DUPLEX = {
    Sides.ONE: QPrinter.DuplexMode.DuplexNone,
    Sides.LONG: QPrinter.DuplexMode.DuplexLongSide,
    Sides.SHORT: QPrinter.DuplexMode.DuplexShortSide,
}


@dataclass(frozen=True)
class Wish:
    """What is printed: pages from 1, both ends included, and how."""

    first: int
    last: int
    copies: int = 1
    grey: bool = False
    sides: Sides = Sides.ONE

    def pages(self) -> list[int]:
        """Return the pages of one copy, in order."""
        return list(range(self.first, self.last + 1))


class PrintJob(QObject):
    """Draws pages on workers and paints them on a printer; `ended(bool)` says if all went."""

    ended = Signal(bool)
    failed = Signal(object)

    def __init__(
        self, tasks: Tasks, printer: QPrinter, pdf: bytes, wish: Wish, parent: QObject
    ) -> None:
        """Prepare to print `wish` of `pdf`; nothing is sent yet."""
        super().__init__(parent)
        self._tasks, self._printer, self._pdf, self._wish = tasks, printer, pdf, wish
        repeats = 1 if printer.supportsMultipleCopies() else wish.copies
        self._queue = wish.pages() * repeats
        self._at = 0
        self._painter = QPainter()
        self._task: Task | None = None
        self._whole: Task | None = None

    @property
    def count(self) -> int:
        """How many pages are painted, repeated ones included."""
        return len(self._queue)

    def start(self) -> None:
        """Begin with the first page."""
        prepare(self._printer, self._wish)
        words = _("The pages go to the printer.")
        self._whole = self._tasks.follow(words, self.stop, self)
        self._draw()

    def stop(self) -> None:
        """Print nothing more; a printer may have begun with what it has."""
        if self._task is not None:
            self._task.cancel()
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
        self._end(printed=False)

    def _draw(self) -> None:
        dpi = min(self._printer.resolution(), FINEST)
        self._task = self._tasks.run(
            page_rgb,
            self._pdf,
            self._queue[self._at],
            dpi,
            done=self._on_drawn,
            failed=self._on_failed,
            owner=self,
        )

    def _on_drawn(self, picture: tuple[int, int, bytes]) -> None:
        image = page_image(picture, self._wish.grey)
        if not self._turn_to(image):
            problem = _("The printer does not answer. Nothing is lost. Check it and print again.")
            self._on_failed(EnvironmentProblem(problem, code="printer"))
            return
        room = self._painter.viewport()
        self._painter.drawImage(fitted(image.size(), room), image)
        self._at += 1
        if self._whole is not None:
            self._whole.advance(self._at / self.count)
        if self._at < len(self._queue):
            self._draw()
        else:
            self._painter.end()
            self._end(printed=True)

    def _turn_to(self, image: QImage) -> bool:
        """Begin the print on paper of the page's size, or go on to its next sheet."""
        if self._at:
            return self._printer.newPage()
        self._printer.setPageSize(paper_of(image.size()))
        return self._painter.begin(self._printer)

    def _end(self, *, printed: bool) -> None:
        if self._whole is not None:
            self._tasks.end(self._whole)
        self.ended.emit(printed)

    def _on_failed(self, error: BaseException) -> None:
        self.stop()
        self.failed.emit(error)


def prepare(printer: QPrinter, wish: Wish) -> None:
    """Set a printer up: a title that tells nothing, whole sheets, and the look that is wished."""
    printer.setDocName(JOB)
    printer.setCreator("")
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(), QPageLayout.Unit.Millimeter)
    modes = QPrinter.ColorMode
    printer.setColorMode(modes.GrayScale if wish.grey else modes.Color)
    printer.setDuplex(DUPLEX[wish.sides])
    if printer.supportsMultipleCopies():
        printer.setCopyCount(wish.copies)


def paper_of(size: QSize) -> QPageSize:
    """Return the known paper whose shape is that of a page, A4 where none is."""
    shape = size.height() / max(size.width(), 1)
    sizes = QPageSize.PageSizeId
    return QPageSize(sizes.Letter if abs(shape - 11 / 8.5) < abs(shape - 297 / 210) else sizes.A4)


def fitted(size: QSize, room: QRect) -> QRect:
    """Return the largest place of this shape in the middle of the sheet."""
    shown = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(room.topLeft(), shown)
    place.moveCenter(room.center())
    return place


def default_printer(name: str) -> QPrinter:
    """Return the printer of this name, or the system's own for ''."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name:
        printer.setPrinterName(name)
    return printer


MakePrinter = Callable[[str], QPrinter]
