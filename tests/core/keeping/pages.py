"""Which pages of a plain file each row stands on (https://www.sqlite.org/fileformat2.html)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

PAGE = 4096
INTERIOR, LEAF = 5, 13


def pages_of_rows(path: Path, tables: tuple[str, ...]) -> list[tuple[str, frozenset[int]]]:
    """Return for each row of these tables its table and the numbers of the pages that hold it."""
    data = path.read_bytes()
    connection = sqlite.connect(str(path))
    found = connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'")
    roots = dict(found.fetchall())
    connection.close()
    return [(name, pages) for name in tables for pages in _rows(data, roots[name])]


def _rows(data: bytes, number: int) -> Iterator[frozenset[int]]:
    start = (number - 1) * PAGE
    head = start + (100 if number == 1 else 0)
    kind, count = data[head], _number(data, head + 3, 2)
    pointers = head + (12 if kind == INTERIOR else 8)
    for cell in range(count):
        place = start + _number(data, pointers + 2 * cell, 2)
        if kind == INTERIOR:
            yield from _rows(data, _number(data, place, 4))
        else:
            yield frozenset({number, *_overflow(data, place)})
    if kind == INTERIOR:
        yield from _rows(data, _number(data, head + 8, 4))


def _overflow(data: bytes, place: int) -> Iterator[int]:
    """Yield the pages on which the rest of a row stands."""
    size, place = _varint(data, place)
    _rowid, place = _varint(data, place)
    least = (PAGE - 12) * 32 // 255 - 23
    local = least + (size - least) % (PAGE - 4)
    if size <= PAGE - 35:
        return
    number = _number(data, place + (local if local <= PAGE - 35 else least), 4)
    while number:
        yield number
        number = _number(data, (number - 1) * PAGE, 4)


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for length in range(9):
        byte = data[place + length]
        if length == 8:
            return value << 8 | byte, place + 9
        value = value << 7 | byte & 127
        if byte < 128:
            return value, place + length + 1
    raise AssertionError


def _number(data: bytes, place: int, size: int) -> int:
    return int.from_bytes(data[place : place + size], "big")
