"""Turns answers into lines of dots with their working, and into questions for the room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from statistics import fmean

from partnerdesk.analysis.anonymity import DEFAULT_K, SMALLEST_K
from partnerdesk.analysis.closeness import closeness_word, consensus, median, stands_apart
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import option, partner_labels, unended
from partnerdesk.kinds.summary import Dot, Figure, Line, Quote, Summary, Tally
from partnerdesk.language import _, ngettext
from partnerdesk.model.guide import Attribution, Scale
from partnerdesk.model.round import Answer, Response

Given = tuple[str, float]  # whose side it is, and the value
MOST_QUESTIONS = 3


def answered(responses: Sequence[Response]) -> list[tuple[str, Answer]]:
    """Return the side and the answer of everyone who did not pass."""
    return [(one.partner_id, one.answer) for one in responses if one.answer is not None]


def passes(responses: Sequence[Response]) -> int:
    """Return how many passed."""
    return sum(one.answer is None for one in responses)


def attributed(setting: Setting) -> bool:
    """Return whether answers may be shown as their organisation's."""
    return setting.attribution is Attribution.ORGANISATION


def side(setting: Setting, partner_id: str) -> str:
    """Return whose side an answer is shown as: '' where answers are pooled."""
    return partner_id if attributed(setting) else ""


def hidden(setting: Setting, responses: Sequence[Response]) -> Summary | None:
    """Return a summary without any answer where none may be shown, else None.

    Answers for the facilitator alone are never shown. Pooled answers are shown from five on;
    the guide's option "k" may ask for another number, never below three.
    """
    count = len(answered(responses))
    if setting.attribution is Attribution.FACILITATOR:
        note = _("The facilitator alone reads these answers. What do you want to say aloud?")
        return Summary(count, passes(responses), questions=(note,))
    if count and not enough(setting, count):
        note = _("Too few answered to show answers without names. Talk about it in person.")
        return Summary(count, passes(responses), questions=(note,))
    return None


def enough(setting: Setting, count: int) -> bool:
    """Return whether `count` answers may be shown: pooled ones only where nobody stands out."""
    needed = max(SMALLEST_K, option(setting.activity, "k", DEFAULT_K))
    return setting.attribution is not Attribution.POOLED or count >= needed


def dots(
    setting: Setting, given: Sequence[Given], apart: Callable[[float], bool] | None = None
) -> tuple[Dot, ...]:
    """Return a dot for each answer, partner by partner in file order, then by value.

    The order tells nothing about who answered when. `apart` says which values stand apart;
    by default those two steps or more from the median.
    """
    values = [value for _side, value in given]
    far = apart or (lambda value: stands_apart(value, values))
    places = {partner.id: partner.index for partner in setting.partners}
    shown = [(side(setting, partner_id), value) for partner_id, value in given]
    shown.sort(key=lambda one: (places.get(one[0], len(places)), one[0], one[1]))
    return tuple(Dot(partner_id, value, far(value)) for partner_id, value in shown)


def quotes(setting: Setting, heading: str, said: Iterable[tuple[str, str]]) -> tuple[Quote, ...]:
    """Return the words of each side that said any, partner by partner, then by the alphabet.

    The order tells nothing about who wrote when.
    """
    places = {partner.id: partner.index for partner in setting.partners}
    found = [Quote(heading, text, side(setting, who)) for who, text in said if text]
    return tuple(sorted(found, key=lambda q: (places.get(q.partner_id, len(places)), q.text)))


def rated(
    setting: Setting,
    key: str,
    label: str,
    given: Sequence[Given],
    scale: Scale,
    *,
    ends: tuple[str, str] = ("", ""),
    wanted: Sequence[float] = (),
    partner_id: str = "",
    asked: int = 0,
    figures: tuple[Figure, ...] = (),
    working: tuple[Tally, ...] = (),
    apart: Callable[[float], bool] | None = None,
) -> Line:
    """Return the line of answers on a scale: dots, middle, closeness and the raw counts.

    `ends` names the two ends, `asked` is how many could have answered this line, and
    `figures` and `working` follow the line's own. Too few pooled answers leave it empty.
    """
    low_word, high_word = _ends(scale, ends)
    if not enough(setting, len(given)):
        return Line(key, label, scale.low, scale.high, low_word, high_word, partner_id=partner_id)
    values = [value for _side, value in given]
    shown = dots(setting, given, apart) if given else ()
    return Line(
        key,
        label,
        scale.low,
        scale.high,
        low_word,
        high_word,
        dots=shown,
        middle=median(values) if values else None,
        wanted=median(wanted) if wanted else None,
        partner_id=partner_id,
        figures=((closeness_figure(values, scale),) if values else ()) + figures,
        working=tallies(shown, scale, (low_word, high_word)) + working,
        passes=max(0, asked - len(given)),
        spread=1.0 - consensus(values, scale.low, scale.high) if values else 0.0,
    )


