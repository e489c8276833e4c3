"""The rows of answers: sealed as they come in, opened at the reveal, and the levels they give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from partnerdesk.flow import asked, seal
from partnerdesk.flow.consents import write_asked_consent
from partnerdesk.flow.values import text
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Row
from partnerdesk.model.round import Entry
from partnerdesk.store import Store, Transaction


def unsealed(key: bytes, round_id: str, row: Row) -> seal.Opened:
    """Return one opened answer; raises EnvironmentProblem where it is not what was sealed."""
    who = text(row, "respondent")
    return seal.unseal(key, round_id, who, text(row, "sealed"), text(row, "commitment"))


def sealed_row(round_id: str, respondent: str, entry: Entry, sealed: seal.Sealed) -> Row:
    """Return the row of an answer that came in."""
    return {
        "id": new_id(),
        "round_id": round_id,
        "respondent": respondent,
        "entry": entry.value,
        "sealed": sealed.text,
        "commitment": sealed.commitment,
        "nonce": "",
        "value": None,
        "passed": 0,
    }


def write_opened(t: Transaction, row: Row, opened: seal.Opened) -> None:
    """Write what was said, and the nonce that proves it, in place of the sealed text."""
    answer = None if opened.answer is None else dict(opened.answer)
    t.update(
        "response",
        text(row, "id"),
        sealed="",
        nonce=opened.nonce,
        value=answer,
        passed=int(answer is None),
    )


def write_consents(
    store: Store,
    t: Transaction,
    round_id: str,
    rows: list[Row],
    opened: Mapping[str, seal.Opened],
) -> None:
    """Write the levels that a consent round's opened answers give its clauses."""
    words = asked.words_asked(store, round_id)
    for row in rows:
        for clause_id, said in (opened[text(row, "id")].answer or {}).items():
            partner, digest = text(row, "respondent"), words.get(clause_id, "")
            write_asked_consent(store, t, clause_id, partner, cast(Row, said), digest)
