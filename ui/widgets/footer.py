"""The bottom of the window: back, keys, why not, and the one next step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.language import _
from ui.actions import KeyHint
from ui.theme import Type, sized, spaced
from ui.widgets.buttons import BackButton, KeyCap, PrimaryButton
from ui.widgets.text import Words

HIGH, HIGH_COMPACT = 68, 60
KEYS_COMPACT = 3


class Footer(QWidget):
    """The footer; `back_clicked` and `primary_clicked` say what was pressed."""

    back_clicked = Signal()
    primary_clicked = Signal()

    def __init__(self, *, big: bool = False, parent: QWidget | None = None) -> None:
        """Start without buttons; `big` is for a private turn (56 em-px buttons)."""
        super().__init__(parent)
        self._big, self._keys_allowed = big, 99
        self.back = BackButton(_("Back"), "left", big=big)
        self.back.clicked.connect(self.back_clicked)
        self.back.hide()
        self.primary = PrimaryButton("", big=big)
        self.primary.clicked.connect(self.primary_clicked)
        self.primary.hide()
        self._why = Words("", Type.CAPTION, tone="text2")
        self._why.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._keys = QHBoxLayout()
        spaced(self._keys, 16)
        self.extras = QHBoxLayout()
        spaced(self.extras, 8)
        row = QHBoxLayout(self)
        spaced(row, 16, (10, 0, 20, 0))
        row.addWidget(self.back)
        row.addLayout(self._keys)
        row.addWidget(self._why, 1)
        row.addLayout(self.extras)
        row.addWidget(self.primary)
        self.set_compact(False)

    def set_back(self, text: str | None) -> None:
        """Offer the way back with these words; None takes it away."""
        self.back.setVisible(text is not None)
        if text is not None:
            self.back.set_words(text)

    def set_primary(self, text: str, enabled: bool = True, why: str = "") -> None:
        """Offer the next step; when it is off, `why` stands beside it. '' takes it away."""
        self.primary.setVisible(bool(text))
        self.primary.set_words(text)
        self.primary.setEnabled(enabled)
        self.primary.setAccessibleDescription(why)
        self.set_note(why)

    def set_note(self, text: str) -> None:
        """Say something beside the next step, such as why it is off."""
        self._why.setText(text)

    def note(self) -> str:
        """Return the words beside the next step."""
        return self._why.text()

    def set_keys(self, hints: Sequence[KeyHint]) -> None:
        """Show these keys, the most needed first."""
        while (item := self._keys.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for hint in hints:
            self._keys.addWidget(KeyCap(hint.key, hint.words))
        self._show_keys()

    def add(self, button: QWidget) -> None:
        """Put another button before the next step."""
        self.extras.addWidget(button)

    def set_room_for_keys(self, count: int) -> None:
        """Show at most `count` keys."""
        self._keys_allowed = count
        self._show_keys()

    def set_compact(self, compact: bool) -> None:
        """Be 60 em-px high instead of 68; a private turn keeps its high buttons."""
        sized(self, 0, 72 if self._big else HIGH_COMPACT if compact else HIGH)

    def _show_keys(self) -> None:
        for n in range(self._keys.count()):
            item = self._keys.itemAt(n)
            if item is not None and (cap := item.widget()) is not None:
                cap.setVisible(n < self._keys_allowed)
