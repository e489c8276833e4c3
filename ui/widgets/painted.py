"""The base of what is painted to be read: words to assistive technology, never a control."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class Painted(QLabel):
    """A picture that stands for words: its accessible name is read out as static text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without words; subclasses paint themselves and set the accessible name."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
