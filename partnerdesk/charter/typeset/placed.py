"""Copies of glyphs in another place, added to a TrueType file.

A mark that stands where its letter wants it needs no pen that moves back and up: readers lose
the order of letters, or break the word, where the pen moves.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

_PLACED_BY_WORDS = 0x0003
_METRICS_COUNT, _OFFSETS_FORMAT = 34, 50  # where hhea and head keep them


class Placed(NamedTuple):
    """A glyph, and how far right and up it stands, in the font's units."""

    glyph: int
    right: int = 0
    up: int = 0


def with_copies(tables: Mapping[bytes, bytes], copies: Sequence[Placed]) -> dict[bytes, bytes]:
    """Return the tables with each copy as one more glyph, without advance, in this order."""
    glyphs = _glyphs(tables)
    metrics = _metrics(tables, len(glyphs))
    for copy in copies:
        drawn = glyphs[copy.glyph]
        glyphs.append(_composite(drawn, copy) if drawn else b"")
        left = metrics[copy.glyph][1] + copy.right
        metrics.append((0, left))
    ends = accumulate((len(one) for one in glyphs), initial=0)
    head, hhea = bytearray(tables[b"head"]), bytearray(tables[b"hhea"])
    struct.pack_into(">h", head, _OFFSETS_FORMAT, 1)
    struct.pack_into(">H", hhea, _METRICS_COUNT, len(metrics))
    return {
        **tables,
        b"glyf": b"".join(glyphs),
        b"loca": b"".join(struct.pack(">I", end) for end in ends),
        b"hmtx": b"".join(struct.pack(">Hh", *one) for one in metrics),
        b"head": bytes(head),
        b"hhea": bytes(hhea),
        b"maxp": _limits(tables[b"maxp"], len(glyphs)),
    }


def _glyphs(tables: Mapping[bytes, bytes]) -> list[bytes]:
    """Return the outline of each glyph."""
    (long,) = struct.unpack_from(">h", tables[b"head"], _OFFSETS_FORMAT)
    loca = tables[b"loca"]
    step, code = (4, "I") if long else (2, "H")
    places = struct.unpack(f">{len(loca) // step}{code}", loca)
    scale = 1 if long else 2
    data = tables[b"glyf"]
    return [_even(data[begin * scale : end * scale]) for begin, end in pairwise(places)]


def _metrics(tables: Mapping[bytes, bytes], count: int) -> list[tuple[int, int]]:
    """Return advance and left side of each glyph; the last advance goes for all after it."""
    (full,) = struct.unpack_from(">H", tables[b"hhea"], _METRICS_COUNT)
    data = tables[b"hmtx"]
    found = [struct.unpack_from(">Hh", data, 4 * at) for at in range(full)]
    rest = struct.unpack_from(f">{count - full}h", data, 4 * full)
    return [*found, *((found[-1][0], left) for left in rest)]


def _composite(drawn: bytes, copy: Placed) -> bytes:
    """Return an outline that is another glyph's, moved."""
    box = struct.unpack_from(">4h", drawn, 2)
    moved = [edge + by for edge, by in zip(box, (copy.right, copy.up) * 2, strict=True)]
    return struct.pack(
        ">h4hHHhh", -1, *moved, _PLACED_BY_WORDS, copy.glyph, copy.right, copy.up
    ) + bytes(2)


def _limits(maxp: bytes, count: int) -> bytes:
    """Return maxp with room for glyphs made of one other glyph."""
    fields = list(struct.unpack(">I14H", maxp[:32]))
    fields[1] = count
    fields[4] = max(fields[2], fields[4])  # points and contours of a composite: of the other
    fields[5] = max(fields[3], fields[5])
    fields[13] = max(fields[13], 1)
    fields[14] += 1
    return struct.pack(">I14H", *fields) + maxp[32:]


def _even(outline: bytes) -> bytes:
    return outline + bytes(-len(outline) % 4)
