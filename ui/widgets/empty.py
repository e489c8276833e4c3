"""An empty state: one drawing, one sentence, one or two buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme import em, spaced
from ui.widgets.icons import IconMark
from ui.widgets.text import Lead

LINE = 440


class EmptyState(QFrame):
    """Says in the middle of the sheet why nothing is here yet, and what can be done."""

    def __init__(
        self, icon: str, sentence: str, *buttons: QPushButton, parent: QWidget | None = None
    ) -> None:
        """Show the icon called `icon` as a drawing, `sentence`, and the buttons below it."""
        super().__init__(parent)
        self.setAccessibleName(sentence)
        column = QVBoxLayout(self)
        spaced(column, 16, (28, 28))
        middle = Qt.AlignmentFlag.AlignHCenter
        words = self._words = Lead(sentence, tone="text2")
        words.setAlignment(middle)
        row = QHBoxLayout()
        spaced(row, 12)
        row.addStretch()
        for button in buttons:
            row.addWidget(button)
        row.addStretch()
        column.addStretch(2)
        column.addWidget(IconMark(icon, 72, "edge"), 0, middle)
        line = QHBoxLayout()
        spaced(line, 0)
        line.addStretch(1)
        line.addWidget(words, 12)
        line.addStretch(1)
        column.addLayout(line)
        column.addLayout(row)
        column.addStretch(3)
        self.restyle()

    def restyle(self) -> None:
        """Keep the line at a length that reads well, at the text size in use."""
        self._words.setMaximumWidth(em(LINE))
