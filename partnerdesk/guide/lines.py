"""Where things stand in a TOML text: the line of each key, table and entry of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# A long text that nobody closes reaches to the end: looked for again and again, it would cost
# the square of its length.
_TEXT = "|".join(
    (
        r'"""(?:[^\\"]++|\\.|"(?!""))*+(?:"{3,5}|\\?\Z)',
        r"'''.*?(?:'{3,5}|\Z)",
        r'"(?:[^"\\\n]++|\\[^\n])*+"',
        r"'[^'\n]*+'",
    )
)
_TOKEN = re.compile(rf"(?:{_TEXT})|(?P<comment>\#[^\n]*+)|\n|[\[\]{{}},=.]|[\w+:-]++", re.S)
_QUOTED_OR_COMMENT = re.compile(rf"{_TEXT}|\#[^\n]*+", re.S)
_ENDS_A_VALUE = frozenset({",", "]", "}", "\n", ""})


def without_texts(toml: str) -> str:
    """Return the TOML with its quoted texts and comments taken out: its bare structure."""
    return _QUOTED_OR_COMMENT.sub("", toml)


def lines_of(toml: str) -> dict[str, int]:
    """Return the line, from 1, of each path such as ``stages[0].activities[2].items[1].text``.

    The text must be valid TOML; for anything else the lines are a guess.
    """
    scan = _Scan(list(_tokens(toml)))
    scan.document()
    return scan.lines


def _tokens(toml: str) -> Iterator[tuple[str, int]]:
    line, at = 1, 0
    for match in _TOKEN.finditer(toml):
        line += toml.count("\n", at, match.start())
        at = match.start()
        if match.lastgroup != "comment":
            yield match.group(), line


@dataclass
class _Scan:
    """Walks over the tokens once and notes the line of each path."""

    tokens: list[tuple[str, int]]
    at: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def document(self) -> None:
        """Note every table and key, from the first token to the last."""
        table = ""
        while self.at < len(self.tokens):
            if self._next() == "[":
                table = self._header()
            elif self._next() == "\n":
                self.at += 1
            else:
                self._pair(table)

    def _next(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def _note(self, path: str) -> None:
        line = self.tokens[min(self.at, len(self.tokens) - 1)][1]
        self.lines.setdefault(path, line)

    def _header(self) -> str:
        """Note ``[a.b]`` or ``[[a.b]]``, with ``a`` where it is not named; return its path."""
        start = self.at
        self.at += 1
        is_list = self._next() == "["
        self.at += is_list
        *outer, last = self._key()
        path = ""
        for name in outer:
            path = _joined(path, name)
            self._note(path)
            path = self._inside(path)
        path = _joined(path, last)
        self.at, end = start, self.at + 1 + is_list
        if is_list:
            self._note(path)
            self.counts[path] = self.counts.get(path, 0) + 1
            path = self._inside(path)
        self._note(path)
        self.at = end
        return path

    def _inside(self, path: str) -> str:
        return f"{path}[{self.counts[path] - 1}]" if path in self.counts else path

    def _key(self) -> list[str]:
        names = [self._name()]
        while self._next() == ".":
            self.at += 1
            names.append(self._name())
        return names

    def _name(self) -> str:
        name = self._next().strip("\"'")
        self.at += 1
        return name

    def _pair(self, table: str) -> None:
        """Note ``key = value`` and everything inside the value."""
        start = self.at
        path = table
        for name in self._key():
            path = _joined(path, name)
        self.at, end = start, self.at + 1
        self._note(path)
        self.at = end
        self._value(path)

    def _value(self, path: str) -> None:
        if self._next() == "[":
            self._list(path)
        elif self._next() == "{":
            self._inline(path)
        else:
            while self._next() not in _ENDS_A_VALUE:
                self.at += 1

    def _list(self, path: str) -> None:
        self.at += 1
        place = 0
        while self._next() not in ("]", ""):
            if self._next() in (",", "\n"):
                self.at += 1
                continue
            self._note(f"{path}[{place}]")
            before = self.at
            self._value(f"{path}[{place}]")
            self.at += self.at == before
            place += 1
        self.at += 1

    def _inline(self, path: str) -> None:
        self.at += 1
        while self._next() not in ("}", ""):
            if self._next() in (",", "\n"):
                self.at += 1
            else:
                self._pair(path)
        self.at += 1


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
