"""Whatever happens to the bytes of a guide, it is taken whole or refused with lines, soon."""

from __future__ import annotations

import os
import re
from pathlib import Path
from random import Random

import pytest

import resources
from partnerdesk.errors import InputErrors
from partnerdesk.flow.guides import built_in_guide, check_activity
from partnerdesk.guide import merge, read_guide, source
from partnerdesk.kinds import KINDS
from tests.core.mutations import mutated, soon

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
GUIDES = 10_000 if SOAK else 150
GOOD = Path(__file__).parents[2] / "files" / "guides" / "good.toml"
TOKENS = (
    b"[", b"]", b"[[", b"{", b'"', b'"""', b"'''", b"=", b".", b"\n", b"[" * 50, b"a." * 50,
    b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b"1e999", b"9" * 5000, b"-1", b"nan", b"true",
    b"2026-11-28", b"0x", b"stages = 1\n", b"[[stages]]\n", b"id = \"id\"\n", b"x" * 70_000,
)  # fmt: skip
LINE = re.compile(r"\bline \d+", re.IGNORECASE)
WHOLE = re.compile(
    r"not written as UTF-8|bytes or more|One file of a guide names it"
    r"|is there already|asks about .* which the guide does not have|replaces an activity"
)


def _told(path: Path) -> tuple[str, ...] | None:
    """Return the faults of a guide, or None where it was taken."""
    problems: tuple[str, ...] | None
    with soon():
        try:
            guide = read_guide(path, kinds=KINDS.keys(), check_activity=check_activity)
            merge(built_in_guide(), guide)
        except InputErrors as refused:
            message, problems = refused.message, refused.problems
        else:
            message, problems = "Nothing is wrong with it.", None
    assert 5 <= len(message.split()) <= 35
    return problems


def test_a_guide_with_any_fault_is_taken_or_told_with_its_lines(tmp_path: Path) -> None:
    sound = [one.read_bytes() for one in sorted(resources.path("guide").glob("*.toml"))]
    sound.append(GOOD.read_bytes())
    draw, taken, path = Random(2026), 0, tmp_path / "guide.toml"
    for number in range(GUIDES):
        path.write_bytes(mutated(draw.choice(sound), draw, TOKENS))
        problems = _told(path)
        taken += problems is None
        for problem in problems or ():
            assert LINE.search(problem) or WHOLE.search(problem), (number, problem)
    assert 0 < taken < GUIDES / 2


def test_a_fault_without_its_line_would_be_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: were the lines lost, the test above would see it."""
    path = tmp_path / "guide.toml"
    path.write_bytes(GOOD.read_bytes().replace(b"minutes", b"minuts"))
    assert all(LINE.search(problem) for problem in _told(path) or ())
    monkeypatch.setattr(source, "lines_of", lambda _toml: {})
    assert not any(LINE.search(problem) for problem in _told(path) or ())
