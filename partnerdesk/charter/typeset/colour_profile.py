"""The sRGB colour space as an ICC profile, version 2.1: the archive's output intent."""

from __future__ import annotations

import struct
from functools import cache

_D50 = (0.9642, 1.0, 0.8249)
# Primaries of IEC 61966-2-1, adapted to D50 (Bradford).
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_STEPS = 1024
_NAME = b"sRGB IEC61966-2.1"


@cache
def srgb() -> bytes:
    """Return the profile; the same bytes always."""
    curve = _curve()
    tags = {b"cprt": _words(b"Public domain"), b"desc": _description(), b"wtpt": _colour(*_D50)}
    tags |= {tag: _colour(*value) for tag, value in _PRIMARIES.items()}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    offset = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    places: dict[bytes, int] = {}
    for tag, content in tags.items():
        if content not in places:
            places[content] = offset + len(body)
            body += content
        table += struct.pack(">4sII", tag, places[content], len(content))
    return _header(offset + len(body)) + table + body


def _header(size: int) -> bytes:
    head = struct.pack(">I4sI4s4s4s", size, b"none", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s", 2000, 1, 1, 0, 0, 0, b"acsp")
    head = head.ljust(68, b"\0") + b"".join(_fixed(value) for value in _D50)
    return head.ljust(128, b"\0")


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _colour(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(_fixed(value) for value in values)


def _words(words: bytes) -> bytes:
    return _padded(b"text\0\0\0\0" + words + b"\0")


def _description() -> bytes:
    said = struct.pack(">I", len(_NAME) + 1) + _NAME + b"\0"
    return _padded(b"desc\0\0\0\0" + said + b"\0" * 8 + b"\0" * 70)


def _curve() -> bytes:
    steps = (_linear(at / (_STEPS - 1)) for at in range(_STEPS))
    values = (round(value * 65535) for value in steps)
    return _padded(struct.pack(f">4sII{_STEPS}H", b"curv", 0, _STEPS, *values))


def _linear(value: float) -> float:
    """Undo the sRGB gamma: IEC 61966-2-1, equation 5."""
    low = value / 12.92
    return low if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _padded(content: bytes) -> bytes:
    return content + b"\0" * (-len(content) % 4)
