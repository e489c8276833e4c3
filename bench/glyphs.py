"""Writes beside each font the text behind its glyphs: substitutions run forward from its map.

Reading them from the font takes a tenth of a second at each start, and a library of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from partnerdesk.charter.typeset.fonts import Face, faces
from partnerdesk.charter.typeset.ligatures import ENDING

_SINGLE, _ALTERNATE, _LIGATURE, _EXTENSION = 1, 3, 4, 7
_ROUNDS = 6


def written(face: Face) -> str:
    """Return the file that belongs beside a font: glyph numbers and their texts, as JSON."""
    derived = substituted(face.path, face.nominal)
    beside = {str(glyph): derived[glyph] for glyph in sorted(derived) if glyph not in face.nominal}
    return json.dumps(beside, ensure_ascii=False, separators=(",", ":")) + "\n"


def substituted(path: Path, nominal: Mapping[int, str]) -> dict[int, str]:
    """Return the text behind each glyph of the font at `path`, as far as its GSUB tells.

    Of several texts for one glyph the first found wins.
    """
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


if __name__ == "__main__":
    for bold in (False, True):
        for one in faces(bold):
            one.path.with_suffix(ENDING).write_text(written(one), "utf-8")
