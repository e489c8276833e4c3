"""What a revealed round looks like: dots, quotes, figures, and the working behind each number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from partnerdesk.model.guide import EMPTY
from partnerdesk.model.json import Json


@dataclass(frozen=True)
class Dot:
    """One person's answer on one line; `partner_id` is '' where answers are pooled.

    `apart` says that it lies two steps or more from the middle.
    """

    partner_id: str
    value: float
    apart: bool = False


@dataclass(frozen=True)
class Figure:
    """One number with its label and a sentence that says how it comes about."""

    key: str
    label: str
    value: float | None
    words: str = ""
    digits: int = 2


@dataclass(frozen=True)
class Tally:
    """One row of the working: an answer in words, and the dots that gave it."""

    label: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Line:
    """One thing asked about, with every answer as a dot on a scale from `low` to `high`.

    `wanted` is the middle of what people want, where that was asked. `spread` orders the
    lines: the larger, the wider the views differ. `marks` puts a partner's own line in
    front of its label.
    """

    key: str
    label: str
    low: float
    high: float
    low_word: str = ""
    high_word: str = ""
    dots: tuple[Dot, ...] = ()
    middle: float | None = None
    wanted: float | None = None
    partner_id: str = ""
    figures: tuple[Figure, ...] = ()
    working: tuple[Tally, ...] = ()
    passes: int = 0
    spread: float = 0.0

    @property
    def apart(self) -> int:
        """Return how many answers stand apart from the middle."""
        return sum(dot.apart for dot in self.dots)


@dataclass(frozen=True)
class Quote:
    """Words as they were said; `partner_id` is '' where answers are pooled."""

    heading: str
    text: str
    partner_id: str = ""


@dataclass(frozen=True)
class Summary:
    """A revealed round, widest differences first; `data` holds the kind's own numbers.

    `data` is keyed by item, partner or pair; only readiness, a grid, gives a list of rows.
    """

    answers: int
    passes: int
    lines: tuple[Line, ...] = ()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    questions: tuple[str, ...] = ()
    data: Mapping[str, Json] | list[Json] = field(default_factory=lambda: EMPTY)
