"""The private question before a signature, and the pause that looks the same for every reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.language import _
from ui.theme import Type, spaced
from ui.widgets.buttons import QuietButton
from ui.widgets.empty import EmptyState
from ui.widgets.text import Caption, Lead, Words
from ui.widgets.tiles import Tile, TileRow

FREELY = 0
"""The value of the free answer; the other answers pause, and nobody keeps which it was."""


class PrivateQuestion(QWidget):
    """Asks one signatory alone whether they sign freely; the answer is never stored."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start with nothing chosen, for the person called `name`."""
        super().__init__(parent)
        self.setAccessibleName(_("A question for {name} alone").format(name=name))
        words = (_("I sign freely"), _("Not like this"), _("Talk to me first"))
        tiles = [Tile(n, word) for n, word in enumerate(words)]
        self.answers = TileRow(_("Do you sign freely?"), tiles)
        column = QVBoxLayout(self)
        spaced(column, 16, (0, 6, 8, 3))
        column.addWidget(Words(_("For {name} alone").format(name=name), Type.TURN))
        column.addWidget(Lead(_("Take the laptop for a moment. Nobody else looks."), tone="text2"))
        column.addWidget(Lead(_("Do you sign freely?")))
        column.addWidget(self.answers)
        note = _(
            "Your answer is not kept. With any other answer signing pauses, and no reason shows."
        )
        column.addWidget(Caption(note))
        column.addStretch()
        self.answers.chosen.connect(lambda _value: self.changed.emit())
        self.setFocusProxy(self.answers)

    def take(self) -> bool:
        """Return whether the person signs freely, and forget it: nothing is chosen then."""
        freely = self.answers.value == FREELY
        self.answers.choose(None)
        return freely

    def why_not(self) -> str:
        """Return what is still to be done, or ''."""
        return _("Choose one answer.") if self.answers.value is None else ""


class Paused(EmptyState):
    """What shows during every pause, whoever paused and why; `locking` asks for a PIN."""

    locking = Signal()

    def __init__(self, *, may_lock: bool) -> None:
        """Offer to lock the signing until another day where it is not locked yet."""
        self.lock = QuietButton(_("Lock it with a PIN until another day"), "lock")
        super().__init__("clock", _("Signing paused"), *((self.lock,) if may_lock else ()))
        self.lock.clicked.connect(lambda _on=False: self.locking.emit())
