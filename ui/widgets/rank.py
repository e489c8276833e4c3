"""Cards to pick from and to put in order, without dragging."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.language import _
from ui.theme import em, sized, spaced
from ui.widgets.buttons import QuietButton
from ui.widgets.flow import Turning
from ui.widgets.text import Body, Caption, Heading

STACKED = 640
"""Below so many drawing pixels the two columns stand one over the other."""


@dataclass(frozen=True)
class Card:
    """One card: its words, and what more is said about it."""

    key: str
    words: str
    more: str = ""


class CardPicker(Turning):
    """Cards on the one side, the picked ones in order on the other."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        cards: Sequence[Card],
        pick: int,
        *,
        parent: QWidget | None = None,
    ) -> None:
        """Ask to pick `pick` of `cards`, the most important first."""
        super().__init__(STACKED, 28, parent=parent)
        self.setAccessibleName(name)
        self._cards = {card.key: card for card in cards}
        self._pick = pick
        self._picked: list[str] = []
        self._head = Heading()
        self._offered = {card.key: _Offer(card) for card in cards}
        for key, offer in self._offered.items():
            offer.taken.connect(lambda key=key: self._take(key))
        self._places = QVBoxLayout()
        self._lay_out()
        self._show()

    @property
    def picked(self) -> tuple[str, ...]:
        """The keys picked so far, in order."""
        return tuple(self._picked)

    @property
    def complete(self) -> bool:
        """Whether as many are picked as were asked for."""
        return len(self._picked) == self._pick

    def choose(self, keys: Sequence[str]) -> None:
        """Show `keys` as picked, without telling anyone; raise KeyError for an unknown key."""
        self._picked = [self._cards[key].key for key in keys]
        self._show()

    def _lay_out(self) -> None:
        offered, chosen = QVBoxLayout(), QVBoxLayout()
        for column in (offered, chosen, self._places):
            spaced(column, 8)
        for offer in self._offered.values():
            offered.addWidget(offer)
        offered.addStretch(1)
        chosen.addWidget(self._head)
        chosen.addLayout(self._places)
        chosen.addWidget(Caption(_("Alt+Up and Alt+Down move a card, Delete puts it back.")))
        chosen.addStretch(1)
        self.row.addLayout(offered, 1)
        self.row.addLayout(chosen, 1)

    def _take(self, key: str) -> None:
        if key in self._picked:
            self._picked.remove(key)
        elif not self.complete:
            self._picked.append(key)
        self._show()
        self.changed.emit()

    def _drop(self, key: str) -> None:
        self._picked.remove(key)
        self._show()
        self._offered[key].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _move(self, key: str, by: int) -> None:
        old = self._picked.index(key)
        new = min(len(self._picked) - 1, max(0, old + by))
        if new == old:
            return
        self._picked.insert(new, self._picked.pop(old))
        self._show()
        self._focus(new)
        self.changed.emit()

    def _focus(self, place: int) -> None:
        item = self._places.itemAt(place)
        widget = item.widget() if item else None
        if widget is not None:
            widget.show()  # a new row is shown late, and only then takes the focus
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        self._head.setText(
            _("{picked} of {wanted} picked").format(picked=len(self._picked), wanted=self._pick)
        )
        for key, offer in self._offered.items():
            offer.show_taken(key in self._picked, self.complete)
        self._fill_places()

    def _fill_places(self) -> None:
        while (item := self._places.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        for place, key in enumerate(self._picked):
            row = _Place(self._cards[key], place + 1, len(self._picked))
            row.moved.connect(lambda by, key=key: self._move(key, by))
            row.dropped.connect(lambda key=key: self._drop(key))
            self._places.addWidget(row)


class _Offer(QuietButton):
    """A card that can be picked; checked while it is."""

    taken = Signal()

    def __init__(self, card: Card) -> None:
        super().__init__(card.words)
        self.setCheckable(True)
        self.setToolTip(card.more)
        self.setAccessibleDescription(card.more)
        sized(self, 0, 44)
        self.clicked.connect(self.taken)

    def show_taken(self, taken: bool, full: bool) -> None:
        """Show whether the card is picked; none more can be picked when `full`."""
        self.setChecked(taken)
        self.setEnabled(taken or not full)
        self.set_icon("check" if taken else "")


class _Place(QFrame):
    """A picked card with its place, moved by Alt+Up, Alt+Down or its buttons."""

    moved = Signal(int)
    dropped = Signal()

    def __init__(self, card: Card, place: int, of: int) -> None:
        super().__init__()
        self.setProperty("kind", "card-quiet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("{place}: {card}").format(place=place, card=card.words))
        row = QHBoxLayout(self)
        spaced(row, 8, (6, 8))
        row.addSpacing(em(4))
        row.addWidget(Body(str(place), strong=True))
        row.addWidget(Body(card.words), 1)
        for icon, name, by in (("up", _("Move up"), -1), ("down", _("Move down"), 1)):
            button = _tool(icon, f"{name}: {card.words}")
            button.setEnabled(1 <= place + by <= of)
            button.clicked.connect(lambda _on=False, by=by: self.moved.emit(by))
            row.addWidget(button)
        back = _tool("x", _("Put back: {card}").format(card=card.words))
        back.clicked.connect(self.dropped)
        row.addWidget(back)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt and an arrow, put back with Delete."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if by and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(by)
        elif event.key() == Qt.Key.Key_Delete:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)


def _tool(icon: str, name: str) -> QuietButton:
    button = QuietButton("", icon)
    button.setAccessibleName(name)
    button.setToolTip(name)
    sized(button, 36, 36)
    return button
