"""One guide out of two: the standard one, and what an organisation adds to it or replaces."""

from __future__ import annotations

from dataclasses import replace

from partnerdesk.guide.check import check_whole
from partnerdesk.guide.read import refuse
from partnerdesk.language import _
from partnerdesk.model.guide import Guide, Stage


def merge(base: Guide, other: Guide) -> Guide:
    """Return `base` with the activities and lists of `other`.

    An activity whose id `base` has takes its place only where it says `replaces`; it may move
    to another stage. Raises InputErrors with every fault; then neither guide has changed.
    """
    refuse(_conflicts(base, other))
    replaced = {activity.id for activity in other.activities() if activity.replaces}
    mine = {stage.id: stage for stage in base.stages}
    added = {stage.id: stage for stage in other.stages}
    ids = sorted(mine.keys() | added.keys())
    stages = tuple(_stage(mine.get(one), added.get(one), replaced) for one in ids)
    merged = replace(base, stages=stages, lists=base.lists + other.lists)
    refuse(check_whole(merged))
    return merged


def _conflicts(base: Guide, other: Guide) -> list[str]:
    """Return a sentence for each id that is there already, or that replaces nothing."""
    there = _("{id} is there already. Choose another id, or write replaces = true.")
    nothing = _("{id} replaces an activity that the guide does not have.")
    again = _("The list {id} is there already. Choose another id.")
    activities = [
        (nothing if activity.replaces else there).format(id=activity.id)
        for activity in other.activities()
        if (base.activity(activity.id) is None) == activity.replaces
    ]
    lists = [again.format(id=one.id) for one in other.lists if base.item_list(one.id)]
    return activities + lists


def _stage(mine: Stage | None, added: Stage | None, replaced: set[str]) -> Stage:
    """Return one stage: its own words first, replacements in the old place, additions last."""
    fresh = {activity.id: activity for activity in (added.activities if added else ())}
    kept = tuple(
        fresh.pop(one.id, one)
        for one in (mine.activities if mine else ())
        if one.id in fresh or one.id not in replaced
    )
    stage = mine or added or Stage("", "", "", "")
    return replace(stage, activities=(*kept, *fresh.values()))
