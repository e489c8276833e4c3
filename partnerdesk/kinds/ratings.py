"""Reads a rating grid: whom it is about, its items, and the aspects rated of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import dig, is_list, level, partner_labels, words
from partnerdesk.language import _
from partnerdesk.model.guide import Activity, Scale
from partnerdesk.model.round import Answer

OTHERS, ALL, OWN = "others", "all", "own"
LEVEL, YES_NO = "level", "yes_no"
VALUE = "value"

Answers = Sequence[tuple[str, Answer]]


@dataclass(frozen=True)
class Aspect:
    """One thing rated of an item: a step of the scale, or yes or no."""

    id: str
    text: str = ""
    type: str = LEVEL


def about(activity: Activity) -> str:
    """Return whom the grid asks about: "others" (the default), "all" or "own"."""
    return words(activity.options.get("about")) or OTHERS


def aspects(activity: Activity) -> tuple[Aspect, ...]:
    """Return what is rated of each item: by default one aspect called "value"."""
    given = activity.options.get("aspects")
    listed = [
        Aspect(words(dig(one, "id")), words(dig(one, "text")), words(dig(one, "type")) or LEVEL)
        for one in (given if isinstance(given, list | tuple) else ())
    ]
    return tuple(listed) if is_list(given) and listed else (Aspect(VALUE),)


def subjects(setting: Setting, own: str) -> dict[str, str]:
    """Return the keys that an answer by someone of partner `own` must have, with their names."""
    asked = about(setting.activity)
    if asked == OWN:
        return {OWN: partner_labels(setting.partners).get(own, _("our own organisation"))}
    return partner_labels(setting.partners if asked == ALL else setting.others(own))


def scale_of(setting: Setting, aspect: Aspect) -> Scale:
    """Return the scale on which an aspect is shown; no and yes are 0 and 1."""
    return Scale(0, 1, (_("no"), _("yes"))) if aspect.type == YES_NO else setting.scale


def rating(setting: Setting, answer: Answer, subject: str, item: str, aspect: Aspect) -> int | None:
    """Return one rating as a number, or None where there is none or no basis for it."""
    given = dig(answer, subject, item, aspect.id)
    if aspect.type == YES_NO:
        return int(given) if isinstance(given, bool) else None
    return level(setting.scale, given)
