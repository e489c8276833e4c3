"""What stands beside the script after the reveal, and the form that puts an activity off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.language import _, ngettext
from ui.theme import spaced
from ui.views.session_state import Next, Standing
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.fields import Field, TextField
from ui.widgets.text import Body, Heading

MOST_WORDS = 300


class After(QWidget):
    """Says in words where an activity stands that no longer collects."""

    def __init__(self, now: Standing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        spaced(column, 8)
        head, words = after_words(now)
        column.addWidget(Heading(head))
        column.addWidget(Body(words, tone="text2"))
        column.addStretch()


class PutOff(QFrame):
    """Asks for the reason, which the charter prints; `chosen(reason)` or `left`."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "well")
        self.reason = TextField(limit=MOST_WORDS)
        self.field = Field(
            _("Why is this put off?"), self.reason, help_=_("The charter prints the reason.")
        )
        self.put_off = QuietButton(_("Put this off"), "clock")
        self.put_off.clicked.connect(self._on_chosen)
        self.reason.returnPressed.connect(self._on_chosen)
        self.leave = PlainButton(_("Leave it as it is"))
        self.leave.clicked.connect(self.left)
        buttons = QHBoxLayout()
        spaced(buttons, 8)
        buttons.addWidget(self.put_off)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        spaced(column, 12, (14, 16))
        column.addWidget(self.field)
        column.addLayout(buttons)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _on_chosen(self) -> None:
        reason = self.reason.value()
        if reason:
            self.chosen.emit(reason)
        else:
            self.field.set_error(_("Say why this is put off."))
            self.reason.setFocus()


def after_words(now: Standing) -> tuple[str, str]:
    """Return a heading and a sentence for an activity that no longer collects."""
    if now.postponed:
        return _("Put off"), _("The charter prints the reason. It can be taken up at any time.")
    if now.done:
        return _("This activity is done"), _("What was agreed goes into the charter.")
    if now.next is Next.AGREE:
        return _("The answers are open"), _("Write down together what all can live with.")
    words = ngettext(
        "{received} of {count} answered. Look at the answers together.",
        "{received} of {count} answered. Look at the answers together.",
        len(now.turns),
    )
    return _("The answers are open"), words.format(received=now.received, count=len(now.turns))
