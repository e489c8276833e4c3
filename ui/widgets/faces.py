"""Four faces to choose from, each with its words: the quick way to say how far one supports."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Type, em, emf, font, roles
from ui.widgets.icons import paint_icon
from ui.widgets.radio import PaintedRadio, RadioRow

FACE, ROOM = 56, 24
SMILES = (1.0, 0.0, -1.0)
"""How far the mouth of each face is bent; the last one is a hand in place of a face."""


class FaceChoice(RadioRow):
    """One of four faces; its `value` is the level that the chosen face stands for."""

    def __init__(
        self,
        name: str,
        words: Sequence[str],
        levels: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        """Ask under `name`; `words` say the faces, `levels` are what they stand for."""
        pairs = zip(levels, words, strict=True)
        faces = [_Face(place, level, said) for place, (level, said) in enumerate(pairs)]
        super().__init__(name, faces, gap=12, narrowest=150, parent=parent)


class _Face(PaintedRadio):
    """A face over its words."""

    def __init__(self, place: int, level: int, words: str) -> None:
        super().__init__(level, words)
        self._place, self._words, self.digit = place, words, str(place + 1)

    def height_for(self, width: int) -> int:
        """Return room for the face and for as many lines as the words need."""
        room = QRectF(0, 0, max(1, width - em(ROOM)), 10_000)
        metrics = QFontMetricsF(font(Type.LEAD_BOLD))
        return em(FACE + 2 * ROOM) + round(metrics.boundingRect(room, _WORDS, self._words).height())

    def paint(self, painter: QPainter) -> None:
        """Paint the plane, the face and the words."""
        look, on = roles(), self.isChecked()
        painter.setPen(QPen(look.ink if on else look.edge, 1))
        painter.setBrush(look.ink if on else look.ink_soft if self.underMouse() else look.sheet)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), em(8), em(8))
        colour = look.on_ink if on else look.text
        left = (self.width() - emf(FACE)) / 2
        self._paint_face(painter, QRectF(left, emf(ROOM) * 0.7, emf(FACE), emf(FACE)), colour)
        painter.setPen(colour)
        painter.setFont(font(Type.LEAD_BOLD if on else Type.LEAD))
        top = em(FACE + ROOM)
        words = QRectF(em(ROOM) / 2, top, self.width() - em(ROOM), self.height() - top)
        painter.drawText(words, _WORDS, self._words)

    def _paint_face(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        if self._place >= len(SMILES):
            paint_icon(painter, "hand", box, colour)
            return
        painter.setPen(QPen(colour, max(1.5, emf(2.5))))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        wide, middle = box.width(), box.center()
        for side in (-1, 1):
            eye = QPointF(middle.x() + side * wide * 0.18, middle.y() - wide * 0.12)
            painter.drawEllipse(eye, wide * 0.03, wide * 0.03)
        y = middle.y() + wide * (0.2 - 0.06 * SMILES[self._place])
        mouth = QPainterPath(QPointF(middle.x() - wide * 0.22, y))
        bent = QPointF(middle.x(), y + wide * 0.26 * SMILES[self._place])
        mouth.quadTo(bent, QPointF(middle.x() + wide * 0.22, y))
        painter.drawPath(mouth)


_WORDS = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
