"""A toast: what was just done, above the footer, with a way to take it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from partnerdesk.language import _
from ui.theme import Type, em, spaced
from ui.widgets.buttons import PlainButton
from ui.widgets.metrics import right_to_left
from ui.widgets.text import Words

STAYS_MS = 12_000


class Toast(QFrame):
    """Stays 12 s, longer while the focus or the mouse is in it; one at a time."""

    def __init__(self, host: QWidget, above: float = 76) -> None:
        """Lie over `host`, `above` em-px over its lower edge, at the start."""
        super().__init__(host)
        self.setProperty("kind", "toast")
        self._host, self._above = host, above
        self._on_undo: Callable[[], object] | None = None
        self._words = Words("", Type.BODY, wrap=False)
        self.undo = PlainButton(_("Undo"), "undo")
        self.undo.clicked.connect(self._take_back)
        row = QHBoxLayout(self)
        spaced(row, 12, (8, 16))
        row.addWidget(self._words, 1)
        row.addWidget(self.undo)
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._timer.timeout.connect(self._leave)
        self.hide()

    def say(self, text: str, on_undo: Callable[[], object] | None = None) -> None:
        """Show `text`, and Undo when there is something to take back."""
        self._on_undo = on_undo
        self._words.setText(text)
        self.setAccessibleName(text)
        self.undo.setVisible(on_undo is not None)
        self.show()
        self._place()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def text(self) -> str:
        """Return the words last said."""
        return self._words.text()

    def _place(self) -> None:
        host = self._host
        self.adjustSize()
        left = host.width() - self.width() - em(20) if right_to_left(self) else em(20)
        self.move(left, host.height() - self.height() - em(self._above))

    def _take_back(self) -> None:
        undo, self._on_undo = self._on_undo, None
        self.hide()
        if undo is not None:
            undo()

    def _leave(self) -> None:
        if self.underMouse() or self.undo.hasFocus():
            self._timer.start()
        else:
            self.hide()
