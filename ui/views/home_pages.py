"""What the sheet of home shows: nothing yet, the partnerships of before, or a new one's name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.exchange.recent import Recent
from partnerdesk.language import _
from ui.theme import emf, roles, sized, spaced
from ui.views.home_cards import RecentCard
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.check import CheckBox
from ui.widgets.fields import Field, TextField
from ui.widgets.marks import paint_mark
from ui.widgets.text import Body, Heading, Lead, Title

LONGEST_NAME = 120
_SEATS = (
    (28, 66, 0),
    (88, 22, 0),
    (164, 8, 1),
    (240, 22, 1),
    (300, 66, 2),
    (266, 148, 2),
    (62, 148, 3),
)


class Table(QWidget):
    """The drawing of the empty state: one laptop on a table, and people of all partners."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Be as large as the drawing."""
        super().__init__(parent)
        sized(self, 360, 196)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint table, laptop and seats in the units of the drawing."""
        painter, look = QPainter(self), roles()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(emf(1), emf(1))
        painter.setPen(QPen(look.edge, 1.5))
        painter.setBrush(look.sunk)
        painter.drawEllipse(QPointF(180, 112), 128, 52)
        painter.setPen(QPen(look.ink, 2))
        painter.setBrush(look.sheet)
        painter.drawRoundedRect(QRectF(152, 92, 56, 36), 4, 4)
        painter.setPen(QPen(look.ink, 4, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(144, 132), QPointF(216, 132))
        for x, y, partner in _SEATS:
            paint_mark(painter, partner, QRectF(x, y, 32, 32), look)


class EmptyPage(QWidget):
    """No partnership was open here: one drawing, one sentence, two ways on."""

    def __init__(self, on_new: Callable[[], None], on_practice: Callable[[], None]) -> None:
        """Offer to start a partnership or to see the practice copy."""
        super().__init__()
        self.practice_button = QuietButton(_("See a worked example"))
        self.start_button = PrimaryButton(_("Start a partnership"))
        self.practice_button.clicked.connect(on_practice)
        self.start_button.clicked.connect(on_new)
        sized(self.practice_button, 0, 44)
        words = Lead(
            _(
                "Sit round one table, answer in turn, see the answers together, "
                "and write down what you agree."
            ),
            tone="text2",
        )
        title = Title(_("No partnership here yet"))
        column, buttons = QVBoxLayout(self), QHBoxLayout()
        spaced(column, 12)
        spaced(buttons, 12, (0, 16, 0, 0))
        for part in (title, words):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        sized(words, 440, 0)
        for button in (self.practice_button, self.start_button):
            buttons.addWidget(button)
        column.addStretch(1)
        column.addWidget(Table(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        column.addLayout(_centred(words))
        column.addLayout(_centred(buttons))
        self.setFocusProxy(self.start_button)
        column.addStretch(1)


def _centred(part: QWidget | QHBoxLayout) -> QHBoxLayout:
    """Return a row with `part` in its middle; unlike an alignment, it lets words wrap."""
    row = QHBoxLayout()
    spaced(row, 0)
    row.addStretch(1)
    if isinstance(part, QWidget):
        row.addWidget(part)
    else:
        row.addLayout(part)
    row.addStretch(1)
    return row


class RecentPage(QWidget):
    """The partnerships that were open here, the last one first."""

    opened = Signal(object)
    forgotten = Signal(object)
    sought = Signal()

    def __init__(self, several: Sequence[Recent]) -> None:
        """Show one card for each."""
        super().__init__()
        self.cards = [RecentCard(one, first=n == 0) for n, one in enumerate(several)]
        column = QVBoxLayout(self)
        spaced(column, 16)
        column.addWidget(Heading(_("Go on where you stopped")))
        for card in self.cards:
            card.opened.connect(self.opened)
            card.forgotten.connect(self.forgotten)
            card.sought.connect(self.sought)
            column.addWidget(card)
        column.addStretch(1)
        self.setFocusProxy(self.cards[0].open_button)


class NewPage(QWidget):
    """Asks what the new partnership is called; the place on disk comes after."""

    named = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        """Show an empty name."""
        super().__init__()
        self.name = TextField(limit=LONGEST_NAME)
        self.field = Field(
            _("What is the partnership called?"),
            self.name,
            help_=_("You can change it until the charter is frozen."),
        )
        self.lock = CheckBox(_("Lock it with a passphrase"))
        self.lock.setAccessibleName(self.lock.text())
        self.back_button = QuietButton(_("Not now"))
        self.next_button = PrimaryButton(_("Choose where to keep it"))
        self.back_button.clicked.connect(self.left)
        self.next_button.clicked.connect(self._go_on)
        self.name.returnPressed.connect(self._go_on)
        sized(self.back_button, 0, 44)
        column, buttons = QVBoxLayout(self), QHBoxLayout()
        spaced(column, 16)
        spaced(buttons, 12, (0, 16, 0, 0))
        column.addWidget(Title(_("Start a partnership")))
        column.addWidget(
            Body(_("Everything you write goes into one file, on this laptop or a stick."))
        )
        column.addWidget(self.field)
        column.addWidget(self.lock)
        buttons.addStretch(1)
        for button in (self.back_button, self.next_button):
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addStretch(1)
        self.setFocusProxy(self.name)

    def _go_on(self) -> None:
        name = str(self.name.value())
        self.field.set_error("" if name else _("Type a name first."))
        if name:
            self.named.emit(name)
        else:
            self.name.setFocus()
