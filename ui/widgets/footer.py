"""The bottom of the window: back, keys, why not, and the one next step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from partnerdesk.language import _
from ui.actions import KeyHint
from ui.theme import Type, em, sized, spaced
from ui.widgets.buttons import BackButton, Button, KeyCap, PrimaryButton
from ui.widgets.text import OneLine

HIGH, HIGH_COMPACT = 68, 60
KEYS_COMPACT = 3
LEAST = 72
"""Below so many em-px, a note is no more than its first letters, and is left out."""


class Why(OneLine):
    """Why the next step is off: as many lines as there is room for, or else one that is cut."""

    def __init__(self) -> None:
        """Say nothing."""
        super().__init__("", Type.CAPTION, tone="text2")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)

    def minimumSizeHint(self) -> QSize:
        """Return nothing: it gives way to the buttons."""
        return QSize(0, 0)

    def heightForWidth(self, width: int) -> int:
        """Return no wish for height: the footer is as high as it is."""
        return -1

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all the words, or one line of them, or nothing in a gap."""
        flags = int(self.alignment()) | Qt.TextFlag.TextWordWrap
        needed = self.fontMetrics().boundingRect(self.rect(), flags, self.text())
        if self.rect().contains(needed):
            self.setToolTip("")
            QLabel.paintEvent(self, event)
        elif self.width() >= em(LEAST):
            super().paintEvent(event)
        else:
            self.setToolTip(self.text())


class Footer(QWidget):
    """The footer; `back_clicked` and `primary_clicked` say what was pressed."""

    back_clicked = Signal()
    primary_clicked = Signal()

    def __init__(self, *, big: bool = False, parent: QWidget | None = None) -> None:
        """Start without buttons; `big` is for a private turn (56 em-px buttons)."""
        super().__init__(parent)
        self._big, self._keys_allowed, self._narrow = big, 99, False
        self.back = BackButton(_("Back"), "left", big=big)
        self.back.clicked.connect(self.back_clicked)
        self.back.hide()
        self.primary = PrimaryButton("", big=big)
        self.primary.clicked.connect(self.primary_clicked)
        self.primary.hide()
        self._why = Why()
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
        self.set_note(why)

    def set_note(self, text: str) -> None:
        """Say something beside the next step, such as why it is off."""
        self._why.setText(text)
        self.primary.setAccessibleDescription(text)
        self._fit_back()

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

    def set_narrow(self, narrow: bool) -> None:
        """Leave the way back its arrow alone where a narrow window has more to show."""
        self._narrow = narrow
        self._fit_back()

    def event(self, event: QEvent) -> bool:
        """Fit again when a button came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_back()
        return super().event(event)

    def set_compact(self, compact: bool) -> None:
        """Be 60 em-px high instead of 68; a private turn keeps its high buttons."""
        sized(self, 0, 72 if self._big else HIGH_COMPACT if compact else HIGH)

    def _fit_back(self) -> None:
        items = (self.extras.itemAt(n) for n in range(self.extras.count()))
        others = [item.widget() for item in items if item is not None]
        third = any(other is not None and not other.isHidden() for other in others)
        for other in others:
            if isinstance(other, Button) and other.has_icon():
                other.set_brief(self._narrow)
        why_not = bool(self._why.text()) and not self.primary.isEnabled()
        self.back.set_brief(self._narrow and (third or why_not))

    def _show_keys(self) -> None:
        for n in range(self._keys.count()):
            item = self._keys.itemAt(n)
            if item is not None and (cap := item.widget()) is not None:
                cap.setVisible(n < self._keys_allowed)
