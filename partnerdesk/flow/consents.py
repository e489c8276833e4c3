"""Each partner's recorded level of support, tied to the very words that it was given for."""

from __future__ import annotations

import hashlib
import json
from typing import cast

from partnerdesk.errors import UserError
from partnerdesk.flow.clock import now
from partnerdesk.flow.keys import confirmed
from partnerdesk.flow.manner import rules
from partnerdesk.flow.values import found, number, text
from partnerdesk.flow.written import printable
from partnerdesk.language import _
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Json, Row
from partnerdesk.model.round import KEYS_NEEDED, Consent, Rule
from partnerdesk.store import Store, Transaction

LEVELS = range(1, 9)
WORDED = ("section", "type", "text", "affects", "owner", "date")


def clause_digest(row: Row) -> str:
    """Return the SHA-256 of what a clause says: an edited clause makes earlier levels stale."""
    return digest_of({column: row[column] for column in WORDED})


def digest_of(value: Json) -> str:
    """Return the SHA-256, in hexadecimal, of a JSON value in canonical form."""
    dumped = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(dumped.encode("utf-8")).hexdigest()


def clauses_to_ask(store: Store, rule: Rule | None = None) -> list[Row]:
    """Return the clauses that some partner has not answered in their present words.

    Drafts and clauses taken back are not asked about. Where `rule` is to be another one than a
    clause was asked under, its levels were given for another question: it is asked again.
    """
    partners = {row["id"] for row in store.rows("partner")}
    known = rules(store) if rule else {}
    return [
        row
        for row in store.rows("clause", "position")
        if row["state"] == "proposed" and not is_draft(store, row)
        if fresh_partners(store, row) != partners
        or (rule and known.get(text(row, "id"), Rule.DEFAULT) is not rule)
    ]


def unanswered(store: Store) -> int:
    """Return how many clauses are offered that not every partner has answered, drafts too."""
    partners = {row["id"] for row in store.rows("partner")}
    proposed = (row for row in store.rows("clause") if row["state"] == "proposed")
    return sum(fresh_partners(store, row) != partners for row in proposed)


def keys_of(store: Store, clause: Row) -> tuple[str, ...]:
    """Return the partners who wrote, confirmed or answered to a clause's present words."""
    held = confirmed(store, text(clause, "id"), clause_digest(clause))
    held |= cast(set[str], fresh_partners(store, clause))
    order = [text(row, "id") for row in store.rows("partner", "position")]
    return tuple(partner for partner in order if partner in held)


def is_draft(store: Store, clause: Row) -> bool:
    """Return whether fewer than two partners stand by a clause's present words."""
    return len(keys_of(store, clause)) < KEYS_NEEDED


def fresh_partners(store: Store, clause: Row) -> set[Json]:
    """Return the partners whose level was given for the clause's present words."""
    digest = clause_digest(clause)
    consents = store.rows("consent", clause_id=clause["id"])
    return {row["partner_id"] for row in consents if row["digest"] == digest}


def consents_of(
    store: Store, digest: str, *, clause_id: str = "", agreement_id: str = ""
) -> tuple[Consent, ...]:
    """Return each partner's level for one clause or agreement, stale where words changed."""
    given = store.rows("consent", clause_id=clause_id, agreement_id=agreement_id)
    rows = {text(row, "partner_id"): row for row in given}
    order = [text(row, "id") for row in store.rows("partner", "position")]
    return tuple(
        Consent(
            partner_id=partner,
            level=number(rows[partner], "level"),
            reservation=text(rows[partner], "reservation"),
            stale=rows[partner]["digest"] != digest,
        )
        for partner in order
        if partner in rows
    )


def write_consent(store: Store, t: Transaction, clause_id: str, partner_id: str, said: Row) -> None:
    """Write a partner's level for a clause's present words in place of its earlier one."""
    clause = found(store.row("clause", clause_id), _("This clause"))
    _replace(store, t, clause_id, partner_id, said, clause_digest(clause))


def write_asked_consent(
    store: Store, t: Transaction, clause_id: str, partner_id: str, said: Row, digest: str
) -> None:
    """Write a partner's level for the words that a round asked about, which `digest` stands for.

    Nothing is written where the clause is gone, or where the partner has answered to newer
    words meanwhile.
    """
    clause = store.row("clause", clause_id)
    if clause is None:
        return
    newest = clause_digest(clause)
    if digest in ("", newest) or partner_id not in fresh_partners(store, clause):
        _replace(store, t, clause_id, partner_id, said, digest or newest)


def _replace(
    store: Store, t: Transaction, clause_id: str, partner_id: str, said: Row, digest: str
) -> None:
    for old in store.rows("consent", clause_id=clause_id, partner_id=partner_id):
        t.delete("consent", text(old, "id"))
    t.insert("consent", consent_row(partner_id, said, digest, clause_id=clause_id))


def consent_row(
    partner_id: str, said: Row, digest: str, *, clause_id: str = "", agreement_id: str = ""
) -> Row:
    """Return the row of one consent; raises UserError for a level that is not 1 to 8."""
    level = said.get("level")
    if isinstance(level, bool) or not isinstance(level, int) or level not in LEVELS:
        raise UserError(_("A level of support is a number from 1 to 8. Nothing was changed."))
    return {
        "id": new_id(),
        "clause_id": clause_id,
        "agreement_id": agreement_id,
        "partner_id": partner_id,
        "level": level,
        "reservation": printable(cast(str, said.get("reservation") or "")),
        "digest": digest,
        "recorded_at": now(),
    }
