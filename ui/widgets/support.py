"""How far a partner supports a text, on eight stops, always with number and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Type, em, emf, font, line, roles, sized, spaced
from ui.widgets.flow import Turning
from ui.widgets.icons import paint_icon
from ui.widgets.marks import paint_mark
from ui.widgets.metrics import mirrored, right_to_left
from ui.widgets.painted import Painted
from ui.widgets.radio import PaintedRadio, RadioRow
from ui.widgets.text import Body, Caption, Words

STOPS = 8
NARROW = 660
"""Below so many drawing pixels the words of a row stand under its line."""


@dataclass(frozen=True)
class Support:
    """Where one partner stands: level 1 to 8, or None; `words` say the level."""

    name: str
    partner: int
    level: int | None
    words: str
    note: str = ""
    reservation: str = ""


class SupportScale(Painted):
    """The line of eight stops with the partner's mark on its level."""

    def __init__(
        self, partner: int, level: int | None, words: str = "", parent: QWidget | None = None
    ) -> None:
        """Show `level` (1 to 8), or none yet."""
        super().__init__(parent)
        self._partner, self._level = partner, level
        self.setAccessibleName(words if level is None else f"{level} {words}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        sized(self, 352, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint line, stops and mark."""
        painter, look, y = QPainter(self), roles(), self.height() / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ends = [QPointF(_stop_x(self, stop), y) for stop in (1, STOPS)]
        painter.setPen(QPen(look.line, max(1.0, emf(2))))
        painter.drawLine(*ends)
        painter.setPen(QPen(look.edge, max(1.0, emf(1.5))))
        painter.setBrush(look.sheet)
        for stop in range(1, STOPS + 1):
            painter.drawEllipse(QPointF(_stop_x(self, stop), y), emf(5), emf(5))
        if self._level is not None:
            self._paint_mark(painter, QPointF(_stop_x(self, self._level), y))

    def _paint_mark(self, painter: QPainter, at: QPointF) -> None:
        size = emf(26)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(roles().sheet)
        painter.drawEllipse(at, size * 0.56, size * 0.56)
        box = QRectF(at.x() - size / 2, at.y() - size / 2, size, size)
        paint_mark(painter, self._partner, box, roles())


class SupportHead(Painted):
    """The numbers 1 to 8 over the line, and the words of the four zones over the numbers."""

    ZONES = ((1, 3), (4, 5), (6, 7), (8, 8))

    def __init__(self, zones: Sequence[str], parent: QWidget | None = None) -> None:
        """Show the words of the zones 1-3, 4-5, 6-7 and 8."""
        super().__init__(parent)
        self._zones = tuple(zones)
        self.setAccessibleName(", ".join(zones))
        sized(self, 352, 46)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint words and numbers."""
        painter, look, half = QPainter(self), roles(), self.height() / 2
        painter.setFont(font(Type.CAPTION, digits=True))
        painter.setPen(look.text2)
        for words, (first, last) in zip(self._zones, self.ZONES, strict=True):
            middle = (_stop_x(self, first) + _stop_x(self, last)) / 2
            painter.drawText(_about(middle, emf(110), 0, half), _MIDDLE, words)
        painter.setPen(look.text)
        for stop in range(1, STOPS + 1):
            box = _about(_stop_x(self, stop), emf(30), half, half)
            painter.drawText(box, _MIDDLE, str(stop))


class SupportRow(Turning):
    """One partner: name, line, number and words, and the reservation word for word."""

    def __init__(self, support: Support, parent: QWidget | None = None) -> None:
        """Show where a partner stands."""
        super().__init__(NARROW, 16, (12, 0), parent)
        level = "" if support.level is None else f"{support.level} "
        self.setAccessibleName(f"{support.name}: {level}{support.words} {support.reservation}")
        self.row.addWidget(_name(support))
        self.row.addWidget(SupportScale(support.partner, support.level, support.words))
        self.row.addWidget(_said(support), 1)


class SupportTable(QWidget):
    """All partners under one head, with a hairline between them."""

    def __init__(
        self,
        title: str,
        zones: Sequence[str],
        rows: Sequence[Support],
        parent: QWidget | None = None,
    ) -> None:
        """Show `rows` in the order given."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        spaced(column, 0)
        head, heading = Turning(NARROW, 16), Body(title, strong=True)
        sized(heading, 132)
        head.row.addWidget(heading)
        head.row.addWidget(SupportHead(zones))
        head.row.addStretch(1)
        column.addWidget(head)
        for row in rows:
            column.addWidget(line())
            column.addWidget(SupportRow(row))
        column.addWidget(line())


class SupportChoice(RadioRow):
    """The eight levels to choose from, one a line, with number and words."""

    def __init__(self, name: str, words: Sequence[str], parent: QWidget | None = None) -> None:
        """Ask under `name` for a level from 1; `words` say each."""
        faces = [_Level(level, said) for level, said in enumerate(words, 1)]
        super().__init__(name, faces, gap=6, narrowest=10_000, parent=parent)


class _Level(PaintedRadio):
    """One level as a line to press."""

    def __init__(self, level: int, words: str) -> None:
        super().__init__(level, f"{level} {words}")
        self._words = words

    def height_for(self, width: int) -> int:
        """Return the height of a target, or more where the words need it."""
        room = QRectF(0, 0, max(1, width - em(96)), 10_000)
        metrics = QFontMetricsF(font(Type.LEAD_BOLD))
        return max(em(48), round(metrics.boundingRect(room, _START, self._words).height()) + em(18))

    def paint(self, painter: QPainter) -> None:
        """Paint number and words from the start edge."""
        look, on = roles(), self.isChecked()
        painter.setPen(QPen(look.ink if on else look.edge, 1))
        painter.setBrush(look.ink if on else look.ink_soft if self.underMouse() else look.sheet)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), em(8), em(8))
        painter.setPen(look.on_ink if on else look.text)
        painter.setFont(font(Type.LEAD_BOLD if on else Type.LEAD, digits=True))
        number = QRectF(em(8), 0, em(40), self.height())
        words = QRectF(em(52), 0, self.width() - em(92), self.height())
        painter.drawText(mirrored(self, number), _MIDDLE, str(self.value))
        if on:
            tick = QRectF(self.width() - em(36), (self.height() - em(22)) / 2, em(22), em(22))
            paint_icon(painter, "check", mirrored(self, tick), look.on_ink)
        painter.drawText(mirrored(self, words), _START_MIDDLE, self._words)


