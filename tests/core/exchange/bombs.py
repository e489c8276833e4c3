"""Files that mean harm: 60 archives larger than they look, 40 that point elsewhere, and others."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache, partial
from random import Random

from PIL import Image

from partnerdesk.exchange.bundle import FORMAT, JOURNAL, MANIFEST
from partnerdesk.exchange.envelope import Cost, seal
from partnerdesk.store.edit import FORMAT as FILE_FORMAT

Bomb = tuple[str, Callable[[], bytes]]
MB = 2**20
WORDS = "calm acorn in the garden"


def bombs() -> Iterator[Bomb]:
    """Yield 60 archives whose unpacking, listing or parsing costs too much, each by its maker."""
    for size in (1, 10, 50, 199, 201, 300):
        yield f"zeros-{size}", partial(_zero_bomb, JOURNAL, size, size * MB)
        yield f"zeros-manifest-{size}", partial(_zero_bomb, MANIFEST, size, size * MB)
    for declared in (0, 1, 100, 2**31, 2**32 - 1):
        yield f"declares-{declared}", partial(_zero_bomb, JOURNAL, 50, declared)
    for count in (2001, 10_000, 65_535):
        yield f"many-{count}", partial(_many, count)
        yield f"says-many-{count}", partial(_ended, b"", count)
    for copies in (2, 100, 2000):
        yield f"overlap-{copies}", partial(_overlapping, copies)
        yield f"same-name-{copies}", partial(_zip, [("a.json", b"x" * 1000)] * copies)
    for depth in (1, 3, 10):
        yield f"nested-{depth}", partial(_nested, depth)
    for method in (1, 6, 9, 12, 14, 93, 95, 97, 98, 99):
        yield f"method-{method}", partial(_one, JOURNAL, b"x" * 10, 10, method=method)
    for number, line in enumerate(MANIFESTS):
        yield f"parse-manifest-{number}", partial(_repeated, MANIFEST, *line)
    for number, line in enumerate(JOURNALS):
        yield f"parse-journal-{number}", partial(_repeated, JOURNAL, *line)
    yield "parse-big", partial(_spread_out, b"[]\n", 120 * MB)
    yield "parse-one-long-line", partial(_spread_out, b"", 90 * MB)
    yield "parse-all-of-it", partial(_spread_out, b"", 199 * MB)
    yield "too-large", partial(bytes.ljust, b"PK\3\4", 50 * MB + 1, b"x")
    yield "in-all", partial(_in_all, 6)
    yield "endless-deflate", partial(_endless, MB)


MANIFESTS = ((b"[", MB), (b'{"a":', 100_000), (b"x", 3 * MB), (b"[1,", 300_000))
JOURNALS = (
    (b"[", 500_000),
    (b'{"a":', 100_000),
    (b"[1,", 2_000_000),
    (b'["', 8 * MB),
    (b"9", 5000),
    (b"[1e999]\n", 100_000),
    (b"\n", MB),
    (b"\xff", MB),
)


def paths() -> Iterator[Bomb]:
    """Yield 40 archives whose members or structure point to another place."""
    names = ["../a", "a/../../b", "..", ".", "/etc/passwd", "//host/a", "a//b", "./a", "a/", ""]
    names += ["C:/a", "C:\\a", "..\\a", "a\\b", "a\0b", "a\nb", "a b", "A.json", "é", "水", "~/a"]
    names += ["a:b", "con?", "a*", "x" * 81, "a/" * 40 + "b", "%2e%2e/a", "$(a)", "a;b", "\u202ea"]
    for name in names:
        yield f"name-{name[:12]!r}", partial(_one, name, b"x", 1, method=0)
    for kind in (0o120777, 0o040755, 0o020666, 0o060666, 0o010644, 0o140755):
        outer = kind << 16
        yield f"kind-{kind:o}", partial(_one, JOURNAL, b"x", 1, method=0, outer=outer)
    yield "two-names", partial(_one, JOURNAL, b"x", 1, method=0, inner="../../x")
    yield "in-front", partial(_around, b"#!/bin/sh\n", b"")
    yield "behind", partial(_around, b"", b"more")
    yield "locked", partial(_one, JOURNAL, b"x", 1, method=0, flags=1)


def others() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield files of other kinds that would cost too much: what reads them, name and maker."""
    for cost in ((17, 8, 8), (63, 8, 1), (255, 255, 255), (16, 255, 1), (16, 8, 255)):
        yield "sealed", "cost-" + "-".join(map(str, cost)), partial(_costly, bytes(cost))
    for kind in ("picture", "scan"):
        for width, height, bits in ((6000, 5000, 8), (15_000, 10_000, 8), (20_000, 20_000, 1)):
            yield kind, f"png-{width}-{height}", partial(_png, width, height, bits)
        yield kind, "png-says-huge", partial(_png, 2**31 - 1, 2**31 - 1, 8, rows=1)
        yield kind, "jpeg-says-huge", partial(_jpeg, 65_500, 65_500)
        yield kind, "png-too-large", partial(bytes.ljust, b"\x89PNG\r\n\x1a\n", 20_000_001, b"x")
    for name, text in (
        ("lists", b"a = " + b"[" * 400_000), ("tables", b"a = " + b"{ a = " * 150_000),
        ("names", b".".join([b"a"] * 400_000) + b" = 1"), ("line", b'a = "' + b"x" * 900_000),
        ("number", b"a = " + b"9" * 900_000), ("size", b'a = "' + b"x" * 60 * MB),
    ):  # fmt: skip
        yield "guide", f"guide-{name}", partial(bytes, text)
    for name, text in (
        ("lists", b"[" * 9 * MB), ("objects", b'{"a":' * MB), ("number", b"9" * 9 * MB),
        ("values", b"[" + b"1," * MB + b"1]"), ("size", b'"' + b"x" * 60 * MB),
    ):  # fmt: skip
        yield "workshop", f"workshop-{name}", partial(bytes, text)
    for name, text in (
        ("cells", b"Name,b\n" + b"x,y\n" * 2 * MB), ("row", b"Name\n" + b"," * 9 * MB),
        ("size", b"Name\n" + b"x\n" * 30 * MB),
    ):  # fmt: skip
        yield "contacts", f"contacts-{name}", partial(bytes, text)


