"""The figures of a partnership, by method.md part F, in the shape of the recorded workshop."""

from __future__ import annotations

from typing import cast

from partnerdesk.flow import values
from partnerdesk.flow.agree import adopted_of, clause_adoption, clauses
from partnerdesk.flow.rounds import summary
from partnerdesk.kinds.ladder import agreed_figures
from partnerdesk.model.guide import Activity, Guide
from partnerdesk.model.json import Json, Row
from partnerdesk.model.round import Round, RoundState
from partnerdesk.store import Store

GRID_KEYS = {
    "dependence": "net_power",
    "four_r": "four_r",
    "readiness": "readiness_priority",
}


def results(store: Store, guide: Guide) -> Row:
    """Return the figures of every revealed round and where each clause stands.

    A figure is there only for what has been revealed or agreed: a sealed round gives nothing,
    and neither does one that too few people answered to be shown.
    """
    figures: Row = {}
    for activity in guide.activities():
        last = _revealed(store, activity.id)
        if last is not None:
            figures.update(_figures(store, guide, activity, last))
        if activity.kind == "ladder":
            figures.update(_ladder(store, activity))
    partners = [p.id for p in values.partners(store)]
    figures["clauses"] = [
        {"clause": c.id, "adopted": clause_adoption(c, partners).adopted} for c in clauses(store)
    ]
    return figures


def _revealed(store: Store, activity: str) -> Round | None:
    opened = [r for r in values.rounds(store, activity) if r.state is not RoundState.COLLECTING]
    return opened[-1] if opened else None


def _figures(store: Store, guide: Guide, activity: Activity, last: Round) -> Row:
    shown = summary(store, guide, last).data
    if not shown:
        return {}
    data = cast(Json, shown)
    kind, figures = activity.kind, str(activity.options.get("figures", ""))
    if kind == "spectrum":
        return {activity.id: data}
    if kind == "pick_rank":
        return {f"{activity.id}_borda": data}
    if kind == "allocation":
        return {f"{activity.id.removesuffix('s')}_weight_party_equal": data}
    if figures == "trust":
        return cast(Row, data)
    if figures in GRID_KEYS:
        return {GRID_KEYS[figures]: data}
    return {}


def _ladder(store: Store, activity: Activity) -> Row:
    agreed = adopted_of(store, activity.id)
    levels = cast(list[Row], (agreed.payload if agreed else {}).get("levels") or [])
    if not levels:
        return {}
    return {"ladder": agreed_figures(levels, [p.id for p in values.partners(store)])}
