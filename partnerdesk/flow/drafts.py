"""An agreement while it is written: kept as it is typed, so that a power cut takes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from partnerdesk.flow.agree import Support, draft_key
from partnerdesk.flow.values import number, text
from partnerdesk.flow.written import printable
from partnerdesk.language import _
from partnerdesk.model.json import Json, Row
from partnerdesk.store import Store


@dataclass(frozen=True)
class Draft:
    """What stands in the fields: the payload so far, and the levels stated so far."""

    payload: Mapping[str, Json] = field(default_factory=dict)
    supports: Mapping[str, Support] = field(default_factory=dict)


def draft_of(store: Store, activity_id: str) -> Draft | None:
    """Return the draft of an activity's agreement, or None where none was begun."""
    row = store.row("setting", draft_key(activity_id))
    if row is None:
        return None
    value = cast(Row, row["value"])
    stated = cast(dict[str, Row], value.get("supports") or {})
    supports = {p: Support(number(s, "level"), text(s, "reservation")) for p, s in stated.items()}
    return Draft(cast(Row, value.get("payload") or {}), supports)


def keep_draft(store: Store, activity_id: str, draft: Draft, *, origin: object = None) -> None:
    """Keep what stands in the fields; the same again writes nothing."""
    stated: dict[str, Json] = {
        partner: {"level": s.level, "reservation": s.reservation}
        for partner, s in draft.supports.items()
    }
    value: Row = printable({"payload": dict(draft.payload), "supports": stated})
    kept = store.row("setting", draft_key(activity_id))
    if kept is not None and kept["value"] == value:
        return
    with store.transaction(_("Write agreement"), origin=origin) as t:
        t.upsert("setting", {"id": draft_key(activity_id), "value": value})