def closeness_figure(values: Sequence[float], scale: Scale) -> Figure:
    """Return the consensus of at least one value, with how it comes about."""
    index = consensus(values, scale.low, scale.high)
    steps = scale.high - scale.low + 1
    how = ngettext(
        "{word}. 1 is all the same, 0 is split between the two ends. Counted from {n} answer.",
        "{word}. 1 is all the same, 0 is split between the two ends. Counted from {n} answers.",
        len(values),
    )
    word = closeness_word(index, steps)
    said = how.format(word=word[:1].upper() + word[1:], n=len(values))
    return Figure("closeness", _("Closeness"), index, said)


def tallies(shown: Sequence[Dot], scale: Scale, ends: tuple[str, str]) -> tuple[Tally, ...]:
    """Return the dots gathered by value, lowest first: the raw counts behind a line."""
    values = sorted({dot.value for dot in shown})
    return tuple(
        Tally(step_word(scale, value, ends), tuple(d for d in shown if d.value == value))
        for value in values
    )


def step_word(scale: Scale, value: float, ends: tuple[str, str] = ("", "")) -> str:
    """Return a step's number with its word, where it has one."""
    step = int(value) - scale.low
    if 0 <= step < len(scale.words):
        word = scale.words[step]
    else:
        word = {scale.low: ends[0], scale.high: ends[1]}.get(int(value), "")
    return _("{number}: {word}").format(number=f"{value:g}", word=word) if word else f"{value:g}"


def means(setting: Setting, given: Iterable[Given]) -> dict[str, float]:
    """Return each partner's mean in file order; nothing where answers are pooled."""
    if not attributed(setting):
        return {}
    pairs = list(given)
    of_partner = {p.id: [v for owner, v in pairs if owner == p.id] for p in setting.partners}
    return {partner: fmean(values) for partner, values in of_partner.items() if values}


def widest_first(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines with the widest differences first; equal ones keep their order."""
    return tuple(sorted(lines, key=lambda line: (-round(line.spread, 9), -line.apart)))


def questions(setting: Setting, lines: Sequence[Line]) -> tuple[str, ...]:
    """Return up to three questions to ask in the room, from the widest differences."""
    asked = [question for line in lines if (question := question_of(setting, line))]
    if not asked and any(line.dots for line in lines):
        return (_("The answers lie close together. Does everyone mean the same by them?"),)
    return tuple(asked[:MOST_QUESTIONS])


def most_telling(first: Sequence[str], then: Sequence[str]) -> tuple[str, ...]:
    """Return at most five questions: up to three of `first`, then as many of `then` as fit."""
    return (*first[:MOST_QUESTIONS], *then)[: MOST_QUESTIONS + 2]


def question_of(setting: Setting, line: Line) -> str:
    """Return what to ask about one line, or '' where the answers lie close."""
    apart = [dot for dot in line.dots if dot.apart]
    names = partner_labels(setting.partners)
    if len(apart) == 1 and apart[0].partner_id in names:
        text = _("“{item}”: one answer from {partner} stands apart. What do they see there?")
        return text.format(item=unended(line.label), partner=names[apart[0].partner_id])
    if len(apart) == 1:
        text = _("“{item}”: one answer stands apart. What can be seen from there?")
        return text.format(item=unended(line.label))
    return _gap_question(line, names) or _several_question(line, len(apart))


def _gap_question(line: Line, names: dict[str, str]) -> str:
    of_side = {
        partner: fmean([dot.value for dot in line.dots if dot.partner_id == partner])
        for partner in dict.fromkeys(dot.partner_id for dot in line.dots)
        if partner in names
    }
    pairs = list(combinations(of_side, 2))
    if not pairs:
        return ""
    one, other = max(pairs, key=lambda pair: abs(of_side[pair[0]] - of_side[pair[1]]))
    gap = abs(of_side[one] - of_side[other])
    if gap < (line.high - line.low) / 4:
        return ""
    text = _("“{item}”: {one} and {other} lie {gap} apart. Which story is behind each?")
    return text.format(
        item=unended(line.label), one=names[one], other=names[other], gap=f"{gap:.1f}"
    )


def _several_question(line: Line, count: int) -> str:
    if not count:
        return ""
    text = _("“{item}”: {n} answers stand apart from the middle. What lies behind them?")
    return text.format(item=unended(line.label), n=count)


def _ends(scale: Scale, ends: tuple[str, str]) -> tuple[str, str]:
    if any(ends) or not scale.words:
        return ends
    return scale.words[0], scale.words[-1]
