"""The quick check: reads every page that holds something, in steps, without asking what it says."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.language import _
from partnerdesk.store.chain import FIRST
from partnerdesk.store.check import altered_documents
from partnerdesk.store.rows import quoted

LARGE = ("edit", "change", "document")
"""Tables that grow without bound: they are read in slices, the others are checked whole."""
SLICE = 500

_EDITS = """SELECT max(seq), total(length(at) + length(title) + length(prev) + length(hash)) FROM
    (SELECT * FROM edit WHERE seq > ? ORDER BY seq LIMIT ?)"""
_CHANGES = """SELECT seq, place, length(name), length(before), length(after) FROM change
    WHERE (seq, place) > (?, ?) ORDER BY seq, place LIMIT ?"""
_IDS = """SELECT max(id), count(*) FROM
    (SELECT id FROM edit INDEXED BY sqlite_autoindex_edit_1 WHERE id > ? ORDER BY id LIMIT ?)"""
_PLACES = """SELECT name, key, seq FROM change INDEXED BY change_of_row
    WHERE (name, key, seq) > (?, ?, ?) ORDER BY name, key, seq LIMIT ?"""


def read_through(connection: sqlite.Connection) -> Generator[float, None, tuple[str, ...]]:
    """Read a file in steps of some milliseconds and return what is damaged, nothing if nothing.

    Each step yields the share that is done. Edits may be made between two steps. Raises
    sqlite.Error where a page cannot be read. An encrypted page that was changed is one.
    """
    problems: list[str] = []
    (edits,) = connection.execute("SELECT count(*) FROM edit").fetchone()
    steps = 4 * (edits // SLICE) + 1
    for number, found in enumerate(_read(connection)):
        problems += found
        yield min(1.0, number / steps)
    return tuple(problems)


def _read(connection: sqlite.Connection) -> Iterator[list[str]]:
    found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    for (name,) in found.fetchall():
        if name not in LARGE:
            lines = connection.execute(f"PRAGMA quick_check({quoted(name)})").fetchall()
            damage = _("A page of the file is damaged: {detail}")
            yield [damage.format(detail=line) for (line,) in lines if line != "ok"]
    yield from _through(connection, _EDITS, FIRST)
    yield from _through(connection, _IDS, "")
    yield from _keyed(connection, _CHANGES, (FIRST, FIRST))
    yield from _keyed(connection, _PLACES, ("", "", FIRST))
    altered = _("The document {digest} was changed.")
    for digest in altered_documents(connection):
        yield [] if digest is None else [altered.format(digest=digest)]


def _through(connection: sqlite.Connection, sql: str, last: object) -> Iterator[list[str]]:
    """Read slice after slice, each from behind the key that ended the one before."""
    while last is not None:
        last = connection.execute(sql, (last, SLICE)).fetchone()[0]
        yield []


def _keyed(
    connection: sqlite.Connection, sql: str, last: tuple[str | int, ...]
) -> Iterator[list[str]]:
    """Read the same where the key is of several columns, the first of each row."""
    while part := connection.execute(sql, (*last, SLICE)).fetchall():
        last = part[-1][: len(last)]
        yield []
