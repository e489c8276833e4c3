"""Reads what can be read of a damaged file, around the pages that cannot."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

BLOCK = 4096
WIDEST_GAP = 20_000
UNREADABLE = (sqlite.Error, UnicodeDecodeError, OverflowError)

Kept = tuple[str | int | bytes | None, ...]
Connecting = Callable[[], sqlite.Connection]


def copy_bytes(source: Path, target: Path) -> None:
    """Copy a file block by block; a block that the disk cannot read becomes zeros."""
    with source.open("rb", buffering=0) as file, target.open("wb") as out:
        for place in range(0, source.stat().st_size, BLOCK):
            out.write(_block(file.fileno(), place))


def _block(handle: int, place: int) -> bytes:
    try:
        os.lseek(handle, place, os.SEEK_SET)
        return os.read(handle, BLOCK)
    except OSError:
        return bytes(BLOCK)


@dataclass(frozen=True)
class Readable:
    """What can be read of a damaged file: through its tables, and straight off its pages."""

    connecting: Connecting
    carved: Mapping[str, Sequence[Kept]]

    def rows(self, table: str) -> list[Kept]:
        """Return the rows of a table, in its order; a row read through the table counts."""
        if table == "change":
            found = {row[:2]: row for row in self.carved[table]}
            found.update({row[:2]: row for row in readable_rows(self.connecting, table, "seq")})
        else:
            found = {row[:1]: row for row in self.carved[table]}
            through = {row[:1]: row for row in readable_rows(self.connecting, table)}
            found = {**through, **{k: row for k, row in found.items() if k not in through}}
        if table in ("edit", "change"):
            return [found[place] for place in sorted(found, key=str_or_number)]
        return list(found.values())


def str_or_number(place: Kept) -> tuple[int, ...]:
    """Return a place in the journal by number; what is none, as damage leaves it, comes first."""
    return tuple(part if isinstance(part, int) else -1 for part in place)


def readable_rows(connecting: Connecting, table: str, key: str = "rowid") -> list[Kept]:
    """Return the rows of a table that can be read, in the order of an integer key.

    From the front until a page fails, from the back until one fails, and one by one between.
    Each failure takes a new connection: after one, SQLCipher answers nothing more.
    """
    front = _scan(connecting, table, key, ascending=True)
    back = _scan(connecting, table, key, ascending=False)
    found = {**front, **back}
    low, high = max(front, default=None), min(back, default=None)
    if low is not None and high is not None:
        gap = range(low + 1, min(high, low + WIDEST_GAP))
        found.update(_probe(connecting, table, key, gap))
    return [row for number in sorted(found) for row in found[number]]


def _scan(
    connecting: Connecting, table: str, key: str, *, ascending: bool
) -> dict[int, list[Kept]]:
    """Return the rows by key up to the first that fails; where one does, the last may be part."""
    found: dict[int, list[Kept]] = {}
    order = f"ORDER BY {key}" + ("" if ascending else " DESC")
    connection = _connected(connecting)
    try:
        if connection is not None:
            for number, *row in connection.execute(_select(table, key, order)):
                found.setdefault(number, []).append(tuple(row))
    except UNREADABLE:
        if found:
            found.popitem()
    finally:
        if connection is not None:
            connection.close()
    if not ascending:  # the rows of one key stand the other way round
        found = {number: rows[::-1] for number, rows in found.items()}
    return found


def _probe(
    connecting: Connecting, table: str, key: str, numbers: range
) -> Iterator[tuple[int, list[Kept]]]:
    """Yield the rows of single keys, those that can be read."""
    connection = _connected(connecting)
    for number in numbers:
        if connection is None:
            return
        try:
            rows = connection.execute(_select(table, key, f"WHERE {key} = ?"), (number,)).fetchall()
        except UNREADABLE:
            connection.close()
            connection = _connected(connecting)
            continue
        if rows:
            yield number, [tuple(row[1:]) for row in rows]
    if connection is not None:
        connection.close()


def _select(table: str, key: str, rest: str) -> str:
    return " ".join(["SELECT", key, ", * FROM", table, rest])


def _connected(connecting: Connecting) -> sqlite.Connection | None:
    try:
        return connecting()
    except UNREADABLE:
        return None
