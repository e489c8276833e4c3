"""What a partner's colleagues said of a clause, beside the level that its spokesperson entered."""

from __future__ import annotations

from typing import cast

from partnerdesk.flow import values
from partnerdesk.flow.asked import words_asked
from partnerdesk.flow.consents import clause_digest
from partnerdesk.flow.rounds import CONSENT_KIND, summary
from partnerdesk.kinds.checks import dig
from partnerdesk.model.guide import Guide
from partnerdesk.model.json import Row
from partnerdesk.model.round import Clause, Round, RoundState
from partnerdesk.store import Store

STOPS = 8
"""A colleague at this level asks its partner for a pause."""


def colleagues_of(store: Store, guide: Guide, clause: Clause) -> dict[str, tuple[int, ...]]:
    """Return the levels, lowest first, that each partner's colleagues gave a clause as it reads.

    They come from the last revealed round that asked about these words, and only where that
    round shows organisations.
    """
    row = store.row("clause", clause.id)
    round_ = _last_asking(store, guide, clause.id, clause_digest(row)) if row else None
    if round_ is None:
        return {}
    said = dig(summary(store, guide, round_).data, clause.id, "colleagues")
    each = cast(dict[str, list[Row]], said or {})
    return {partner: tuple(cast(int, one["level"]) for one in of) for partner, of in each.items()}


def _last_asking(store: Store, guide: Guide, clause_id: str, digest: str) -> Round | None:
    """Return the last revealed round that put these words of a clause, or None."""
    activities = [a.id for a in guide.activities() if a.kind == CONSENT_KIND]
    rounds = [r for a in activities for r in values.rounds(store, a)]
    opened = (r for r in reversed(rounds) if r.state is not RoundState.COLLECTING)
    return next((r for r in opened if words_asked(store, r.id).get(clause_id) == digest), None)
