"""Pages of a PDF as they print, drawn on a worker, and a split that puts them beside the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from partnerdesk.charter.preview import page_rgb
from partnerdesk.errors import PartnerDeskError
from partnerdesk.language import _
from ui.tasks import Task, Tasks
from ui.theme import em, emf, roles, sized, spaced
from ui.widgets.buttons import PlainButton
from ui.widgets.frames import STACKED
from ui.widgets.text import Caption

A4_SHAPE = 297 / 210
INCHES_WIDE = 210 / 25.4
SETTLE_MS = 120
FEW_WORDS = 280
"""Below so many em-px of width only the numbers stand between the arrows."""
LARGEST = 1000


class Paper(QWidget):
    """One page as a picture on its sheet; an empty sheet until it is drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._image = QImage()

    def set_image(self, image: QImage) -> None:
        """Show a page."""
        self._image = image
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self.update()

    def shape(self) -> float:
        """Return height by width of the page that shows."""
        size = self._image.size()
        return size.height() / size.width() if size.width() else A4_SHAPE

    def _is_sharp(self) -> bool:
        """Return whether the picture was drawn for this size: scaled by a pixel it would blur."""
        drawn, ratio = self._image.size(), self.devicePixelRatioF()
        here = self.size() * ratio
        return max(abs(drawn.width() - here.width()), abs(drawn.height() - here.height())) <= 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page within a hairline; a page is white in every look."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        if self._is_sharp():
            painter.drawImage(0, 0, self._image)
        elif not self._image.isNull():
            painter.drawImage(self.rect(), self._image)
        painter.setPen(QPen(roles().edge, 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


class Pages(QFrame):
    """Pages with a way back and forth; `enlarged(bool)` asks for the room beside it."""

    enlarged = Signal(bool)
    turned = Signal(int)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Start without pages; pictures are made through `tasks`."""
        super().__init__(parent)
        self.setProperty("kind", "well")
        self._tasks = tasks
        self._pdf, self._count, self._page = b"", 0, 1
        self._large = self._grey = False
        self._task: Task | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._draw)
        self._paper = Paper()
        self._area = QScrollArea()
        self._area.setAccessibleName(_("Page of the charter"))
        self._area.setWidget(self._paper)
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setMinimumSize(QSize(0, em(120)))
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        self._where = Caption(_("The pages are being drawn."))
        self._where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._back = self._button("left", _("Page before"), lambda: self.show_page(self._page - 1))
        self._next = self._button("right", _("Page after"), lambda: self.show_page(self._page + 1))
        self._larger = PlainButton(_("Larger"))
        self._larger.clicked.connect(lambda _on=False: self._enlarge(not self._large))
        self._build()

    def set_pdf(self, pdf: bytes, count: int, page: int = 0) -> None:
        """Show a PDF of `count` pages at `page`, or where the last one stood for 0."""
        self._pdf, self._count = pdf, count
        self.show_page(page or self._page)

    def show_page(self, page: int) -> None:
        """Show another page, from 1; one beyond the ends shows the end."""
        self._page = max(1, min(page, self._count or 1))
        self._back.setEnabled(self._page > 1)
        self._next.setEnabled(self._page < self._count)
        self._draw()
        self.turned.emit(self._page)

    def show_grey(self, grey: bool) -> None:
        """Show the pages without colour, or with it."""
        self._grey = grey
        self._draw()

    def page(self) -> int:
        """Return which page shows."""
        return self._page

    def say(self, words: str) -> None:
        """Say something in place of the page number."""
        self._where.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page at once, and draw it sharp when the size has settled."""
        super().resizeEvent(event)
        self._fit()
        self._settle.start()

    def restyle(self) -> None:
        """Fit the page to another text size."""
        self._fit()

    def _build(self) -> None:
        row = QHBoxLayout()
        spaced(row, 4)
        row.addWidget(self._back)
        row.addWidget(self._where, 1)
        row.addWidget(self._larger)
        row.addWidget(self._next)
        column = QVBoxLayout(self)
        spaced(column, 6, (12, 12))
        column.addWidget(self._area, 1)
        column.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _button(self, icon: str, words: str, act: Callable[[], object]) -> PlainButton:
        made = PlainButton("", icon)
        made.setAccessibleName(words)
        made.setToolTip(words)
        made.clicked.connect(lambda _checked=False: act())
        return made

    def _enlarge(self, large: bool) -> None:
        self._large = large
        bars = Qt.ScrollBarPolicy
        self._area.setVerticalScrollBarPolicy(
            bars.ScrollBarAsNeeded if large else bars.ScrollBarAlwaysOff
        )
        self._larger.set_words(_("Smaller") if large else _("Larger"))
        self.enlarged.emit(large)
        self._settle.start()

    def _fit(self) -> None:
        room, shape = self._area.size(), self._paper.shape()
        if self._large:
            wide = min(room.width() - em(16), em(LARGEST))
        else:
            wide = min(room.width(), int(room.height() / shape))
        wide = max(wide, 40)
        self._paper.setFixedSize(wide, int(wide * shape))

    def _draw(self) -> None:
        self._fit()
        if not self._pdf or not self.isVisible():
            return
        if self._task is not None:
            self._task.cancel()
        dpi = self._paper.width() * self.devicePixelRatioF() / INCHES_WIDE
        self._task = self._tasks.run(
            page_rgb,
            self._pdf,
            self._page,
            dpi,
            done=self._on_drawn,
            failed=self._on_failed,
            owner=self,
        )

    def showEvent(self, event: QEvent) -> None:
        """Draw what was given while nobody looked."""
        self._settle.start()

    def _on_drawn(self, picture: tuple[int, int, bytes]) -> None:
        self._paper.set_image(page_image(picture, self._grey))
        self._fit()
        words = _("As it prints, page {page} of {count}")
        told = words.format(page=self._page, count=self._count)
        narrow = self.width() < emf(FEW_WORDS)
        self.say(f"{self._page} / {self._count}" if narrow else told)
        self._paper.setAccessibleName(told)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, PartnerDeskError):
            raise error
        self.say(error.message)


def page_image(picture: tuple[int, int, bytes], grey: bool) -> QImage:
    """Return a drawn page as an image of its own, without colour where it is not wished."""
    width, height, samples = picture
    formats = QImage.Format
    image = QImage(samples, width, height, width * 4, formats.Format_RGBA8888)
    return image.convertToFormat(formats.Format_Grayscale8 if grey else formats.Format_RGB32)


class Split(QWidget):
    """The work at the start and pages at the end; below 900 em-px the pages stand below."""

    def __init__(
        self, work: QWidget, pages: Pages, *, shares: tuple[int, int] = (3, 2), parent: Any = None
    ) -> None:
        """Let `work` scroll by itself beside `pages`."""
        super().__init__(parent)
        self._work, self._pages = work, pages
        work.setAutoFillBackground(False)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setWidget(work)
        work.setAutoFillBackground(False)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        spaced(self._row, 24)
        self._row.addWidget(self._area, shares[0])
        self._row.addWidget(pages, shares[1])
        pages.enlarged.connect(self._enlarge)
        self._stacked: bool | None = None

    def scroll_to(self, part: QWidget) -> None:
        """Bring a part of the work into sight."""
        self._area.ensureWidgetVisible(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand side by side or below each other."""
        super().resizeEvent(event)
        self.restyle()

    def hasHeightForWidth(self) -> bool:
        """Return False side by side, where each part scrolls by itself."""
        return bool(self._stacked) and super().hasHeightForWidth()

    def restyle(self) -> None:
        """Stand as the width at the text size in use asks."""
        stacked = self.window().width() / emf(1) < STACKED
        if stacked == self._stacked:
            return
        self._stacked = stacked
        policy = QSizePolicy.Policy.Preferred if stacked else QSizePolicy.Policy.Ignored
        self.setSizePolicy(QSizePolicy.Policy.Expanding, policy)
        sized(self, 0, 0 if stacked else 240, least=True)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if stacked else ways.LeftToRight)
        if stacked:
            self._area.takeWidget()
            self._row.insertWidget(0, self._work)
            self._work.show()
        else:
            self._row.removeWidget(self._work)
            self._area.setWidget(self._work)
            self._pages.setMinimumHeight(0)
        self._work.setAutoFillBackground(False)  # a scroll area turns it on
        self._area.setVisible(not stacked)
        sized(self._pages, 0, 460 if stacked else 0, least=True)

    def _enlarge(self, large: bool) -> None:
        (self._work if self._stacked else self._area).setVisible(not large)
