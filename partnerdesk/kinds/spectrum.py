"""Two-ended sliders: where we are now, and where we want to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partnerdesk.analysis.closeness import consensus, lone_dissent, median
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import (
    dig,
    item_labels,
    keyed,
    level,
    need_items,
    need_scale,
    on_scale,
    present,
    within,
)
from partnerdesk.kinds.lines import (
    Given,
    answered,
    dots,
    hidden,
    means,
    passes,
    questions,
    rated,
    tallies,
    widest_first,
)
from partnerdesk.kinds.summary import Figure, Line, Summary, Tally
from partnerdesk.kinds.tables import check_parts
from partnerdesk.language import _
from partnerdesk.model.guide import Activity, Item
from partnerdesk.model.json import Json
from partnerdesk.model.round import Answer, Response


@dataclass(frozen=True)
class Spectrum:
    """Answers of {item: {"now": step, "wanted": step}} on one scale, both ends alike."""

    name: str = "spectrum"

    def check_activity(self, activity: Activity) -> list[str]:
        """Return the faults of an activity without items, a scale, or sound tables."""
        return need_items(activity) + need_scale(activity) + check_parts(activity)

    def check_answer(self, setting: Setting, own: str, answer: Answer) -> list[str]:
        """Return a sentence for each item that lacks a step for now or for wanted."""
        labels = item_labels(setting.items)
        faults = keyed(answer, labels)
        for _item, label, given in present(answer, labels):
            faults += _check_item(setting, given, label)
        return faults

    def summarise(self, setting: Setting, responses: Sequence[Response]) -> Summary:
        """Return a line for each item, now as dots and wanted as their middle.

        `data` maps an item to consensus_now, lone_dissent_now, group_wanted and mean_now.
        """
        if nothing := hidden(setting, responses):
            return nothing
        answers = answered(responses)
        now = {item.id: _given(setting, answers, item.id, "now") for item in setting.items}
        wanted = {item.id: _given(setting, answers, item.id, "wanted") for item in setting.items}
        lines = widest_first(
            _line(setting, item, now[item.id], wanted[item.id], len(answers))
            for item in setting.items
        )
        return Summary(
            len(answers),
            passes(responses),
            lines,
            questions=questions(setting, lines),
            data={i: _numbers(setting, now[i], wanted[i]) for i in now if now[i]},
        )


def _check_item(setting: Setting, given: object, label: str) -> list[str]:
    ends = {"now": _("now"), "wanted": _("wanted")}
    faults = keyed(given, ends, label)
    for _end, word, value in present(given, ends):
        faults += on_scale(setting.scale, value, within(label, word))
    return faults


def _given(
    setting: Setting, answers: Sequence[tuple[str, Answer]], item: str, end: str
) -> list[Given]:
    return [
        (partner, value)
        for partner, answer in answers
        if (value := level(setting.scale, dig(answer, item, end))) is not None
    ]


def _line(setting: Setting, item: Item, now: list[Given], wanted: list[Given], asked: int) -> Line:
    return rated(
        setting,
        item.id,
        item.text,
        now,
        setting.scale,
        ends=(item.low, item.high),
        wanted=[value for _side, value in wanted],
        asked=asked,
        figures=_shift(now, wanted),
        working=_wanted(setting, item, wanted),
    )


def _shift(now: list[Given], wanted: list[Given]) -> tuple[Figure, ...]:
    if not now or not wanted:
        return ()
    shift = median([v for _side, v in wanted]) - median([v for _side, v in now])
    how = _("The middle of what people want, minus the middle of now, in steps.")
    return (Figure("shift", _("From now to wanted"), shift, how, digits=1),)


def _wanted(setting: Setting, item: Item, wanted: list[Given]) -> tuple[Tally, ...]:
    shown = tallies(dots(setting, wanted), setting.scale, (item.low, item.high)) if wanted else ()
    return tuple(Tally(_("Wanted: {step}").format(step=one.label), one.dots) for one in shown)


def _numbers(setting: Setting, now: list[Given], wanted: list[Given]) -> dict[str, Json]:
    values = [value for _side, value in now]
    return {
        "consensus_now": consensus(values, setting.scale.low, setting.scale.high),
        "lone_dissent_now": lone_dissent(values),
        "group_wanted": median([value for _side, value in wanted]) if wanted else None,
        "mean_now": dict(means(setting, now)),
    }
