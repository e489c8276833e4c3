"""A line between two ends alike: where we stand now (disc) and where we want to be (diamond)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from partnerdesk.language import _
from ui.theme import em, emf, roles, spaced
from ui.widgets.radio import PaintedRadio, RadioRow
from ui.widgets.text import Caption, Lead


class Pointer(Enum):
    """What shows the chosen stop."""

    DISC = "disc"
    DIAMOND = "diamond"


class PoleSlider(QWidget):
    """Five stops between two ends; hollow until touched. Stops go from -2 (left) to 2 (right)."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        left: str,
        right: str,
        *,
        now_words: str = "",
        wanted_words: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Ask for now and, given `wanted_words`, on a second line for what is wanted."""
        super().__init__(parent)
        self.setAccessibleName(name)
        stops = _stop_names(left, right)
        self._now = _Track(", ".join(p for p in (name, now_words) if p), stops, Pointer.DISC)
        self._wanted = _Track(f"{name}, {wanted_words}", stops, Pointer.DIAMOND)
        self._lay_out(left, right, now_words, wanted_words)
        for track in (self._now, self._wanted):
            track.chosen.connect(self.changed)

    @property
    def now(self) -> int | None:
        """Where we stand, -2 to 2, or None before it is touched."""
        return self._now.value

    @property
    def wanted(self) -> int | None:
        """Where we want to be, -2 to 2, or None before it is touched."""
        return self._wanted.value

    @property
    def tracks(self) -> tuple[RadioRow, RadioRow]:
        """The line for now and the line for wanted."""
        return self._now, self._wanted

    def choose(self, now: int | None, wanted: int | None = None) -> None:
        """Show an answer without telling anyone."""
        self._now.choose(now)
        self._wanted.choose(wanted)

    def _lay_out(self, left: str, right: str, now_words: str, wanted_words: str) -> None:
        grid = QGridLayout(self)
        spaced(grid, 8)
        start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if now_words:
            grid.addWidget(Caption(now_words), 0, 0, start)
        grid.addWidget(self._now, 0, 1)
        if wanted_words:
            grid.addWidget(Caption(wanted_words), 1, 0, start)
            grid.addWidget(self._wanted, 1, 1)
        self._wanted.setVisible(bool(wanted_words))
        ends = QHBoxLayout()
        spaced(ends, 28)
        ends.addWidget(Lead(left))
        ends.addStretch(1)
        ends.addWidget(Lead(right))
        grid.addLayout(ends, 2, 1)
        grid.setColumnStretch(1, 1)


class _Track(RadioRow):
    """The line, with its stops on it."""

    def __init__(self, name: str, stops: Sequence[str], pointer: Pointer) -> None:
        faces = [_Stop(value - 2, words, pointer) for value, words in enumerate(stops)]
        super().__init__(name, faces, gap=0)
        self.spread()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line under the stops."""
        first, last = self.faces[0].geometry().center(), self.faces[-1].geometry().center()
        painter = QPainter(self)
        painter.setPen(QPen(roles().edge, max(1.0, emf(1.5))))
        painter.drawLine(QPointF(first), QPointF(last))


class _Stop(PaintedRadio):
    """One stop: hollow, or a disc or diamond in ink when chosen."""

    def __init__(self, value: int, name: str, pointer: Pointer) -> None:
        super().__init__(value, name)
        self._pointer = pointer
        self.digit = str(value + 3)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return what a finger can press."""
        return QSize(em(44), em(44))

    def height_for(self, _width: int) -> int:
        """Return the height of what a finger can press."""
        return em(44)

    def paint(self, painter: QPainter) -> None:
        """Paint the stop on the line."""
        look, on = roles(), self.isChecked()
        size = emf(13 if on else 9 if self.underMouse() else 7)
        painter.setPen(QPen(look.ink if on else look.edge, max(1.5, emf(1.6))))
        painter.setBrush(look.ink if on else look.sheet)
        centre = QRectF(self.rect()).center()
        if self._pointer is Pointer.DIAMOND:
            painter.drawPolygon(diamond(centre, size))
        else:
            painter.drawEllipse(centre, size, size)


def diamond(centre: QPointF, half: float) -> QPolygonF:
    """Return a diamond `half` pixels high and wide about its centre."""
    sides = ((0, -half), (half, 0), (0, half), (-half, 0))
    return QPolygonF([centre + QPointF(x, y) for x, y in sides])


def _stop_names(left: str, right: str) -> list[str]:
    return [
        _("Fully: {end}").format(end=left),
        _("More: {end}").format(end=left),
        _("In between"),
        _("More: {end}").format(end=right),
        _("Fully: {end}").format(end=right),
    ]
