"""Parts side by side where there is room, one over the other where there is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.theme import em, spaced

LEAST = 176


class SideBySide(QWidget):
    """Columns of equal width."""

    def __init__(
        self,
        parts: Sequence[QWidget],
        *,
        least: float = LEAST,
        gap: float = 24,
        parent: QWidget | None = None,
    ) -> None:
        """Show `parts`; each takes at least `least` drawing pixels before they are stacked."""
        super().__init__(parent)
        self._needed = least * len(parts) + gap * max(0, len(parts) - 1)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        spaced(self._row, gap)
        for one in parts:
            self._row.addWidget(one, 1)

    def restyle(self) -> None:
        """Fit the columns to the text size in use."""
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the parts where there is little room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow, direction = self.width() < em(self._needed), QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
