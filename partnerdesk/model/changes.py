"""What changed from one version of a charter to the next, clause by clause, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ChangeKind(Enum):
    """What happened to a clause; one clause can have changed in several ways."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    LEVELS = "levels"


class WordFate(Enum):
    """Whether words stand in both versions, only in the new one, or only in the old one."""

    KEPT = "kept"
    ADDED = "added"
    TAKEN = "taken"


@dataclass(frozen=True)
class WordRun:
    """Words with one fate; kept and taken runs make the old text, kept and added the new."""

    text: str
    fate: WordFate


@dataclass(frozen=True)
class LevelChange:
    """How one party stood and stands; a `reservation` is the new one, word for word."""

    party: str
    name: str
    before: int
    before_words: str
    after: int
    after_words: str
    reservation: str = ""


@dataclass(frozen=True)
class FactChange:
    """One fact of a clause, such as who or by when, as it was and as it is."""

    term: str
    before: str
    after: str


@dataclass(frozen=True)
class ClauseChange:
    """What became of one clause: its number in both versions ('' for none), words and levels."""

    id: str
    before: str
    after: str
    kinds: tuple[ChangeKind, ...]
    kinds_words: str
    runs: tuple[WordRun, ...]
    facts: tuple[FactChange, ...] = ()
    levels: tuple[LevelChange, ...] = ()


@dataclass(frozen=True)
class TextChange:
    """What is printed beside the clauses and changed: where, as it was, as it is."""

    where: str
    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """All that differs between two versions, in the order of the new one, withdrawn last."""

    before: int
    after: int
    clauses: tuple[ClauseChange, ...] = ()
    texts: tuple[TextChange, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing that partners agreed differs."""
        return not self.clauses and not self.texts
