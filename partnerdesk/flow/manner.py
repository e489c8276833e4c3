"""How a consent round is asked: the rule, levels or faces, and who speaks; kept beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from partnerdesk.errors import UserError
from partnerdesk.flow.values import number, text
from partnerdesk.language import _
from partnerdesk.model.json import Row
from partnerdesk.model.partnership import Authority
from partnerdesk.model.round import USUAL_MANNER, Manner, RoundState, Rule
from partnerdesk.store import Store, Transaction


def keep_manner(t: Transaction, round_id: str, manner: Manner) -> None:
    """Keep how a new consent round is asked; nothing changes it afterwards."""
    value: Row = {
        "rule": manner.rule.value,
        "faces": manner.faces,
        "speakers": dict(manner.speakers),
        "colleagues": manner.colleagues,
    }
    t.insert("setting", {"id": f"manner:{round_id}", "value": value})


def manner_of(store: Store, round_id: str) -> Manner:
    """Return how a round is asked; the usual manner for one that keeps none."""
    row = store.row("setting", f"manner:{round_id}") if round_id else None
    if row is None:
        return USUAL_MANNER
    value = cast(Row, row["value"])
    return Manner(
        rule=Rule(value["rule"]),
        faces=bool(value["faces"]),
        speakers=cast(Mapping[str, str], value["speakers"]),
        colleagues=bool(value["colleagues"]),
    )


def rules(store: Store) -> dict[str, Rule]:
    """Return the rule under which each clause was last asked, by the rounds that are revealed.

    A clause that no round asked about stands by the default rule.
    """
    found: dict[str, Rule] = {}
    for row in sorted(store.rows("round"), key=lambda row: number(row, "number")):
        kept = store.row("setting", f"clauses:{row['id']}")
        if kept is not None and row["state"] != RoundState.COLLECTING.value:
            rule = manner_of(store, text(row, "id")).rule
            found |= {text(one, "id"): rule for one in cast(list[Row], kept["value"])}
    return found


def last_rule(store: Store, activity_id: str) -> Rule:
    """Return the rule of an activity's last round: the one that a next round starts from."""
    rows = sorted(store.rows("round", activity=activity_id), key=lambda row: number(row, "number"))
    return manner_of(store, text(rows[-1], "id")).rule if rows else Rule.DEFAULT


def able_speakers(store: Store, partner_id: str) -> list[Row]:
    """Return the people who can speak for a partner: who is here first, then who may bind it."""
    people = store.rows("participant", "position", partner_id=partner_id)
    able = [p for p in people if p["authority"] != Authority.OBSERVES.value]
    return sorted(able, key=lambda p: (not p["present"], p["authority"] != Authority.BINDS.value))


def suggested_speakers(store: Store) -> dict[str, str]:
    """Return one person for each partner that has somebody who can speak for it."""
    found = {
        text(p, "id"): able_speakers(store, text(p, "id"))
        for p in store.rows("partner", "position")
    }
    return {partner: text(people[0], "id") for partner, people in found.items() if people}


def check_manner(store: Store, manner: Manner) -> None:
    """Raise UserError where somebody is named who cannot speak for that partner."""
    for partner, person in manner.speakers.items():
        if person not in [row["id"] for row in able_speakers(store, partner)]:
            message = _("This person cannot speak for that partner. Choose who may bind it.")
            raise UserError(message, code="speaker")
