"""A typed look at one TOML table, which notes every problem with its place and goes on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeVar

from partnerdesk.guide.source import Source
from partnerdesk.language import _
from partnerdesk.model.json import Json

LONGEST_TEXT = 2_000
MOST_ENTRIES = 500
MOST_PROBLEMS = 200
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ufffe\uffff]")

Value = TypeVar("Value")
Named = TypeVar("Named", bound=Enum)


@dataclass
class Table:
    """One table of a guide file; each reader returns a usable value and notes what is wrong.

    A key that nobody read is unknown: `close` reports it with the nearest known key.
    """

    values: Mapping[str, Any]
    source: Source
    problems: list[str]
    path: str = ""
    asked: set[str] = field(default_factory=set)

    def note(self, sentence: str, key: str = "") -> None:
        """Note a problem of this table, or of one of its keys; after 200, no more are noted."""
        if len(self.problems) >= MOST_PROBLEMS:
            return
        place = ".".join(part for part in (self.path, key) if part)
        self.problems.append(f"{self.source.place(place)}: {sentence}")

    def text(self, key: str, *, needed: bool = False) -> str:
        """Return a text without spaces at its ends; '' where it is missing or faulty."""
        value = self._value(key, needed)
        return "" if value is None else self._checked_text(value, key, needed)

    def id(self, key: str = "id") -> str:
        """Return an id of letters, digits and underscores."""
        value = self.text(key, needed=True)
        if value and not _ID.fullmatch(value):
            self.note(_("An id has letters, digits and _ only, and starts with a letter."), key)
        return value

    def number(self, key: str, low: int, high: int, *, usual: int | None = None) -> int:
        """Return a whole number from `low` to `high`; without a `usual` value it is needed."""
        value = self._value(key, usual is None)
        fallback = low if usual is None else usual
        if value is None:
            return fallback
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong(key, _("a whole number"))
            return fallback
        if not low <= value <= high:
            words = _("{value} is outside {low} to {high}.")
            self.note(words.format(value=_short(value), low=low, high=high), key)
            return fallback
        return value

    def truth(self, key: str, *, usual: bool) -> bool:
        """Return true or false."""
        value = self._value(key)
        if value is not None and not isinstance(value, bool):
            self._wrong(key, _("true or false"))
        return value if isinstance(value, bool) else usual

    def one_of(self, key: str, kinds: type[Named], usual: Named) -> Named:
        """Return a member of an enumeration by its value."""
        word = self.text(key)
        known = {str(member.value): member for member in kinds}
        if word and word not in known:
            self.note(_unknown(word, known), key)
        return known.get(word, usual)

    def word_of(self, key: str, known: Iterable[str], *, needed: bool = False) -> str:
        """Return a word that is among those `known`, or '' with a note."""
        word = self.text(key, needed=needed)
        known = tuple(known)
        if word and word not in known:
            self.note(_unknown(word, known), key)
            return ""
        return word

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, none of them empty."""
        return tuple(
            self._checked_text(value, f"{key}[{place}]", True)
            for place, value in enumerate(self._entries(key))
        )

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return a list of two texts each, such as the key and the words of a choice."""
        found = []
        for place, value in enumerate(self._entries(key)):
            spot = f"{key}[{place}]"
            if not isinstance(value, list) or len(value) != 2:
                self.note(_("This must be a list of two texts: a key and its words."), spot)
                continue
            one, two = (self._checked_text(part, spot, True) for part in value)
            found.append((one, two))
        return tuple(found)

    def tables(
        self, key: str, build: Callable[[Table], Value], *, needed: bool = False
    ) -> tuple[Value, ...]:
        """Return what `build` makes of each table in a list of tables."""
        built = []
        for place, value in enumerate(self._entries(key, needed)):
            spot = f"{key}[{place}]"
            if isinstance(value, dict):
                built.append(self._built(value, spot, build))
            else:
                self._wrong(spot, _("a table"))
        return tuple(built)

    def table(self, key: str, build: Callable[[Table], Value]) -> Value | None:
        """Return what `build` makes of one table, or None where there is none."""
        value = self._value(key)
        if value is not None and not isinstance(value, dict):
            self._wrong(key, _("a table"))
            return None
        return None if value is None else self._built(value, key, build)

    def json(self, key: str) -> Mapping[str, Json]:
        """Return a table of texts, whole numbers, truths, lists and tables, as it is."""
        value = self._value(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._wrong(key, _("a table"))
            return {}
        return {name: self._plain(one, f"{key}.{name}") for name, one in value.items()}

    def close(self) -> None:
        """Note every key that is unknown here, with the nearest one that is known."""
        for key in self.values:
            if key not in self.asked and len(self.problems) < MOST_PROBLEMS:
                self.note(_unknown(key, self.asked), key)

    def unique(self, key: str, names: Iterable[str]) -> None:
        """Note each name that comes twice in the list `key`."""
        seen: set[str] = set()
        for place, name in enumerate(names):
            if name and name in seen:
                self.note(_twice(name), f"{key}[{place}]")
            seen.add(name)

    def _built(self, value: dict[str, Any], spot: str, build: Callable[[Table], Value]) -> Value:
        path = f"{self.path}.{spot}" if self.path else spot
        inner = Table(value, self.source, self.problems, path)
        built = build(inner)
        inner.close()
        return built

    def _value(self, key: str, needed: bool = False) -> Any:
        self.asked.add(key)
        value = self.values.get(key)
        if value is None and needed:
            self.note(_("{key} is missing.").format(key=key))
        return value

    def _entries(self, key: str, needed: bool = False) -> list[Any]:
        value = self._value(key, needed)
        if value is None:
            return []
        if not isinstance(value, list):
            self._wrong(key, _("a list"))
            return []
        if not value:
            self.note(_("{key} is empty. Leave it out, or name at least one.").format(key=key), key)
        if len(value) > MOST_ENTRIES:
            words = _("{key} has {count} entries. A list may have up to {most}.")
            self.note(words.format(key=key, count=len(value), most=MOST_ENTRIES), key)
        return value[:MOST_ENTRIES]

    def _checked_text(self, value: Any, spot: str, needed: bool) -> str:
        if not isinstance(value, str):
            self._wrong(spot, _("a text"))
            return ""
        if needed and not value.strip():
            self.note(_("This text is empty."), spot)
        if len(value) > LONGEST_TEXT:
            words = _("This text has {count} letters. It may have up to {most}.")
            self.note(words.format(count=len(value), most=LONGEST_TEXT), spot)
        if _UNSEEN.search(value):
            self.note(_("This text holds a sign that nobody can see. Type the text again."), spot)
        return value.strip()

    def _plain(self, value: Any, spot: str) -> Json:
        if isinstance(value, dict):
            return {key: self._plain(one, f"{spot}.{key}") for key, one in value.items()}
        if isinstance(value, list):
            return [self._plain(one, f"{spot}[{at}]") for at, one in enumerate(value)]
        if isinstance(value, str):
            return self._checked_text(value, spot, False)
        if isinstance(value, int) and abs(value) <= 1_000_000:
            return value
        self._wrong(spot, _("a text, a whole number up to a million, true, false, or a list"))
        return None

    def _wrong(self, spot: str, wanted: str) -> None:
        self.note(_("This must be {wanted}.").format(wanted=wanted), spot)


def _unknown(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, tuple(known), n=1)
    if near:
        return _("{word} is not known here. Did you mean {near}?").format(
            word=_short(word), near=near[0]
        )
    listed = ", ".join(sorted(known))
    return _("{word} is not known here. Known are: {listed}.").format(
        word=_short(word), listed=listed
    )


def _twice(name: str) -> str:
    return _("The id {name} comes twice. Each id may come once.").format(name=name)


def _short(value: object) -> str:
    words = str(value)
    return words if len(words) <= 40 else words[:39] + "…"
