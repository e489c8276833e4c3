"""Translators see every text of a guide, and a translation changes texts alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from babel.messages.extract import extract

from partnerdesk.guide import extract_guide_texts, read_guide_text, standard_guide, translated
from partnerdesk.kinds import KINDS
from resources import path

FILES = sorted(path("guide").glob("*.toml"))
GUIDE = """
id = "g"
title = "Title"
[[stages]]
id = "ST1"
[[stages.activities]]
id = "a"
title = "  Padded  "
kind = "grid"
purpose = "Purpose"
minutes = 5
scale = { low = 0, high = 1, words = ["Dry", "Wet"] }
items = [{ id = "i", text = "Item", low = "Low", high = "High", details = { text = "Deep" } }]
options = { about = "own", aspects = [{ id = "x", text = "Aspect", type = "level" }] }
[[stages.activities.parts]]
id = "p"
text = "Part"
columns = [{ id = "c", text = "Column", type = "choice", choices = [["k", "Choice"]] }]
"""


def found(toml: bytes) -> list[tuple[int, str]]:
    texts = extract_guide_texts(io.BytesIO(toml))
    return [(line, text) for line, _call, text, _notes in texts]


def test_each_text_is_found_with_its_line() -> None:
    assert found(GUIDE.encode()) == [
        (3, "Title"),
        (8, "Padded"),
        (10, "Purpose"),
        (12, "Dry"),
        (12, "Wet"),
        (13, "Item"),
        (13, "Low"),
        (13, "High"),
        (13, "Deep"),
        (14, "Aspect"),
        (17, "Part"),
        (18, "Column"),
        (18, "Choice"),
    ]


def test_babel_finds_the_texts_of_every_file() -> None:
    for file in FILES:
        with file.open("rb") as opened:
            messages = list(extract(extract_guide_texts, opened))
        assert {message for _line, message, _notes, _context in messages} == {
            text for _line, text in found(file.read_bytes())
        }


def test_a_translation_asks_for_exactly_the_texts_that_translators_see() -> None:
    asked: set[str] = set()

    def listen(text: str) -> str:
        asked.add(text)
        return text

    guide = standard_guide(kinds=KINDS)
    assert translated(guide, listen) == guide
    assert asked == {text for file in FILES for _line, text in found(file.read_bytes())}


def test_a_translation_leaves_everything_but_texts_alone() -> None:
    guide = read_guide_text("g.toml", GUIDE, kinds=KINDS)
    spoken = translated(guide, str.upper)
    assert (spoken.id, spoken.title, spoken.language) == ("g", "TITLE", "en")
    activity = spoken.activities()[0]
    assert (activity.id, activity.kind, activity.title) == ("a", "grid", "PADDED")
    assert activity.options["aspects"] == [{"id": "x", "text": "ASPECT", "type": "level"}]
    assert activity.items[0].details == {"text": "DEEP"}
    assert activity.parts[0].columns[0].choices == (("k", "CHOICE"),)
    assert activity.scale == replace(activity.scale, low=0, high=1, words=("DRY", "WET"))


def test_no_text_for_people_hides_under_a_key_that_translators_do_not_see() -> None:
    guide = translated(standard_guide(kinds=KINDS), lambda text: f"«{text}»")
    hidden = {text for text in _texts(guide) if " " in text and not text.startswith("«")}
    assert hidden == {"person in charge after talk", "person in charge without talk"}


def _texts(value: Any) -> Iterator[str]:
    """Yield every text inside a value."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))
    elif isinstance(value, dict):
        yield from (text for one in value.values() for text in _texts(one))
    elif not isinstance(value, Enum) and isinstance(value, tuple | list):
        yield from (text for one in value for text in _texts(one))
