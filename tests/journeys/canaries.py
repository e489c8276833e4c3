"""Canaries: texts found nowhere else, and the search for them in every spelling."""

from __future__ import annotations

import base64
import json
import os
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import resources

MARKER = "Zq7kvX"
ACCENTED = "Žŷqēvář"
PASSPHRASE = f"{MARKER}-river pot hammer lemon {ACCENTED}"
TASTE = 4096
MOST = 40_000_000
"""Bytes that a packed stream may have when it is unpacked."""
_NOT_TEXT = {"format", "id", "language", "page", "date", "bid_date", "by", "method", "type"}


def workshop(out: Path) -> int:
    """Write the recorded workshop with a canary in every text of its people; return how many."""
    sample = json.loads(resources.path("samples/workshop-a.json").read_text("utf-8"))
    count = _mark(sample, 0)
    sample["partnership"]["title"] += f" {ACCENTED}"
    out.write_text(json.dumps(sample, ensure_ascii=False), "utf-8")
    return count


def _mark(one: object, count: int) -> int:
    """Put a canary with a number of its own into each text of more than one word."""
    if isinstance(one, list):
        for part in one:
            count = _mark(part, count)
    elif isinstance(one, dict):
        for key, value in one.items():
            if isinstance(value, str) and " " in value and key not in _NOT_TEXT:
                one[key] = f"{value} {MARKER}{count:03d}"
                count += 1
            else:
                count = _mark(value, count)
    return count


def _spellings() -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for word in (MARKER, ACCENTED):
        for form in ("NFC", "NFD"):
            text = unicodedata.normalize(form, word)
            for code in ("utf-8", "utf-16-le", "utf-16-be"):
                found[f"{word} {form} {code}"] = text.encode(code)
            found[f"{word} {form} json"] = json.dumps(text)[1:-1].encode()
    for name, plain in list(found.items()):
        found[f"{name} hex"] = plain.hex().encode()
        found[f"{name} HEX"] = plain.hex().upper().encode()
        for shift in range(3):  # the letters that no neighbour changes
            coded = base64.b64encode(bytes(shift) + plain)
            whole = slice((8 * shift + 5) // 6, 8 * (shift + len(plain)) // 6)
            found[f"{name} base64+{shift}"] = coded[whole]
    each = {needle: name for name, needle in found.items() if len(needle) > 5}
    return {name: needle for needle, name in each.items()}


SPELLINGS = _spellings()
IN_MEMORY = {name: one for name, one in SPELLINGS.items() if name.endswith(("utf-8", "16-le"))}
"""How a program holds a text while it works with it."""


def hits(data: bytes) -> set[str]:
    """Return the spellings of canaries in some bytes, in packed streams inside them too."""
    found = _found(data)
    for inner in _unpacked(data):
        found |= {f"{name}, packed" for name in _found(inner)}
    return found


def _found(data: bytes) -> set[str]:
    return {name for name, needle in SPELLINGS.items() if needle in data}


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Yield what zlib and ZIP streams hold, wherever they begin."""
    for start in (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"):
        for at in _places(data, start):
            yield _inflated(data, at, zlib.MAX_WBITS)
    for at in _places(data, b"PK\x03\x04"):
        if len(data) >= at + 30:
            name, more = struct.unpack("<HH", data[at + 26 : at + 30])
            yield _inflated(data, at + 30 + name + more, -zlib.MAX_WBITS)


def _places(data: bytes, start: bytes) -> Iterator[int]:
    at = data.find(start)
    while at >= 0:
        yield at
        at = data.find(start, at + 1)


def _inflated(data: bytes, at: int, window: int) -> bytes:
    """Return what a stream holds; the first bytes tell whether it is one."""
    packed, view = zlib.decompressobj(window), memoryview(data)
    try:
        begun = packed.decompress(view[at : at + TASTE], MOST)
        return begun + packed.decompress(view[at + TASTE :], MOST) if len(begun) > 5 else b""
    except zlib.error:
        return b""


def leaks(roots: Iterable[Path]) -> list[str]:
    """Return each file under `roots` that has a canary in it or in its name, and the spelling."""
    found = []
    for root in roots:
        for path in sorted(p for p in (root, *root.rglob("*")) if p.is_file()):
            inside = hits(path.read_bytes()) | hits(os.fsencode(path.name))
            found += [f"{path}: {one}" for one in sorted(inside)]
    return found


def deleted(pid: int) -> list[str]:
    """Return what deleted files, which a process still holds, have of canaries."""
    found = []
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            if "(deleted)" in os.readlink(handle):
                found += [f"{os.readlink(handle)}: {one}" for one in hits(handle.read_bytes())]
    return found


def in_memory(pid: int) -> set[str]:
    """Return the canaries in what a process may write to of its memory; raises PermissionError."""
    found: set[str] = set()
    with open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            edges, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            start, end = (int(edge, 16) for edge in edges.split("-"))
            with suppress(OSError, OverflowError, ValueError):
                memory.seek(start)
                data = memory.read(end - start)
                found |= {name for name, needle in IN_MEMORY.items() if needle in data}
    return found
