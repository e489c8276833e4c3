"""Reads answers that may be any JSON at all, and says in a sentence what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeGuard

from partnerdesk.language import _
from partnerdesk.model.guide import Activity, Item, Scale
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Partner

FULL_STOPS = " .।።"
"""The full stops of the scripts that are shipped."""
LONGEST_ECHO = 40


def dig(value: object, *path: str) -> object:
    """Return what lies at `path` inside nested mappings, or None where nothing does."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def whole(value: object) -> int | None:
    """Return `value` if it is a whole number (true and false are none), else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def level(scale: Scale, value: object) -> int | None:
    """Return `value` if it is a step of `scale`, else None."""
    number = whole(value)
    return number if number is not None and scale.low <= number <= scale.high else None


def words(value: object) -> str:
    """Return `value` without outer blanks if it is text, else ''."""
    return value.strip() if isinstance(value, str) else ""


def row(value: object) -> dict[str, Json]:
    """Return `value` as a row if it is a mapping, else an empty row."""
    return dict(value) if isinstance(value, Mapping) else {}


def rows(value: object) -> list[dict[str, Json]]:
    """Return the rows in `value` if it is a list, leaving out what is not a mapping."""
    return [dict(one) for one in value if isinstance(one, Mapping)] if is_list(value) else []


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    """Return whether `value` is a list."""
    return isinstance(value, list | tuple)


def is_mapping(value: object) -> bool:
    """Return whether `value` has keys, as every answer and payload should."""
    return isinstance(value, Mapping)


def echo(value: object) -> str:
    """Return `value` short enough to be quoted in a sentence."""
    shown = str(value)
    return shown if len(shown) <= LONGEST_ECHO else shown[: LONGEST_ECHO - 1] + "…"


def item_labels(items: Iterable[Item]) -> dict[str, str]:
    """Return each item's id with its text."""
    return {item.id: item.text for item in items}


def partner_labels(partners: Iterable[Partner]) -> dict[str, str]:
    """Return each partner's id with its short name."""
    return {partner.id: partner.short or partner.name for partner in partners}


def within(place: str, what: str) -> str:
    """Return the name of `what` inside `place`, which may be ''."""
    named = _("{place}, {what}").format(place=unended(place), what=what)
    return named if place else what


def unended(words: str) -> str:
    """Return words without the full stop of their end, to stand inside another sentence."""
    return words.rstrip(FULL_STOPS) or words


def keyed(value: object, labels: Mapping[str, str], place: str = "") -> list[str]:
    """Return the faults of a mapping that must have exactly the keys of `labels`."""
    if not isinstance(value, Mapping):
        return [wrong_form(place)]
    unknown = [not_asked(within(place, echo(key))) for key in value if key not in labels]
    return unknown + [missing(within(place, labels[k])) for k in labels if k not in value]


def present(value: object, labels: Mapping[str, str]) -> Iterator[tuple[str, str, object]]:
    """Yield key, label and inner value for each of `labels` that a mapping holds."""
    if isinstance(value, Mapping):
        yield from ((key, label, value[key]) for key, label in labels.items() if key in value)


def on_scale(scale: Scale, value: object, place: str) -> list[str]:
    """Return the fault of a value that is no step of `scale`."""
    return [] if level(scale, value) is not None else [out_of_scale(place, scale.low, scale.high)]


def need_scale(activity: Activity) -> list[str]:
    """Return the faults of an activity whose kind cannot do without a scale."""
    scale = activity.scale
    if scale is None:
        return [_("“{title}” needs a scale.").format(title=activity.title)]
    faults = []
    if scale.low >= scale.high:
        faults.append(_("“{title}”: the scale must rise.").format(title=activity.title))
    if scale.words and len(scale.words) != scale.high - scale.low + 1:
        faults.append(
            _("“{title}”: the scale needs a word for each step.").format(title=activity.title)
        )
    return faults


def need_items(activity: Activity) -> list[str]:
    """Return the faults of an activity whose kind asks about items."""
    ids = [item.id for item in activity.items]
    if not ids and not activity.item_list:
        return [_("“{title}” asks about nothing: it needs items.").format(title=activity.title)]
    return [twice(activity.title, one) for one in dict.fromkeys(ids) if ids.count(one) > 1]


def option(activity: Activity, name: str, default: int) -> int:
    """Return a whole-number option of the activity, or `default` where it has none."""
    number = whole(activity.options.get(name))
    return default if number is None else number


def wrong_form(place: str = "") -> str:
    """Return the sentence for something of quite another shape than asked."""
    if place:
        return _("“{place}”: the answer does not have the form that is asked for.").format(
            place=echo(place)
        )
    return _("The answer does not have the form that this activity asks for.")


def not_asked(place: str) -> str:
    """Return the sentence for an answer about something that was not asked."""
    return _("“{place}” is not asked about here.").format(place=place)


class Gap(str):
    """The sentence for a fault that is a gap only: what is there is right, and something is not."""

    __slots__ = ()


def missing(place: str) -> Gap:
    """Return the sentence for something that has no answer."""
    return Gap(_("“{place}” has no answer yet.").format(place=place))


def wrong(faults: Iterable[str]) -> list[str]:
    """Return the faults without the gaps: a ballot from paper may leave questions out."""
    return [fault for fault in faults if not isinstance(fault, Gap)]


def out_of_scale(place: str, low: int, high: int) -> str:
    """Return the sentence for a value outside its scale."""
    return _("“{place}”: choose a whole number from {low} to {high}.").format(
        place=place, low=low, high=high
    )


def twice(place: str, what: object) -> str:
    """Return the sentence for something that is there more than once."""
    return _("“{place}”: “{what}” is there more than once.").format(place=place, what=echo(what))
