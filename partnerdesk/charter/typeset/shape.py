"""From text to lines of glyphs: itemised by level, font and style, shaped, broken, reordered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from partnerdesk.charter.typeset import bidi, fonts
from partnerdesk.charter.typeset.fonts import Face, Glyph

MARK = "\ufffc"
MARK_WIDTH = 1.0
_LONGEST_RUN = 500
_BREAK_AFTER = frozenset("-/–—፡።፣፤፥፦፧\u200b")


@dataclass(frozen=True)
class Span:
    """A stretch of text in one style; `mark` is a partner's index for a `MARK` character."""

    text: str
    bold: bool = False
    ink: str = ""
    link: str = ""
    mark: int = -1


@dataclass(frozen=True)
class Run:
    """Text of one font, one level and one span; `width` is in em, `start` its first character."""

    face: Face
    text: str
    start: int
    level: int
    span: Span
    glyphs: tuple[Glyph, ...]
    breaks: bool = False

    @cached_property
    def width(self) -> float:
        """The advance of the whole run, in em."""
        return MARK_WIDTH if self.span.mark >= 0 else sum(glyph.advance for glyph in self.glyphs)

    @property
    def space(self) -> bool:
        """Whether the run is white space, where a line may end."""
        return self.text.startswith(" ")

    @property
    def right_to_left(self) -> bool:
        """Whether the run reads from right to left."""
        return bool(self.level & 1)


@dataclass(frozen=True)
class Line:
    """One line: runs from left to right, and their width in em."""

    runs: tuple[Run, ...]
    width: float


class Item(NamedTuple):
    """One character that shows: what is drawn, and by which font, level and span."""

    character: str
    place: int
    level: int
    face: Face
    span: Span
    breaks: bool = False


def plain(text: str, bold: bool = False) -> tuple[Span, ...]:
    """Return `text` as one span."""
    return (Span(text, bold),)


def isolate(text: str) -> str:
    """Return `text` so that its direction and its neighbours' leave each other alone."""
    return f"\u2068{text}\u2069"


def readable(text: str) -> str:
    """Return `text` without the marks that only steer direction and breaks."""
    return "".join(c for c in text if c not in fonts.IGNORABLE or c in fonts.JOINERS)


def runs(
    spans: Sequence[Span], base: int | None = None, language: str = ""
) -> tuple[list[Run], int]:
    """Return the shaped runs of one paragraph in reading order, and its base level."""
    found, level = _shaped(tuple(spans), base, language)
    return list(found), level


@lru_cache(maxsize=2048)
def _shaped(
    spans: tuple[Span, ...], base: int | None, language: str
) -> tuple[tuple[Run, ...], int]:
    """Return the same; a table asks for one text's width, its longest word and its lines."""
    text = "".join(span.text for span in spans)
    levels, base = bidi.resolve(text, base)
    found: list[Run] = []
    pending: list[Item] = []
    for item in _items(spans, levels):
        if pending and (_parts(pending[-1], item) or _enough(pending, item)):
            found.append(_run(pending, language))
            pending = []
        pending.append(item)
    return (*found, *([_run(pending, language)] if pending else ())), base


def _items(spans: Iterable[Span], levels: Sequence[int]) -> list[Item]:
    """Return the characters that show; a zero-width space leaves its break behind."""
    items: list[Item] = []
    place = -1
    before: Face | None = None
    for span in spans:
        for character in span.text:
            place += 1
            if character in _BREAK_AFTER and character in fonts.IGNORABLE and items:
                items[-1] = items[-1]._replace(breaks=True)
            if levels[place] < 0 and character not in fonts.JOINERS:
                continue
            if character in fonts.IGNORABLE and character not in fonts.JOINERS:
                continue
            level = levels[place] if levels[place] >= 0 else items[-1].level if items else 0
            shown, before = _choice(character, span.bold, span.mark >= 0, before)
            items.append(Item(shown, place, level, before, span, character in _BREAK_AFTER))
    return items


@lru_cache(maxsize=4096)
def _choice(character: str, bold: bool, mark: bool, before: Face | None) -> tuple[str, Face]:
    """Return what is drawn for a character, and the file that draws it."""
    first = fonts.faces(bold)
    if mark:
        return character, before if before in first else first[0]
    if character in fonts.JOINERS:
        return character, before or first[0]
    shown = fonts.drawn(character)
    face = fonts.pick(shown, bold, before if before in first else None)
    return (shown, face) if face else (fonts.REPLACEMENT, first[0])


def _parts(left: Item, right: Item) -> bool:
    """Return whether a new run begins between two neighbours."""
    return (
        left.breaks
        or left.face is not right.face
        or left.level != right.level
        or left.span is not right.span
        or (left.character == " ") != (right.character == " ")
    )


def _enough(items: Sequence[Item], following: Item) -> bool:
    """Return whether a run ends here: to cut a line off a run, all that follows is shaped again."""
    return len(items) >= _LONGEST_RUN and following.character.isalnum()


