"""The visible mark of a signature, drawn, typed or pictured, as paths that need no font."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from partnerdesk.errors import UserError
from partnerdesk.language import _
from partnerdesk.signing.pictures import Picture, picture

Point = tuple[float, float]
Stroke = tuple[Point, ...]
Outlines = Callable[[str, float], tuple[str, float]]
"""(text, size in points) -> (filled path operators from the origin, advance width in points)."""

_MARGIN = 5.0
_LEADING = 1.32
_TEXT = "0.13 g"
_INK = "0.05 0.10 0.42"


@dataclass(frozen=True)
class DrawnMark:
    """Pen or thumb strokes; points in any unit, y growing downward as a pad gives them."""

    strokes: tuple[Stroke, ...]


@dataclass(frozen=True)
class TypedMark:
    """A name typed by its signatory."""

    text: str


@dataclass(frozen=True)
class PictureMark:
    """A stamp, thumbprint or scanned signature: the bytes of a PNG or JPEG file."""

    image: bytes


Mark = DrawnMark | TypedMark | PictureMark


@dataclass(frozen=True)
class Appearance:
    """PDF operators for a box of `width` x `height` points; `/Mark` in them is the picture."""

    operators: bytes
    width: float
    height: float
    picture: Picture | None = None


def appearance(
    mark: Mark, width: float, height: float, captions: Sequence[str], outlines: Outlines
) -> Appearance:
    """Return the mark above its caption lines, framed, in a box of `width` x `height` points.

    Text becomes outlines, so no font is needed in the file. Raises UserError for an empty mark
    or a picture that cannot be taken.
    """
    size = min(7.5, height * 0.36 / max(1, len(captions)) / _LEADING)
    foot = _MARGIN + size * _LEADING * len(captions)
    room = _Box(_MARGIN, foot, width - 2 * _MARGIN, height - foot - _MARGIN)
    taken = picture(mark.image) if isinstance(mark, PictureMark) else None
    parts = [_frame(width, height), *_captions(captions, size, foot, width, outlines)]
    if isinstance(mark, DrawnMark):
        parts.append(_ink(mark.strokes, room))
    elif isinstance(mark, TypedMark):
        parts.append(_typed(mark.text, room, outlines))
    elif taken is not None:
        parts.append(_image(taken, room))
    return Appearance(b"\n".join(parts), width, height, taken)


def generated_strokes(name: str) -> DrawnMark:
    """Return pen strokes that look signed and depend on `name` alone, for demonstrations."""
    seed = hashlib.sha256(name.encode()).digest()
    letters = min(max(len(name.replace(" ", "")), 4), 14)
    body = tuple(_wave(step / 12, seed) for step in range(letters * 12))
    right = max(x for x, _y in body)
    rise = 4 + seed[20] % 8
    flourish = tuple(
        (right * (1.04 - step / 16), 26 + rise * math.sin(step / 16 * math.pi))
        for step in range(17)
    )
    return DrawnMark((body, flourish))


def _wave(turn: float, seed: bytes) -> Point:
    """Return one point of a running hand: a looping pen that moves on to the right."""
    letter = int(turn)
    tall = 5 + seed[letter % 16] % 11
    loop = 2 + seed[(letter + 5) % 16] % 5
    lean = tall * math.sin(turn * math.tau)
    return turn * 9 + loop * math.cos(turn * math.tau) - lean * 0.35, 14 + lean


@dataclass(frozen=True)
class _Box:
    left: float
    foot: float
    width: float
    height: float


def _frame(width: float, height: float) -> bytes:
    box = f"{width - 0.8:.2f} {height - 0.8:.2f}"
    return f"q 0.55 0.60 0.70 RG 0.6 w 0.4 0.4 {box} re S Q".encode()


def _captions(
    lines: Sequence[str], size: float, foot: float, width: float, outlines: Outlines
) -> list[bytes]:
    room = width - 2 * _MARGIN
    return [
        _text(line, size, _MARGIN, foot - size * (1 + row * _LEADING), room, outlines)
        for row, line in enumerate(lines)
    ]


def _text(text: str, size: float, x: float, y: float, room: float, outlines: Outlines) -> bytes:
    paths, advance = outlines(text, size)
    fit = min(1.0, room / advance) if advance else 1.0
    place = f"{fit:.4f} 0 0 {fit:.4f} {x:.2f} {y:.2f} cm"
    return f"q {_TEXT} {place}\n{paths}\nQ".encode()


def _typed(text: str, room: _Box, outlines: Outlines) -> bytes:
    if not text.strip():
        raise UserError(_("Nothing is typed yet. Please type your name."), code="mark-empty")
    size = min(room.height * 0.7, 22.0)
    return _text(text, size, room.left, room.foot + room.height * 0.3, room.width, outlines)


def _ink(strokes: tuple[Stroke, ...], room: _Box) -> bytes:
    drawn = [stroke for stroke in strokes if stroke]
    if not drawn:
        raise UserError(_("Nothing is drawn yet. Please draw your mark."), code="mark-empty")
    xs = [x for stroke in drawn for x, _y in stroke]
    ys = [y for stroke in drawn for _x, y in stroke]
    span_x, span_y = max(max(xs) - min(xs), 1e-6), max(max(ys) - min(ys), 1e-6)
    scale = min(room.width / span_x, room.height / span_y)
    left = room.left + (room.width - scale * (max(xs) - min(xs))) / 2
    foot = room.foot + (room.height - scale * (max(ys) - min(ys))) / 2

    def place(point: Point) -> str:
        return (
            f"{left + scale * (point[0] - min(xs)):.2f} {foot + scale * (max(ys) - point[1]):.2f}"
        )

    return f"q {_INK} RG 1 J 1 j 1.2 w\n{''.join(_path(s, place) for s in drawn)}Q".encode()


def _path(stroke: Stroke, place: Callable[[Point], str]) -> str:
    """Return one pen line; a single tap becomes a dot, by the round cap."""
    points = [place(point) for point in (*stroke, stroke[-1])]
    lines = " ".join(f"{point} l" for point in points[1:])
    return f"{points[0]} m {lines} S\n"


def _image(taken: Picture, room: _Box) -> bytes:
    scale = min(room.width / taken.width, room.height / taken.height)
    wide, high = taken.width * scale, taken.height * scale
    left, foot = room.left + (room.width - wide) / 2, room.foot + (room.height - high) / 2
    return f"q {wide:.2f} 0 0 {high:.2f} {left:.2f} {foot:.2f} cm /Mark Do Q".encode()
