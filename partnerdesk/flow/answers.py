"""The rows of answers: sealed as they come in, opened at the reveal, and the levels they give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from partnerdesk.errors import UserError
from partnerdesk.flow import asked, seal
from partnerdesk.flow.consents import write_asked_consent
from partnerdesk.flow.manner import manner_of
from partnerdesk.flow.values import text
from partnerdesk.kinds.base import Setting
from partnerdesk.language import _
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Row
from partnerdesk.model.round import Entry
from partnerdesk.store import Store, Transaction

SMALLEST_SEAL = 1024
ROOM_FOR_WORDS = {"consent": 8192, "plan": 8192}
ROOM_FOR_ITEM = {"consent": 400, "text": 2400}


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
    sides: Mapping[str, str],
) -> None:
    """Write the levels that a consent round's opened answers give its clauses.

    A partner's level is the one that its spokesperson entered; colleagues give none. `sides`
    maps who answered to the partner.
    """
    words, manner = asked.words_asked(store, round_id), manner_of(store, round_id)
    for row in rows:
        partner = sides.get(text(row, "respondent"), text(row, "respondent"))
        if not manner.spoken_by(text(row, "respondent"), partner):
            continue
        for clause_id, said in (opened[text(row, "id")].answer or {}).items():
            digest = words.get(clause_id, "")
            write_asked_consent(store, t, clause_id, partner, cast(Row, said), digest)


def seal_size(setting: Setting) -> int:
    """Return the size that every answer is padded to: room for all ticks and for usual words."""
    kind, items = setting.activity.kind, max(1, len(setting.items))
    cells = items * max(1, len(setting.partners)) * 96
    words = ROOM_FOR_WORDS.get(kind, 0) + items * ROOM_FOR_ITEM.get(kind, 0)
    return SMALLEST_SEAL * (1 + (cells + words) // SMALLEST_SEAL)


def key_of(store: Store, row: Row, pin: str) -> bytes:
    """Return the key of a sealed round; raises UserError where it is gone or `pin` is wrong."""
    kept = store.secret(text(row, "key_id"))
    if kept is None:
        raise UserError(
            _("The key of this round is gone, so its answers stay sealed. Open a new round."),
            code="key",
        )
    return seal.unwrap(kept, pin)
