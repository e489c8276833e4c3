"""Which characters stand behind a glyph: a font's substitutions run forward from its map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_SINGLE, _ALTERNATE, _LIGATURE, _EXTENSION = 1, 3, 4, 7
_ROUNDS = 6


def glyph_texts(path: Path, nominal: Mapping[int, str]) -> dict[int, str]:
    """Return the text behind each glyph of the font at `path`, as far as its GSUB tells.

    `nominal` names the glyphs of single characters. Of several texts for one glyph the first
    found wins; words that do not come out of it need an ActualText.
    """
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        texts = {font.getGlyphName(glyph): text for glyph, text in nominal.items()}
        rules = list(_rules(font))
        for _round in range(_ROUNDS):
            _apply(rules, texts)
        return {font.getGlyphID(name): text for name, text in texts.items()}


def _apply(rules: list[tuple[tuple[str, ...], str]], texts: dict[str, str]) -> None:
    for source, result in rules:
        if result not in texts and all(name in texts for name in source):
            texts[result] = "".join(texts[name] for name in source)


def _rules(font: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    lookups = font["GSUB"].table.LookupList if "GSUB" in font else None
    for lookup in lookups.Lookup if lookups else ():
        for table in lookup.SubTable:
            yield from _table_rules(table.ExtSubTable if table.LookupType == _EXTENSION else table)


def _table_rules(table: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    if table.LookupType == _SINGLE:
        for source, result in table.mapping.items():
            yield (source,), result
    elif table.LookupType == _ALTERNATE:
        for source, results in table.alternates.items():
            yield from (((source,), result) for result in results)
    elif table.LookupType == _LIGATURE:
        for first, ligatures in table.ligatures.items():
            yield from (((first, *one.Component), one.LigGlyph) for one in ligatures)
