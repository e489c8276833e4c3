"""The bidirectional algorithm against Unicode's own tests: all of them where Debian has them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.charter.typeset import bidi

UNICODE = Path("/usr/share/unicode")
SAMPLES = Path(__file__).parents[2] / "files"
CHARACTERS = (SAMPLES / "bidi-character-sample.txt", UNICODE / "BidiCharacterTest.txt")
CLASSES = (SAMPLES / "bidi-class-sample.txt", UNICODE / "BidiTest.txt")
ONE_OF_EACH = {
    "L": "a", "R": "\u05d0", "AL": "\u0627", "EN": "0", "ES": "+", "ET": "%", "AN": "\u0660",
    "CS": ",", "B": "\u2029", "S": "\t", "WS": " ", "ON": "!", "NSM": "\u0300", "BN": "\xad",
    "LRE": "\u202a", "RLE": "\u202b", "PDF": "\u202c", "LRO": "\u202d", "RLO": "\u202e",
    "LRI": "\u2066", "RLI": "\u2067", "FSI": "\u2068", "PDI": "\u2069",
}  # fmt: skip
Case = tuple[str, int | None, list[str], list[str]]


def there(files: tuple[Path, ...]) -> list[Path]:
    """Return the bundled sample, and Unicode's whole file where this machine has it."""
    return [file for file in files if file.exists()]


def character_cases(file: Path) -> Iterator[Case]:
    for line in file.read_text().splitlines():
        if line and not line.startswith("#"):
            codes, direction, _base, levels, order = line.split(";")
            text = "".join(chr(int(code, 16)) for code in codes.split())
            yield text, {"0": 0, "1": 1}.get(direction), levels.split(), order.split()


def class_cases(file: Path) -> Iterator[Case]:
    levels: list[str] = []
    order: list[str] = []
    for line in file.read_text().splitlines():
        if line.startswith("@Levels:"):
            levels = line.removeprefix("@Levels:").split()
        elif line.startswith("@Reorder:"):
            order = line.removeprefix("@Reorder:").split()
        elif line and not line.startswith("#"):
            names, bases = line.split(";")
            text = "".join(ONE_OF_EACH[name] for name in names.split())
            for bit, base in ((1, None), (2, 0), (4, 1)):
                if int(bases) & bit:
                    yield text, base, levels, order


def wrong(case: Case) -> bool:
    text, base, levels, order = case
    found, _level = bidi.resolve(text, base)
    shown = ["x" if level == bidi.REMOVED else str(level) for level in found]
    return shown != levels or [str(place) for place in bidi.reorder(found)] != order


@pytest.mark.parametrize("file", there(CHARACTERS), ids=lambda file: file.name)
def test_every_case_of_unicodes_character_test_comes_out_as_it_says(file: Path) -> None:
    cases = list(character_cases(file))
    assert len(cases) > 200
    assert [case for case in cases if wrong(case)] == []


@pytest.mark.parametrize("file", there(CLASSES), ids=lambda file: file.name)
def test_every_case_of_unicodes_class_test_comes_out_as_it_says(file: Path) -> None:
    failures, count = [], 0
    for case in class_cases(file):
        count += 1
        if wrong(case):
            failures.append(case)
    assert count > 700
    assert failures == []


@given(st.text(st.sampled_from("ab \u05d0\u0627(12)\u0660,\u2067\u2068\u2069\u202b\u202c")))
def test_an_order_names_every_shown_character_once(text: str) -> None:
    levels, _base = bidi.resolve(text)
    shown = [place for place, level in enumerate(levels) if level != bidi.REMOVED]
    assert sorted(bidi.reorder(levels)) == shown


def test_text_of_one_direction_stays_as_it_is() -> None:
    assert bidi.resolve("Plain (words), 12.5 %.") == ([0] * 22, 0)
    assert bidi.reorder([0, 0, 0]) == [0, 1, 2]


def test_too_many_open_brackets_leave_all_of_them_alone() -> None:
    levels, base = bidi.resolve("\u05d0" + "(" * 64 + "a" + ")" * 64, 1)
    assert base == 1
    assert set(levels) == {1, 2}
