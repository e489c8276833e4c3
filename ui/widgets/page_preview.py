"""Pages as they print, one at a time, on a sunk plane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from partnerdesk.language import _
from ui.theme import em, roles, sized, spaced
from ui.widgets.buttons import PlainButton
from ui.widgets.text import Caption


@dataclass(frozen=True)
class PageImage:
    """One rendered page: `pixels` holds 3 bytes (RGB) or 4 (RGBA) each, row by row from the top."""

    width: int
    height: int
    pixels: bytes


class PagePreview(QFrame):
    """The page with a 1 px edge, and arrows to the one before and after."""

    turned = Signal(int)

    def __init__(
        self, name: str, pictures: Sequence[PageImage] = (), parent: QWidget | None = None
    ) -> None:
        """Show the first of `pictures`; raise ValueError for bytes that do not fit the size."""
        super().__init__(parent)
        self.setProperty("kind", "sunk")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name, self._at = name, 0
        self._page, self._words = _Page(), Caption()
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._before = _arrow("left", _("The page before"))
        self._after = _arrow("right", _("The next page"))
        self._before.clicked.connect(lambda: self._turn(self._at - 1))
        self._after.clicked.connect(lambda: self._turn(self._at + 1))
        self._lay_out()
        self.show_pictures(pictures)

    @property
    def at(self) -> int:
        """The index of the page that shows, from 0."""
        return self._at

    def show_pictures(self, pictures: Sequence[PageImage], at: int | None = None) -> None:
        """Show other pages, at the same place where there still is one, or `at`."""
        self._images = [_image(picture) for picture in pictures]
        wanted = self._at if at is None else at
        self._at = min(max(0, wanted), max(0, len(pictures) - 1))
        self._tell()

    def show_page(self, at: int) -> None:
        """Show the page at index `at`, without telling anyone."""
        self._at = min(max(0, at), max(0, len(self._images) - 1))
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages by Page Up, Page Down, Home and End."""
        places = {
            Qt.Key.Key_PageUp: self._at - 1,
            Qt.Key.Key_PageDown: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._images) - 1,
        }
        place = places.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
        else:
            self._turn(place)

    def _lay_out(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        spaced(column, 8, (24, 20, 24, 12))
        spaced(row, 8)
        column.addWidget(self._page, 1)
        row.addWidget(self._before)
        row.addWidget(self._words, 1)
        row.addWidget(self._after)
        column.addLayout(row)

    def _turn(self, at: int) -> None:
        if 0 <= at < len(self._images) and at != self._at:
            self.show_page(at)
            self.turned.emit(at)

    def _tell(self) -> None:
        count = len(self._images)
        self._page.show_image(self._images[self._at] if count else None)
        words = _("As it prints, page {page} of {pages}").format(page=self._at + 1, pages=count)
        self._words.setText(words if count else _("The page is being made"))
        self.setAccessibleName(f"{self._name}. {self._words.text()}")
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at < count - 1)


class _Page(QWidget):
    """One page, as large as there is room; never mirrored."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setAccessibleName("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage | None) -> None:
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of an A4 page in the drawing."""
        return QSize(em(400), em(566))

    def minimumSizeHint(self) -> QSize:
        """Return the least at which a page can be told."""
        return QSize(em(140), em(198))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page in the middle with its edge, or an empty sheet while it is made."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shape = QSize(210, 297) if self._image is None else self._image.size()
        fitted = shape.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRectF(0, 0, fitted.width(), fitted.height())
        box.moveCenter(QRectF(self.rect()).center())
        if self._image is None:
            painter.fillRect(box, roles().sheet)
        else:
            self._draw(painter, box, self._image)
        painter.setPen(QPen(roles().edge, 1))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def _draw(self, painter: QPainter, box: QRectF, image: QImage) -> None:
        ratio = self.devicePixelRatioF()
        small = image.scaled(
            round(box.width() * ratio),
            round(box.height() * ratio),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.drawImage(box, small)


def _image(picture: PageImage) -> QImage:
    depth, rest = divmod(len(picture.pixels), max(1, picture.width * picture.height))
    if rest or depth not in (3, 4):
        raise ValueError("the bytes do not fit the size of the page")
    kind = QImage.Format.Format_RGB888 if depth == 3 else QImage.Format.Format_RGBA8888
    stride = picture.width * depth
    return QImage(picture.pixels, picture.width, picture.height, stride, kind).copy()


def _arrow(icon: str, name: str) -> PlainButton:
    button = PlainButton("", icon)
    button.setAccessibleName(name)
    button.setToolTip(name)
    sized(button, 36, 36)
    return button
