"""A partner's logo as a charter holds it: read without decoding a pixel."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from partnerdesk.model.logo import LONGEST_LOGO, MOST_LOGO_BYTES

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOURS = {0: 1, 2: 3}


@dataclass(frozen=True)
class Samples:
    """What a PNG holds: its size in pixels, colours to a pixel, and its filtered, deflated rows."""

    width: int
    height: int
    colours: int
    deflated: bytes


def samples(png: bytes) -> Samples:
    """Return what a logo's PNG holds, without decoding a pixel.

    Raises ValueError for anything but a whole, small, grey or RGB PNG of 8 bits without interlace.
    """
    if not png.startswith(_SIGNATURE) or len(png) > MOST_LOGO_BYTES:
        raise ValueError("not a small PNG")
    header, rows = b"", b""
    for kind, data in _chunks(png[len(_SIGNATURE) :]):
        header = data if kind == b"IHDR" else header
        rows += data if kind == b"IDAT" else b""
    if len(header) != 13:
        raise ValueError("no header")
    width, height, depth, colour, *rest = struct.unpack(">IIBBBBB", header)
    if depth != 8 or colour not in _COLOURS or any(rest):
        raise ValueError("another form of PNG")
    if not (0 < width <= LONGEST_LOGO and 0 < height <= LONGEST_LOGO):
        raise ValueError("too many pixels")
    made = Samples(width, height, _COLOURS[colour], rows)
    _check_whole(made)
    return made


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 0
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        found.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += length + 12
    if at != len(data):
        raise ValueError("cut off")
    return found


def _check_whole(made: Samples) -> None:
    size = made.height * (1 + made.width * made.colours)
    unpacking = zlib.decompressobj()
    try:
        rows = unpacking.decompress(made.deflated, size + 1)
    except zlib.error as error:
        raise ValueError("damaged") from error
    if len(rows) != size or not unpacking.eof:
        raise ValueError("damaged")