def _run(items: Sequence[Item], language: str) -> Run:
    first = items[0]
    text = "".join(item.character for item in items)
    shown = () if first.span.mark >= 0 else first.face.shape(text, bool(first.level & 1), language)
    return Run(first.face, text, first.place, first.level, first.span, shown, items[-1].breaks)


def lines(
    spans: Sequence[Span], width: float, base: int | None = None, language: str = ""
) -> tuple[list[Line], int]:
    """Return the lines of `spans` no wider than `width` em, and the paragraph's base level.

    A line feed in the text begins a new line. A word wider than a whole line is cut.
    """
    broken: list[Line] = []
    level = base
    for paragraph in _paragraphs(spans):
        shaped, level = runs(paragraph, base if level is None else level, language)
        broken += [visual_order(line) for line in _fill(_words(shaped), width, language)] or [
            Line((), 0.0)
        ]
    return broken, level or 0


def _paragraphs(spans: Sequence[Span]) -> list[list[Span]]:
    """Return the spans of each paragraph: line feeds part them."""
    if not any("\n" in span.text for span in spans):
        return [[span for span in spans if span.text]]
    found: list[list[Span]] = [[]]
    for span in spans:
        for at, piece in enumerate(span.text.replace("\r\n", "\n").split("\n")):
            if at:
                found.append([])
            if piece:
                found[-1].append(replace(span, text=piece))
    return found


def runs_width(spans: Sequence[Span], language: str = "") -> float:
    """Return the width in em of the text on one line."""
    return sum(_width(runs(part, None, language)[0]) for part in _paragraphs(spans))


def longest_word(spans: Sequence[Span], language: str = "") -> float:
    """Return the width in em of the widest word, which a column should not be narrower than."""
    shaped = (runs(paragraph, None, language)[0] for paragraph in _paragraphs(spans))
    words = (word for found in shaped for word in _words(found) if not word[0].space)
    return max((_width(word) for word in words), default=0.0)


def _words(shaped: Iterable[Run]) -> list[list[Run]]:
    """Group runs into words and the spaces between them."""
    words: list[list[Run]] = []
    open_word = False
    for run in shaped:
        if run.space or not open_word:
            words.append([run])
        else:
            words[-1].append(run)
        open_word = not run.space and not run.breaks
    return words


def _fill(words: Iterable[list[Run]], width: float, language: str) -> list[list[Run]]:
    """Put as many words on each line as go on it."""
    filled: list[list[Run]] = []
    line: list[Run] = []
    gap: list[Run] = []
    used = 0.0
    for word in words:
        if word[0].space:
            gap += word
            continue
        reached = _width(gap + word, used)
        fits = not line or reached <= width + 1e-6
        if not fits:
            filled.append(line)
            line, gap = [], []
        pieces = _cut(word, width, language)
        filled += pieces[:-1]
        line = line + gap + pieces[-1]
        used = reached if fits and len(pieces) == 1 else _width(line)
        gap = []
    return filled + ([line] if line else [])


def _cut(word: list[Run], width: float, language: str) -> list[list[Run]]:
    """Return a word in pieces no wider than `width`: itself, nearly always."""
    pieces: list[list[Run]] = []
    rest = word
    most = sum(len(run.text) for run in word)
    while _width(rest) > width and len(pieces) < most:
        head, tail = _cut_once(rest, width, language)
        if not tail:
            break
        pieces.append(head)
        rest = tail
    return [*pieces, rest]


def _cut_once(word: list[Run], width: float, language: str) -> tuple[list[Run], list[Run]]:
    room = width
    for at, run in enumerate(word):
        if run.width <= room:
            room -= run.width
            continue
        length = _fitting(run, room, forced=at == 0)
        if length >= len(run.text):
            return word[: at + 1], word[at + 1 :]
        head = [_slice(run, 0, length, language)] if length else []
        return word[:at] + head, [_slice(run, length, len(run.text), language), *word[at + 1 :]]
    return word, []


def _fitting(run: Run, room: float, forced: bool) -> int:
    """Return how many characters of `run` go into `room`, at least one cluster if forced."""
    advances: dict[int, float] = {}
    for glyph in run.glyphs:
        advances[glyph.cluster] = advances.get(glyph.cluster, 0.0) + glyph.advance
    used = 0.0
    for at, start in enumerate(sorted(advances)):
        used += advances[start]
        if used > room and not (forced and at == 0):
            return start
    return len(run.text)


def _slice(run: Run, start: int, end: int, language: str) -> Run:
    text = run.text[start:end]
    shown = run.face.shape(text, run.right_to_left, language)
    return replace(run, text=text, start=run.start + start, glyphs=shown)


def _width(shaped: Iterable[Run], before: float = 0.0) -> float:
    """Return where the runs end that begin at `before`."""
    return sum((run.width for run in shaped), before)


def visual_order(line: Sequence[Run]) -> Line:
    """Return the runs of one line as they stand from left to right (rule L2)."""
    order = bidi.reorder([run.level for run in line])
    return Line(tuple(line[place] for place in order), _width(line))
