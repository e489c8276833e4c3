"""The places a person can be, as values that travel through signals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Go(Enum):
    """One place for each thing that a person comes to do."""

    HOME = "home"
    PREPARE = "prepare"
    SESSION = "session"
    TURN = "turn"
    REVEAL = "reveal"
    AGREE = "agree"
    CHARTER = "charter"
    SIGN = "sign"
    VERIFY = "verify"
    TAKE = "take"
    BRING = "bring"
    DATA = "data"
    CONTACTS = "contacts"
    PAPER = "paper"
    EVIDENCE = "evidence"
    ERASE = "erase"
    DESTROY = "destroy"
    LEAVE = "leave"
    BACKUPS = "backups"


CARRIED = frozenset({Go.TAKE, Go.BRING, Go.DATA, Go.CONTACTS, Go.PAPER})
"""Places where something comes in or goes out."""
BESIDE = CARRIED | {Go.VERIFY, Go.EVIDENCE, Go.ERASE, Go.DESTROY, Go.LEAVE, Go.BACKUPS}
"""Places beside the workshop, each one page."""
ALONE = frozenset({Go.VERIFY, Go.BRING})
"""Those that need no open file."""


ENDING = "ending"
"""The key of signing a closing statement in place of a version of the charter."""


@dataclass(frozen=True)
class Place:
    """A place and what it is about: an activity, a round and its respondent, a version, a file."""

    go: Go
    key: str = ""
