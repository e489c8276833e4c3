"""The decision ladder: how each partner takes part in each decision, today and as wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from partnerdesk.analysis.concentration import gini
from partnerdesk.analysis.ladder import (
    TOP_RUNG,
    participation_gap,
    participation_share,
    perception_gap,
)
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import (
    dig,
    echo,
    item_labels,
    keyed,
    level,
    need_items,
    need_scale,
    on_scale,
    partner_labels,
    present,
    whole,
    within,
    words,
)
from partnerdesk.kinds.lines import (
    Given,
    answered,
    attributed,
    dots,
    hidden,
    most_telling,
    passes,
    questions,
    rated,
    side,
    tallies,
    widest_first,
)
from partnerdesk.kinds.summary import Dot, Figure, Line, Summary, Tally
from partnerdesk.kinds.tables import check_parts
from partnerdesk.language import _
from partnerdesk.model.guide import Activity, Item
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Partner
from partnerdesk.model.round import Answer, Response

CONTENT = ("yes", "no", "pass")
WIDE_GAP, OFTEN = 1, 3

Answers = Sequence[tuple[str, Answer]]


@dataclass(frozen=True)
class Ladder:
    """Answers of {decision: {"partners": {id: {"actual", "wanted"}}, "content": {id: word}}}."""

    name: str = "ladder"

    def check_activity(self, activity: Activity) -> list[str]:
        """Return the faults of an activity without decisions, rungs, or sound tables."""
        return need_items(activity) + need_scale(activity) + check_parts(activity)

    def check_answer(self, setting: Setting, own: str, answer: Answer) -> list[str]:
        """Return a sentence for each decision and partner without two rungs and a view."""
        labels = item_labels(setting.items)
        faults = keyed(answer, labels)
        for _decision, label, given in present(answer, labels):
            faults += _check_decision(setting, given, label)
        return faults

    def summarise(self, setting: Setting, responses: Sequence[Response]) -> Summary:
        """Return a line for each decision and partner: today as dots, wanted as their middle.

        `data` holds the private answers' means for each decision and partner, how others see
        a partner minus how it sees itself, and the partners for whom that differs often. The
        charter's own figures come from the agreed levels: see agreed_figures.
        """
        if nothing := hidden(setting, responses):
            return nothing
        answers = answered(responses)
        cells = [(item, partner) for item in setting.items for partner in setting.partners]
        lines = widest_first(_line(setting, answers, item, of) for item, of in cells)
        gaps = _perception_gaps(setting, answers)
        return Summary(
            len(answers),
            passes(responses),
            lines,
            figures=_share_figures(setting, answers),
            questions=most_telling(_questions(setting, answers, gaps), questions(setting, lines)),
            data=_data(setting, answers, gaps),
        )


def agreed_figures(
    levels: Iterable[Mapping[str, Json]], partners: Sequence[str]
) -> dict[str, Json]:
    """Return the figures of the agreed levels, for the partner ids in `partners`.

    `levels` are rows of decision, partner, actual and wanted, 0 to 4. The answer holds
    total_actual, total_wanted, participation_gap and participation_share for each partner,
    and gini_actual and gini_wanted over the partners' totals.
    """
    held = list(levels)
    actual = {partner: _rungs(held, partner, "actual") for partner in partners}
    wanted = {partner: _rungs(held, partner, "wanted") for partner in partners}
    totals = {partner: sum(rungs) for partner, rungs in actual.items()}
    targets = {partner: sum(rungs) for partner, rungs in wanted.items()}
    with_levels = [partner for partner in partners if actual[partner]]
    return {
        "total_actual": dict(totals),
        "total_wanted": dict(targets),
        "gini_actual": gini(list(totals.values())),
        "gini_wanted": gini(list(targets.values())),
        "participation_gap": {p: participation_gap(actual[p], wanted[p]) for p in with_levels},
        "participation_share": {p: participation_share(actual[p]) for p in with_levels},
    }


def _rungs(levels: Sequence[Mapping[str, Json]], partner: str, end: str) -> list[int]:
    return [whole(one.get(end)) or 0 for one in levels if one.get("partner") == partner]


def _check_decision(setting: Setting, given: object, label: str) -> list[str]:
    names = partner_labels(setting.partners)
    faults = keyed(given, {"partners": _("partners"), "content": _("content")}, label)
    if isinstance(given, Mapping):
        faults += keyed(given.get("partners", {}), names, label) if "partners" in given else []
        faults += keyed(given.get("content", {}), names, label) if "content" in given else []
    for _id, name, rungs in present(dig(given, "partners"), names):
        faults += _check_rungs(setting, rungs, within(label, name))
    for _id, name, word in present(dig(given, "content"), names):
        if word not in CONTENT:
            text = _("“{place}”: “{word}” is not yes, no or pass.")
            faults.append(text.format(place=within(label, name), word=echo(word)))
    return faults


def _check_rungs(setting: Setting, given: object, place: str) -> list[str]:
    ends = {"actual": _("today"), "wanted": _("wanted")}
    faults = keyed(given, ends, place)
    for _end, word, value in present(given, ends):
        faults += on_scale(setting.scale, value, within(place, word))
    return faults


def _given(setting: Setting, answers: Answers, decision: str, of: str, end: str) -> list[Given]:
    return [
        (who, rung)
        for who, answer in answers
        if (rung := level(setting.scale, dig(answer, decision, "partners", of, end))) is not None
    ]


def _line(setting: Setting, answers: Answers, decision: Item, of: Partner) -> Line:
    actual = _given(setting, answers, decision.id, of.id, "actual")
    wanted = _given(setting, answers, decision.id, of.id, "wanted")
    return rated(
        setting,
        f"{decision.id}|{of.id}",
        within(decision.text, of.short or of.name),
        actual,
        setting.scale,
        wanted=[rung for _side, rung in wanted],
        partner_id=of.id,
        asked=len(answers),
        figures=_content_figure(answers, decision.id, of.id),
        working=_wanted(setting, wanted) + _content(setting, answers, decision.id, of.id),
    )


def _wanted(setting: Setting, wanted: list[Given]) -> tuple[Tally, ...]:
    shown = tallies(dots(setting, wanted), setting.scale, ("", "")) if wanted else ()
    return tuple(Tally(_("Wanted: {step}").format(step=one.label), one.dots) for one in shown)


def _content_figure(answers: Answers, decision: str, of: str) -> tuple[Figure, ...]:
    said = [words(dig(answer, decision, "content", of)) for _who, answer in answers]
    how = _("How many of {n} people are not content with this.").format(n=len(said))
    return (Figure("not_content", _("Not content"), said.count("no"), how, digits=0),)


def _content(setting: Setting, answers: Answers, decision: str, of: str) -> tuple[Tally, ...]:
    labels = {"yes": _("Content"), "no": _("Not content"), "pass": _("Passed on content")}
    order = {partner.id: partner.index for partner in setting.partners}
    said = [
        (side(setting, who), words(dig(answer, decision, "content", of)), rung)
        for who, answer in answers
        if (rung := level(setting.scale, dig(answer, decision, "partners", of, "actual")))
        is not None
    ]
    said.sort(key=lambda one: (order.get(one[0], len(order)), one[2]))
    return tuple(
        Tally(label, tuple(Dot(who, rung) for who, word, rung in said if word == key))
        for key, label in labels.items()
        if any(word == key for _who, word, _rung in said)
    )


def _share_figures(setting: Setting, answers: Answers) -> tuple[Figure, ...]:
    totals = _totals(setting, answers, "actual")
    how = _("Mean private rung over all decisions, as a share of the top rung.")
    top = (setting.scale.high or TOP_RUNG) * max(1, len(setting.items))
    return tuple(
        Figure(
            f"share:{partner.id}",
            _("{partner} takes part").format(partner=partner.short or partner.name),
            totals[partner.id] / top,
            how,
        )
        for partner in setting.partners
        if partner.id in totals
    )


def _totals(setting: Setting, answers: Answers, end: str) -> dict[str, float]:
    found = {
        partner.id: [
            fmean(rung for _side, rung in given)
            for item in setting.items
            if (given := _given(setting, answers, item.id, partner.id, end))
        ]
        for partner in setting.partners
    }
    return {partner: sum(rungs) for partner, rungs in found.items() if rungs}


def _perception_gaps(setting: Setting, answers: Answers) -> dict[str, dict[str, float]]:
    if not attributed(setting):
        return {}
    found = {
        item.id: {
            partner.id: gap
            for partner in setting.partners
            if (gap := _gap(_given(setting, answers, item.id, partner.id, "actual"), partner.id))
            is not None
        }
        for item in setting.items
    }
    return {decision: gaps for decision, gaps in found.items() if gaps}


def _gap(given: list[Given], of: str) -> float | None:
    own = [rung for who, rung in given if who == of]
    others = [rung for who, rung in given if who != of]
    return perception_gap(others, fmean(own)) if own and others else None


def _seen_differently(setting: Setting, gaps: Mapping[str, Mapping[str, float]]) -> list[str]:
    return [
        partner.id
        for partner in setting.partners
        if sum(abs(one.get(partner.id, 0)) >= WIDE_GAP for one in gaps.values()) >= OFTEN
    ]


def _questions(
    setting: Setting, answers: Answers, gaps: Mapping[str, Mapping[str, float]]
) -> tuple[str, ...]:
    names = partner_labels(setting.partners)
    text = _(
        "The others see {partner}'s part differently than {partner} does. What have they seen?"
    )
    different = [text.format(partner=names[one]) for one in _seen_differently(setting, gaps)]
    return (*different, *_discontents(setting, answers))


def _discontents(setting: Setting, answers: Answers) -> list[str]:
    totals = _totals(setting, answers, "actual")
    if not attributed(setting) or not totals:
        return []
    weakest = min(totals, key=lambda partner: totals[partner])
    name = partner_labels(setting.partners)[weakest]
    text = _("“{decision}”: {partner} is not content with its own part. What would be fair?")
    return [
        text.format(decision=item.text, partner=name)
        for item in setting.items
        if any(
            who == weakest and dig(answer, item.id, "content", weakest) == "no"
            for who, answer in answers
        )
    ]


def _data(
    setting: Setting, answers: Answers, gaps: Mapping[str, Mapping[str, float]]
) -> dict[str, Json]:
    totals = _totals(setting, answers, "actual")
    return {
        "means": {item.id: _means(setting, answers, item.id) for item in setting.items},
        "gini_actual": gini(list(totals.values())),
        "gini_wanted": gini(list(_totals(setting, answers, "wanted").values())),
        "perception_gap": {decision: dict(of) for decision, of in gaps.items()},
        "seen_differently": [*_seen_differently(setting, gaps)],
    }


def _means(setting: Setting, answers: Answers, decision: str) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for partner in setting.partners:
        actual = [v for _w, v in _given(setting, answers, decision, partner.id, "actual")]
        wanted = [v for _w, v in _given(setting, answers, decision, partner.id, "wanted")]
        if actual and wanted:
            before, after = fmean(actual), fmean(wanted)
            found[partner.id] = {"actual": before, "wanted": after, "gap": after - before}
    return found
