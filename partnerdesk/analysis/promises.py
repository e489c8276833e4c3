"""How many promises were kept, in the owner's and in the receiver's view."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum


class Mark(Enum):
    """What became of a promise that is due; `RENEGOTIATED` means before it was due."""

    KEPT = 1.0
    PARTLY = 0.5
    NOT_KEPT = 0.0
    RENEGOTIATED = None


def promises_kept(marks: Sequence[Mark]) -> float | None:
    """Return (kept + half of partly) / (all due minus renegotiated), 0 to 1.

    None where nothing was due. The rule is our own design choice (method.md, F16).
    """
    due = [mark.value for mark in marks if mark.value is not None]
    return sum(due) / len(due) if due else None


def promise_gap(by_owner: Sequence[Mark], by_receiver: Sequence[Mark]) -> float | None:
    """Return the owner's ratio minus the receiver's, or None where either has none."""
    owner, receiver = promises_kept(by_owner), promises_kept(by_receiver)
    return None if owner is None or receiver is None else owner - receiver
