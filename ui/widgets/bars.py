"""Bars in pairs and threes, and the cells of the decision ladder, with mark and number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from partnerdesk.language import _
from ui.theme import Roles, Type, em, emf, roles, spaced
from ui.widgets.marks import PartnerMark
from ui.widgets.metrics import right_to_left
from ui.widgets.painted import Painted
from ui.widgets.text import Words


@dataclass(frozen=True)
class Bar:
    """One bar: its words, value, and partner's index; None paints it in ink."""

    words: str
    value: float
    partner: int | None = None
    number: str = ""


class Bars(QWidget):
    """Bars under one another on one scale: mark and words, bar, number."""

    def __init__(
        self,
        name: str,
        bars: Sequence[Bar],
        highest: float,
        *,
        thick: float = 14,
        marks: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Show `bars` from 0 to `highest`; `thick` is 14 for pairs, 10 for threes."""
        super().__init__(parent)
        self.setAccessibleName(name)
        grid = QGridLayout(self)
        spaced(grid, 8)
        grid.setColumnStretch(2, 1)
        for row, bar in enumerate(bars):
            number = bar.number or f"{bar.value:.1f}"
            if marks and bar.partner is not None:
                grid.addWidget(PartnerMark(bar.partner, 14), row, 0)
            words = Words(bar.words, Type.SMALL, tone="" if marks else "text2")
            grid.addWidget(words, row, 1)
            grid.addWidget(BarLine(bar, highest, thick), row, 2)
            figure = Words(number, Type.SMALL_BOLD, digits=True, wrap=False)
            figure.setAlignment(_END)
            grid.addWidget(figure, row, 3)


class BarLine(Painted):
    """One bar on its track, nothing beside it."""

    def __init__(
        self, bar: Bar, highest: float, thick: float = 14, parent: QWidget | None = None
    ) -> None:
        """Show `bar` on a track from 0 to `highest`."""
        super().__init__(parent)
        self._bar, self._highest, self._thick = bar, highest, thick
        number = bar.number or f"{bar.value:.1f}"
        self.setAccessibleName(f"{bar.words}: {number}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a bar of the usual length."""
        return QSize(em(120), em(self._thick))

    def minimumSizeHint(self) -> QSize:
        """Return the least length that tells a difference."""
        return QSize(em(60), em(self._thick))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint track and bar from the start edge."""
        painter, look = QPainter(self), roles()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, radius = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), emf(3)
        flat = look.sunk == look.sheet  # high contrast shows the track by its edge
        painter.setPen(QPen(look.edge) if flat else Qt.PenStyle.NoPen)
        painter.setBrush(look.sunk)
        painter.drawRoundedRect(whole, radius, radius)
        part = min(1.0, max(0.0, self._bar.value / self._highest if self._highest else 0.0))
        wide = whole.width() * part
        left = whole.right() - wide if right_to_left(self) else whole.left()
        colour = look.ink if self._bar.partner is None else look.partner(self._bar.partner)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(left, whole.top(), wide, whole.height()), radius, radius)


class LadderCell(Painted):
    """How one partner takes part in one decision: filled = today, outlined = wanted, four rungs."""

    def __init__(
        self,
        name: str,
        partner: int,
        today: float | None,
        wanted: float | None,
        *,
        rungs: int = 4,
        parent: QWidget | None = None,
    ) -> None:
        """Show the rungs reached today and wanted, from 0; None is not known."""
        super().__init__(parent)
        self._partner, self._today, self._wanted, self._rungs = partner, today, wanted, rungs
        self.setAccessibleName(name)
        self.setAccessibleDescription(_cell_words(today, wanted))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of a cell."""
        return QSize(em(47), em(9 * self._rungs))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the rungs, today first in reading direction."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if right_to_left(self):
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.scale(emf(1), emf(1))
        for rung in range(self._rungs):
            self._paint_rung(painter, roles(), rung, 9.0 * (self._rungs - 1 - rung) + 2)

    def _paint_rung(self, painter: QPainter, look: Roles, rung: int, y: float) -> None:
        colour = look.partner(self._partner)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour if rung + 1 <= round(self._today or 0) else look.faint)
        painter.drawRoundedRect(QRectF(1, y, 21, 6), 2, 2)
        if rung + 1 <= round(self._wanted or 0):
            painter.setPen(QPen(colour, 1.8))
            painter.setBrush(look.sheet)
            painter.drawRoundedRect(QRectF(26, y + 0.9, 19.2, 4.2), 1.5, 1.5)
            return
        painter.setOpacity(0.55)
        painter.setBrush(look.faint)
        painter.drawRoundedRect(QRectF(25, y, 21, 6), 2, 2)
        painter.setOpacity(1)


def _cell_words(today: float | None, wanted: float | None) -> str:
    known = [_("not known") if step is None else f"{step:g}" for step in (today, wanted)]
    return _("today {today}, wanted {wanted}").format(today=known[0], wanted=known[1])


_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
