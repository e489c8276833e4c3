"""Erases from the journal: edits keep their place and their hash, and lose some of their words."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.model.json import Json, Row
from partnerdesk.store.edit import Change, canonical, changes_digest, image_text
from partnerdesk.store.journal import SALT_BYTES
from partnerdesk.store.rows import Rows

Rewriting = Callable[[Change], Change]
Place = tuple[str, str]
BLOCK = 2**20

_CHANGES = "SELECT seq, place, name, key, before, after FROM change ORDER BY seq, place"
_OF_EDIT = "SELECT name, key, before, after FROM change WHERE seq = ? ORDER BY place"
_LEAVE = "UPDATE change SET before = ?, after = ? WHERE seq = ? AND place = ?"


def rewrite(connection: sqlite.Connection, rows: Rows, rewriting: Rewriting) -> Mapping[str, str]:
    """Rewrite every change, and the rows that they leave; return what is left of each edit.

    The result maps the id of a rewritten edit to the digest of its changes as they are now,
    under a fresh salt: with the old salt gone, nobody can try out what stood there. An edit
    that is not touched stays as it is. To be called inside a transaction.
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
    return dict(_salted(connection, seq) for seq in sorted(edits))


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


def _salted(connection: sqlite.Connection, seq: int) -> tuple[str, str]:
    """Give an edit a fresh salt; return its id and the digest of its changes under this salt."""
    salt = os.urandom(SALT_BYTES).hex()
    connection.execute("UPDATE edit SET salt = ? WHERE seq = ?", (salt, seq))
    (id_,) = connection.execute("SELECT id FROM edit WHERE seq = ?", (seq,)).fetchone()
    changes: list[Json] = [list(one) for one in connection.execute(_OF_EDIT, (seq,))]
    return str(id_), changes_digest(salt, changes)


def _image(text: str | None) -> Row | None:
    return None if text is None else json.loads(text)
