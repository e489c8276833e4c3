"""Which characters stand behind a glyph that the font's own map does not name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

ENDING = ".glyphs.json"


def glyph_texts(path: Path, nominal: Mapping[int, str]) -> dict[int, str]:
    """Return the text behind each glyph of the font at `path`.

    `nominal` names the glyphs of single characters; the others are read from the file beside
    the font, which `make glyphs` writes from the font's substitutions. Words that do not come
    out of it need an ActualText.
    """
    beside = json.loads(path.with_suffix(ENDING).read_text("utf-8"))
    return {int(glyph): text for glyph, text in beside.items()} | dict(nominal)
