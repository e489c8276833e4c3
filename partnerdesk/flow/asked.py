"""What a round asked, and whom: kept beside the round, because clauses and people change later."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from partnerdesk.flow.consents import clause_digest, clauses_to_ask
from partnerdesk.flow.values import text
from partnerdesk.model.guide import Item
from partnerdesk.model.json import Json, Row
from partnerdesk.model.round import Rule
from partnerdesk.store import Store, Transaction

SHOWN = ("id", "text", "section", "affects", "owner")


def keep_clauses(store: Store, t: Transaction, round_id: str, rule: Rule) -> None:
    """Keep the clauses that a new consent round puts to the partners, in their present words."""
    asked: list[Json] = [
        {**{key: row[key] for key in SHOWN}, "digest": clause_digest(row)}
        for row in clauses_to_ask(store, rule)
    ]
    t.insert("setting", {"id": f"clauses:{round_id}", "value": asked})


def clauses_asked(store: Store, round_id: str = "", rule: Rule | None = None) -> tuple[Item, ...]:
    """Return the clauses as a round put them; without a round, those to ask now under `rule`."""
    kept = _kept(store, f"clauses:{round_id}") if round_id else None
    return tuple(map(_item, clauses_to_ask(store, rule) if kept is None else cast(list[Row], kept)))


def words_asked(store: Store, round_id: str) -> dict[str, str]:
    """Return the digest of the words that each clause of a consent round was asked in."""
    kept = _kept(store, f"clauses:{round_id}")
    return {text(row, "id"): text(row, "digest") for row in cast(list[Row], kept or [])}


def keep_asked(t: Transaction, round_id: str, respondents: Iterable[str]) -> None:
    """Keep who was asked in a round, at the moment of its reveal."""
    t.upsert("setting", {"id": f"asked:{round_id}", "value": list(respondents)})


def asked_of(store: Store, round_id: str) -> tuple[str, ...] | None:
    """Return who was asked in a revealed round, or None where nothing is kept of it."""
    kept = _kept(store, f"asked:{round_id}")
    return None if kept is None else tuple(cast(list[str], kept))


def _kept(store: Store, key: str) -> Json:
    row = store.row("setting", key)
    return row["value"] if row else None


def _item(row: Row) -> Item:
    details: Row = {"section": row["section"], "affects": row["affects"], "owner": row["owner"]}
    return Item(id=text(row, "id"), text=text(row, "text"), details=details)
