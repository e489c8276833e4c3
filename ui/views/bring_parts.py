"""What the bring-in page shows: what comes in, and two edits of one field side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from partnerdesk.exchange.bundle import Bundle, received
from partnerdesk.exchange.conflicts import Conflict, Side
from partnerdesk.exchange.copies import Copy
from partnerdesk.exchange.merge import MergePlan
from partnerdesk.exchange.preview import (
    Coming,
    author_words,
    coming,
    conflict_title,
    names_in,
    said_words,
    summary_of,
)
from partnerdesk.language import _
from ui.theme import Type, em, emf, font, roles, spaced
from ui.widgets.icons import paint_icon
from ui.widgets.metrics import right_to_left
from ui.widgets.radio import PaintedRadio, RadioRow
from ui.widgets.text import Body, Words

AT_ONCE = 40
_SIDES = (Side.OURS, Side.THEIRS)


@dataclass(frozen=True)
class Choice:
    """One pair of edits in words: what it is about, and for each side what was said by whom."""

    id: str
    title: str
    said: tuple[str, str]
    by: tuple[str, str]
    kept: Side


@dataclass(frozen=True)
class Prospect:
    """What bringing a bundle in would do, all in words, with the plan that does it."""

    plan: MergePlan
    summary: tuple[str, ...]
    parts: tuple[Coming, ...]
    choices: tuple[Choice, ...]


def prospect(ours: Copy, bundle: Bundle) -> Prospect:
    """Return what bringing a bundle into a copy would do; raises UserError as `received` does."""
    plan = received(ours, bundle)
    named = names_in(plan)
    choices = (_choice(one, conflict_title(one, named)) for one in plan.conflicts)
    return Prospect(plan, tuple(summary_of(plan)), coming(plan, named), tuple(choices))


class ComingList(QWidget):
    """What comes in, part by part: its name, how much, and the first few by name."""

    def __init__(self, parts: Sequence[Coming], parent: QWidget | None = None) -> None:
        """Show a line for each part."""
        super().__init__(parent)
        grid = QGridLayout(self)
        spaced(grid, 10)
        grid.setColumnStretch(1, 1)
        for row, one in enumerate(parts):
            names = " · ".join(one.names)
            words = f"{one.words}: {names}" if names else one.words
            grid.addWidget(Body(one.what, strong=True), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Body(words), row, 1, Qt.AlignmentFlag.AlignTop)


class ChoiceCard(QFrame):
    """Two edits of one field; the later one is chosen until somebody chooses the other."""

    chosen = Signal()

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        """Show both sides."""
        super().__init__(parent)
        self.choice = choice
        self.setProperty("kind", "well")
        self.setAccessibleName(choice.title)
        heads = (_("On this laptop"), _("On the other laptop"))
        faces = [
            SideFace(n, heads[n], choice.said[n], choice.by[n], later=choice.kept is _SIDES[n])
            for n in range(2)
        ]
        self.row = RadioRow(choice.title, faces, narrowest=230)
        self.row.choose(_SIDES.index(choice.kept))
        self.row.chosen.connect(lambda _value: self.chosen.emit())
        column = QVBoxLayout(self)
        spaced(column, 10, (14, 16))
        column.addWidget(Words(choice.title, Type.BODY_BOLD))
        column.addWidget(self.row)

    @property
    def side(self) -> Side:
        """Return the side that is chosen."""
        return _SIDES[self.row.value or 0]

    def keep(self, side: Side) -> None:
        """Choose one side."""
        self.row.choose(_SIDES.index(side))


class SideFace(PaintedRadio):
    """One side's edit: where, what, and by whom; chosen, it has a thick edge and a tick."""

    def __init__(self, value: int, head: str, said: str, by: str, *, later: bool) -> None:
        """Show `said` whole, however long it is."""
        super().__init__(value, f"{head}: {said} ({by})")
        self.digit = ""
        self._head = _("{where}, the later one").format(where=head) if later else head
        self._said, self._by = said, by

    def height_for(self, width: int) -> int:
        """Return the height at which all words show."""
        return round(sum(box.height() for box in self._boxes(width)) + 2 * em(8) + 2 * em(12))

    def paint(self, painter: QPainter) -> None:
        """Paint plane, head, words and author."""
        look, on = roles(), self.isChecked()
        hover = self.underMouse() and self.isEnabled()
        painter.setPen(QPen(look.ink if on else look.edge, emf(3) if on else 1))
        painter.setBrush(look.ink_soft if on or hover else look.sheet)
        inset = emf(1.5) if on else 0.5
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), em(10), em(10)
        )
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        tones, top = (look.text2, look.text, look.text2), emf(12)
        start = em(34) if right_to_left(self) else em(14)
        for (kind, text), tone, box in zip(
            self._texts(), tones, self._boxes(self.width()), strict=True
        ):
            painter.setFont(font(kind))
            painter.setPen(tone)
            painter.drawText(box.translated(start, top), _flags(self), text)
            top += box.height() + emf(8)
        if on:
            side = emf(20)
            x = em(12) if right_to_left(self) else self.width() - side - em(12)
            paint_icon(painter, "check", QRectF(x, emf(10), side, side), look.ink)

    def _texts(self) -> tuple[tuple[Type, str], ...]:
        return (Type.CAPTION_BOLD, self._head), (Type.BODY, self._said), (Type.CAPTION, self._by)

    def _boxes(self, width: int) -> list[QRectF]:
        """Return the room of each text at this width, the tick's room left out."""
        room = QRectF(0, 0, max(em(40), width - em(14) - em(34)), 1_000_000)
        found = (
            QFontMetricsF(font(kind)).boundingRect(room, _flags(self), text)
            for kind, text in self._texts()
        )
        return [QRectF(0, 0, room.width(), box.height() + 1) for box in found]


class Choices(QWidget):
    """All pairs that need a look, forty at a time."""

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        """Show the first ones."""
        super().__init__(parent)
        self.cards: list[ChoiceCard] = []
        self._waiting = list(choices)
        self._column = QVBoxLayout(self)
        spaced(self._column, 16)
        self.show_more()

    @property
    def left(self) -> int:
        """Return how many pairs do not show yet; of those the later edit stays."""
        return len(self._waiting)

    def show_more(self) -> None:
        """Show forty more."""
        more, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        for one in more:
            card = ChoiceCard(one)
            self.cards.append(card)
            self._column.addWidget(card)

    def keep_all(self, side: Side) -> None:
        """Choose one side everywhere that shows."""
        for card in self.cards:
            card.keep(side)

    def made(self) -> dict[str, Side]:
        """Return the side of each pair that shows, by its id."""
        return {card.choice.id: card.side for card in self.cards}


def _choice(one: Conflict, title: str) -> Choice:
    said = (said_words(one, Side.OURS), said_words(one, Side.THEIRS))
    by = (author_words(one.ours), author_words(one.theirs))
    return Choice(one.id, title, said, by, one.kept)


def _flags(widget: QWidget) -> int:
    side = Qt.AlignmentFlag.AlignRight if right_to_left(widget) else Qt.AlignmentFlag.AlignLeft
    wrapped = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
    return int(side | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute) | int(wrapped)
