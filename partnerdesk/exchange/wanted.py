"""What somebody wants erased: words in any spelling of theirs, and rows that lose their text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from partnerdesk.model.json import Json

SHORTEST = 2
Place = tuple[str, str]
Mask = Callable[[str], str]


@dataclass(frozen=True)
class Wanted:
    """Words to erase and what stands in their place from now on.

    A word is found in upper and lower case, with and without accents, composed or not, across
    any spaces. It stands for itself alone, not for a part of a longer word, unless `inside`.
    `wiped` are rows, as (table, id), that lose all their text.
    """

    words: tuple[str, ...]
    put: str
    inside: bool = False
    wiped: frozenset[Place] = frozenset()

    def found(self, text: str) -> bool:
        """Return whether one of the words stands in a text."""
        return self._pattern is not None and self._pattern.search(_plain(text)) is not None

    def masked(self, text: str) -> str:
        """Return the text with `put` in place of each of the words."""
        if not self.found(text) or self._pattern is None:
            return text
        plain, places = _with_places(text)
        parts, last = [], 0
        for match in self._pattern.finditer(plain):
            start, end = places[match.start()], places[match.end()]
            parts += [text[last:start], self.put]
            last = end
        return "".join((*parts, text[last:]))

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        plain = sorted({_plain(word).strip() for word in self.words} - {""}, key=len, reverse=True)
        if not plain:
            return None
        whole = "|".join(_spaced(word) if self.inside else _alone(word) for word in plain)
        return re.compile(whole)


def is_long_enough(word: str) -> bool:
    """Return whether a word has enough letters or digits to be looked for."""
    return sum(letter.isalnum() for letter in word) >= SHORTEST


def parts_of(name: str, others: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the parts of a name that stand for this person alone: nobody else bears them."""
    taken = {_plain(part) for other in others for part in other.split()}
    parts = [one.strip(".,;") for one in name.split()]
    own = [p for p in parts if len(p) > SHORTEST and not p[0].islower() and _plain(p) not in taken]
    return tuple(dict.fromkeys(one for one in own if one != name))


def is_common(word: str, texts: Iterable[str]) -> bool:
    """Return whether a part of a name stands in texts in small letters, as a common word does."""
    small = word.lower()
    if small == word:
        return False
    common = re.compile(_alone(small))
    return any(common.search(text) for text in texts if small in text)


def all_masked(value: Json, mask: Mask) -> Json:
    """Return a value with every text in it masked, also the texts that name its parts."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list):
        return [all_masked(one, mask) for one in value]
    if isinstance(value, dict):
        return {mask(name): all_masked(one, mask) for name, one in value.items()}
    return value


def all_but(value: Json, names: frozenset[str]) -> Json:
    """Return a value without the parts of these names, wherever they stand in it."""
    if isinstance(value, list):
        return [all_but(one, names) for one in value]
    if isinstance(value, dict):
        return {name: all_but(one, names) for name, one in value.items() if name not in names}
    return value


def texts_in(value: Json) -> Iterator[str]:
    """Yield every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)
    elif isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from texts_in(one)


def learnt(before: str, left: str, puts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what an erasure took out of a text, each with what it put there.

    `before` is the text in a copy that still has it, `left` the same text where it was erased.
    """
    for put in puts:
        pieces = left.split(put)
        if len(pieces) > 1:
            yield from ((gap, put) for gap in _gaps(before, pieces))


def _gaps(text: str, pieces: list[str]) -> Iterator[str]:
    """Yield what stands between the pieces in a text, or nothing where they do not fit it."""
    first, *rest = pieces
    if not text.startswith(first):
        return
    place, gaps = len(first), []
    for number, piece in enumerate(rest, 1):
        last = number == len(rest)
        end = len(text) - len(piece) if last else text.find(piece, place + 1)
        if end <= place or not text.startswith(piece, end):
            return
        gaps.append(text[place:end])
        place = end + len(piece)
    yield from gaps


def _plain(text: str) -> str:
    """Return a text in small letters without accents: what two spellings of it share."""
    if text.isascii():
        return text.lower()
    loose = unicodedata.normalize("NFKD", text).casefold()
    return loose if loose.isascii() else _marks().sub("", loose)


@cache
def _marks() -> re.Pattern[str]:
    """Return a pattern for the marks that combine with the letter before them."""
    every = (chr(code) for code in range(0x300, 0x20000))
    marks = "".join(one for one in every if unicodedata.combining(one))
    return re.compile(f"[{re.escape(marks)}]+")


def _with_places(text: str) -> tuple[str, list[int]]:
    """Return the plain text, and where each of its letters, and its end, stands in the text.

    Marks that belong to a letter go with it.
    """
    plain: list[str] = []
    places: list[int] = []
    for place, one in enumerate(text):
        letters = _plain(one)
        plain.append(letters)
        places.extend([place] * len(letters))
    return "".join(plain), [*places, len(text)]


def _spaced(word: str) -> str:
    return r"\s+".join(re.escape(part) for part in word.split())


def _alone(word: str) -> str:
    """Return a pattern for a word that is no part of a longer one, where its script has words.

    Scripts with small and large letters part words by spaces. Others join words to their
    neighbours, so there a name counts wherever it stands.
    """
    before = r"(?<![^\W_])" if _has_case(word[0]) else ""
    after = r"(?![^\W_])" if _has_case(word[-1]) else ""
    return f"{before}{_spaced(word)}{after}"


def _has_case(letter: str) -> bool:
    return letter.isdigit() or letter.lower() != letter.upper()
