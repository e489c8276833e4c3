"""The texts behind glyphs stand beside each font as its own substitutions give them."""

from __future__ import annotations

import pytest

from bench.glyphs import written
from partnerdesk.charter.typeset.fonts import Face, faces
from partnerdesk.charter.typeset.ligatures import ENDING

EVERY = (*faces(), *faces(bold=True))


@pytest.mark.parametrize("face", EVERY, ids=lambda face: face.path.stem)
def test_the_file_beside_a_font_is_what_the_font_says(face: Face) -> None:
    assert face.path.with_suffix(ENDING).read_text("utf-8") == written(face)


def test_a_joined_glyph_is_told_by_all_its_characters() -> None:
    devanagari = next(face for face in faces() if "Devanagari" in face.path.stem)
    texts = devanagari.derived
    assert set(devanagari.nominal) < set(texts)
    assert "क्ष" in texts.values()
