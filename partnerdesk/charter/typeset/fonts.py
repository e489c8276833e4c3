"""The bundled fonts: which file draws a character, and the shaped glyphs of a word."""

from __future__ import annotations

import unicodedata
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import resources

_FAMILIES = ("NotoSans", "NotoNaskhArabic", "NotoSansDevanagari", "NotoSansEthiopic")
REPLACEMENT = "\ufffd"
IGNORABLE = frozenset(
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe00\ufe01\ufe0e\ufe0f\ufeff"
)
JOINERS = frozenset("\u200c\u200d")
_CACHED_WORDS = 20_000


class Glyph(NamedTuple):
    """One placed glyph: its id, the character it begins at, and its advance and shift in em."""

    id: int
    cluster: int
    advance: float
    right: float
    up: float


class Face:
    """One font file, shaped by HarfBuzz; all its measures are in em."""

    def __init__(self, path: Path) -> None:
        """Read the file once; HarfBuzz loads here, on first use."""
        import uharfbuzz as hb

        self.path = path
        self.blob: Any = hb.Face(path.read_bytes())
        self.font: Any = hb.Font(self.blob)
        self.em: int = self.blob.upem
        self.covered = frozenset(map(chr, self.blob.unicodes))
        self._widths: dict[int, float] = {}
        self._blank: dict[int, bool] = {}
        self._words: dict[tuple[str, bool, str], tuple[Glyph, ...]] = {}

    @property
    def name(self) -> str:
        """The file's name without its ending, such as ``NotoSans-Bold``."""
        return self.path.stem

    @cached_property
    def extents(self) -> tuple[float, float]:
        """Ascent and descent in em; the descent is negative."""
        found = self.font.get_font_extents("ltr")
        return found.ascender / self.em, found.descender / self.em

    @cached_property
    def nominal(self) -> dict[int, str]:
        """The character behind each glyph that the file's own map names, lowest code first."""
        named: dict[int, str] = {}
        for character in sorted(self.covered, reverse=True):
            named[self.font.get_nominal_glyph(ord(character))] = character
        return named

    @cached_property
    def derived(self) -> dict[int, str]:
        """The characters behind every glyph that substitutions lead to."""
        from partnerdesk.charter.typeset.ligatures import glyph_texts

        return glyph_texts(self.path, self.nominal)

    def width(self, glyph: int) -> float:
        """Return the advance of `glyph` by itself, in em."""
        if glyph not in self._widths:
            self._widths[glyph] = float(self.font.get_glyph_h_advance(glyph) / self.em)
        return self._widths[glyph]

    def shape(self, text: str, right_to_left: bool, language: str = "") -> tuple[Glyph, ...]:
        """Return the glyphs of `text` from left to right, as it is read on the page."""
        key = (text, right_to_left, language)
        if key not in self._words:
            if len(self._words) > _CACHED_WORDS:
                self._words.clear()
            self._words[key] = self._shaped(text, right_to_left, language)
        return self._words[key]

    def _shaped(self, text: str, right_to_left: bool, language: str) -> tuple[Glyph, ...]:
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if right_to_left else "ltr"
        if language:
            buffer.language = language
        hb.shape(self.font, buffer)
        found = [
            Glyph(
                info.codepoint,
                info.cluster,
                at.x_advance / self.em,
                at.x_offset / self.em,
                at.y_offset / self.em,
            )
            for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]
        return tuple(glyph for glyph in found if not self._idle(glyph, found))

    def _idle(self, glyph: Glyph, others: list[Glyph]) -> bool:
        """Return whether a glyph shows nothing beside others that show its cluster.

        Devanagari leaves such a glyph where two marks became one; text behind it is overlooked.
        """
        if glyph.advance or not self._empty(glyph.id):
            return False
        return sum(other.cluster == glyph.cluster for other in others) > 1

    def _empty(self, glyph: int) -> bool:
        if glyph not in self._blank:
            extents = self.font.get_glyph_extents(glyph)
            self._blank[glyph] = extents is None or not (extents.width or extents.height)
        return self._blank[glyph]


@cache
def faces(bold: bool = False) -> tuple[Face, ...]:
    """Return the bundled files of one weight, in the order in which they are asked."""
    weight = "Bold" if bold else "Regular"
    folder = resources.path("fonts")
    return tuple(Face(folder / f"{family}-{weight}.ttf") for family in _FAMILIES)


def pick(character: str, bold: bool = False, before: Face | None = None) -> Face | None:
    """Return the file that draws `character`, or None when no bundled font covers it.

    Marks, digits and punctuation stay in the file of the character before where it has them.
    """
    if before and character in before.covered and not character.isalpha():
        return before
    return _first(character, bold)


@cache
def _first(character: str, bold: bool) -> Face | None:
    return next((face for face in faces(bold) if character in face.covered), None)


def missing(text: str) -> tuple[str, ...]:
    """Return the characters of `text` that no bundled font covers, each once, in order."""
    wanted = dict.fromkeys(text)
    return tuple(
        character
        for character in wanted
        if character not in IGNORABLE
        and not _unseen(character)
        and not all(
            any(character in face.covered for face in faces(bold)) for bold in (False, True)
        )
    )


def drawn(character: str) -> str:
    """Return what stands for `character` on the page: spaces for controls, else itself."""
    return " " if _unseen(character) else character


@cache
def _unseen(character: str) -> bool:
    """Return whether only a space can stand for it; spaces that fonts have stay what they are."""
    category = unicodedata.category(character)
    return category in ("Cc", "Zl", "Zp") or (
        category == "Zs" and not any(character in face.covered for face in faces())
    )
