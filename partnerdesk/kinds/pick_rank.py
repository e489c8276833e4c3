"""Cards to choose from: the first few in order, and some more without an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from partnerdesk.analysis.ranking import Ranking, borda, kendall_w, overlap, top
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import (
    dig,
    echo,
    is_list,
    item_labels,
    keyed,
    need_items,
    not_asked,
    option,
    partner_labels,
    present,
    twice,
    wrong_form,
)
from partnerdesk.kinds.lines import (
    answered,
    attributed,
    dots,
    hidden,
    passes,
    widest_first,
)
from partnerdesk.kinds.summary import Dot, Figure, Line, Summary, Tally
from partnerdesk.kinds.tables import check_parts
from partnerdesk.language import _, ngettext
from partnerdesk.model.guide import Activity, Item
from partnerdesk.model.json import Json
from partnerdesk.model.round import Answer, Response

FIRST = 5
MOST_QUESTIONS = 3
RATERS = 3
OPTIONS = {"ranked": "rank", "picked": "pick"}

Rankings = Mapping[str, list[Ranking]]


@dataclass(frozen=True)
class PickRank:
    """Answers of {"ranked": [ids, best first], "picked": [other ids]} in exact numbers."""

    name: str = "pick_rank"

    def check_activity(self, activity: Activity) -> list[str]:
        """Return the faults of an activity whose cards do not suffice for its numbers."""
        faults = need_items(activity) + check_parts(activity)
        rank, pick = option(activity, "rank", 0), option(activity, "pick", 0)
        if rank < 0 or pick < 0 or rank + pick == 0:
            faults.append(_("“{title}” must say how many to choose.").format(title=activity.title))
        if not activity.item_list and rank + pick > len(activity.items):
            faults.append(_("“{title}” has too few cards.").format(title=activity.title))
        return faults

    def check_answer(self, setting: Setting, own: str, answer: Answer) -> list[str]:
        """Return a sentence for each unknown or repeated card and each wrong number."""
        names = {"ranked": _("In order"), "picked": _("More")}
        faults = keyed(answer, names)
        for key, name, given in present(answer, names):
            needed = option(setting.activity, OPTIONS[key], 0)
            faults += _check_choice(setting, given, needed, name)
        chosen = _ids(dig(answer, "ranked")) + _ids(dig(answer, "picked"))
        labels = item_labels(setting.items)
        twofold = [one for one in dict.fromkeys(chosen) if chosen.count(one) > 1]
        return faults + [twice(setting.activity.title, labels.get(one, one)) for one in twofold]

    def summarise(self, setting: Setting, responses: Sequence[Response]) -> Summary:
        """Return a line for each chosen card, a dot for everyone who chose it.

        `data` maps a partner ('' where pooled) to each card's points.
        """
        if nothing := hidden(setting, responses):
            return nothing
        answers = answered(responses)
        rankings = _rankings(setting, answers)
        points = {who: borda(given) for who, given in rankings.items()}
        lines = widest_first(_line(setting, item, rankings) for item in _chosen(setting, points))
        return Summary(
            len(answers),
            passes(responses),
            lines,
            figures=_figures(setting, points, rankings),
            questions=_questions(setting, points),
            data=_data(setting, points),
        )


def _check_choice(setting: Setting, given: object, needed: int, name: str) -> list[str]:
    if not is_list(given):
        return [wrong_form(name)]
    known = item_labels(setting.items)
    ids, count = _ids(given), len(given)
    faults = [not_asked(echo(one)) for one in ids if one not in known]
    if len(ids) != count:
        faults.append(wrong_form(name))
    if count != needed:
        text = ngettext(
            "“{name}”: choose exactly {n} card.", "“{name}”: choose exactly {n} cards.", needed
        )
        faults.append(text.format(name=name, n=needed))
    return faults


def _ids(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if is_list(value) else []


def _ranking(setting: Setting, answer: Answer) -> Ranking:
    known = item_labels(setting.items)
    ranked, picked = _ids(dig(answer, "ranked")), _ids(dig(answer, "picked"))
    return Ranking(
        tuple(one for one in ranked if one in known), tuple(one for one in picked if one in known)
    )


def _rankings(setting: Setting, answers: Sequence[tuple[str, Answer]]) -> Rankings:
    sides = [partner.id for partner in setting.partners]
    given = {
        who: [_ranking(setting, answer) for partner, answer in answers if partner == who]
        for who in sides
    }
    return {who: rankings for who, rankings in given.items() if rankings}


def _chosen(setting: Setting, points: Mapping[str, dict[str, float]]) -> list[Item]:
    totals = {i.id: sum(of.get(i.id, 0) for of in points.values()) for i in setting.items}
    chosen = [item for item in setting.items if totals[item.id]]
    return sorted(chosen, key=lambda item: -totals[item.id])


def _line(setting: Setting, item: Item, rankings: Rankings) -> Line:
    given = [
        (who, points)
        for who, of_partner in rankings.items()
        for ranking in of_partner
        if (points := borda([ranking]).get(item.id, 0)) > 0
    ]
    shown = dots(setting, given, apart=lambda _value: False)
    return Line(
        item.id,
        item.text,
        0,
        max(1, option(setting.activity, "rank", 0)),
        dots=shown,
        figures=_line_figures(given),
        working=_working(setting, shown),
        passes=sum(map(len, rankings.values())) - len(given),
        spread=_spread(item.id, rankings) if attributed(setting) else 0.0,
    )


def _line_figures(given: list[tuple[str, float]]) -> tuple[Figure, ...]:
    total = sum(value for _who, value in given)
    how = ngettext(
        "{n} person chose it. First place gives most points, a pick gives half a point.",
        "{n} people chose it. First place gives most points, a pick gives half a point.",
        len(given),
    )
    return (Figure("points", _("Points"), total, how.format(n=len(given)), digits=1),)


def _working(setting: Setting, shown: Sequence[Dot]) -> tuple[Tally, ...]:
    rank = option(setting.activity, "rank", 0)
    values = sorted({dot.value for dot in shown}, reverse=True)
    return tuple(
        Tally(_place(rank, value), tuple(dot for dot in shown if dot.value == value))
        for value in values
    )


def _place(rank: int, points: float) -> str:
    if points < 1:
        return _("Picked")
    return _("Place {number}").format(number=int(rank - points + 1))


def _spread(item: str, rankings: Rankings) -> float:
    shares = [borda(given).get(item, 0) / len(given) for given in rankings.values()]
    return max(shares) - min(shares) if len(shares) > 1 else 0.0


def _data(setting: Setting, points: Mapping[str, dict[str, float]]) -> dict[str, Json]:
    if attributed(setting):
        return {who: dict(given) for who, given in points.items()}
    pooled: dict[str, float] = {}
    for item in setting.items:
        total = sum(given.get(item.id, 0) for given in points.values())
        pooled |= {item.id: total} if total else {}
    return {"": dict(pooled)}


def _figures(
    setting: Setting, points: Mapping[str, dict[str, float]], rankings: Rankings
) -> tuple[Figure, ...]:
    return (_overlaps(setting, points) if attributed(setting) else ()) + _rank_agreement(
        setting, rankings
    )


def _overlaps(setting: Setting, points: Mapping[str, dict[str, float]]) -> tuple[Figure, ...]:
    names = partner_labels(setting.partners)
    return tuple(
        _overlap(f"overlap:{one}|{other}", (names[one], names[other]), points[one], points[other])
        for one, other in combinations(points, 2)
    )


def _overlap(
    key: str, pair: tuple[str, str], one: Mapping[str, float], other: Mapping[str, float]
) -> Figure:
    mine, theirs = top(one), top(other)
    shared, distinct = len(set(mine) & set(theirs)), len(set(mine) | set(theirs))
    how = _("{shared} shared out of {distinct} different cards among both first sevens.")
    return Figure(
        key,
        _("Shared by {one} and {other}").format(one=pair[0], other=pair[1]),
        overlap(mine, theirs),
        how.format(shared=shared, distinct=distinct),
    )


def _rank_agreement(setting: Setting, rankings: Rankings) -> tuple[Figure, ...]:
    everyone = [ranking for given in rankings.values() for ranking in given]
    items = [item.id for item in setting.items]
    if len(everyone) < RATERS or any(set(r.ranked) != set(items) for r in everyone):
        return ()
    w = kendall_w([[ranking.ranked.index(item) for item in items] for ranking in everyone])
    how = _("Kendall's W: 1 where everyone ranks alike, 0 where rankings share nothing.")
    return () if w is None else (Figure("kendall_w", _("Agreement in order"), w, how),)


def _questions(setting: Setting, points: Mapping[str, dict[str, float]]) -> tuple[str, ...]:
    if not attributed(setting) or len(points) < 2:
        return ()
    names, labels = partner_labels(setting.partners), item_labels(setting.items)
    text = _("“{card}” is among the first five of {partner} alone. How will the others protect it?")
    asked = [
        text.format(card=labels[card], partner=names[who]) for who, card in _distinctive(points)
    ]
    return tuple(asked[:MOST_QUESTIONS])


def _distinctive(points: Mapping[str, dict[str, float]]) -> list[tuple[str, str]]:
    firsts = {who: top(given, FIRST) for who, given in points.items()}
    alone = [
        (who, card)
        for who, cards in firsts.items()
        for card in cards
        if not any(card in theirs for other, theirs in firsts.items() if other != who)
    ]
    return sorted(alone, key=lambda one: firsts[one[0]].index(one[1]))
