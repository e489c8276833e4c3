"""Tiles to press: a rating from 0 to 4, or one of a few ways, each with its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Type, em, emf, font, roles, sized
from ui.widgets.icons import paint_icon
from ui.widgets.metrics import right_to_left
from ui.widgets.radio import PaintedRadio, RadioRow

NO_BASIS = -1
"""The value of the tile that says there is no basis to judge."""
SIDE = 6
"""Room at both sides of a tile's words."""


@dataclass(frozen=True)
class Tile:
    """One tile: its value, its words, and what stands above them: a figure or an icon."""

    value: int
    words: str
    figure: str = ""
    icon: str = ""
    bare: bool = False  # the words are read aloud, and stand at the head of the column


class TileRow(RadioRow):
    """Tiles side by side, 84 px high; the chosen one is ink, bold and ticked."""

    def __init__(
        self,
        name: str,
        tiles: Sequence[Tile],
        *,
        no_basis: str = "",
        gap: float = 12,
        parent: QWidget | None = None,
    ) -> None:
        """Show `tiles` under `name`; `no_basis` adds a last tile with these words."""
        last = [Tile(NO_BASIS, no_basis)] if no_basis else []
        faces = [Face(tile) for tile in (*tiles, *last)]
        super().__init__(name, faces, gap=gap, narrowest=64, parent=parent)


def rating(words: Sequence[str], *, bare: bool = False) -> tuple[Tile, ...]:
    """Return a tile for each of `words`, numbered from 0."""
    return tuple(Tile(n, text, str(n), bare=bare) for n, text in enumerate(words))


class Face(PaintedRadio):
    """The face of one tile."""

    def __init__(self, tile: Tile) -> None:
        parts = (tile.figure, tile.words)
        super().__init__(tile.value, ", ".join(part for part in parts if part))
        self._tile = tile

    def height_for(self, width: int) -> int:
        """Return 84 px, or more where the words need it."""
        top = 0 if self._tile.bare else em(32)  # for the figure, the icon or the tick
        return max(em(84), top + round(self._words_box(width).height()) + em(24))

    def paint(self, painter: QPainter) -> None:
        """Paint plane, figure or icon, and words."""
        colour = self._plane(painter)
        box = QRectF(self.rect())
        if not self._words():
            self._paint_head(painter, box, colour)
            return
        words = self._words_box(self.width()).height()
        head = emf(32) if self._head() else 0.0
        top = (box.height() - head - words) / 2
        if head:
            self._paint_head(painter, QRectF(0, top, box.width(), emf(28)), colour)
        painter.setFont(self.words_font(self.width(), bold=self.isChecked()))
        painter.setPen(colour)
        inner = QRectF(em(SIDE), top + head, box.width() - em(2 * SIDE), words + 2)
        painter.drawText(inner, _WRAPPED, self._words())

    def _plane(self, painter: QPainter) -> QColor:
        look, on = roles(), self.isChecked()
        hover = self.underMouse() and self.isEnabled()
        edge = look.ink if on else look.edge
        pen = QPen(edge, 1 if self.isEnabled() else 1.2)
        if not self.isEnabled():
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look.ink if on else look.ink_soft if hover else look.sheet)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), em(10), em(10))
        return look.on_ink if on else look.text if self._words() else look.text2

    def _paint_head(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        if self._tile.icon or not self._tile.figure:
            side = emf(24)
            spot = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            paint_icon(painter, self._tile.icon or "check", spot, colour, rtl=right_to_left(self))
            return
        painter.setPen(colour)
        on = self.isChecked()
        painter.setFont(font(Type.H2 if on else Type.CLAUSE, digits=True))
        tick = emf(30) if on else 0.0
        shift = tick / 2 * (-1 if right_to_left(self) else 1)
        painter.drawText(box.translated(shift, 0), Qt.AlignmentFlag.AlignCenter, self._tile.figure)
        if on:
            self._paint_tick(painter, box.center().x() - shift, box.center().y(), colour)

    def _paint_tick(self, painter: QPainter, x: float, y: float, colour: QColor) -> None:
        side = emf(22)
        paint_icon(painter, "check", QRectF(x - side / 2, y - side / 2, side, side), colour)

    def _head(self) -> bool:
        return bool(self._tile.figure or self._tile.icon) or self.isChecked()

    def _words(self) -> str:
        return "" if self._tile.bare else self._tile.words

    def words_font(self, width: int, *, bold: bool) -> QFont:
        """Return the type of the words: a smaller one where the longest would be cut."""
        look = QFontMetricsF(font(Type.BODY_BOLD))
        longest = max((look.horizontalAdvance(word) for word in self._words().split()), default=0)
        if longest > width - em(2 * SIDE):
            return font(Type.CAPTION_BOLD if bold else Type.CAPTION)
        return font(Type.BODY_BOLD if bold else Type.BODY)

    def _words_box(self, width: int) -> QRectF:
        if not self._words():
            return QRectF()
        room = QRectF(0, 0, max(1, width - em(2 * SIDE)), 10_000)
        look = QFontMetricsF(self.words_font(width, bold=True))
        return look.boundingRect(room, _WRAPPED, self._words())


class StepPicture(QWidget):
    """Steps with a person on one of them: how far up `level` of `top` stands, without reading."""

    def __init__(self, level: int, top: int = 4, parent: QWidget | None = None) -> None:
        """Show a person on step `level`, counted from 0."""
        super().__init__(parent)
        self._level, self._top = level, top
        self.setAccessibleName("")
        sized(self, 17 * (top + 1) - 1, 32 + 26)

    def sizeHint(self) -> QSize:
        """Return room for the steps and a person on the highest."""
        return QSize(em(17 * (self._top + 1) - 1), em(58))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the steps, those below the person in ink."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if right_to_left(self):
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.scale(emf(1), emf(1))
        look = roles()
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(self._top + 1):
            high = 2.0 if step == 0 else 8.0 * step
            painter.setBrush(look.ink if step <= self._level else look.faint)
            painter.drawRoundedRect(QRectF(17 * step, 58 - high, 15, high), 2, 2)
        self._paint_person(painter, look.text)

    def _paint_person(self, painter: QPainter, colour: QColor) -> None:
        ground = 58 - (2.0 if self._level == 0 else 8.0 * self._level) - 1
        x = 17 * self._level + 7.5
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(x - 5, ground - 22, 10, 10))
        painter.save()
        painter.setClipRect(QRectF(x - 8, ground - 10, 16, 10))
        painter.drawRoundedRect(QRectF(x - 7.5, ground - 10, 15, 20), 7, 7)
        painter.restore()


_WRAPPED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
