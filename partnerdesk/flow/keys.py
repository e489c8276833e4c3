"""Two-key drafting: a clause is a draft until people of two partners stand by its words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from partnerdesk.model.json import Row
from partnerdesk.store import Store, Transaction


def confirmed(store: Store, clause_id: str, digest: str) -> set[str]:
    """Return the partners who wrote or confirmed a clause in the words of `digest`."""
    row = store.row("setting", _key(clause_id))
    kept = cast(Row, row["value"]) if row else {}
    return set(cast(list[str], kept["partners"])) if kept.get("digest") == digest else set()


def confirm(
    store: Store, t: Transaction, clause_id: str, digest: str, partners: Iterable[str]
) -> None:
    """Keep that `partners` wrote or confirm these words; what stood for others is gone."""
    every = sorted(confirmed(store, clause_id, digest) | set(partners))
    value: Row = {"digest": digest, "partners": list(every)}
    t.upsert("setting", {"id": _key(clause_id), "value": value})


def _key(clause_id: str) -> str:
    return f"keys:{clause_id}"
