"""The journal: one log of all edits, each chained by its hash to the one before."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.model.json import Json, Row
from partnerdesk.model.record import JournalHead
from partnerdesk.store.edit import (
    Change,
    Edit,
    Undoing,
    changes_digest,
    edit_hash,
    first_prev,
    image_text,
    stored,
)

SALT_BYTES = 16
PAGE = 500


_EDIT = "SELECT seq, id, at, author, session, turn, title, undoing, reverses, prev, hash FROM edit "
_CHANGES = """SELECT seq, name, key, before, after FROM change WHERE seq > ? AND seq <= ?
    ORDER BY seq, place"""
_WRITTEN = """SELECT seq, id, at, author, session, turn, title, undoing, reverses, salt, digest,
    prev, hash FROM edit WHERE seq > ? ORDER BY seq LIMIT ?"""
_HEADER = "SELECT seq, id, author, session, title, undoing, reverses FROM edit "
_INSERT = """INSERT INTO edit
    (seq, id, at, author, session, turn, title, undoing, reverses, salt, digest, prev, hash)
    VALUES (:seq, :id, :at, :author, :session, :turn, :title, :undoing, :reverses, :salt, :digest,
    :prev, :hash)"""


@dataclass(frozen=True)
class Header:
    """What undo needs to know of an edit before it reads the changes."""

    seq: int
    id: str
    author: str
    session: str
    title: str
    undoing: Undoing
    reverses: str


@dataclass(frozen=True)
class Entry:
    """What a transaction writes down, apart from its place in the chain."""

    id: str
    at: str
    author: str
    session: str
    turn: str
    title: str
    undoing: Undoing
    reverses: str
    changes: tuple[Change, ...]
    origin: object | None


class Journal:
    """The edits on one connection, oldest first."""

    def __init__(self, connection: sqlite.Connection, identity: Row) -> None:
        """Continue the journal of the file with this identity row."""
        self._connection = connection
        self._first = first_prev(identity)

    def head(self) -> JournalHead:
        """Return the last edit's number and hash, and how many edits there are."""
        seq, hash_ = self._last()
        (count,) = self._connection.execute("SELECT count(*) FROM edit").fetchone()
        return JournalHead(seq, hash_, count)

    def append(self, entry: Entry) -> Edit:
        """Write one edit behind the last one and return it."""
        last, prev = self._last()
        salt = os.urandom(SALT_BYTES).hex()
        digest = changes_digest(salt, stored(entry.changes))
        header = header_row(prev, last + 1, entry, digest)
        row = {**header, "digest": digest, "salt": salt, "hash": edit_hash(header)}
        self._connection.execute(_INSERT, row)
        self._write_changes(last + 1, entry.changes)
        return Edit(
            seq=last + 1,
            id=entry.id,
            at=entry.at,
            author=entry.author,
            session=entry.session,
            turn=entry.turn,
            title=entry.title,
            undoing=entry.undoing,
            reverses=entry.reverses,
            changes=entry.changes,
            prev=prev,
            hash=str(row["hash"]),
            origin=entry.origin,
        )

    def edits(self, since: int) -> Iterator[Edit]:
        """Yield the edits after number `since`; the journal may grow meanwhile."""
        while page := self._page(since):
            yield from page
            since = page[-1].seq

    def written(self, since: int, length: int) -> list[tuple[Row, list[Json]]]:
        """Return up to `length` edits after number `since` as they are stored.

        Each comes with its changes: [table, key, before, after] as text.
        """
        found = self._connection.execute(_WRITTEN, (since, length))
        names = [column[0] for column in found.description]
        edits = found.fetchall()
        changes: dict[int, list[Json]] = {seq: [] for seq, *_rest in edits}
        if edits:
            for seq, *change in self._connection.execute(_CHANGES, (since, edits[-1][0])):
                changes.setdefault(seq, []).append(change)
        return [(dict(zip(names, one, strict=True)), changes[one[0]]) for one in edits]

    def edit(self, seq: int) -> Edit:
        """Return the edit with this number."""
        return self._whole(self._connection.execute(_EDIT + "WHERE seq = ?", (seq,)).fetchone())

    def changes(self, seq: int) -> tuple[Change, ...]:
        """Return the changes of the edit with this number, in order."""
        sql = "SELECT name, key, before, after FROM change WHERE seq = ? ORDER BY place"
        kept = self._connection.execute(sql, (seq,)).fetchall()
        return tuple(Change(name, key, _image(b), _image(a)) for name, key, b, a in kept)

    def history(self, table: str, key: str) -> list[Edit]:
        """Return the edits that touched one row, oldest first."""
        found = self._connection.execute(
            "SELECT DISTINCT seq FROM change WHERE name = ? AND key = ? ORDER BY seq", (table, key)
        ).fetchall()
        return [self.edit(seq) for (seq,) in found]

    def newest_first(self) -> Iterator[Header]:
        """Yield the headers from the last edit backwards, reading little further than asked."""
        seq, length = self._last()[0] + 1, 1
        while page := self._headers(seq, length):
            yield from page
            seq, length = page[-1].seq, min(4 * length, PAGE)

    def header(self, id_: str) -> Header:
        """Return the header of the edit with this id."""
        return _header(*self._connection.execute(_HEADER + "WHERE id = ?", (id_,)).fetchone())

    def last_at(self) -> str:
        """Return when the last edit was made, by the clock of that time, or ''."""
        sql = "SELECT at FROM edit ORDER BY seq DESC LIMIT 1"
        row = self._connection.execute(sql).fetchone()
        return str(row[0]) if row else ""

    def tip(self) -> str:
        """Return the hash of the last edit."""
        return self._last()[1]

    def _last(self) -> tuple[int, str]:
        row = self._connection.execute(
            "SELECT seq, hash FROM edit ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        return row or (0, self._first)

    def _write_changes(self, seq: int, changes: tuple[Change, ...]) -> None:
        rows = [
            (seq, place, c.table, c.key, image_text(c.before), image_text(c.after))
            for place, c in enumerate(changes)
        ]
        self._connection.executemany("INSERT INTO change VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _page(self, since: int) -> list[Edit]:
        sql = _EDIT + "WHERE seq > ? ORDER BY seq LIMIT ?"
        return [self._whole(one) for one in self._connection.execute(sql, (since, PAGE)).fetchall()]

    def _headers(self, before: int, length: int) -> list[Header]:
        sql = _HEADER + "WHERE seq < ? ORDER BY seq DESC LIMIT ?"
        found = self._connection.execute(sql, (before, length)).fetchall()
        return [_header(*one) for one in found]

    def _whole(self, row: tuple[int, str, str, str, str, str, str, str, str, str, str]) -> Edit:
        seq, id_, at, author, session, turn, title, undoing, reverses, prev, hash_ = row
        return Edit(
            seq=seq,
            id=id_,
            at=at,
            author=author,
            session=session,
            turn=turn,
            title=title,
            undoing=Undoing(undoing),
            reverses=reverses,
            changes=self.changes(seq),
            prev=prev,
            hash=hash_,
        )


def header_row(prev: str, seq: int, entry: Entry, digest: str) -> Row:
    """Return what the hash of an edit is made of; `changes` stands for all changes."""
    return {
        "prev": prev,
        "seq": seq,
        "id": entry.id,
        "at": entry.at,
        "author": entry.author,
        "session": entry.session,
        "turn": entry.turn,
        "title": entry.title,
        "undoing": entry.undoing.value,
        "reverses": entry.reverses,
        "changes": digest,
    }


def _header(
    seq: int, id_: str, author: str, session: str, title: str, undoing: str, reverses: str
) -> Header:
    return Header(seq, id_, author, session, title, Undoing(undoing), reverses)


def _image(text: str | None) -> Row | None:
    return None if text is None else json.loads(text)
