"""The figures of the four rating grids: dependence, the 4Rs, trust and readiness."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations, permutations
from statistics import fmean

from partnerdesk.analysis.balance import burden, say
from partnerdesk.analysis.dependence import mutual_dependence, net_power
from partnerdesk.analysis.readiness import blind_spot, hidden_strength, priority
from partnerdesk.analysis.trust import DIMENSIONS, Trust, direction, reciprocity, trust_word
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import dig, item_labels, partner_labels, unended
from partnerdesk.kinds.lines import attributed, enough
from partnerdesk.kinds.ratings import OWN, VALUE, Answers, Aspect, rating
from partnerdesk.kinds.summary import Figure
from partnerdesk.language import _
from partnerdesk.model.json import Json

Data = dict[str, Json] | list[Json]


@dataclass(frozen=True)
class Worked:
    """What a grid's numbers come to: figures, questions that they raise, and the bare data."""

    figures: tuple[Figure, ...] = ()
    questions: tuple[str, ...] = ()
    data: Data = field(default_factory=dict)


_VALUE = Aspect(VALUE)
FOUR_R = ("rights", "responsibilities", "returns")
TRUSTED = 2.5
READINESS = ("maturity", "importance", "others_view")


def nothing(_setting: Setting, _answers: Answers) -> Worked:
    """Return no figures, for a grid that only shows its answers."""
    return Worked()


def dependence(setting: Setting, answers: Answers) -> Worked:
    """Return the net power of each partner over each other, pooled over people and resources.

    The keys of the data are "<partner> over <partner>", in both directions.
    """
    found = {
        (over, under): net
        for under, over in permutations(_sides(setting), 2)
        if (
            net := net_power(
                _needs(setting, answers, under, over), _needs(setting, answers, over, under)
            )
        )
        is not None
    }
    figures = tuple(
        _net_figure(setting, answers, pair, found[pair])
        for pair in combinations(_sides(setting), 2)
        if pair in found
    )
    data: dict[str, Json] = {f"{over} over {under}": net for (over, under), net in found.items()}
    return Worked(figures, _net_question(setting, found), data)


def four_r(setting: Setting, answers: Answers) -> Worked:
    """Return each partner's burden and say, each person counted once."""
    names, figures, data = partner_labels(setting.partners), list[Figure](), dict[str, Json]()
    for partner, name in names.items():
        means = {r: _mean(_rated(setting, answers, partner, r)) for r in FOUR_R}
        rights, duties, returns = (means[r] for r in FOUR_R)
        if rights is None or duties is None or returns is None:
            continue
        carried, voice = burden(duties, returns), say(rights, duties)
        figures += [_burden_figure(partner, name, carried), _say_figure(partner, name, voice)]
        data[partner] = {"burden": carried, "say": voice}
    return Worked(tuple(figures), _burden_question(setting, data), data)


def trust(setting: Setting, answers: Answers) -> Worked:
    """Return each direction's dimensions, mean and floor, and the gap of each pair.

    Where answers are pooled the direction has no beginning ("->partner"), and no pair a gap.
    """
    raters = _sides(setting) if attributed(setting) else [""]
    found = {
        (rater, of): seen
        for rater in raters
        for of in _sides(setting)
        if rater != of and (seen := _direction(setting, answers, rater, of)).dims
    }
    data: dict[str, Json] = {
        "trust": {f"{rater}->{of}": _trust_data(seen) for (rater, of), seen in found.items()},
        "reciprocity_gap": _reciprocity(found),
    }
    figures = tuple(_trust_figure(setting, pair, seen) for pair, seen in found.items())
    return Worked(figures, _trust_question(setting, found), data)


def readiness(setting: Setting, answers: Answers) -> Worked:
    """Return for each partner and item what to work on first, and what others see lower.

    The data is a list of rows. The figures name the five highest priorities.
    """
    if not attributed(setting):
        return Worked(data=[])
    rows = [
        row
        for partner in _sides(setting)
        for item in setting.items
        if (row := _readiness_row(setting, answers, partner, item.id))
    ]
    ranked = sorted(rows, key=lambda row: -_number(row["priority"]))
    figures = tuple(_priority_figure(setting, row) for row in ranked[:5] if row["priority"])
    return Worked(figures, _blind_spots(setting, rows), [*rows])


FIGURES: Mapping[str, Callable[[Setting, Answers], Worked]] = {
    "": nothing,
    "dependence": dependence,
    "four_r": four_r,
    "trust": trust,
    "readiness": readiness,
}


def _sides(setting: Setting) -> list[str]:
    return [partner.id for partner in setting.partners]


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return fmean(listed) if listed else None


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0.0


def _rated(
    setting: Setting, answers: Answers, subject: str, item: str, aspect: Aspect = _VALUE
) -> list[float]:
    found = (rating(setting, answer, subject, item, aspect) for _who, answer in answers)
    return [one for one in found if one is not None]


def _of(answers: Answers, partner: str) -> Answers:
    return [(who, answer) for who, answer in answers if who == partner]


def _needs(setting: Setting, answers: Answers, who: str, on: str) -> list[float]:
    if not attributed(setting):
        return []
    own = _of(answers, who)
    return [one for item in setting.items for one in _rated(setting, own, on, item.id)]


