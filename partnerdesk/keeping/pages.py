"""Reads records straight off the pages of a file, without the tables that lead to them.

The form is SQLite's (https://www.sqlite.org/fileformat2.html), under SQLCipher 4's where locked.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from partnerdesk.store.cipher import Key
from partnerdesk.store.opening import MAGIC

PAGE = 4096
LEAF, LIST_LEAF, LIST_INSIDE = 13, 10, 2
"""The marks of pages with records: of a table, and of a table without row ids and its inside."""

_IV, _MAC = 16, 64
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_SALT_MASK = 0x3A

Value = str | int | bytes | None


@dataclass(frozen=True)
class Record:
    """One record: the mark of its page, its row id (0 where it has none), and its values."""

    mark: int
    rowid: int
    values: tuple[Value, ...]


def records_in(path: Path, key: Key | None) -> Iterator[Record]:
    """Yield each record that is whole; `key` is the raw key of a locked file (cipher.raw_key)."""
    data = path.read_bytes()
    pages = _Pages(data, key)
    for number in range(1, len(data) // PAGE + 1):
        yield from pages.records(number)


class _Pages:
    """The pages of one file, in clear."""

    def __init__(self, data: bytes, key: Key | None) -> None:
        self._data = data
        self._secret = bytes.fromhex(key.text[2:66]) if key else b""
        salt = bytes(byte ^ _SALT_MASK for byte in data[:16])
        self._mac = hashlib.pbkdf2_hmac("sha512", self._secret, salt, 2, 32) if key else b""
        kept = data[20] if data.startswith(MAGIC) else 0
        self._usable = PAGE - (_IV + _MAC if key else kept)

    def records(self, number: int) -> Iterator[Record]:
        page = self._page(number)
        head = 100 if number == 1 else 0
        if len(page) < PAGE or page[head] not in (LEAF, LIST_LEAF, LIST_INSIDE):
            return
        mark = page[head]
        pointers = head + (12 if mark == LIST_INSIDE else 8)
        for cell in range(min(_number(page, head + 3, 2), PAGE // 4)):
            try:
                yield self._record(page, mark, _number(page, pointers + 2 * cell, 2))
            except (ValueError, IndexError, OverflowError):
                continue  # a cell that is not as SQLite writes it

    def _record(self, page: bytes, mark: int, place: int) -> Record:
        place += 4 if mark == LIST_INSIDE else 0
        size, place = _varint(page, place)
        rowid = 0
        if mark == LEAF:
            rowid, place = _varint(page, place)
        return Record(mark, rowid, _values(self._payload(page, mark, size, place)))

    def _payload(self, page: bytes, mark: int, size: int, place: int) -> bytes:
        """Return the bytes of a record, those on its overflow pages included."""
        usable = self._usable
        most = usable - 35 if mark == LEAF else (usable - 12) * 64 // 255 - 23
        if not 0 < size <= len(self._data):
            raise ValueError(size)
        if size <= most:
            return page[place : place + size]
        least = (usable - 12) * 32 // 255 - 23
        local = least + (size - least) % (usable - 4)
        local = local if local <= most else least
        found = bytearray(page[place : place + local])
        following = _number(page, place + local, 4)
        while len(found) < size and following:
            page = self._page(following)
            if not page:
                raise ValueError(following)
            following = _number(page, 0, 4)
            found += page[4:usable]
        return bytes(found[:size])

    def _page(self, number: int) -> bytes:
        """Return a page in clear, b'' where it is not there or was altered."""
        page = self._data[(number - 1) * PAGE : number * PAGE]
        if not self._secret or len(page) < PAGE:
            return page
        start = 16 if number == 1 else 0
        told = hmac.new(self._mac, page[start:-_MAC], "sha512")
        told.update(number.to_bytes(4, "little"))
        if not hmac.compare_digest(told.digest(), page[-_MAC:]):
            return b""
        return (
            bytes(start)
            + _decrypted(self._secret, page[start : -_MAC - _IV], page[-_MAC - _IV : -_MAC])
            + bytes(_MAC + _IV)
        )


def _decrypted(secret: bytes, data: bytes, iv: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    reader = Cipher(algorithms.AES(secret), modes.CBC(iv)).decryptor()
    return reader.update(data) + reader.finalize()


def _values(payload: bytes) -> tuple[Value, ...]:
    """Return the values of a record; raises ValueError where it is not as SQLite writes one."""
    end, place = _varint(payload, 0)
    kinds = []
    while place < end:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    values: list[Value] = []
    place = end
    for kind in kinds:
        size = _INTEGERS.get(kind, (kind - 12) // 2 if kind >= 12 else 0)
        part = payload[place : place + size]
        if len(part) < size or kind in (7, 10, 11):
            raise ValueError(kind)
        values.append(_value(kind, part))
        place += size
    if place != len(payload) or not values:
        raise ValueError(place)
    return tuple(values)


def _value(kind: int, part: bytes) -> Value:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind in _INTEGERS:
        return int.from_bytes(part, "big", signed=True)
    return part.decode() if kind % 2 else part


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for length in range(8):
        byte = data[place + length]
        value = value << 7 | byte & 127
        if byte < 128:
            return value, place + length + 1
    return value << 8 | data[place + 8], place + 9


def _number(data: bytes, place: int, size: int) -> int:
    return int.from_bytes(data[place : place + size], "big")
