"""The eight words of a version, large enough to copy by hand and take home."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Type, spaced
from ui.widgets.text import Body, Caption, Words


class EightWords(QFrame):
    """Eight numbered words in two rows, with what they are for."""

    def __init__(
        self,
        words: Sequence[str],
        title: str,
        note: str,
        *,
        large: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show `words` under `title`; `large` is for copying them from across the table."""
        super().__init__(parent)
        self.setProperty("kind", "well")
        self.setAccessibleName(" ".join((title, *words)))
        column = QVBoxLayout(self)
        spaced(column, 10, (12, 16))
        head = QVBoxLayout()
        spaced(head, 2)
        head.addWidget(Body(title, strong=True))
        head.addWidget(Caption(note))
        column.addLayout(head)
        grid = QGridLayout()
        spaced(grid, 10)
        for n, word in enumerate(words):
            grid.addLayout(_numbered(n + 1, word, large), n // 4, n % 4)
            grid.setColumnStretch(n % 4, 1)
        column.addLayout(grid)


def _numbered(number: int, word: str, large: bool) -> QHBoxLayout:
    row = QHBoxLayout()
    spaced(row, 6)
    row.addWidget(Words(str(number), Type.CAPTION, tone="text2", wrap=False, digits=True))
    row.addWidget(Words(word, Type.H2 if large else Type.BODY_BOLD, wrap=False))
    row.addStretch()
    return row
