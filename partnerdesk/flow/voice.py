"""Who speaks first: those who hold least power, as the partners agreed it."""

from __future__ import annotations

from typing import cast

from partnerdesk.flow import values
from partnerdesk.flow.agree import adopted_of
from partnerdesk.kinds.ladder import agreed_figures
from partnerdesk.model.guide import Guide
from partnerdesk.model.json import Row
from partnerdesk.model.partnership import Partner
from partnerdesk.store import Store

CONVENOR = "convenor"


def speaking_order(store: Store, guide: Guide) -> tuple[Partner, ...]:
    """Return the partners, least power first, by the agreed ladder totals of today.

    Before the ladder is agreed the convenor comes last and the others in reverse file order:
    whoever is written first is often the strongest.
    """
    partners = values.partners(store)
    totals = _totals(store, guide, [p.id for p in partners])
    if totals:
        return tuple(sorted(partners, key=lambda p: (totals.get(p.id, 0.0), -p.index)))
    return tuple(sorted(partners, key=lambda p: (p.role == CONVENOR, -p.index)))


def _totals(store: Store, guide: Guide, partners: list[str]) -> dict[str, float]:
    ladders = (a.id for a in guide.activities() if a.kind == "ladder")
    agreed = next(filter(None, (adopted_of(store, one) for one in ladders)), None)
    levels = cast(list[Row], (agreed.payload if agreed else {}).get("levels") or [])
    if not levels:
        return {}
    return cast(dict[str, float], agreed_figures(levels, partners)["total_actual"])
