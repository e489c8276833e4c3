"""The figures of the four rating grids: dependence, the 4Rs, trust and readiness."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations, permutations
from statistics import fmean

from partnerdesk.analysis.balance import burden, say
from partnerdesk.analysis.dependence import mutual_dependence, net_power
from partnerdesk.analysis.readiness import blind_spot, hidden_strength, priority
from partnerdesk.analysis.trust import DIMENSIONS, Trust, direction, reciprocity, trust_word
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import partner_labels
from partnerdesk.kinds.lines import attributed
from partnerdesk.kinds.ratings import OWN, VALUE, Answers, Aspect, rating
from partnerdesk.kinds.summary import Figure
from partnerdesk.language import _
from partnerdesk.model.json import Json

Data = dict[str, Json] | list[Json]
Worked = tuple[tuple[Figure, ...], Data]

_VALUE = Aspect(VALUE)
FOUR_R = ("rights", "responsibilities", "returns")
READINESS = ("maturity", "importance", "others_view")


def nothing(_setting: Setting, _answers: Answers) -> Worked:
    """Return no figures, for a grid that only shows its answers."""
    return (), {}


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
    return figures, {f"{over} over {under}": net for (over, under), net in found.items()}


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
    return tuple(figures), data


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
    return tuple(_trust_figure(setting, pair, seen) for pair, seen in found.items()), data


def readiness(setting: Setting, answers: Answers) -> Worked:
    """Return for each partner and item what to work on first, and what others see lower.

    The data is a list of rows. The figures name the five highest priorities.
    """
    if not attributed(setting):
        return (), []
    rows = [
        row
        for partner in _sides(setting)
        for item in setting.items
        if (row := _readiness_row(setting, answers, partner, item.id))
    ]
    ranked = sorted(rows, key=lambda row: -_number(row["priority"]))
    figures = tuple(_priority_figure(setting, row) for row in ranked[:5] if row["priority"])
    return figures, [*rows]


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


def _number(value: Json) -> float:
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


def _burden_figure(partner: str, name: str, value: float) -> Figure:
    how = _(
        "Returns minus responsibilities, mean of all people. Below 0: carries more than it gets."
    )
    return Figure(f"burden:{partner}", _("{partner}: burden").format(partner=name), value, how, 1)


def _say_figure(partner: str, name: str, value: float) -> Figure:
    how = _("Rights minus responsibilities, mean of all people. Below 0: duties outweigh the say.")
    return Figure(f"say:{partner}", _("{partner}: say").format(partner=name), value, how, 1)


def _direction(setting: Setting, answers: Answers, rater: str, of: str) -> Trust:
    own = _of(answers, rater) if rater else answers
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
