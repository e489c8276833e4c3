"""How a partnership ends or pauses, as the partners state it together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Ending(Enum):
    """The kinds of ending."""

    COMPLETED = "completed"
    HANDED_OVER = "handed_over"
    PAUSE = "pause"
    ONE_LEAVES = "one_leaves"
    BROKEN = "broken"


@dataclass(frozen=True)
class Obligation:
    """What one partner (`owner`, id) still owes, to whom in words, and by when (ISO)."""

    text: str
    owner: str = ""
    to: str = ""
    date: str = ""


@dataclass(frozen=True)
class Closing:
    """A closing statement: the kind of ending, from which day, and all that is settled.

    `version` and `words` name the charter that ends. `leaver` is the id of the partner that
    leaves; `successor` says who goes on with the work; `until` is the ISO day that ends a pause.
    `told` says who was told. `survives` are promises that stay in force. `no_blame` prints that
    nobody is blamed; `quiet` prints that all keep public silence, where somebody asked for it.
    """

    ending: Ending
    date: str = ""
    reason: str = ""
    version: int = 0
    words: tuple[str, ...] = ()
    leaver: str = ""
    successor: str = ""
    until: str = ""
    reached: tuple[str, ...] = ()
    learnt: tuple[str, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    told: tuple[str, ...] = ()
    survives: tuple[str, ...] = ()
    no_blame: bool = True
    quiet: bool = False
