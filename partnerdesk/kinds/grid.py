"""A grid of ratings: of the other partners, of all of them, or of one's own organisation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import (
    echo,
    item_labels,
    keyed,
    need_items,
    need_scale,
    not_asked,
    on_scale,
    present,
    twice,
    within,
    words,
)
from partnerdesk.kinds.grid_figures import FIGURES
from partnerdesk.kinds.lines import (
    answered,
    hidden,
    most_telling,
    passes,
    questions,
    rated,
    widest_first,
)
from partnerdesk.kinds.ratings import (
    ALL,
    LEVEL,
    OTHERS,
    OWN,
    YES_NO,
    Answers,
    Aspect,
    about,
    aspects,
    rating,
    scale_of,
    subjects,
)
from partnerdesk.kinds.summary import Line, Summary
from partnerdesk.kinds.tables import check_parts
from partnerdesk.language import _
from partnerdesk.model.guide import Activity, Item
from partnerdesk.model.partnership import Partner
from partnerdesk.model.round import Answer, Response


@dataclass(frozen=True)
class Grid:
    """Answers of {partner or "own": {item: {aspect: step, yes or no, or None: no basis}}}."""

    name: str = "grid"

    def check_activity(self, activity: Activity) -> list[str]:
        """Return the faults of an activity without items or scale, or with unknown options."""
        faults = need_items(activity) + need_scale(activity) + check_parts(activity)
        for name, known in (("about", (OTHERS, ALL, OWN)), ("figures", tuple(FIGURES))):
            if activity.options.get(name, known[0]) not in known:
                faults.append(not_asked(within(activity.title, echo(activity.options[name]))))
        return faults + _check_aspects(activity)

    def check_answer(self, setting: Setting, own: str, answer: Answer) -> list[str]:
        """Return a sentence for each rating that is missing, unknown or out of scale."""
        partners, items = subjects(setting, own), item_labels(setting.items)
        faults = keyed(answer, partners)
        for _about, partner, given in present(answer, partners):
            faults += keyed(given, items, partner)
            for _item, item, one in present(given, items):
                faults += _check_aspect_values(setting, one, within(partner, item))
        return faults

    def summarise(self, setting: Setting, responses: Sequence[Response]) -> Summary:
        """Return a line for each partner rated, item and aspect, with the grid's figures.

        `data` holds the numbers that the option "figures" names, by method.md part F.
        """
        if nothing := hidden(setting, responses):
            return nothing
        answers = answered(responses)
        lines = widest_first(_lines(setting, answers))
        worked = FIGURES[_figures(setting.activity)](setting, answers)
        from_lines = () if _figures(setting.activity) == "readiness" else questions(setting, lines)
        return Summary(
            len(answers),
            passes(responses),
            lines,
            figures=worked.figures,
            questions=most_telling(worked.questions, from_lines),
            data=worked.data,
        )


def _figures(activity: Activity) -> str:
    named = words(activity.options.get("figures"))
    return named if named in FIGURES else ""


def _check_aspects(activity: Activity) -> list[str]:
    found = aspects(activity)
    ids = [aspect.id for aspect in found]
    faults = [twice(activity.title, one) for one in dict.fromkeys(ids) if ids.count(one) > 1]
    wrong = [one for one in found if not one.id or one.type not in (LEVEL, YES_NO)]
    return faults + [not_asked(within(activity.title, echo(one.id or one.type))) for one in wrong]


def _check_aspect_values(setting: Setting, given: object, place: str) -> list[str]:
    named = {aspect.id: aspect for aspect in aspects(setting.activity)}
    labels = {aspect.id: aspect.text or _("rating") for aspect in named.values()}
    faults = keyed(given, labels, place)
    for aspect, label, value in present(given, labels):
        faults += _check_value(setting, named[aspect], value, within(place, label))
    return faults


def _check_value(setting: Setting, aspect: Aspect, value: object, place: str) -> list[str]:
    if value is None and setting.scale.no_basis:
        return []
    if aspect.type != YES_NO:
        return on_scale(setting.scale, value, place)
    return (
        [] if isinstance(value, bool) else [_("“{place}”: answer yes or no.").format(place=place)]
    )


def _lines(setting: Setting, answers: Answers) -> Iterator[Line]:
    rated_partners: Sequence[Partner | None] = setting.partners
    for partner in (None,) if about(setting.activity) == OWN else rated_partners:
        for item in setting.items:
            for aspect in aspects(setting.activity):
                yield _line(setting, answers, partner, item, aspect)


def _line(
    setting: Setting, answers: Answers, of: Partner | None, item: Item, aspect: Aspect
) -> Line:
    subject = of.id if of else OWN
    given = [
        (who, float(value))
        for who, answer in answers
        if (value := rating(setting, answer, subject, item.id, aspect)) is not None
    ]
    several = len(aspects(setting.activity)) > 1
    named = within(item.text, aspect.text or aspect.id) if several else item.text
    key = "|".join([*([of.id] if of else []), item.id, *([aspect.id] if several else [])])
    line = rated(
        setting,
        key,
        within(named, of.short or of.name) if of else named,
        given,
        scale_of(setting, aspect),
        ends=(item.low, item.high),
        partner_id=of.id if of else "",
        asked=_asked(setting, answers, subject),
    )
    return replace(line, spread=0.0) if aspect.type == YES_NO else line  # it only backs the others


def _asked(setting: Setting, answers: Answers, subject: str) -> int:
    return sum(subject in subjects(setting, who) for who, _answer in answers)