def _name(support: Support) -> QWidget:
    made = QWidget()
    sized(made, 132)
    column = QVBoxLayout(made)
    spaced(column, 0)
    column.addWidget(Body(support.name, strong=True))
    if support.note:
        column.addWidget(Caption(support.note))
    return made


def _said(support: Support) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    spaced(column, 6)
    first = QHBoxLayout()
    spaced(first, 10)
    if support.level is not None:
        number = Words(str(support.level), Type.BODY_BOLD, digits=True, wrap=False)
        first.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
    first.addWidget(Body(support.words), 1)
    column.addStretch(1)
    column.addLayout(first)
    if support.reservation:
        column.addWidget(Quote(support.reservation))
    column.addStretch(1)
    return made


class Quote(QFrame):
    """What somebody said, word for word, behind a marigold rule."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Show `text` in quotation marks."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        spaced(column, 0, (0, 12))
        column.addWidget(Body(f"“{text}”"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the rule at the start edge."""
        painter = QPainter(self)
        x = self.width() - em(3) if right_to_left(self) else 0
        painter.fillRect(x, 0, em(3), self.height(), roles().now)


def _stop_x(widget: QWidget, stop: int) -> float:
    edge = emf(16)
    x = edge + (stop - 1) * (widget.width() - 2 * edge) / (STOPS - 1)
    return widget.width() - x if right_to_left(widget) else x


def _about(x: float, wide: float, top: float, high: float) -> QRectF:
    return QRectF(x - wide / 2, top, wide, high)


_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)
_START_MIDDLE = int(
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
)
_START = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
