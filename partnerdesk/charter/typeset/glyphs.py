"""Glyphs as content: the operators that show a line, and where its words need an ActualText."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from partnerdesk.charter.typeset.embed import EmbeddedFont, Row, Word
from partnerdesk.charter.typeset.fonts import Face, Glyph
from partnerdesk.charter.typeset.marks import mark_operators
from partnerdesk.charter.typeset.objects import colour, number
from partnerdesk.charter.typeset.shape import Line, Run

Fonts = Callable[[Face], EmbeddedFont]
_LEVEL = 1e-7


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
    """One run, placed on the page; a partner's mark has no word."""

    run: Run
    left: float
    right: float
    word: Word | None

    @property
    def actual(self) -> bool:
        """Whether a reader needs to be told the text by itself."""
        return self.word is not None and not self.word.told

    @property
    def pen(self) -> tuple[Face, str] | None:
        """What neighbours share that are shown by one operator."""
        return (self.run.face, self.run.span.ink) if self.word else None


def pieces(line: Line, x: float, y: float, size: float, ink: str, fonts: Fonts) -> list[Piece]:
    """Return `line` from left to right, with its baseline beginning at (x, y), in points.

    Neighbours with plain glyphs in one direction come together; links and words with an
    ActualText alone, the latter with the space after them.
    """
    groups: list[list[_Shown]] = []
    for part in _placed(line, x, size, fonts):
        if groups and _belongs(part, groups[-1]):
            groups[-1].append(part)
        else:
            groups.append([part])
    return [_piece(group, y, size, ink, fonts) for group in groups]


def _belongs(part: _Shown, group: list[_Shown]) -> bool:
    """Return whether a run comes together with those on its left."""
    last = group[-1].run
    if last.span.link != part.run.span.link or last.right_to_left != part.run.right_to_left:
        return False
    if group[0].actual:
        return len(group) == 1 and part.run.space and group[0].pen == part.pen
    return not part.actual


def _piece(parts: list[_Shown], y: float, size: float, ink: str, fonts: Fonts) -> Piece:
    logical = sorted(parts, key=lambda part: part.run.start)
    words = "".join(part.run.text for part in logical)
    return Piece(
        "\n".join(_operators(parts, y, size, ink, fonts)),
        parts[0].run.span.link,
        parts[0].left,
        parts[-1].right,
        words,
        logical[0].run.start,
        words if parts[0].actual else "",
    )


def _placed(line: Line, x: float, size: float, fonts: Fonts) -> Iterator[_Shown]:
    for run in line.runs:
        right = x + run.width * size
        yield _Shown(run, x, right, None if run.span.mark >= 0 else _word(fonts(run.face), run))
        x = right


def _operators(parts: list[_Shown], y: float, size: float, ink: str, fonts: Fonts) -> Iterator[str]:
    for pen, group in groupby(parts, lambda part: part.pen):
        if pen is None:
            for part in group:
                yield mark_operators(part.run.span.mark, part.left + size * 0.08, y, size * 0.84)
        else:
            face, own = pen
            yield _shown_by(fonts(face), own or ink, list(group), y, size)


def _shown_by(font: EmbeddedFont, ink: str, parts: list[_Shown], y: float, size: float) -> str:
    """Return the text object of neighbours in one font.

    Spaces stand in one string with words: a reader overlooks a space that is shown by itself,
    and does not guess every gap.
    """
    x = parts[0].left
    shown = "\n".join(
        f"1 0 0 1 {number(x + row.right * size)} {number(y + row.up * size)} Tm\n"
        f"[{row.strings.replace('><', '')}] TJ"
        for row in _joined(parts)
    )
    return f"BT {colour(ink)} rg /{font.name} {number(size)} Tf\n{shown}\nET"


def _joined(parts: list[_Shown]) -> Iterator[Row]:
    """Yield the rows of neighbouring words; rows of one height that meet come together."""
    begin = height = pen = x = 0.0
    shown: list[str] = []
    for part in parts:
        for right, up, strings, end in part.word.rows if part.word else ():
            if shown and abs(up - height) <= _LEVEL:
                shown += (_moved(pen - x - right), strings)
            else:
                if shown:
                    yield Row(begin, height, "".join(shown), pen)
                begin, height, shown = x + right, up, [strings]
            pen = x + end
        x += part.run.width
    if shown:
        yield Row(begin, height, "".join(shown), pen)


def _word(font: EmbeddedFont, run: Run) -> Word:
    key = run.text, run.right_to_left
    word = font.words.get(key)
    if word is None or word.glyphs is not run.glyphs:  # the same letters in another language
        word = font.words[key] = _written(font, run)
    return word


def _written(font: EmbeddedFont, run: Run) -> Word:
    told = True
    codes: list[int] = []
    for text, glyphs in _clusters(run):
        shares = _shares(font.face, text, glyphs)
        found = [
            font.code(font.placed(glyph), share)
            for glyph, share in zip(glyphs, shares, strict=True)
        ]
        told = told and "".join(font.texts[code] for code in found) == text
        codes += found
    if run.right_to_left:
        codes.reverse()
    rows = tuple(_rows(run, codes, font))
    return Word(run.glyphs, told and (run.right_to_left or len(rows) <= 1), rows)


def _shares(face: Face, text: str, glyphs: list[Glyph]) -> list[str]:
    """Return the text of a cluster in as many parts as it has glyphs, in their order.

    Where the glyphs' own texts come to another order, as with a vowel sign that is written
    before its consonant, each glyph gets what is due at its place.
    """
    if len(glyphs) == 1:
        return [text]
    own = [face.derived.get(glyph.id, "") for glyph in glyphs]
    if "".join(own) == text or len(text) < len(glyphs):
        return own
    last = len(glyphs) - 1
    return [*text[:last], text[last:]]


def _clusters(run: Run) -> Iterator[tuple[str, list[Glyph]]]:
    """Return the text and the glyphs of each cluster; glyphs in reading order."""
    starts = sorted({glyph.cluster for glyph in run.glyphs})
    ends = dict(zip(starts, [*starts[1:], len(run.text)], strict=True))
    ordered = reversed(run.glyphs) if run.right_to_left else iter(run.glyphs)
    for start, group in groupby(ordered, lambda glyph: glyph.cluster):
        yield run.text[start : ends[start]], list(group)


def _rows(run: Run, codes: list[int], font: EmbeddedFont) -> Iterator[Row]:
    """Yield each row of glyphs of one height."""
    begin = height = pen = x = 0.0
    shown: list[str] = []
    for glyph, code in zip(run.glyphs, codes, strict=True):
        _id, right, up = font.glyphs[code]
        left, level = (x, 0.0) if right or up else (x + glyph.right, glyph.up)
        if shown and abs(level - height) <= _LEVEL:
            shown += (_moved(pen - left), f"<{code:04X}>")
        else:
            if shown:
                yield Row(begin, height, "".join(shown), pen)
            begin, height, shown = left, level, [f"<{code:04X}>"]
        pen = left + font.width(code)
        x += glyph.advance
    if shown:
        yield Row(begin, height, "".join(shown), pen)


def _moved(back: float) -> str:
    """Return how far the pen goes back before the next glyph, as TJ takes it."""
    return number(back * 1000) if abs(back) > 2e-5 else ""
