"""The selvedge: one woven band, an equal share for each partner."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import emf, roles, sized
from ui.widgets.marks import weave
from ui.widgets.metrics import mirrored


class Selvedge(QWidget):
    """A band of the weaves of the partners at `indices`, in file order from the start edge."""

    def __init__(
        self,
        indices: Iterable[int],
        *,
        height: float = 10,
        width: float = 0,
        tile: float = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Be `height` em-px high and `width` wide (0 = as wide as there is room)."""
        super().__init__(parent)
        self._indices, self._tile = tuple(indices), tile or height
        sized(self, width, height)

    def set_partners(self, indices: Iterable[int]) -> None:
        """Show other partners."""
        self._indices = tuple(indices)
        self.update()

    def shares(self) -> list[QRectF]:
        """Return the part of the band of each partner, all equally wide, 2 em-px apart."""
        count, gap = max(1, len(self._indices)), emf(2)
        width = (self.width() - gap * (count - 1)) / count
        places = (QRectF(n * (width + gap), 0, width, self.height()) for n in range(count))
        return [mirrored(self, place) for place in places]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each share with its weave, whole motifs from its left edge."""
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        for index, place in zip(self._indices, self.shares(), strict=False):
            painter.setBrushOrigin(QPointF(place.topLeft()))
            painter.fillRect(place, weave(index, roles(), emf(self._tile), ratio))
