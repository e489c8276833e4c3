"""Every answer as a dot on one line: grouped by partner, none hidden behind another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from partnerdesk.language import _, ngettext
from ui.theme import Roles, Type, em, emf, motion, roles, spaced
from ui.widgets.flow import Flow
from ui.widgets.marks import PartnerMark, shape
from ui.widgets.metrics import right_to_left
from ui.widgets.painted import Painted
from ui.widgets.pole_slider import diamond
from ui.widgets.text import Words


@dataclass(frozen=True)
class Dot:
    """One answer: the stop it stands at, and its partner's index; None is pooled, in grey."""

    stop: float
    partner: int | None = None


@dataclass(frozen=True)
class Track:
    """What one line shows; stops count from `low` to `high`.

    `apart` are the stops whose dots get a dashed ring. `middle` and `wanted` give the arrow below
    from where the middle answer stands to where it should be; without `wanted` there is none.
    """

    low: int
    high: int
    dots: tuple[Dot, ...]
    apart: frozenset[float] = frozenset()
    middle: float | None = None
    wanted: float | None = None


class DotTrack(Painted):
    """The line with its dots; `size` is a dot's diameter in drawing pixels (16, small 12)."""

    def __init__(
        self,
        name: str,
        track: Track,
        *,
        size: float = 16,
        plane: str = "sheet",
        parent: QWidget | None = None,
    ) -> None:
        """Show `track`, called `name`, on the colour role `plane`."""
        super().__init__(parent)
        self._track, self._size, self._plane, self._part = track, size, plane, 1.0
        self.setAccessibleName(name)
        self.setAccessibleDescription(track_words(track))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def reveal(self) -> None:
        """Let the dots go from the middle to their places, at once under "less motion"."""
        going = QVariantAnimation(self)
        going.setDuration(motion(600))
        going.setStartValue(0.0)
        going.setEndValue(1.0)
        going.setEasingCurve(QEasingCurve.Type.OutCubic)
        going.valueChanged.connect(self._on_part)
        going.start(QVariantAnimation.DeletionPolicy.DeleteWhenStopped)

    def sizeHint(self) -> QSize:
        """Return room for the dots of the fullest stop at every stop, and for the arrow."""
        return QSize(em(400), self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which the dots can be told apart."""
        return QSize(em(180), self._height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint line, stops, arrow, dots and rings."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = roles()
        self._paint_line(painter, look)
        if self._track.wanted is not None and self._track.middle is not None:
            self._paint_arrow(painter, look, self._track.middle, self._track.wanted)
        for stop in sorted({dot.stop for dot in self._track.dots}):
            self._paint_stop(painter, look, stop)

    def _on_part(self, part: float) -> None:
        self._part = part
        self.update()

    def _height(self) -> int:
        ring = self._size + 14
        return em(ring + (22 if self._track.wanted is not None else 0))

    def _y(self) -> float:
        return emf(self._size / 2 + 7)

    def _x(self, stop: float) -> float:
        track = self._track
        edge = min(emf(48), self.width() * 0.12)
        place = (stop - track.low) / max(1, track.high - track.low)
        x = edge + place * (self.width() - 2 * edge)
        return self.width() - x if right_to_left(self) else x

    def _gap(self, stop: float) -> float:
        """Return the distance of two dots at one stop, less where many share it."""
        many = sum(1 for dot in self._track.dots if dot.stop == stop)
        steps = max(1, self._track.high - self._track.low)
        room = abs(self._x(self._track.high) - self._x(self._track.low)) / steps * 0.94
        return min(emf(self._size + 3), room / max(1, many))

    def _paint_line(self, painter: QPainter, look: Roles) -> None:
        track, y = self._track, self._y()
        painter.setPen(QPen(look.edge, max(1.0, emf(1.2))))
        painter.drawLine(QPointF(self._x(track.low), y), QPointF(self._x(track.high), y))
        taken = {dot.stop for dot in track.dots}
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.edge)
        for stop in range(track.low, track.high + 1):
            if stop not in taken:
                painter.drawEllipse(QPointF(self._x(stop), y), emf(3), emf(3))

    def _paint_arrow(self, painter: QPainter, look: Roles, middle: float, wanted: float) -> None:
        y = self._y() + emf(self._size / 2 + 13)
        start, end = self._x(middle), self._x(wanted)
        painter.setPen(QPen(look.text2, max(1.0, emf(1.5))))
        if start != end:
            towards = 1 if end > start else -1
            painter.drawLine(QPointF(start, y), QPointF(end - towards * emf(5), y))
            painter.setBrush(look.text2)
            painter.drawEllipse(QPointF(start, y), emf(2), emf(2))
        painter.setBrush(look.of(self._plane))
        painter.drawPolygon(diamond(QPointF(end, y), emf(4.5)))

    def _paint_stop(self, painter: QPainter, look: Roles, stop: float) -> None:
        dots = sorted((d for d in self._track.dots if d.stop == stop), key=_by_partner)
        if right_to_left(self):
            dots.reverse()
        gap, size, y = self._gap(stop), emf(self._size), self._y()
        centre = self.width() / 2 + (self._x(stop) - self.width() / 2) * self._part
        for place, dot in enumerate(dots):
            x = centre + (place - (len(dots) - 1) / 2) * gap
            box = QRectF(x - size / 2, y - size / 2, size, size)
            _paint_dot(painter, box, dot, look, look.of(self._plane))
        if stop in self._track.apart and self._part == 1.0:
            self._paint_ring(painter, look, centre, gap * (len(dots) - 1) + size)

    def _paint_ring(self, painter: QPainter, look: Roles, x: float, wide: float) -> None:
        size, pen = emf(self._size), QPen(look.text, max(1.2, emf(1.5)))
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(0, 0, wide + emf(12), size + emf(12))
        box.moveCenter(QPointF(x, self._y()))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)


class Legend(QWidget):
    """Which mark is which partner, in one line; `arrow` and `ring` explain these two besides."""

    def __init__(
        self,
        partners: Sequence[tuple[int, str]],
        *,
        arrow: bool = False,
        ring: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show (index, name) of each partner, in the order given."""
        super().__init__(parent)
        self.setAccessibleName(", ".join(name for _index, name in partners))
        flow = Flow(self, 20)
        for index, name in partners:
            flow.addWidget(_beside(PartnerMark(index, 14), name))
        if arrow:
            flow.addWidget(_beside(_Sample(ring=False), _("now, wanted")))
        if ring:
            flow.addWidget(_beside(_Sample(ring=True), _("stands apart")))


class _Sample(QWidget):
    """A small arrow or dashed ring for the legend."""

    def __init__(self, *, ring: bool) -> None:
        super().__init__()
        self._ring = ring
        self.setAccessibleName("")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room of a sample."""
        return QSize(em(26 if self._ring else 46), em(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sample."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, box = roles(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._ring:
            pen = QPen(look.text, max(1.2, emf(1.5)))
            pen.setDashPattern([2, 2])
            painter.setPen(pen)
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            return
        if right_to_left(self):
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        y = box.center().y()
        painter.setPen(QPen(look.text2, max(1.0, emf(1.5))))
        painter.drawLine(QPointF(emf(3), y), QPointF(box.right() - emf(10), y))
        painter.drawPolygon(diamond(QPointF(box.right() - emf(6), y), emf(4.5)))
        painter.setBrush(look.text2)
        painter.drawEllipse(QPointF(emf(4), y), emf(2), emf(2))


def track_words(track: Track) -> str:
    """Return in words how many answers stand at each stop, for those who do not see the line."""
    stops = sorted({dot.stop for dot in track.dots})
    counts = [(stop, sum(1 for dot in track.dots if dot.stop == stop)) for stop in stops]
    return "; ".join(
        ngettext("{n} answer at {stop}", "{n} answers at {stop}", n).format(n=n, stop=f"{stop:g}")
        for stop, n in counts
    )


def _paint_dot(painter: QPainter, box: QRectF, dot: Dot, look: Roles, plane: QColor) -> None:
    colour = look.text2 if dot.partner is None else look.partner(dot.partner)
    path = shape(0 if dot.partner is None else dot.partner, box)
    painter.setPen(QPen(plane, emf(3)))
    painter.setBrush(plane)
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPath(path)


def _by_partner(dot: Dot) -> int:
    return -1 if dot.partner is None else dot.partner


def _beside(mark: QWidget, words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    spaced(row, 8)
    row.addWidget(mark)
    row.addWidget(Words(words, Type.CAPTION, wrap=False))
    return made
