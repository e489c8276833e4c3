"""Where private words are typed: nothing is predicted, copied, or dragged out."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from partnerdesk.language import _
from ui.theme import Type, em, typed

_LEAVES = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PrivateText(QPlainTextEdit):
    """Words that stay in this turn, over so many lines; Tab leaves, one line takes no Enter."""

    def __init__(self, name: str, *, lines: int = 1, parent: QWidget | None = None) -> None:
        """Ask for words under `name`."""
        super().__init__(parent)
        self._lines = lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        hint = Qt.InputMethodHint
        self.setInputMethodHints(hint.ImhSensitiveData | hint.ImhNoPredictiveText)
        if lines == 1:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        typed(self, Type.LEAD)
        self.restyle()

    def words(self) -> str:
        """Return what is typed, word for word."""
        return self.toPlainText()

    def restyle(self) -> None:
        """Be as high as the lines at the text size in use."""
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + em(22))

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give nothing to the clipboard, to a drag, or to the mouse's middle button."""
        return QMimeData()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say why nothing is copied; leave out Enter where there is one line."""
        if any(event.matches(key) for key in _LEAVES):
            place = self.mapToGlobal(QPoint(0, self.height()))
            QToolTip.showText(place, _("Your private words cannot be copied."), self)
        elif not (self._lines == 1 and event.key() in _ENTER):
            super().keyPressEvent(event)
