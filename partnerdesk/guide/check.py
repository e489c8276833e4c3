"""What only a guide as a whole can show: ids that come twice, names that lead nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from partnerdesk.language import _
from partnerdesk.model.guide import Activity, Column, Guide


def check_ids(guide: Guide) -> list[str]:
    """Return a sentence for each stage, activity or list whose id comes twice."""
    return [
        *_twice(_("stage"), (stage.id for stage in guide.stages)),
        *_twice(_("activity"), (activity.id for activity in guide.activities())),
        *_twice(_("list"), (one.id for one in guide.lists)),
    ]


def check_whole(guide: Guide) -> list[str]:
    """Return a sentence for each thing that keeps a whole guide from being run."""
    return [*check_ids(guide), *_nameless(guide), *_lost(guide)]


def _twice(what: str, ids: Iterable[str]) -> Iterator[str]:
    words = _("The {what} {id} comes {count} times. Each id may come once.")
    for one, count in Counter(ids).items():
        if count > 1:
            yield words.format(what=what, id=one, count=count)


def _nameless(guide: Guide) -> Iterator[str]:
    words = _("The stage {id} needs a title, a short title and a purpose.")
    for stage in guide.stages:
        if not (stage.title and stage.short and stage.purpose):
            yield words.format(id=stage.id)


def _lost(guide: Guide) -> Iterator[str]:
    """Yield a sentence for each name of a list or an activity that the guide does not have."""
    lists = {one.id for one in guide.lists}
    known = lists | {activity.id for activity in guide.activities()}
    for activity in guide.activities():
        named = {activity.item_list} - {""} - lists
        named |= {one.items for one in _columns(activity) if one.items} - known
        words = _("The activity {id} asks about {name}, which the guide does not have.")
        yield from (words.format(id=activity.id, name=name) for name in sorted(named))


def _columns(activity: Activity) -> Iterator[Column]:
    return (column for part in activity.parts for column in part.columns)
