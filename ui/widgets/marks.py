"""The partners' eight shapes and weaves, the knots of the thread, and the badge of a person."""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from partnerdesk.language import _
from ui.theme import Roles, Type, font, roles, sized
from ui.widgets.icons import PICTURES, paint_icon
from ui.widgets.metrics import em, right_to_left

BOX = 20.0
"""Shapes are drawn in a box of so many units."""

WEAVE = 12
"""One tile of a weave is so many em-px."""


class Knot(Enum):
    """What a knot on the thread says."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


def shape_name(index: int) -> str:
    """Return the words for the shape of the partner at `index`."""
    names = [_("circle"), _("square"), _("triangle"), _("diamond")]
    names += [_("hexagon"), _("cross"), _("triangle pointing down"), _("upright bar")]
    return names[index % len(names)]


def shape(index: int, rect: QRectF) -> QPainterPath:
    """Return the shape of the partner at `index` (from 0), scaled into `rect`."""
    path = _SHAPES[index % len(_SHAPES)]()
    fit = QTransform.fromTranslate(rect.x(), rect.y())
    fit.scale(rect.width() / BOX, rect.height() / BOX)
    return fit.map(path)


def paint_mark(
    painter: QPainter, index: int, rect: QRectF, roles: Roles, *, hollow: bool = False
) -> None:
    """Paint the partner's shape in its colour into `rect`, filled or as an outline."""
    colour = roles.partners[index % len(roles.partners)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2.4 * rect.width() / BOX) if hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else colour)
    painter.drawPath(shape(index, rect))


def weave(index: int, roles: Roles, unit: float, ratio: float = 1.0) -> QBrush:
    """Return the partner's weave as a brush: tiles of `unit` pixels, sharp at pixel `ratio`."""
    side = max(1, round(unit * ratio))
    tile = QPixmap(side, side)
    tile.fill(roles.partners[index % len(roles.partners)])
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side, side)
    _WEAVES[index % len(_WEAVES)](painter, roles.sheet)
    painter.end()
    brush = QBrush(tile)
    brush.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
    return brush


def paint_knot(
    painter: QPainter, centre: QPointF, size: float, state: Knot, roles: Roles, plane: QColor
) -> None:
    """Paint a knot of `size` pixels: filled = done, marigold with a core = now, hollow = next."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = size / 2
    painter.setPen(Qt.PenStyle.NoPen)
    if state is Knot.NOW:
        painter.setBrush(roles.now)
        painter.drawEllipse(centre, half - size / 32, half - size / 32)
        painter.setBrush(roles.on_now)
        painter.drawEllipse(centre, half * 0.38, half * 0.38)
    elif state is Knot.DONE:
        painter.setBrush(roles.ink)
        painter.drawEllipse(centre, half * 0.75, half * 0.75)
    else:
        painter.setBrush(plane)
        painter.setPen(QPen(roles.edge, size / 10))
        painter.drawEllipse(centre, half * 0.62, half * 0.62)


class PartnerMark(QWidget):
    """The small shape of a partner, `size` em-px wide, named for those who do not see it."""

    def __init__(
        self, index: int, size: float = 16, *, hollow: bool = False, parent: QWidget | None = None
    ) -> None:
        """Show the shape of the partner at `index`."""
        super().__init__(parent)
        self._index, self._size, self._hollow = index, size, hollow
        self.setAccessibleName(shape_name(index))
        sized(self, size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shape."""
        painter = QPainter(self)
        paint_mark(painter, self._index, QRectF(self.rect()), roles(), hollow=self._hollow)


