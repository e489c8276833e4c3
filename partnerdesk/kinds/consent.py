"""Each partner's level of support for each clause, from 1 endorses to 8 blocks, or four faces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from partnerdesk.analysis.adoption import Adoption, adoption
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import (
    dig,
    is_list,
    item_labels,
    keyed,
    level,
    on_scale,
    partner_labels,
    present,
    unended,
    whole,
    within,
    words,
    wrong_form,
)
from partnerdesk.kinds.lines import (
    MOST_QUESTIONS,
    answered,
    attributed,
    hidden,
    passes,
    quotes,
    rated,
    widest_first,
)
from partnerdesk.kinds.summary import Figure, Line, Quote, Summary
from partnerdesk.kinds.tables import check_parts
from partnerdesk.language import _
from partnerdesk.model.guide import Activity, Item, Scale
from partnerdesk.model.json import Json
from partnerdesk.model.round import Answer, Response

DISAGREES, TALK, LONGEST = 6, 4, 2000
STEPS = 8
SUPPORT = Scale(1, STEPS)
FACES = (1, 3, 7, 8)
"""The levels that the four faces stand for: support, live with it, cannot do it, stop."""

Answers = Sequence[tuple[str, Answer]]


@dataclass(frozen=True)
class Consent:
    """Answers of {clause: {"level": 1..8, "reservation": "words"}}; the words may be left out."""

    name: str = "consent"

    def check_activity(self, activity: Activity) -> list[str]:
        """Return the faults of an activity whose scale is not the eight levels of support."""
        scale, faults = activity.scale, check_parts(activity)
        if scale is not None and (scale.low, scale.high) != (1, STEPS):
            faults.append(_("“{title}”: support goes from 1 to 8.").format(title=activity.title))
        return faults

    def check_answer(self, setting: Setting, own: str, answer: Answer) -> list[str]:
        """Return a sentence for each clause without a level, and each faulty reservation."""
        labels = item_labels(setting.items)
        faults = keyed(answer, labels)
        for _clause, label, given in present(answer, labels):
            faults += _check_clause(given, label)
            if setting.manner.faces and level(SUPPORT, dig(given, "level")) not in (None, *FACES):
                faults.append(wrong_form(label))
        return faults

    def summarise(self, setting: Setting, responses: Sequence[Response]) -> Summary:
        """Return a line for each clause, with reservations word for word as quotes.

        Levels from 6 stand apart. `data` maps a clause to its state, whether it is adopted,
        the partners' levels, and what their colleagues said. A partner stands where its
        spokesperson put it; one of several voices without a spokesperson, at the highest.
        """
        if nothing := hidden(setting, responses):
            return nothing
        answers, spoken = answered(responses), answered(_voices(setting, responses))
        verdicts = {item.id: _verdict(setting, item, spoken) for item in setting.items}
        lines = widest_first(
            _line(setting, item, answers, verdicts[item.id]) for item in setting.items
        )
        return Summary(
            len(answers),
            passes(responses),
            lines,
            quotes=_reservations(setting, spoken),
            questions=_questions(setting, lines),
            data={
                item.id: {
                    **_numbers(setting, item, spoken, verdicts[item.id]),
                    **_colleagues(setting, item, responses),
                }
                for item in setting.items
            },
        )


def face_words() -> tuple[str, ...]:
    """Return the words of the four faces, in the order of FACES."""
    return (
        _("We support it"),
        _("We can live with it"),
        _("We cannot carry it out"),
        _("Stop"),
    )


def _voices(setting: Setting, responses: Sequence[Response]) -> Sequence[Response]:
    """Return the partners' own answers; all of a partner that has no spokesperson."""
    own = [r for r in responses if setting.manner.spoken_by(r.respondent, r.partner_id)]
    spoken = {one.partner_id for one in own}
    return [r for r in responses if r in own or r.partner_id not in spoken]