def _net_figure(setting: Setting, answers: Answers, pair: tuple[str, str], net: float) -> Figure:
    over, under = pair
    names = partner_labels(setting.partners)
    mutual = mutual_dependence(
        _needs(setting, answers, under, over), _needs(setting, answers, over, under)
    )
    how = _(
        "How much {under} needs {over}, minus the other way round. Mean of both needs: {mutual}."
    ).format(under=names[under], over=names[over], mutual=f"{mutual or 0:.1f}")
    label = _("{over} over {under}").format(over=names[over], under=names[under])
    return Figure(f"net_power:{over} over {under}", label, net, how)


def _net_question(setting: Setting, found: Mapping[tuple[str, str], float]) -> tuple[str, ...]:
    (over, under), net = max(found.items(), key=lambda one: one[1], default=(("", ""), 0.0))
    if net <= 0:
        return ()
    names = partner_labels(setting.partners)
    text = _("{under} needs {over} more than the other way round. Where does that show?")
    return (text.format(under=names[under], over=names[over]),)


def _burden_question(setting: Setting, data: Mapping[str, Json]) -> tuple[str, ...]:
    carried = {partner: _number(dig(of, "burden")) for partner, of in data.items()}
    most = min(carried, key=lambda partner: carried[partner], default="")
    if not most or carried[most] >= 0:
        return ()
    text = _("{partner} carries more than it gets back. What would even this out?")
    return (text.format(partner=partner_labels(setting.partners)[most]),)


def _burden_figure(partner: str, name: str, value: float) -> Figure:
    how = _(
        "Returns minus responsibilities, mean of all people. Below 0: carries more than it gets."
    )
    return Figure(f"burden:{partner}", _("{partner}: burden").format(partner=name), value, how, 1)


def _say_figure(partner: str, name: str, value: float) -> Figure:
    how = _("Rights minus responsibilities, mean of all people. Below 0: duties outweigh the say.")
    return Figure(f"say:{partner}", _("{partner}: say").format(partner=name), value, how, 1)


def _direction(setting: Setting, answers: Answers, rater: str, of: str) -> Trust:
    own = _of(answers, rater) if rater else [one for one in answers if one[0] != of]
    if not enough(setting, len(own)):
        return direction([])
    items = [item for asked in DIMENSIONS.values() for item in asked]
    return direction(
        [
            {item: rating(setting, answer, of, item, _VALUE) for item in items}
            for _who, answer in own
        ]
    )


def _trust_data(seen: Trust) -> Json:
    return {"dims": dict(seen.dims), "mean": seen.mean, "floor": seen.floor}


def _reciprocity(found: Mapping[tuple[str, str], Trust]) -> dict[str, Json]:
    return {
        f"{one}|{other}": reciprocity(there, found[other, one])
        for (one, other), there in found.items()
        if one and one < other and (other, one) in found
    }


def _trust_figure(setting: Setting, pair: tuple[str, str], seen: Trust) -> Figure:
    names, (rater, of) = partner_labels(setting.partners), pair
    words = {"a": _("ability"), "b": _("benevolence"), "i": _("integrity")}
    dims = ", ".join(f"{words[dim]} {value:.1f}" for dim, value in seen.dims.items())
    floor = seen.floor or 0.0
    how = _("{word}. The lowest of: {dims}. These three mostly move together.")
    label = _("How {rater} sees {partner}").format(
        rater=names.get(rater, _("the room")), partner=names[of]
    )
    said = how.format(word=trust_word(floor).capitalize(), dims=dims)
    return Figure(f"trust:{rater}->{of}", label, seen.floor, said, digits=1)


def _trust_question(setting: Setting, found: Mapping[tuple[str, str], Trust]) -> tuple[str, ...]:
    names = partner_labels(setting.partners)
    low = {pair: seen.floor for pair, seen in found.items() if seen.floor is not None}
    (rater, of), floor = min(low.items(), key=lambda one: one[1], default=(("", ""), TRUSTED))
    if floor > TRUSTED:
        return ()
    text = _("{partner}: what small thing could you do soon that {rater} would notice?")
    rater_name = names.get(rater, _("the others"))
    return (text.format(partner=names[of], rater=rater_name),) if of else ()


def _blind_spots(setting: Setting, rows: Iterable[Mapping[str, Json]]) -> tuple[str, ...]:
    names, labels = partner_labels(setting.partners), item_labels(setting.items)
    text = _("“{item}”: {partner} rates itself higher than others may. What have they seen?")
    return tuple(
        text.format(item=unended(labels[str(row["item"])]), partner=names[str(row["partner"])])
        for row in rows
        if row["blind_spot"]
    )


def _readiness_row(setting: Setting, answers: Answers, partner: str, item: str) -> dict[str, Json]:
    own = _of(answers, partner)
    means = [_mean(_rated(setting, own, OWN, item, Aspect(one))) for one in READINESS]
    maturity, importance, others = means
    if maturity is None or importance is None:
        return {}
    seen = maturity if others is None else others
    return {
        "partner": partner,
        "item": item,
        "priority": priority(importance, maturity),
        "blind_spot": blind_spot(maturity, seen),
        "hidden_strength": hidden_strength(maturity, seen),
    }


def _priority_figure(setting: Setting, row: dict[str, Json]) -> Figure:
    partner, item = str(row["partner"]), str(row["item"])
    asked = setting.item(item)
    name = partner_labels(setting.partners)[partner]
    label = _("{partner}: {item}").format(partner=name, item=asked.text if asked else item)
    how = _("Importance times what is missing to normal practice, from 0 to 12.")
    return Figure(f"priority:{partner}|{item}", label, _number(row["priority"]), how, digits=0)
