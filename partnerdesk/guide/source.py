"""One guide file taken in safely: its size, its letters and its depth checked before parsing."""

from __future__ import annotations

import codecs
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from partnerdesk.guide.lines import lines_of, without_texts
from partnerdesk.language import _

LARGEST = 1_000_000
DEEPEST = 32
LONGEST_PATH = 200
LONGEST_WORD = 4000  # without quotes: a number, a date or a name; parsing more costs 100 bytes each
_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")
_BRACKET = re.compile(r"[\[\]{}]")
_LONG_WORD = re.compile(rf"[\w+:-]{{{LONGEST_WORD}}}")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Source:
    """One parsed file: its name, its words, and the tables that they make."""

    name: str
    toml: str
    table: dict[str, Any]

    @cached_property
    def lines(self) -> dict[str, int]:
        """Return the line of each path; worked out only when there is something to report."""
        return lines_of(self.toml)

    def place(self, path: str) -> str:
        """Return where `path` stands, as "file, line 12 (path)"; the nearest line that is known."""
        known = path
        while known and known not in self.lines:
            known = known[: max(known.rfind("."), known.rfind("["), 0)]
        line = self.lines.get(known)
        shown = path if len(path) <= LONGEST_PATH else path[: LONGEST_PATH - 1] + "…"
        if line is None:
            return f"{self.name}, {shown}" if path else self.name
        return _("{name}, line {line} ({path})").format(name=self.name, line=line, path=shown)


def take_in(name: str, data: bytes, problems: list[str]) -> Source | None:
    """Return the parsed file, or None with the reason added to `problems`."""
    toml, reason = _decoded(data) if len(data) <= LARGEST else ("", _too_large(len(data)))
    reason = reason or _too_deep(toml)
    if reason:
        problems.append(f"{name}: {reason}")
        return None
    return _parsed(name, toml, problems)


def _parsed(name: str, toml: str, problems: list[str]) -> Source | None:
    for line, words in enumerate(without_texts(toml).splitlines(), 1):
        if len(words) > LONGEST_WORD and (long := _LONG_WORD.search(words)):
            reason = _("{word} is not a number").format(word=f"{long[0][:40]}…")
            problems.append(_not_toml(name, line, reason))
            return None
    try:
        return Source(name, toml, tomllib.loads(toml))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        problems.append(_broken(name, toml, str(error)))
        return None


def _broken(name: str, toml: str, reason: str) -> str:
    found = _LINE.search(reason)
    line = int(found.group(1)) if found else toml.count("\n") + 1
    return _not_toml(name, line, reason.partition(" (at ")[0])


def _not_toml(name: str, line: int, reason: str) -> str:
    sentence = _("{name}, line {line}: this is not written as TOML. {reason}.")
    return sentence.format(name=name, line=line, reason=reason)


def _too_large(size: int) -> str:
    sentence = _("The guide has {size:,} bytes or more. A guide may have up to {most:,}.")
    return sentence.format(size=size, most=LARGEST)


def _decoded(data: bytes) -> tuple[str, str]:
    """Return the text, or the reason why there is none."""
    if data.startswith(_UTF_16) or b"\0" in data:
        return "", _("The file is not written as UTF-8. Save it again as UTF-8.")
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        words = _("Line {line} is not UTF-8. Save the file again as UTF-8.")
        return "", words.format(line=data.count(b"\n", 0, error.start) + 1)


def _too_deep(toml: str) -> str:
    """Return a sentence where brackets or dotted names nest deeper than a guide ever needs."""
    depth = 0
    for line, words in enumerate(without_texts(toml).splitlines(), 1):
        for mark in _BRACKET.findall(words):
            depth += 1 if mark in "[{" else -1
            if depth > DEEPEST:
                return _depth_words(line)
        if words.count(".") > DEEPEST:
            return _depth_words(line)
    return ""


def _depth_words(line: int) -> str:
    words = _("Line {line} nests deeper than {most} levels.")
    return words.format(line=line, most=DEEPEST)
