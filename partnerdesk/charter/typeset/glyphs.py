"""Glyphs as content: the operators that show a line, and where its words need an ActualText."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from partnerdesk.charter.typeset.embed import EmbeddedFont, Word
from partnerdesk.charter.typeset.fonts import Face, Glyph
from partnerdesk.charter.typeset.marks import mark_operators
from partnerdesk.charter.typeset.objects import colour, number
from partnerdesk.charter.typeset.shape import Line, Run

Fonts = Callable[[Face], EmbeddedFont]


@dataclass(frozen=True)
class Piece:
    """Operators that show part of a line; `actual` is their text where glyphs cannot tell it.

    `start` is the place in the text where it begins to be read.
    """

    operators: str
    link: str
    left: float
    right: float
    words: str
    start: int
    actual: str = ""


@dataclass(frozen=True)
class _Shown:
    """One run, placed on the page."""

    run: Run
    left: float
    right: float
    operators: str
    actual: str


def pieces(line: Line, x: float, y: float, size: float, ink: str, fonts: Fonts) -> list[Piece]:
    """Return `line` from left to right, with its baseline beginning at (x, y), in points.

    Neighbours with plain glyphs in one direction come together; links and words with an
    ActualText alone.
    """
    together = groupby(enumerate(_placed(line, x, y, size, ink, fonts)), _kept_together)
    return [_piece([part for _at, part in group]) for _key, group in together]


def _kept_together(item: tuple[int, _Shown]) -> tuple[str, int, bool]:
    """Return what neighbours share that come together."""
    at, part = item
    return part.run.span.link, at + 1 if part.actual else 0, part.run.right_to_left


def _piece(parts: list[_Shown]) -> Piece:
    logical = sorted(parts, key=lambda part: part.run.start)
    return Piece(
        "\n".join(part.operators for part in parts if part.operators),
        parts[0].run.span.link,
        parts[0].left,
        parts[-1].right,
        "".join(part.run.text for part in logical),
        logical[0].run.start,
        parts[0].actual,
    )


def _placed(line: Line, x: float, y: float, size: float, ink: str, fonts: Fonts) -> list[_Shown]:
    shown = []
    for run in line.runs:
        right = x + run.width * size
        if run.span.mark >= 0:
            operators, actual = mark_operators(run.span.mark, x + size * 0.08, y, size * 0.84), ""
        else:
            operators, actual = _glyph_operators(run, x, y, size, run.span.ink or ink, fonts)
        shown.append(_Shown(run, x, right, operators, actual))
        x = right
    return shown


def _glyph_operators(
    run: Run, x: float, y: float, size: float, ink: str, fonts: Fonts
) -> tuple[str, str]:
    font = fonts(run.face)
    key = run.text, run.right_to_left
    word = font.words.get(key)
    if word is None or word.glyphs is not run.glyphs:  # the same letters in another language
        word = font.words[key] = _word(font, run)
    begin = f"BT {colour(ink)} rg /{font.name} {number(size)} Tf"
    shown = "\n".join(
        f"1 0 0 1 {number(x + right * size)} {number(y + up * size)} Tm\n{strings}"
        for right, up, strings in word.rows
    )
    return f"{begin}\n{shown}\nET", "" if word.told else run.text


def _word(font: EmbeddedFont, run: Run) -> Word:
    told = [_claim(font, text, glyphs) for text, glyphs in _clusters(run)]
    moved = not run.right_to_left and any(glyph.up or glyph.right < 0 for glyph in run.glyphs)
    return Word(run.glyphs, all(told) and not moved, tuple(_rows(run)))


def _claim(font: EmbeddedFont, text: str, glyphs: list[Glyph]) -> bool:
    if len(glyphs) == 1:
        return font.claim(glyphs[0].id, text)
    return "".join(font.claim_known(glyph.id) for glyph in glyphs) == text


def _clusters(run: Run) -> Iterator[tuple[str, list[Glyph]]]:
    """Return the text and the glyphs of each cluster; glyphs in reading order."""
    starts = sorted({glyph.cluster for glyph in run.glyphs})
    ends = dict(zip(starts, [*starts[1:], len(run.text)], strict=True))
    ordered = reversed(run.glyphs) if run.right_to_left else iter(run.glyphs)
    for start, group in groupby(ordered, lambda glyph: glyph.cluster):
        yield run.text[start : ends[start]], list(group)


def _rows(run: Run) -> Iterator[tuple[float, float, str]]:
    """Yield where each row of glyphs of one height begins, in em, and how it is shown."""
    height: float | None = None
    x = at = begin = 0.0
    shown: list[str] = []
    for glyph in run.glyphs:
        left = x + glyph.right
        if height is None or abs(glyph.up - height) > 1e-7:
            if height is not None:
                yield begin, height, _strings(shown)
            height, begin, at, shown = glyph.up, left, left, []
        shift = (at - left) * 1000
        shown += [number(shift)] if abs(shift) > 0.02 else []
        shown.append(f"<{glyph.id:04X}>")
        at = left + run.face.width(glyph.id)
        x += glyph.advance
    if height is not None:
        yield begin, height, _strings(shown)


def _strings(shown: list[str]) -> str:
    return f"[{''.join(shown)}] TJ".replace("><", "")
