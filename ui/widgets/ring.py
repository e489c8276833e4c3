"""How much is covered: a ring with one tick a point, thick where covered."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.language import _
from ui.theme import Type, emf, font, roles, sized, spaced
from ui.widgets.metrics import right_to_left
from ui.widgets.painted import Painted
from ui.widgets.text import Body, Caption


class TickRing(Painted):
    """One tick for each point, clockwise from the top, with the number covered inside."""

    def __init__(
        self, covered: Sequence[bool] = (), *, size: float = 104, parent: QWidget | None = None
    ) -> None:
        """Show which points are covered, in order."""
        super().__init__(parent)
        sized(self, size, size)
        self.show_covered(covered)

    def show_covered(self, covered: Sequence[bool]) -> None:
        """Show other points."""
        self._covered = tuple(covered)
        words = _("{done} of {all} points covered")
        self.setAccessibleName(words.format(done=sum(covered), all=len(covered)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ticks and number."""
        painter, look = QPainter(self), roles()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, covered in enumerate(self._covered):
            pen = QPen(look.ink if covered else look.edge, emf(4.4 if covered else 1.4))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(self._at(place, emf(3)), self._at(place, emf(15)))
        painter.setFont(font(Type.CLAUSE_BOLD, digits=True))
        painter.setPen(look.text)
        number = str(sum(self._covered))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, number)

    def _at(self, place: int, inset: float) -> QPointF:
        turn = 2 * math.pi * (place + 0.5) / len(self._covered)
        turn = -turn if right_to_left(self) else turn
        centre, radius = QRectF(self.rect()).center(), self.width() / 2 - inset
        return centre + QPointF(math.sin(turn) * radius, -math.cos(turn) * radius)


class Completeness(QWidget):
    """The ring with its words beside it."""

    def __init__(
        self,
        covered: Sequence[bool],
        title: str,
        note: str,
        parent: QWidget | None = None,
    ) -> None:
        """Show the ring, and `title` and `note` beside it."""
        super().__init__(parent)
        row, words = QHBoxLayout(self), QVBoxLayout()
        spaced(row, 16)
        spaced(words, 2)
        self._ring, self._title, self._note = (
            TickRing(covered),
            Body(title, strong=True),
            Caption(note),
        )
        row.addWidget(self._ring)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._note)
        words.addStretch(1)
        row.addLayout(words, 1)

    def show_covered(self, covered: Sequence[bool], title: str, note: str) -> None:
        """Show other points and words."""
        self._ring.show_covered(covered)
        self._title.setText(title)
        self._note.setText(note)
