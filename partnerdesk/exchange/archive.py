"""Bounded ZIP archives in memory: read by strict rules, never extracted; written the same way."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MOST_PACKED = 50 * 2**20
MOST_BYTES = 200 * 2**20
MOST_MEMBERS = 2000
MOST_RATIO = 100
NAME = re.compile(r"[a-z0-9_./-]{1,80}")
CHUNK = 2**20
STORED, DEFLATED = 0, 8
MADE = (1980, 1, 1, 0, 0, 0)

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")


class Truncated(ValueError):
    """The end of an archive is missing."""


class Refused(ValueError):
    """An archive breaks a rule; `args[0]` says which, for support."""


@dataclass(frozen=True)
class Member:
    """One member of an archive: its name, and where and how its bytes are packed."""

    name: str
    method: int
    check: int
    packed: int
    size: int
    offset: int

    @property
    def end(self) -> int:
        """Return the place behind the member's packed bytes."""
        return self.offset + _LOCAL.size + len(self.name) + self.packed


def members(data: bytes) -> dict[str, Member]:
    """Return the members of an archive by their names; nothing is unpacked yet.

    Raises Truncated where the end is missing, Refused for more than 50 MB packed, 200 MB in
    all, 100 times unpacked or 2,000 members, for other names, links, encryption, other methods
    than stored and deflate, two members of one name, and for bytes that belong to no member.
    """
    if len(data) > MOST_PACKED:
        raise Refused("size")
    count, start = _end(data)
    found = list(_entries(data, count, start))
    if len({member.name for member in found}) != len(found):
        raise Refused("a name stands twice")
    if sum(member.size for member in found) > MOST_BYTES:
        raise Refused("total size")
    place = 0
    for member in sorted(found, key=lambda one: one.offset):
        _check_local(data, member, place)
        place = member.end
    if place != start:
        raise Refused("bytes between members")
    return {member.name: member for member in found}


def chunks(data: bytes, member: Member) -> Iterator[bytes]:
    """Yield a member's bytes, at most 1 MB at a time; raises Refused where they do not fit."""
    packed = memoryview(data)[member.end - member.packed : member.end]
    total = check = 0
    for chunk in _stored(packed) if member.method == STORED else _inflated(packed, member.size):
        total, check = total + len(chunk), zlib.crc32(chunk, check)
        yield chunk
    if total != member.size or check != member.check:
        raise Refused("content")


def digest(data: bytes, member: Member) -> str:
    """Return the SHA-256 of a member in hex, without keeping its bytes."""
    found = hashlib.sha256()
    for chunk in chunks(data, member):
        found.update(chunk)
    return found.hexdigest()


def content(data: bytes, member: Member) -> bytes:
    """Return a member's bytes."""
    return b"".join(chunks(data, member))


def packed(contents: Mapping[str, bytes]) -> bytes:
    """Return an archive with these members; the same contents give the same bytes.

    Raises Refused where it would break a rule of `members`.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in contents.items():
            small = zlib.compress(data, 6)
            well = len(small) < len(data) <= MOST_RATIO // 2 * len(small)
            info = zipfile.ZipInfo(name, MADE)
            info.compress_type = DEFLATED if well else STORED
            archive.writestr(info, data)
    members(made.getvalue())
    return made.getvalue()


def _end(data: bytes) -> tuple[int, int]:
    """Return how many members there are, and where their directory starts."""
    place = len(data) - _END.size
    if place < 0 or not data.startswith((b"PK\3\4", b"PK\5\6")):
        raise Refused("no archive")
    mark, disk, first, here, count, length, start, comment = _END.unpack_from(data, place)
    if mark != b"PK\5\6":
        raise Truncated("no end")
    if disk or first or comment or here != count or count > MOST_MEMBERS:
        raise Refused("directory")
    if start + length != place or length > count * (_ENTRY.size + 80):
        raise Refused("directory")
    return count, start


def _entries(data: bytes, count: int, place: int) -> Iterator[Member]:
    last = len(data) - _END.size
    for _number in range(count):
        if place + _ENTRY.size > last:
            raise Refused("directory")
        fields = _ENTRY.unpack_from(data, place)
        length = fields[10]
        if place + _ENTRY.size + length > last:
            raise Refused("directory")
        yield _member(fields, data[place + _ENTRY.size : place + _ENTRY.size + length])
        place += _ENTRY.size + length
    if place != last:
        raise Refused("directory")


def _member(fields: tuple[object, ...], raw: bytes) -> Member:
    mark, _made, _needs, flags, method, _time, _day, check, small, size = fields[:10]
    _length, extra, comment, disk, _inner, outer, offset = fields[10:]
    if mark != b"PK\1\2" or flags or extra or comment or disk or not _is_plain(outer):
        raise Refused("member")
    if method not in (STORED, DEFLATED) or (method == STORED and small != size):
        raise Refused("method")
    numbers = [one for one in (method, check, small, size, offset) if isinstance(one, int)]
    member = Member(_name(raw), *numbers)
    if member.size > MOST_RATIO * member.packed or member.size > MOST_BYTES:
        raise Refused("ratio")
    return member


def _name(raw: bytes) -> str:
    name = raw.decode("latin-1")
    if not NAME.fullmatch(name) or any(part in ("", ".", "..") for part in name.split("/")):
        raise Refused("name")
    return name


def _is_plain(attributes: object) -> bool:
    """Return whether Unix attributes are those of a plain file, not of a link or a folder."""
    kind = attributes >> 28 if isinstance(attributes, int) else -1
    return kind in (0, 8) and not int(str(attributes)) & 0x10


def _check_local(data: bytes, member: Member, place: int) -> None:
    """Raise Refused where a member is not at its place, or says two things about itself."""
    if member.offset != place or member.end > len(data) - _END.size:
        raise Refused("place")
    fields = _LOCAL.unpack_from(data, place)
    mark, _needs, flags, method, _time, _day, check, small, size, length, extra = fields
    said = (mark, flags, method, check, small, size, length, extra)
    name = member.name.encode()
    facts = (b"PK\3\4", 0, member.method, member.check, member.packed, member.size, len(name), 0)
    if said != facts or data[place + _LOCAL.size : place + _LOCAL.size + length] != name:
        raise Refused("two descriptions")


def _stored(packed: memoryview) -> Iterator[bytes]:
    for place in range(0, len(packed), CHUNK):
        yield bytes(packed[place : place + CHUNK])


def _inflated(packed: memoryview, size: int) -> Iterator[bytes]:
    """Yield inflated bytes, never more than one chunk beyond the size that was declared."""
    stream, total = zlib.decompressobj(-15), 0
    for piece in (*_stored(packed), b""):
        waiting = piece
        while not stream.eof:
            try:
                chunk = stream.decompress(waiting, CHUNK)
            except zlib.error as error:
                raise Refused("deflate") from error
            waiting, total = stream.unconsumed_tail, total + len(chunk)
            if total > size:
                raise Refused("deflate")
            if not chunk:
                break
            yield chunk
        if stream.unused_data or (stream.eof and waiting):
            raise Refused("deflate")
    if not stream.eof:
        raise Refused("deflate")
