"""A banner at the top of the sheet: one sentence, at most one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.theme import Type, spaced
from ui.widgets.buttons import QuietButton
from ui.widgets.icons import IconMark
from ui.widgets.text import Words

_LOOKS = {"note": ("warn", "now_text"), "good": ("check", "good"), "stop": ("warn", "stop")}


class Banner(QFrame):
    """A sentence across the sheet; `kind` is note, good or stop; `clicked` when it has a button."""

    clicked = Signal()

    def __init__(
        self, text: str, kind: str = "note", button: str = "", parent: QWidget | None = None
    ) -> None:
        """Say `text`, and offer `button`, a verb, at the end."""
        super().__init__(parent)
        icon, role = _LOOKS[kind]
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        spaced(row, 12, (10, 14))
        row.addWidget(IconMark(icon, 20, role), 0, Qt.AlignmentFlag.AlignVCenter)
        self._words = Words(text, Type.BODY)
        row.addWidget(self._words, 1)
        self.button = QuietButton(button) if button else None
        if self.button is not None:
            self.button.clicked.connect(self.clicked)
            row.addWidget(self.button)

    def text(self) -> str:
        """Return the sentence."""
        return self._words.text()
