"""Recomputes a journal's chain and folds its edits into the rows that they leave, in slices."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.language import _
from partnerdesk.model.json import Json, Row
from partnerdesk.model.record import JournalHead
from partnerdesk.store.edit import changes_digest, edit_hash, first_prev, left_digest

HASHED = ("prev", "seq", "id", "at", "author", "session", "turn", "title", "undoing", "reverses")

_EDITS = """SELECT prev, seq, id, at, author, session, turn, title, undoing, reverses, salt, digest,
    hash FROM edit WHERE seq >= ? ORDER BY seq LIMIT ?"""
_CHANGES = """SELECT seq, place, name, key, before, after FROM change WHERE seq BETWEEN ? AND ?
    ORDER BY seq, place"""
_ERASED = "SELECT max(seq) FROM change WHERE name = 'erasure'"
FIRST, LAST = -(2**63), 2**63 - 1
SLICE = 100
"""Edits that are folded in one step: a few milliseconds."""
_LISTED = "SELECT seq, after FROM change WHERE name = 'erasure' ORDER BY seq, place"

Remains = Mapping[str, tuple[int, str]]
NOTHING_ERASED: Remains = {}


@dataclass
class Folded:
    """What a journal says: its head, the rows that it leaves, keys ever sealed, and faults.

    `remains` are the edits that no longer hold all that they changed.
    """

    head: JournalHead
    remains: Remains = field(default_factory=dict)
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    sealed: dict[str, set[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


class Folding:
    """Folds a journal slice by slice.

    Edits that are made between two slices are folded in like the others. Where one of them erased
    something from earlier edits, the folding starts anew.
    """

    def __init__(self, connection: sqlite.Connection, identity: Row) -> None:
        """Begin with the first edit of the file with this identity row."""
        self._connection, self._first = connection, first_prev(identity)
        self._lost = False
        self._next = FIRST
        self._erased: int | None = None
        self.folded = Folded(JournalHead(0, self._first, 0))

    @property
    def share(self) -> float:
        """Return how much of the journal is folded, from 0 to 1."""
        (last,) = self._connection.execute("SELECT max(seq) FROM edit").fetchone()
        return min(1.0, max(0, self.folded.head.seq) / max(1, last or 1))

    def step(self) -> bool:
        """Fold the next slice; return whether more is left, else all is folded as of now."""
        if self._lost:
            return False
        erased = self._erased_by()
        if erased != self._erased:
            self._next, self._erased = FIRST, erased
            self.folded = Folded(JournalHead(0, self._first, 0), remains_of(self._connection))
        edits = self._connection.execute(_EDITS, (self._next, SLICE)).fetchall()
        more = len(edits) == SLICE
        until = edits[-1][1] if more else LAST
        changes = self._connection.execute(_CHANGES, (self._next, until))
        kept = {seq: list(group) for seq, group in groupby(changes, key=lambda one: int(one[0]))}
        for edit in edits:
            named = dict(zip((*HASHED, "salt", "digest", "hash"), edit, strict=True))
            _link(self.folded, named, kept.pop(edit[1], []))
            self._next = min(edit[1] + 1, LAST)
        self._note_strays(kept)
        return more

    def give_up(self, problem: str) -> None:
        """Take the journal as empty, for this reason, and fold no more."""
        self._lost = True
        self.folded = Folded(JournalHead(0, "", 0), problems=[problem])

    def _erased_by(self) -> int | None:
        """Return the number of the last edit that erased something from others, or None."""
        (seq,) = self._connection.execute(_ERASED).fetchone()
        return None if seq is None else int(seq)

    def _note_strays(self, kept: Iterable[int]) -> None:
        for seq in kept:
            problem = _("Changes {seq} belong to no edit.").format(seq=seq)
            if problem not in self.folded.problems:
                self.folded.problems.append(problem)


def fold(connection: sqlite.Connection, identity: Row) -> Folded:
    """Return what the whole journal on a connection says, every hash recomputed."""
    folding = Folding(connection, identity)
    while folding.step():
        pass
    return folding.folded


def remains_of(connection: sqlite.Connection) -> Remains:
    """Return what the erasures of a journal list, by the id of an edit.

    Each is the number of the edit that erased last, and the digest of what is left.
    """
    return remains_in(connection.execute(_LISTED))


def remains_in(listed: Iterable[tuple[int, Json]]) -> dict[str, tuple[int, str]]:
    """Return the same from (number of an edit, row of an erasure as stored), in order."""
    remains: dict[str, tuple[int, str]] = {}
    for seq, after in listed:
        edits = (image_of(after) or {}).get("edits")
        if isinstance(edits, dict):
            remains.update((id_, (seq, str(digest))) for id_, digest in edits.items())
    return remains


def follows(
    head: JournalHead,
    edit: Row,
    kept: list[tuple[Json, ...]],
    remains: Remains = NOTHING_ERASED,
) -> bool:
    """Return whether an edit continues a chain, given its changes as stored."""
    return not any(True for _fault in _faults(head, edit, kept, remains))


def is_as_made(edit: Row, changes: list[Json], remains: Remains) -> bool:
    """Return whether changes are those of an edit, or just what an erasure left of them.

    Only a later edit can say what was erased from one, so none vouches for itself.
    """
    by, left = remains.get(str(edit["id"]), (0, ""))
    salt = str(edit["salt"])
    if not by:
        return changes_digest(salt, changes) == edit["digest"]
    return left_digest(salt, changes, header_of(edit)) == left and by > int(str(edit["seq"]))


def header_of(edit: Row) -> Row:
    """Return what the hash of an edit is made of, from its row."""
    return {**{name: edit[name] for name in HASHED}, "changes": edit["digest"]}


def _link(folded: Folded, edit: Row, kept: list[tuple[Json, ...]]) -> None:
    """Hang one edit onto the chain, note what does not fit, and fold in its changes."""
    seq, head = int(str(edit["seq"])), folded.head
    for problem in _faults(head, edit, kept, folded.remains):
        folded.problems.append(problem.format(seq=seq))
    folded.head = JournalHead(seq, str(edit["hash"]), head.count + 1)
    for change in kept:
        if not _apply(folded, *change[2:]):
            text = _("Edit {seq} does not continue what was there before it.")
            folded.problems.append(text.format(seq=seq))


def _faults(
    head: JournalHead, edit: Row, kept: list[tuple[Json, ...]], remains: Remains
) -> Iterator[str]:
    if edit["seq"] != head.seq + 1 or edit["prev"] != head.hash:
        yield _("Edit {seq} does not follow the edit before it.")
    if [change[1] for change in kept] != list(range(len(kept))):
        yield _("The changes of edit {seq} are not numbered in order.")
    if not is_as_made(edit, [list(change[2:]) for change in kept], remains):
        yield _("The changes of edit {seq} are not those that were made.")
    hidden = not edit["digest"] and str(edit["id"]) in remains  # its header lost words too
    if not hidden and edit_hash(header_of(edit)) != edit["hash"]:
        yield _("Edit {seq} is not as it was written.")


def _apply(folded: Folded, table: Json, key: Json, before: Json, after: Json) -> bool:
    """Fold one stored change into the rows; return whether it found what it says was before."""
    place = (str(table), str(key))
    old, new = image_of(before), image_of(after)
    if table == "sealed_key" and new and "digest" in new:
        folded.sealed.setdefault(place[1], set()).add(str(new["digest"]))
    now = folded.rows.get(place)
    fits = now is old if old is None or now is None else _holds(now, old.items())
    if new is None:
        folded.rows.pop(place, None)
    else:
        folded.rows[place] = {**(now or {}), **new}
    return fits


def _holds(row: Row, columns: Iterable[tuple[str, Json]]) -> bool:
    """Return whether a row is as a change says; a column that it lacks was added by a migration."""
    return all(row.get(name, value) == value for name, value in columns)


def image_of(text: Json) -> Row | None:
    """Return a stored row image; one that cannot be read is empty, and its digest is wrong."""
    try:
        image = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return {}
    return image if image is None or isinstance(image, dict) else {}