class Badge(QWidget):
    """A person: a picture (or initials) on a disc of the partner's colour, its shape at the end."""

    def __init__(
        self,
        index: int,
        face: str,
        size: float = 32,
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Show `face`, a picture's name or initials, for a person of the partner at `index`."""
        super().__init__(parent)
        self._index, self._face, self._size = index, face, size
        self.setAccessibleName(name or face)
        side = size + _corner(size) * 0.3
        sized(self, side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint disc, face and shape; nothing of it is mirrored but the corner's side."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_badge(painter, self.rect().toRectF(), self, self._index, self._face, self._size)


def paint_badge(
    painter: QPainter, rect: QRectF, widget: QWidget, index: int, face: str, size: float
) -> None:
    """Paint a badge of `size` em-px into `rect` with the look and direction of `widget`."""
    look, unit = roles(), em()
    side, corner = size * unit, _corner(size) * unit
    rtl = right_to_left(widget)
    disc = QRectF(rect.right() - side if rtl else rect.left(), rect.top(), side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.partners[index % len(look.partners)])
    painter.drawEllipse(disc)
    _paint_face(painter, disc, face)
    left = disc.left() - corner * 0.3 if rtl else disc.right() - corner * 0.7
    spot = QRectF(left, disc.bottom() - corner * 0.78, corner, corner)
    pad = (2 if size < 80 else 6) * unit
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.sheet)
    painter.drawEllipse(spot.adjusted(-pad, -pad, pad, pad))
    paint_mark(painter, index, spot, look)


def _paint_face(painter: QPainter, disc: QRectF, face: str) -> None:
    look = roles()
    if face in PICTURES:
        inset = disc.width() * 0.17
        inner = disc.adjusted(inset, inset, -inset, -inset)
        paint_icon(painter, f"person-{face}", inner, look.sheet)
        return
    letters = font(Type.BODY_BOLD)
    letters.setPixelSize(max(1, round(disc.width() * 0.4)))
    painter.setFont(letters)
    painter.setPen(look.sheet)
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, face[:3])


def _corner(size: float) -> float:
    return max(12.0, size * 0.34)


def _circle() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(2, 2, 16, 16))
    return path


def _square() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(2.8, 2.8, 14.4, 14.4), 1.5, 1.5)
    return path


def _bar() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(5.4, 1, 9.2, 18), 1.5, 1.5)
    return path


def _polygon(*points: tuple[float, float]) -> Callable[[], QPainterPath]:
    def draw() -> QPainterPath:
        path = QPainterPath()
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        path.closeSubpath()
        return path

    return draw


def _cross() -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRect(QRectF(7, 1.5, 6, 17))
    path.addRect(QRectF(1.5, 7, 17, 6))
    return path.simplified()


_SHAPES: tuple[Callable[[], QPainterPath], ...] = (
    _circle,
    _square,
    _polygon((10, 1.2), (19, 17.4), (1, 17.4)),
    _polygon((10, 0.8), (19.2, 10), (10, 19.2), (0.8, 10)),
    _polygon((5.6, 2.4), (14.4, 2.4), (18.8, 10), (14.4, 17.6), (5.6, 17.6), (1.2, 10)),
    _cross,
    _polygon((10, 18.8), (1, 2.6), (19, 2.6)),
    _bar,
)


def _lines(
    width: float, *lines: tuple[float, float, float, float]
) -> Callable[[QPainter, QColor], None]:
    def draw(painter: QPainter, colour: QColor) -> None:
        painter.setPen(QPen(colour, width, c=Qt.PenCapStyle.FlatCap))
        for x1, y1, x2, y2 in lines:
            painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))

    return draw


def _area(path: Callable[[], QPainterPath]) -> Callable[[QPainter, QColor], None]:
    return lambda painter, colour: painter.fillPath(path(), colour)


def _dot() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0.5, 0.5), 0.22, 0.22)
    return path


def _checks() -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(0, 0, 0.5, 0.5))
    path.addRect(QRectF(0.5, 0.5, 0.5, 0.5))
    return path


_RISE = math.sqrt(0.5) / 3.5
_WEAVES: tuple[Callable[[QPainter, QColor], None], ...] = (
    _area(_polygon((0.5, 0.2), (0.8, 0.5), (0.5, 0.8), (0.2, 0.5))),
    _lines(_RISE, (-0.25, 0.25, 0.25, -0.25), (-0.25, 1.25, 1.25, -0.25), (0.75, 1.25, 1.25, 0.75)),
    _area(_dot),
    _lines(
        0.2, (-0.5, 0.75, 0, 0.3), (0, 0.3, 0.5, 0.75), (0.5, 0.75, 1, 0.3), (1, 0.3, 1.5, 0.75)
    ),
    _lines(0.25, (0.5, 0, 0.5, 1)),
    _area(_checks),
    _lines(0.25, (0, 0.5, 1, 0.5)),
    _lines(_RISE, (-0.25, 0.75, 0.25, 1.25), (-0.25, -0.25, 1.25, 1.25), (0.75, -0.25, 1.25, 0.25)),
)