def _costly(cost: bytes) -> bytes:
    """Return an envelope that asks for another cost, with a digest that fits."""
    sealed = seal(b"Clean water", WORDS, Cost(log_n=14, p=1))
    front = sealed[:9] + cost + sealed[12:80]
    return front + hashlib.sha256(front + sealed[112:]).digest() + sealed[112:]


@cache
def _png(width: int, height: int, bits: int, rows: int = 0) -> bytes:
    """Return a black picture of this size, or of its first rows."""
    packer, row = zlib.compressobj(1), bytes(1 + min(width, MB) * bits // 8)
    samples = b"".join(packer.compress(row) for _row in range(rows or height)) + packer.flush()
    head = struct.pack(">2L5B", width, height, bits, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", samples), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))


def _jpeg(width: int, height: int) -> bytes:
    """Return a small picture that says of itself that it is large."""
    out = io.BytesIO()
    Image.new("L", (8, 8)).save(out, "JPEG")
    data = bytearray(out.getvalue())
    struct.pack_into(">2H", data, data.index(b"\xff\xc0") + 5, height, width)
    return bytes(data)


def _around(before: bytes, behind: bytes) -> bytes:
    return before + _one(JOURNAL, b"x", 1, method=0) + behind


def _zero_bomb(name: str, megabytes: int, declared: int) -> bytes:
    return _one(name, _zeros(megabytes), declared)


def _endless(size: int) -> bytes:
    return _one(JOURNAL, _zeros(1)[:-10], size)


def _in_all(count: int) -> bytes:
    return _zip([(f"m{number}", _spread(40 * MB)) for number in range(count)])


def _repeated(name: str, piece: bytes, times: int) -> bytes:
    if name == MANIFEST:
        return _honest({JOURNAL: b""}, manifest=piece * times)
    return _honest({name: piece * times + b"\n"})


def _spread_out(start: bytes, size: int) -> bytes:
    return _honest({JOURNAL: start + _spread(size)})


@cache
def _zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(packer.compress(bytes(MB)) for _n in range(megabytes)) + packer.flush()


def _spread(size: int) -> bytes:
    """Return bytes that shrink some thirty times: within the ratio that a bundle may have."""
    random = Random(1)
    blocks = (random.randbytes(1000).replace(b"\n", b" ") for _n in range(size // 32_000))
    return b"".join(block + b" " * 31_000 for block in blocks)


def _honest(members: dict[str, bytes], manifest: bytes = b"") -> bytes:
    """Return an archive whose manifest tells the truth, so that reading goes on behind it."""
    value = {
        "format": FORMAT,
        "identity": {"id": "file", "format": FILE_FORMAT, "made_at": "now"},
        "journal": {"first": 1, "last": 0, "count": 0, "head": ""},
        "sections": [],
        "members": {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in members.items()
        },
    }
    return _zip([(MANIFEST, manifest or json.dumps(value).encode()), *members.items()])


def _zip(members: list[tuple[str, bytes]]) -> bytes:
    """Return an archive of these members, well formed where the names are."""
    body, directory = b"", b""
    for name, data in members:
        packer = zlib.compressobj(1, zlib.DEFLATED, -15)
        packed, method = packer.compress(data) + packer.flush(), 8
        if len(data) > 90 * len(packed):
            packed, method = data, 0
        check = zlib.crc32(data)
        head = _local(name, packed, len(data), check, method)
        directory += _entry(name, packed, len(data), check, len(body), method)
        body += head + packed
    return _ended(body, len(members), directory)


def _one(
    name: str,
    packed: bytes,
    size: int,
    *,
    method: int = 8,
    outer: int = 0,
    inner: str | None = None,
    flags: int = 0,
) -> bytes:
    """Return an archive of one member that says what we want it to say."""
    check = zlib.crc32(packed)
    local = _local(name if inner is None else inner, packed, size, check, method, flags) + packed
    return _ended(local, 1, _entry(name, packed, size, check, 0, method, outer, flags))


def _many(count: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number:x}", b"")
    return made.getvalue()


def _overlapping(copies: int) -> bytes:
    """Return many members that share one place, as in the bomb that is one kernel."""
    packed = _zeros(1)
    body = _local("k", packed, MB, 0) + packed
    entries = (_entry(f"k{number}", packed, MB, 0, 0) for number in range(copies))
    return _ended(body, copies, b"".join(entries))


def _nested(depth: int) -> bytes:
    data = _zeros(10)
    for _level in range(depth):
        data = _zip([(JOURNAL, data)])
    return data


def _local(
    name: str, packed: bytes, size: int, check: int, method: int = 8, flags: int = 0
) -> bytes:
    raw = name.encode()
    sizes = (check, len(packed), size, len(raw), 0)
    return struct.pack("<4s5H3L2H", b"PK\3\4", 20, flags, method, 0, 33, *sizes) + raw


def _entry(
    name: str,
    packed: bytes,
    size: int,
    check: int,
    offset: int,
    method: int = 8,
    outer: int = 0,
    flags: int = 0,
) -> bytes:
    raw = name.encode()
    start = (b"PK\1\2", 20, 20, flags, method, 0, 33, check, len(packed), size, len(raw))
    return struct.pack("<4s6H3L5H2L", *start, 0, 0, 0, 0, outer, offset) + raw


def _ended(body: bytes, count: int, directory: bytes = b"") -> bytes:
    facts = (0, 0, count, count, len(directory), len(body), 0)
    return body + directory + struct.pack("<4s4H2LH", b"PK\5\6", *facts)
