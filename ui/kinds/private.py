"""Where private words are typed: nothing is predicted, copied, or dragged out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from partnerdesk.language import _
from ui.theme import Type, em, typed
from ui.widgets.text import Caption

_LEAVES = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PrivateText(QPlainTextEdit):
    """Words that stay in this turn, over so many lines; Tab leaves, one line takes no Enter."""

    refused = Signal()

    def __init__(self, name: str, *, lines: int = 1, parent: QWidget | None = None) -> None:
        """Ask for words under `name`."""
        super().__init__(parent)
        self._lines = lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        _withhold(self)
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
        """Copy nothing, and tell that it was asked for; leave out Enter where there is one line."""
        if _leaves(event):
            self.refused.emit()
        elif not (self._lines == 1 and event.key() in _ENTER):
            super().keyPressEvent(event)


class _NoCopy(QObject):
    """Takes the keys of copy and cut away from an editor."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stop what would put the editor's words on the clipboard."""
        return isinstance(event, QKeyEvent) and _leaves(event)


def keep_private(editor: QLineEdit) -> None:
    """Let nothing that is typed into a line, such as a number, be predicted or copied."""
    _withhold(editor)
    editor.installEventFilter(_NoCopy(editor))


def refusal(text: PrivateText) -> Caption:
    """Return a line that shows, once someone tries to copy `text`, why that cannot be done."""
    made = Caption(_("Your private words cannot be copied."), tone="now_text")
    made.hide()
    text.refused.connect(made.show)
    text.textChanged.connect(made.hide)
    return made


def _leaves(event: QKeyEvent) -> bool:
    return any(event.matches(key) for key in _LEAVES)


def _withhold(editor: QWidget) -> None:
    hint = Qt.InputMethodHint
    editor.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    editor.setInputMethodHints(
        editor.inputMethodHints() | hint.ImhSensitiveData | hint.ImhNoPredictiveText
    )
