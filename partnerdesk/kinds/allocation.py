"""Points to share out over the partnership's goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partnerdesk.analysis.allocation import head_equal, party_equal
from partnerdesk.analysis.closeness import consensus, stands_apart
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import (
    dig,
    item_labels,
    keyed,
    need_items,
    option,
    out_of_scale,
    present,
    whole,
    wrong,
)
from partnerdesk.kinds.lines import (
    Given,
    answered,
    closeness_figure,
    dots,
    hidden,
    means,
    passes,
    questions,
    tallies,
    widest_first,
)
from partnerdesk.kinds.summary import Figure, Line, Summary
from partnerdesk.kinds.tables import check_parts
from partnerdesk.language import _
from partnerdesk.model.guide import Activity, Item, Scale
from partnerdesk.model.json import Json
from partnerdesk.model.round import Answer, Response

TOTAL = 100
FIFTHS = Scale(0, 4)


@dataclass(frozen=True)
class Allocation:
    """Answers of {"points": {item: number}} that add up to the activity's total."""

    name: str = "allocation"

    def check_activity(self, activity: Activity) -> list[str]:
        """Return the faults of an activity without items or with nothing to share out."""
        faults = need_items(activity) + check_parts(activity)
        if _total(activity) < 1:
            faults.append(_("“{title}” has no points to share.").format(title=activity.title))
        return faults

    def check_answer(self, setting: Setting, own: str, answer: Answer) -> list[str]:
        """Return a sentence for each item without points, and for a sum that is not the total."""
        faults = keyed(answer, {"points": _("points")})
        labels, total = item_labels(setting.items), _total(setting.activity)
        for _key, label, points in present(answer, {"points": _("points")}):
            faults += keyed(points, labels, label)
        given = [*present(dig(answer, "points"), labels)]
        numbers = [_points(value, total) for _item, _label, value in given]
        faults += [
            out_of_scale(label, 0, total)
            for (_item, label, _value), number in zip(given, numbers, strict=True)
            if number is None
        ]
        spread = _check_sum([one for one in numbers if one is not None], total)
        return faults if wrong(faults) else faults + spread

    def summarise(self, setting: Setting, responses: Sequence[Response]) -> Summary:
        """Return a line for each item; `data` maps it to its weight, each partner counted once."""
        if nothing := hidden(setting, responses):
            return nothing
        answers = answered(responses)
        given = {item.id: _given(setting, answers, item.id) for item in setting.items}
        weights = {item: _weights(setting, points) for item, points in given.items()}
        turned = _order(weights, 0) != _order(weights, 1)
        lines = widest_first(
            _line(setting, item, given[item.id], weights[item.id], len(answers), turned)
            for item in setting.items
        )
        data: dict[str, Json] = {
            item: weight for item, (weight, _head) in weights.items() if given[item]
        }
        return Summary(
            len(answers),
            passes(responses),
            lines,
            questions=_turned_question(turned) + questions(setting, lines),
            data=data,
        )


def _total(activity: Activity) -> int:
    return option(activity, "total", TOTAL)


def _points(value: object, total: int) -> int | None:
    number = whole(value)
    return number if number is not None and 0 <= number <= total else None


def _check_sum(numbers: Sequence[int], total: int) -> list[str]:
    if sum(numbers) == total:
        return []
    text = _("The points add up to {sum}; they must add up to {total}.")
    return [text.format(sum=sum(numbers), total=total)]


def _given(setting: Setting, answers: Sequence[tuple[str, Answer]], item: str) -> list[Given]:
    total = _total(setting.activity)
    return [
        (who, points)
        for who, answer in answers
        if (points := _points(dig(answer, "points", item), total)) is not None
    ]


def _weights(setting: Setting, given: list[Given]) -> tuple[float, float]:
    of_partner = {p.id: [v for who, v in given if who == p.id] for p in setting.partners}
    return party_equal(of_partner) or 0.0, head_equal(of_partner) or 0.0


def _order(weights: dict[str, tuple[float, float]], which: int) -> list[str]:
    return sorted(weights, key=lambda item: -weights[item][which])


def _fifth(points: float, total: int) -> int:
    return min(FIFTHS.high, int(points * 5 // total))


def _line(
    setting: Setting,
    item: Item,
    given: list[Given],
    weights: tuple[float, float],
    asked: int,
    turned: bool,
) -> Line:
    total = _total(setting.activity)
    fifths = [_fifth(points, total) for _who, points in given]
    shown = dots(setting, given, lambda points: stands_apart(_fifth(points, total), fifths))
    closeness = (closeness_figure(fifths, FIFTHS),) if fifths else ()
    return Line(
        item.id,
        item.text,
        0,
        total,
        dots=shown,
        middle=weights[0] if given else None,
        figures=_figures(setting, given, weights, turned) + closeness,
        working=tallies(shown, Scale(0, total), ("", "")),
        passes=asked - len(given),
        spread=_spread(setting, given, total),
    )


def _figures(
    setting: Setting, given: list[Given], weights: tuple[float, float], turned: bool
) -> tuple[Figure, ...]:
    if not given:
        return ()
    each = _("The mean of the partners' means: each partner counts once.")
    heads = _("The mean over all people: here the order of the goals is another one.")
    of_partner = means(setting, given).values()
    shown = ", ".join(f"{value:.0f}" for value in of_partner)
    apart = _("The highest partner mean minus the lowest: {means}.").format(means=shown)
    figures = [Figure("weight", _("Weight"), weights[0], each, digits=1)]
    if turned:
        figures.append(Figure("by_heads", _("Counted by people"), weights[1], heads, digits=1))
    if of_partner:
        spread = max(of_partner) - min(of_partner)
        figures.append(Figure("divergence", _("Between partners"), spread, apart, digits=1))
    return tuple(figures)


def _spread(setting: Setting, given: list[Given], total: int) -> float:
    of_partner = means(setting, given).values()
    if of_partner:
        return (max(of_partner) - min(of_partner)) / total
    fifths = [_fifth(points, total) for _who, points in given]
    return 1.0 - consensus(fifths, FIFTHS.low, FIFTHS.high) if fifths else 0.0


def _turned_question(turned: bool) -> tuple[str, ...]:
    text = _("Counted by people the goals stand in another order. Which order do you want?")
    return (text,) if turned else ()
