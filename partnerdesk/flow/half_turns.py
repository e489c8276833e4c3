"""What is typed in a private turn that a lock breaks off: sealed until the turn goes on."""

from __future__ import annotations

from collections.abc import Mapping

from partnerdesk.flow import answers, seal, values
from partnerdesk.flow.values import found, number, text
from partnerdesk.language import _, speaking
from partnerdesk.model.json import Json, Row
from partnerdesk.model.round import RoundState
from partnerdesk.store import Store, Transaction, Undoing


def keep_half(
    store: Store, round_id: str, respondent: str, typed: Mapping[str, Json], *, origin: object
) -> None:
    """Seal what a person has typed so far under the round's key, which no reveal opens.

    Raises UserError where the round has a PIN: its key is not at hand.
    """
    row = found(store.row("round", round_id), _("This round"))
    key, size = answers.key_of(store, row, ""), number(row, "seal_size")
    sealed = seal.seal(key, round_id, respondent, typed, size)
    value: dict[str, Json] = {
        "respondent": respondent,
        "sealed": sealed.text,
        "commitment": sealed.commitment,
    }
    with speaking(None):
        title = _("Keep private words")
    with store.transaction(title, undoing=Undoing.QUIET, origin=origin) as t:
        t.upsert("setting", {"id": _place(round_id), "value": value})


def half_of(store: Store, round_id: str, respondent: str) -> Mapping[str, Json] | None:
    """Return what this person had typed when a lock broke the turn off, or None."""
    kept = store.row("setting", _place(round_id))
    value = kept["value"] if kept else None
    if not isinstance(value, dict) or value.get("respondent") != respondent:
        return None
    if values.round_of(store, round_id).state is not RoundState.COLLECTING:
        return None
    row: Row = found(store.row("round", round_id), _("This round"))
    key = answers.key_of(store, row, "")
    texts = text(value, "sealed"), text(value, "commitment")
    return seal.unseal(key, round_id, respondent, *texts).answer


def drop_half(store: Store, t: Transaction, round_id: str) -> None:
    """Forget what was kept: the turn is over."""
    if store.row("setting", _place(round_id)) is not None:
        t.delete("setting", _place(round_id))


def _place(round_id: str) -> str:
    return f"turn:{round_id}"
