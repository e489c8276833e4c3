"""Reads vCards (RFC 2426, RFC 6350, and version 2.1) into rows: one person each."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

COLUMNS = ("name", "organisation", "role", "language")
PROPERTIES = {"FN": 0, "ORG": 1, "TITLE": 2, "ROLE": 2, "LANG": 3}
ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True)
class Property:
    """One line of a card: its name in capitals, its parameters, its value as written."""

    line: int
    name: str
    parameters: str
    value: str


def is_vcard(text: str) -> bool:
    """Return whether a text begins as a vCard does."""
    return text.lstrip("\ufeff \r\n").upper().startswith("BEGIN:VCARD")


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the names of the columns, then one row for each card, each with its line from 1."""
    yield 1, list(COLUMNS)
    row, start, structured = [""] * len(COLUMNS), 1, ""
    for one in _properties(text):
        if one.name == "BEGIN":
            row, start, structured = [""] * len(COLUMNS), one.line, ""
        elif one.name == "N":
            structured = _person(one)
        elif one.name in PROPERTIES:
            place = PROPERTIES[one.name]
            row[place] = row[place] or _plain(one)
        elif one.name == "END":
            yield start, [row[0] or structured, *row[1:]]


def _properties(text: str) -> Iterator[Property]:
    for number, line in _unfolded(text):
        head, colon, value = line.partition(":")
        name, _semicolon, parameters = head.partition(";")
        if colon:
            name = name.rpartition(".")[2].strip().upper()
            yield Property(number, name, parameters.upper(), value)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield whole lines: one that starts with a blank goes on, and so does a soft line break."""
    parts: list[str] = []
    start, soft = 1, False
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if parts and (soft or line[:1] in (" ", "\t")):
            parts.append(line if soft else line[1:])
        else:
            if parts:
                yield start, "".join(parts)
            parts, start = [line], number
        soft = line.endswith("=") and "QUOTED-PRINTABLE" in parts[0].upper()
        if soft:
            parts[-1] = parts[-1][:-1]
    if parts:
        yield start, "".join(parts)


def _decoded(one: Property) -> str:
    if "QUOTED-PRINTABLE" not in one.parameters:
        return one.value
    raw = quopri.decodestring(one.value.encode("utf-8"))
    latin = "CHARSET=ISO-8859-1" in one.parameters or "CHARSET=WINDOWS-1252" in one.parameters
    return raw.decode("latin-1" if latin else "utf-8", "replace")


def _plain(one: Property) -> str:
    """Return a value without escapes; of an organisation with departments, the first part."""
    text = _decoded(one)
    return _unescaped(_split(text)[0] if one.name == "ORG" else text)


def _person(one: Property) -> str:
    """Return given and family name from the structured name: family;given;more;before;behind."""
    family, given, *_rest = [*map(_unescaped, _split(_decoded(one))), "", ""]
    return f"{given} {family}".strip()


def _split(text: str) -> list[str]:
    return re.split(r"(?<!\\);", text)


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], text).strip()