def _colleagues(setting: Setting, item: Item, responses: Sequence[Response]) -> dict[str, Json]:
    """Return {"colleagues": what they said of a clause, by level}: no order tells who said it."""
    if not attributed(setting):
        return {}
    spoken = _voices(setting, responses)
    found: dict[str, list[Json]] = {}
    for one in responses:
        support = level(SUPPORT, dig(one.answer, item.id, "level"))
        if one not in spoken and support is not None:
            said: Json = {"level": support, "said": words(dig(one.answer, item.id, "reservation"))}
            found.setdefault(one.partner_id, []).append(said)
    by_level: Json = {partner: sorted(said, key=_by_level) for partner, said in found.items()}
    return {"colleagues": by_level} if found else {}


def _by_level(said: Json) -> tuple[int, str]:
    return whole(dig(said, "level")) or 0, words(dig(said, "said"))


def _check_clause(given: object, label: str) -> list[str]:
    parts = {"level": _("level"), "reservation": _("reservation")}
    complete = {"reservation": "", **given} if isinstance(given, Mapping) else given
    faults = keyed(complete, parts, label)
    for _key, name, value in present(given, {"level": _("level")}):
        faults += on_scale(SUPPORT, value, within(label, name))
    for _key, name, value in present(given, {"reservation": _("reservation")}):
        if not isinstance(value, str) or len(value) > LONGEST:
            faults.append(wrong_form(within(label, name)))
    return faults


def _given(item: str, answers: Answers) -> list[tuple[str, float]]:
    return [
        (who, support)
        for who, answer in answers
        if (support := level(SUPPORT, dig(answer, item, "level"))) is not None
    ]


def _levels(item: str, answers: Answers) -> dict[str, int]:
    levels: dict[str, int] = {}
    for who, support in _given(item, answers):
        levels[who] = max(int(support), levels.get(who, 0))
    return levels


def _verdict(setting: Setting, item: Item, answers: Answers) -> Adoption:
    ids = [partner.id for partner in setting.partners]
    named = item.details.get("affects")
    affected = [one for one in ids if is_list(named) and one in named]
    return adoption(_levels(item.id, answers), affected, frozenset(), ids, setting.manner.rule)


def _line(setting: Setting, item: Item, answers: Answers, verdict: Adoption) -> Line:
    given = _given(item.id, answers)
    line = rated(
        setting,
        item.id,
        item.text,
        given,
        setting.activity.scale or SUPPORT,
        ends=(_("endorses"), _("blocks")),
        asked=len(answers),
        figures=(_verdict_figure(given, verdict),),
        apart=lambda support: support >= DISAGREES,
    )
    highest = max((support for _who, support in given), default=1)
    return replace(line, spread=max(line.spread, (highest - 1) / (STEPS - 1)))


def _verdict_figure(given: Sequence[tuple[str, float]], verdict: Adoption) -> Figure:
    highest = max((support for _who, support in given), default=None)
    said = " ".join(verdict.reasons) if verdict.reasons else _("Every partner can live with it.")
    return Figure("highest", _("Least support"), highest, said, digits=0)


def _reservations(setting: Setting, answers: Answers) -> tuple[Quote, ...]:
    said = [
        quotes(
            setting,
            item.text,
            [(who, words(dig(one, item.id, "reservation"))) for who, one in answers],
        )
        for item in setting.items
    ]
    return tuple(chain.from_iterable(said))


def _questions(setting: Setting, lines: Sequence[Line]) -> tuple[str, ...]:
    names = partner_labels(setting.partners)
    asked = []
    for line in lines:
        least = max(line.dots, key=lambda dot: dot.value, default=None)
        if least is not None and least.value >= TALK:
            who = names.get(least.partner_id, _("the one who objects"))
            text = _("“{clause}”: what would {partner} need to support it?")
            asked.append(text.format(clause=unended(line.label), partner=who))
    return tuple(asked[:MOST_QUESTIONS])


def _numbers(setting: Setting, item: Item, answers: Answers, verdict: Adoption) -> dict[str, Json]:
    levels = _levels(item.id, answers) if attributed(setting) else {}
    return {"state": verdict.state.value, "adopted": verdict.adopted, "levels": dict(levels)}
