"""Masks changes and rows: the same words in every state that a row ever had."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import cast

from partnerdesk.exchange.wanted import Place, Wanted, all_masked, texts_in
from partnerdesk.flow.consents import WORDED, clause_digest, digest_of
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.model.json import Json, Row
from partnerdesk.store import Change

TEXTS: Mapping[str, tuple[str, ...]] = {
    "partnership": ("title", "purpose"),
    "partner": ("name", "short", "type", "role", "country", "mission"),
    "participant": ("name", "role"),
    "session": ("title", "place", "facilitator", "decision_rule"),
    "guide_text": ("name", "text"),
    "item": ("text", "details"),
    "response": ("value",),
    "agreement": ("payload",),
    "clause": ("text", "owner"),
    "consent": ("reservation",),
    "signatory": ("read_by", "witness"),
    "signature": ("note",),
    "note": ("text", "author"),
    "setting": ("value",),
    "erasure": ("author", "put"),
}
"""The columns that hold what people wrote; the others hold ids, times, numbers and states."""

REFERENCES = frozenset({"owner", "read_by", "witness"})
"""The columns that hold the id of somebody, or somebody's name."""

UNPROVEN: Row = {"commitment": "", "nonce": ""}
NO_ANSWER: Row = {"value": None, "passed": 1}
WORD = re.compile(r"[\w.:-]{1,40}")


class Masking:
    """Masks every change of one history alike, so that each still follows from the one before.

    What stands for the words of a clause or an agreement (its digest) is made anew, so that
    nobody can guess by it, and levels given for these words stay given for what is left of
    them. An answer that loses words loses its commitment, which can prove it no more.
    """

    def __init__(self, wanted: Sequence[Wanted], history: Iterable[Change]) -> None:
        """Look through a history, oldest change first."""
        self._wanted = tuple(wanted)
        self._wiped = {place: one.put for one in wanted for place in one.wiped}
        self._spared = identifiers()
        self._answers: set[str] = set()
        self._digests: dict[str, str] = {}
        told: dict[Place, Row] = {}
        changes = list(history)
        self._spared |= {part for c in changes for part in (c.key, *c.key.split(":"))}
        for change in changes:
            self._look(change, told)

    def change(self, change: Change) -> Change:
        """Return a change with both sides masked."""
        place = (change.table, change.key)
        before, after = self.row(place, change.before), self.row(place, change.after)
        if before is not None and after is not None and "passed" in after:
            before = {"passed": 0, **before}
        return Change(*place, before, after)

    def row(self, place: Place, row: Row | None) -> Row | None:
        """Return a row, or those of its columns that a change holds, masked."""
        if row is None:
            return None
        masked = {
            column: self._value(place, column, value) if _is_text(place[0], column) else value
            for column, value in row.items()
        }
        masked |= {c: self._digests.get(str(v), v) for c, v in masked.items() if c == "digest"}
        if place[0] == "response" and place[1] in self._answers:
            masked |= {c: v for c, v in UNPROVEN.items() if c in row}
            if place in self._wiped and "value" in row and not row.get("sealed"):
                masked |= NO_ANSWER
        return masked

    def text(self, text: str) -> str:
        """Return a text, masked."""
        for one in self._wanted:
            text = one.masked(text)
        return text

    def replace_documents(self, digests: Mapping[str, str]) -> None:
        """Let the rows that refer to documents refer to those that took their place."""
        self._digests.update(digests)

    def gave_way(self, row: Row) -> Row:
        """Return what a merge noted of two values of one column, both masked."""
        place, column = (str(row["table"]), str(row["key"])), str(row["column"])
        masked = dict(row)
        for side in ("kept", "other"):
            said = cast(Row, row[side])
            if not column:
                value: Json = self.row(place, cast(Row | None, said["value"]))
            else:
                value = (self.row(place, {column: said["value"]}) or {})[column]
            masked[side] = {**said, "author": self.text(str(said["author"])), "value": value}
        return masked

    def _value(self, place: Place, column: str, value: Json) -> Json:
        if place not in self._wiped:
            names = not isinstance(value, str) or column in REFERENCES
            return all_masked(value, self._inner if names else self.text)
        if place[0] == "setting":
            return {}
        put = self._wiped[place]
        if isinstance(value, str):
            return put if value else ""
        return all_masked(value, lambda one: one if self._is_name(one) else put)

    def _inner(self, text: str) -> str:
        """Return a text within a value, masked where it is no name of the program's own."""
        return text if text in self._spared else self._digests.get(text, self.text(text))

    def _is_name(self, text: str) -> bool:
        """Return whether a text within an answer is one of the guide's or the file's own names."""
        return not text or text in self._spared

    def _look(self, change: Change, told: dict[Place, Row]) -> None:
        """Note what an answer loses, and what the digest of words becomes."""
        place = (change.table, change.key)
        if place[0] == "response" and (place in self._wiped or self._loses(change)):
            self._answers.add(change.key)
        if place[0] not in ("clause", "agreement"):
            return
        if change.after is None:
            told.pop(place, None)
            return
        row = told[place] = {**told.get(place, {}), **change.after}
        old, new = _digest(place[0], row), _digest(place[0], self.row(place, row) or {})
        if old != new:
            self._digests[old] = new

    def _loses(self, change: Change) -> bool:
        images = (change.before or {}, change.after or {})
        told = (text for image in images for text in texts_in(image.get("value")))
        return any(one.found(text) for text in told for one in self._wanted)


@cache
def identifiers() -> frozenset[str]:
    """Return the names by which the standard guide calls its own parts: no person wrote them."""
    return frozenset(_names(built_in_guide()))


def _names(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if WORD.fullmatch(value) and value.casefold() == value:
            yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from _names(getattr(value, one.name))
    elif isinstance(value, Mapping):
        yield from (str(name) for name in value)
        for inner in value.values():
            yield from _names(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _names(inner)


def _is_text(table: str, column: str) -> bool:
    return column in TEXTS.get(table, ())


def _digest(table: str, row: Row) -> str:
    if table == "agreement":
        return digest_of(row.get("payload"))
    return clause_digest(cast(Row, {column: row.get(column) for column in WORDED}))
