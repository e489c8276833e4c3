"""What a kind of input must offer, and the setting in which it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from partnerdesk.kinds.summary import Summary
from partnerdesk.model.guide import Activity, Attribution, Item, Scale
from partnerdesk.model.partnership import Partner
from partnerdesk.model.round import USUAL_MANNER, Answer, Manner, Response


@dataclass(frozen=True)
class Setting:
    """One activity as it is asked of one partnership: its items resolved, its partners known.

    `items` are the guide's items followed by the partnership's own; `attribution` is how this
    round may be shown; `items_of` resolves the ITEM columns of agreed tables; `manner` is how
    a consent round is asked.
    """

    activity: Activity
    partners: tuple[Partner, ...]
    items: tuple[Item, ...]
    attribution: Attribution
    items_of: Mapping[str, tuple[Item, ...]]
    manner: Manner = USUAL_MANNER

    @property
    def scale(self) -> Scale:
        """Return the activity's scale, which guides of rating kinds always have."""
        return self.activity.scale or Scale(0, 4)

    def others(self, own: str) -> tuple[Partner, ...]:
        """Return every partner but `own`."""
        return tuple(partner for partner in self.partners if partner.id != own)

    def item(self, item_id: str) -> Item | None:
        """Return the item called `item_id`, or None."""
        return next((item for item in self.items if item.id == item_id), None)


class Kind(Protocol):
    """One kind of input: what an answer is, how answers are summed up.

    Every method is a pure function of its arguments.
    """

    @property
    def name(self) -> str:
        """Return what guides call this kind."""
        ...

    def check_activity(self, activity: Activity) -> list[str]:
        """Return a sentence for each thing in the guide that this kind cannot work with."""
        ...

    def check_answer(self, setting: Setting, own: str, answer: Answer) -> list[str]:
        """Return a sentence for each fault in a complete answer by someone of partner `own`."""
        ...

    def summarise(self, setting: Setting, responses: Sequence[Response]) -> Summary:
        """Return the revealed round, widest differences first."""
        ...
