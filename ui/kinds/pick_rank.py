"""Cards chosen in private, the first few put in order; revealed in a column for each partner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import dig, item_labels, option
from partnerdesk.kinds.pick_rank import FIRST
from partnerdesk.kinds.summary import Line, Summary
from partnerdesk.language import _, ngettext
from partnerdesk.model.guide import Item
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Partner
from partnerdesk.model.round import Answer
from ui.kinds.base import AnswerForm, Page, Twin, merged
from ui.kinds.cards import Cards, Order
from ui.kinds.columns import SideBySide
from ui.kinds.page import Asked
from ui.kinds.results import Results, part, short, titled
from ui.theme import spaced
from ui.widgets.text import Body, Caption


def form(setting: Setting, own: str, parent: QWidget | None = None) -> AnswerForm:
    """Return the private form: choose, put in order, choose some more."""
    rank, pick = (option(setting.activity, name, 0) for name in ("rank", "pick"))
    question = setting.activity.question
    pages: list[Page] = []
    more = _Picked(_more_title(setting, rank, pick), setting.items, pick) if pick else None
    if rank:
        first = _Chosen(_first_title(rank), question, setting.items, rank)
        order = _Ordered(_("Put them in order, the most important on top."), setting.items)
        first.changed.connect(lambda: order.take(first.chosen))
        if more:
            first.changed.connect(lambda: more.leave_out(first.chosen))
        pages += [first, order]
    return AnswerForm([*pages, *([more] if more else [])], _whole, parent)


def results(setting: Setting, summary: Summary, parent: QWidget | None = None) -> QWidget:
    """Return the view of a revealed choice: each partner's first cards side by side."""
    columns = [
        _column(setting, partner, firsts, _shared(summary, partner.id))
        for partner in setting.partners
        if (firsts := first_cards(summary, partner.id))
    ]
    note = _("The cards with most points of each partner. Bold: another partner holds it too.")
    first = (part(_("What each of us holds dear"), [SideBySide(columns)], note),)
    worded = replace(summary, lines=tuple(_worded(line) for line in summary.lines))
    return Results(setting, worded, first=first if columns else (), parent=parent)


def first_cards(summary: Summary, side: str) -> tuple[str, ...]:
    """Return the ids of the cards with most points of one side, at most five."""
    points = dig(summary.data, side)
    if not isinstance(points, Mapping):
        return ()
    return tuple(sorted(points, key=lambda card: -float(points[card]))[:FIRST])


class _Chosen(Asked):
    """The cards that will be put in order."""

    def __init__(self, title: str, lead: str, items: Sequence[Item], most: int) -> None:
        super().__init__(title, lead)
        self._cards = Cards(title, items, most)
        self._cards.changed.connect(self.changed)
        self.add(self._cards)
        self.end()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids chosen so far."""
        return self._cards.chosen

    def done(self) -> bool:
        """Return whether as many are chosen as are asked for."""
        return self._cards.complete

    def answer(self) -> dict[str, Json]:
        """Return nothing: the order answers."""
        return {}


class _Ordered(Asked):
    """The chosen cards in order."""

    def __init__(self, title: str, items: Sequence[Item]) -> None:
        super().__init__(title)
        self._order = Order(title, items)
        self._order.changed.connect(self.changed)
        self.add(self._order)
        self.end()

    def take(self, keys: Sequence[str]) -> None:
        """Show other cards; those that were here keep their places."""
        self._order.take(keys)

    def done(self) -> bool:
        """Return whether there is an order: any order is one."""
        return bool(self._order.keys)

    def answer(self) -> dict[str, Json]:
        """Return {"ranked": ids, the most important first}."""
        return {"ranked": [*self._order.keys]}


class _Picked(_Chosen):
    """Some more cards, without an order."""

    def __init__(self, title: str, items: Sequence[Item], most: int) -> None:
        super().__init__(title, "", items, most)

    def leave_out(self, ids: Sequence[str]) -> None:
        """Offer all cards but those that are in the order."""
        self._cards.leave_out(ids)

    def answer(self) -> dict[str, Json]:
        """Return {"picked": ids}."""
        return {"picked": [*self.chosen]}


def _whole(parts: list[dict[str, Json]]) -> Answer:
    return {"ranked": [], "picked": [], **merged(parts)}


def _first_title(rank: int) -> str:
    text = ngettext("Choose the one that matters most.", "Choose the {n} that matter most.", rank)
    return text.format(n=rank)


def _more_title(setting: Setting, rank: int, pick: int) -> str:
    if not rank and setting.activity.question:
        return setting.activity.question
    return ngettext("Choose {n} more.", "Choose {n} more.", pick).format(n=pick)


def _worded(line: Line) -> Line:
    """Return a line without those who chose other cards: they passed on nothing."""
    return replace(line, low_word=_("picked"), high_word=_("first place"), passes=0)


def _shared(summary: Summary, side: str) -> set[str]:
    others = [one for one in summary.data if one != side] if summary.data else []
    return {card for other in others for card in first_cards(summary, str(other))}


def _column(setting: Setting, partner: Partner, firsts: Sequence[str], shared: set[str]) -> QWidget:
    labels, made = item_labels(setting.items), QWidget()
    column = QVBoxLayout(made)
    spaced(column, 6)
    for card in firsts:
        column.addWidget(Body(labels.get(card, card), strong=card in shared))
        if card in shared:
            column.addWidget(Caption(_("shared with another partner")))
    column.addStretch(1)
    return titled(short(partner), made, partner)


TWIN = Twin(form, results)
