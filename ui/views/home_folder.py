"""A folder of partnerships on home: where each stands and what is due, the most due first.

Loaded when first needed: home shows without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.exchange.portfolio import (
    CANNOT_SHOW,
    Listing,
    State,
    by_due,
    next_review,
    portfolio,
    state_words,
)
from partnerdesk.language import _, ngettext
from ui.theme import Type, spaced
from ui.views.home_cards import CardBand, NowKnot
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.empty import EmptyState
from ui.widgets.icons import IconMark
from ui.widgets.text import Body, Caption, Heading, OneLine, Words

MOST_PROMISES = 2


def listed(folder: Path, today: date) -> tuple[Listing, ...]:
    """Return the partnerships of a folder by what is due; no file is written to."""
    return by_due(portfolio(folder, today), today)


class FolderPage(QWidget):
    """The list of one folder; `opened(Path)`, `other` for another folder, `left` for home."""

    opened = Signal(object)
    other = Signal()
    left = Signal()

    def __init__(self, folder: Path, listings: Sequence[Listing], today: date) -> None:
        """Show a card for each file that can be read, and a line for each other one."""
        super().__init__()
        self.setAccessibleName(folder.name)
        self.back_button = QuietButton(_("Home"), "left")
        self.other_button = PlainButton(_("Another folder"), "folder")
        self.back_button.clicked.connect(lambda _on=False: self.left.emit())
        self.other_button.clicked.connect(lambda _on=False: self.other.emit())
        self.cards = [self._card(one, today) for one in listings]
        head, column = QHBoxLayout(), QVBoxLayout(self)
        spaced(head, 12)
        spaced(column, 14)
        head.addWidget(Heading(folder.name or str(folder)), 1)
        for button in (self.other_button, self.back_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if listings:
            column.addWidget(Caption(told(listings, today)))
        else:
            words = _("No partnership lies in this folder. Choose another one.")
            column.addWidget(EmptyState("folder", words))
        for card in self.cards:
            column.addWidget(card)
        column.addStretch(1)
        first = next((card for card in self.cards if card.can_open), None)
        self.setFocusProxy(first.open_button if first else self.other_button)

    def _card(self, one: Listing, today: date) -> ListingCard:
        card = ListingCard(one, today)
        card.opened.connect(self.opened)
        return card


class ListingCard(QFrame):
    """One file: title, partners, what is due, stage; of one that cannot be read its name alone."""

    opened = Signal(object)

    def __init__(self, one: Listing, today: date, parent: QWidget | None = None) -> None:
        """Show `one` as it stood when it was read."""
        super().__init__(parent)
        self.one = one
        self.can_open = one.state not in (State.FOREIGN, State.NEWER)
        name = one.title or one.path.name
        self.setProperty("kind", "card-quiet")
        self.setAccessibleName(name)
        self.open_button = QuietButton(_("Open"))
        self.open_button.setAccessibleName(_("Open {title}").format(title=_distinct(one)))
        if not self.can_open:
            self.open_button.hide()
        self.open_button.clicked.connect(lambda _on=False: self.opened.emit(one.path))
        column = QVBoxLayout(self)
        spaced(column, 0)
        if one.partners:
            column.addWidget(CardBand(len(one.partners), 8, "line"))
        column.addLayout(self._bare() if one.state in CANNOT_SHOW else self._inside(today))

    def words(self) -> list[str]:
        """Return all that the card says, line by line."""
        return [part.text() for part in self.findChildren(Words)]

    def _bare(self) -> QHBoxLayout:
        """Return the line of a file of which only its name can be told."""
        row, words = QHBoxLayout(), QVBoxLayout()
        spaced(row, 16, (12, 24))
        spaced(words, 2)
        icon = "lock" if self.one.state is State.LOCKED else "doc"
        row.addWidget(IconMark(icon, 20, "text2"))
        words.addWidget(OneLine(self.one.path.name, Type.BODY_BOLD))
        words.addWidget(Caption(state_words(self.one.state)))
        row.addLayout(words, 1)
        row.addWidget(self.open_button)
        return row

    def _inside(self, today: date) -> QVBoxLayout:
        one, column, head, foot = self.one, QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        spaced(column, 6, (12, 24))
        spaced(head, 16)
        spaced(foot, 8)
        head.addWidget(Body(one.title, strong=True), 1)
        head.addWidget(Words(state_words(one.state), Type.CAPTION, tone="text2", wrap=False))
        column.addLayout(head)
        column.addWidget(Body(", ".join(one.partners) or _("Nobody is in it yet"), tone="text2"))
        for words, tone in due_lines(one, today):
            column.addWidget(Body(words, tone=tone))
        if one.stage:
            foot.addWidget(NowKnot())
        foot.addWidget(Body(one.stage or _("All stages are done"), strong=True), 1)
        foot.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(foot)
        return column


def told(listings: Sequence[Listing], today: date) -> str:
    """Return in words how many there are, and how many wait for somebody."""
    count = len(listings)
    words = ngettext("{n} partnership", "{n} partnerships", count).format(n=count)
    due = sum(bool(one.overdue) or _is_past(one, today) for one in listings)
    if not due:
        return _("{files}. Nothing is overdue.").format(files=words)
    late = ngettext("In {n} something is overdue.", "In {n} something is overdue.", due)
    return f"{words}. {late.format(n=due)}"


def due_lines(one: Listing, today: date) -> list[tuple[str, str]]:
    """Return what is due in a partnership in words, each line with its tone."""
    lines = []
    for promise in one.overdue[:MOST_PROMISES]:
        words = _("Overdue since {day}: {text}")
        lines.append((words.format(day=_day(promise.date), text=promise.text), "stop"))
    more = len(one.overdue) - MOST_PROMISES
    if more > 0:
        words = ngettext("{n} more promise is overdue", "{n} more promises are overdue", more)
        lines.append((words.format(n=more), "stop"))
    review = next_review(one, today)
    if review:
        late = _is_past(one, today)
        words = _("The review was due on {day}") if late else _("Next review: {day}")
        lines.append((words.format(day=_day(review)), "stop" if late else ""))
    return lines


def _is_past(one: Listing, today: date) -> bool:
    review = next_review(one, today)
    return bool(review) and review < today.isoformat()


def _day(day: str) -> str:
    found = QDate.fromString(day, Qt.DateFormat.ISODate)
    return QLocale().toString(found, "d MMMM yyyy") if found.isValid() else day


def _distinct(one: Listing) -> str:
    """Return a name that tells files of one title apart."""
    return f"{one.title}, {one.path.name}" if one.title else one.path.name
