"""What a rating grid comes to when it is printed: a whole step for each partner, no person's own.

Only the figures of method.md part F that partners may print are here; each is printed with the
agreement of every partner alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from statistics import fmean

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.lines import answered, attributed, hidden
from partnerdesk.kinds.ratings import VALUE, Answers, Aspect, rating
from partnerdesk.model.json import Json, Row
from partnerdesk.model.round import Response

_VALUE = Aspect(VALUE)


def can_print(setting: Setting) -> bool:
    """Return whether the activity has a figure that a charter can print."""
    return _named(setting) in _ROWS


def printed_rows(setting: Setting, responses: Sequence[Response]) -> tuple[Row, ...]:
    """Return the rows of the figure: {partner, other, aspect, value}, or none.

    A value is the mean of a partner's people, rounded to a whole step. There are no rows where
    too few answered to be shown, or where a direction is asked for and answers were pooled.
    """
    if not can_print(setting) or hidden(setting, responses):
        return ()
    return tuple(_ROWS[_named(setting)](setting, answered(responses)))


def _named(setting: Setting) -> str:
    return str(setting.activity.options.get("figures") or "")


def _between(setting: Setting, answers: Answers) -> Iterator[Row]:
    """Yield how each partner's people rate each other partner, over all items."""
    if not attributed(setting):
        return
    for one, other in permutations([partner.id for partner in setting.partners], 2):
        own = [answer for answer in answers if answer[0] == one]
        found = [r for item in setting.items for r in _rated(setting, own, other, item.id)]
        if found:
            yield _row(one, other, "", found)


def _of_each(setting: Setting, answers: Answers) -> Iterator[Row]:
    """Yield how all rate each partner, item by item."""
    for partner in setting.partners:
        for item in setting.items:
            if found := list(_rated(setting, answers, partner.id, item.id)):
                yield _row(partner.id, "", item.id, found)


def _rated(setting: Setting, answers: Answers, subject: str, item: str) -> Iterator[float]:
    found = (rating(setting, answer, subject, item, _VALUE) for _who, answer in answers)
    return (float(one) for one in found if one is not None)


def _row(partner: str, other: str, aspect: str, found: Iterable[float]) -> Row:
    value: Json = round(fmean(found))
    return {"partner": partner, "other": other, "aspect": aspect, "value": value}


_ROWS: Mapping[str, Callable[[Setting, Answers], Iterator[Row]]] = {
    "dependence": _between,
    "four_r": _of_each,
    "trust": _between,
}
