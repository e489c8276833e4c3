"""Keeps private words in their form: no copying, no menu, no dragging, no prediction."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QWidget

from partnerdesk.language import _

LEAVING = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut)


class CopyGuard(QObject):
    """Watches whatever editor of a form gets the keyboard, for as long as `parent` lives."""

    def __init__(self, form: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop the keys that copy and cut, and say why."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if not any(event.matches(key) for key in LEAVING):
            return False
        if isinstance(watched, QWidget):
            place = watched.mapToGlobal(QPoint(0, watched.height()))
            QToolTip.showText(place, _("Your private words cannot be copied."), watched)
        return True

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self._form.isAncestorOf(now):
            return
        now.removeEventFilter(self)
        now.installEventFilter(self)
        now.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        hint = Qt.InputMethodHint
        now.setInputMethodHints(hint.ImhSensitiveData | hint.ImhNoPredictiveText)
        if isinstance(now, QLineEdit):
            now.setDragEnabled(False)


def forget_selection() -> None:
    """Take what was last selected with the mouse from those who paste with its middle button."""
    clipboard = QApplication.clipboard()
    if clipboard.supportsSelection():
        clipboard.clear(clipboard.Mode.Selection)
