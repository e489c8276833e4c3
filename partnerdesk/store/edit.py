"""An edit of the journal as a value, and the hashes that chain edits together."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import Enum

from partnerdesk.model.json import Json, Row

FORMAT = "partnerdesk/file/1"
EDIT_DOMAIN = b"partnerdesk/edit/1\0"
CHANGES_DOMAIN = b"partnerdesk/changes/1\0"
LEFT_DOMAIN = b"partnerdesk/left/1\0"
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


class Undoing(Enum):
    """What undo does with an edit: takes it back, stops before it, or passes over it."""

    UNDOABLE = "undoable"
    BARRIER = "barrier"
    QUIET = "quiet"


@dataclass(frozen=True)
class Change:
    """What happened to one row: None stands for no row; updates hold changed columns only."""

    table: str
    key: str
    before: Row | None
    after: Row | None

    def reversed(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.table, self.key, self.after, self.before)

    def touches(self, other: Change) -> bool:
        """Return whether the two cannot be swapped: same columns, or one row refers to the other.

        By the rule of names, a column that refers to a row ends in `_id`.
        """
        if (self.table, self.key) != (other.table, other.key):
            return self._is_needed_by(other) or other._is_needed_by(self)
        return self.is_whole or other.is_whole or bool(self._columns & other._columns)

    @property
    def is_whole(self) -> bool:
        """Return whether the row itself came or went."""
        return self.before is None or self.after is None

    def _is_needed_by(self, other: Change) -> bool:
        images = ((other.before or {}).items(), (other.after or {}).items())
        named = {value for image in images for name, value in image if name.endswith("_id")}
        return self.is_whole and self.key in named

    @property
    def _columns(self) -> set[str]:
        return set(self.before or ()) | set(self.after or ())


@dataclass(frozen=True)
class Edit:
    """One named change of the file; `reverses` is the id of the edit that it takes back, or ''.

    `at` is UTC in ISO format. `origin` is whoever asked, and is not stored.
    """

    seq: int
    id: str
    at: str
    author: str
    session: str
    turn: str
    title: str
    undoing: Undoing
    reverses: str
    changes: tuple[Change, ...]
    prev: str
    hash: str
    origin: object | None = field(default=None, compare=False, repr=False)


def canonical(value: Json) -> str:
    """Return JSON that is the same for the same value: sorted keys, no spaces, no NaN."""
    return _ENCODER.encode(value)


def image_text(image: Row | None) -> str | None:
    """Return a row image as the journal stores it."""
    return None if image is None else canonical(image)


def stored(changes: tuple[Change, ...]) -> list[Json]:
    """Return the changes as the journal stores them: [table, key, before, after] as text."""
    return [[c.table, c.key, image_text(c.before), image_text(c.after)] for c in changes]


def changes_digest(salt: str, changes: list[Json]) -> str:
    """Return SHA-256(domain, canonical JSON of [salt, stored changes]) in hex."""
    return _sha256(CHANGES_DOMAIN, [salt, changes])


def left_digest(salt: str, changes: list[Json], header: Row) -> str:
    """Return SHA-256(domain, canonical JSON of [salt, stored changes, header]) in hex.

    It stands for what an erasure left of an edit; `header` is what its hash was made of.
    """
    return _sha256(LEFT_DOMAIN, [salt, changes, header])


def edit_hash(header: Row) -> str:
    """Return SHA-256(domain, canonical JSON of the edit without its changes) in hex."""
    return _sha256(EDIT_DOMAIN, header)


def first_prev(identity: Row) -> str:
    """Return what the first edit continues from: SHA-256 over the file's identity and format."""
    return _sha256(FORMAT.encode() + b"\0", identity)


def _sha256(domain: bytes, value: Json) -> str:
    return hashlib.sha256(domain + canonical(value).encode()).hexdigest()
