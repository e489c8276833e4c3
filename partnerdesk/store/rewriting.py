"""Erases from the journal: edits keep their place and their hash, and lose some of their words."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.model.json import Json, Row
from partnerdesk.store.chain import header_of
from partnerdesk.store.edit import Change, canonical, image_text, left_digest
from partnerdesk.store.journal import SALT_BYTES
from partnerdesk.store.rows import Rows

Rewriting = Callable[[Change], Change]
Masking = Callable[[str], str]
Place = tuple[str, str]
BLOCK = 2**20
HEADINGS = ("author", "session", "turn")  # a title is the program's own words

_CHANGES = "SELECT seq, place, name, key, before, after FROM change ORDER BY seq, place"
_OF_EDIT = "SELECT name, key, before, after FROM change WHERE seq = ? ORDER BY place"
_LEAVE = "UPDATE change SET before = ?, after = ? WHERE seq = ? AND place = ?"
_HEADS = "SELECT seq, author, session, turn FROM edit ORDER BY seq"
_HIDE = "UPDATE edit SET author = ?, session = ?, turn = ?, digest = '' WHERE seq = ?"
_EDIT = """SELECT prev, seq, id, at, author, session, turn, title, undoing, reverses, digest
    FROM edit WHERE seq = ?"""


def rewrite(
    connection: sqlite.Connection, rows: Rows, rewriting: Rewriting, masking: Masking
) -> Mapping[str, str]:
    """Rewrite every change, the heading of every edit, and the rows that all leave.

    The result maps the id of a rewritten edit to the digest of what is left of it, under a fresh
    salt: with the old salt gone, nobody can try out what stood there. Where a heading loses
    words, the digest of the changes goes too: without it, nobody can try out headings against
    the hash. An edit that is not touched stays as it is. To be called inside a transaction.
    """
    touched: set[Place] = set()
    edits: set[int] = set()
    told: dict[Place, Row] = {}
    for seq, place, *kept in connection.execute(_CHANGES).fetchall():
        old = change_of(*kept)
        new = _following(rewriting(old), told)
        if new != old:
            connection.execute(_LEAVE, (image_text(new.before), image_text(new.after), seq, place))
            edits.add(seq)
            touched.add((new.table, new.key))
    for place in sorted(touched):
        _write(rows, *place, told.get(place))
    edits |= _hide(connection, masking)
    return dict(_left(connection, seq) for seq in sorted(edits))


def _hide(connection: sqlite.Connection, masking: Masking) -> set[int]:
    """Take words out of the headings of edits; return the numbers of those that lost some."""
    masked = cache(masking)
    hidden = set()
    for seq, *heading in connection.execute(_HEADS).fetchall():
        left = [masked(text) for text in heading]
        if left != heading:
            connection.execute(_HIDE, (*left, seq))
            hidden.add(int(seq))
    return hidden


def change_of(table: str, key: str, before: str | None, after: str | None) -> Change:
    """Return a change from its stored texts."""
    return Change(table, key, _image(before), _image(after))


def overwrite(path: Path) -> None:
    """Write zeros over a file, as far as the disk lets us; it stays, as long as it was."""
    with suppress(OSError), path.open("r+b") as file:
        left = os.fstat(file.fileno()).st_size
        while left > 0:
            left -= file.write(bytes(min(left, BLOCK)))
        file.flush()
        os.fsync(file.fileno())


def overwrite_journal(path: Path) -> None:
    """Overwrite what SQLite left beside a file, unless it needs that to take a step back."""
    with suppress(OSError):
        with path.open("rb") as file:
            needed = any(file.read(8))
        if not needed:
            overwrite(path)


def _following(change: Change, told: dict[Place, Row]) -> Change:
    """Return a change that follows from the rows so far, and carry it out on them."""
    place = (change.table, change.key)
    now, before = told.get(place), change.before
    if before is not None and now is not None:
        before = {column: now.get(column, value) for column, value in before.items()}
    if change.after is None:
        told.pop(place, None)
    else:
        told[place] = {**(now or {}), **change.after}
    return Change(*place, before, change.after)


def _write(rows: Rows, table: str, key: str, row: Row | None) -> None:
    """Bring one row to what the journal now leaves."""
    now = rows.row(table, key)
    if row is None or now is None:
        return
    changed = {c: v for c, v in row.items() if canonical(now[c]) != canonical(v)}
    if changed:
        rows.update(table, key, changed)


def _left(connection: sqlite.Connection, seq: int) -> tuple[str, str]:
    """Give an edit a fresh salt; return its id and the digest of what is left of it."""
    salt = os.urandom(SALT_BYTES).hex()
    connection.execute("UPDATE edit SET salt = ? WHERE seq = ?", (salt, seq))
    found = connection.execute(_EDIT, (seq,))
    names = [column[0] for column in found.description]
    edit: Row = dict(zip(names, found.fetchone(), strict=True))
    changes: list[Json] = [list(one) for one in connection.execute(_OF_EDIT, (seq,))]
    return str(edit["id"]), left_digest(salt, changes, header_of(edit))


def _image(text: str | None) -> Row | None:
    return None if text is None else json.loads(text)
