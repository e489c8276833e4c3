"""What a merge leaves on its laptop: rounds that are still sealed, and ceremonies under way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from partnerdesk.exchange.cells import Cell, Place
from partnerdesk.exchange.combine import fold
from partnerdesk.exchange.copies import Copy, Step
from partnerdesk.flow.versions import VersionState
from partnerdesk.model.round import RoundState
from partnerdesk.store import Change

ROUND, VERSION = "round", "charter_version"
UNDER_WAY = {ROUND: RoundState.COLLECTING.value, VERSION: VersionState.SIGNING.value}
PARTS = {"response": (ROUND, "round_id"), "signature": (VERSION, "version_id")}


def held_back(ours: Copy, theirs: Copy, own: list[Step], new: list[Step]) -> frozenset[str]:
    """Return the ids of the new steps that wait: those of a sealed round or an open signing.

    A round that is sealed on one side alone stays there with its key. One that both collect
    combines, and a version that this file closed, or signed further, stays as it is.
    """
    here, there = fold(ours.steps), fold(theirs.steps)
    parts = _parts(here) | _parts(there)
    mine, others = _touched(own, parts), _touched(new, parts)
    units = {place for place in (*mine, *others) if place[0] in UNDER_WAY}
    waiting = {
        unit
        for unit in units
        if _waits(unit, _state(here, unit), _state(there, unit), unit in mine, unit in others)
    }
    return _with_what_follows(new, waiting, parts) if waiting else frozenset()


def _waits(unit: Place, here: str, there: str, mine: bool, theirs: bool) -> bool:
    """Return whether the other copy's steps on a round or a version wait."""
    busy = UNDER_WAY[unit[0]]
    if unit[0] == ROUND:
        return (there == busy and here != busy) or (here == busy and there != busy and mine)
    if here in ("", busy):
        return (there == busy and not here) or (bool(here) and mine and theirs)
    return theirs


def _with_what_follows(
    new: list[Step], waiting: set[Place], parts: Mapping[Place, Place]
) -> frozenset[str]:
    """Return the steps on waiting places, and those on rows that such a step brought."""
    held: set[str] = set()
    places, keys = set(waiting), {key for _table, key in waiting}
    for step in new:
        if any(_is_on(change, places, keys, parts) for change in step.changes):
            held.add(step.id)
            brought = {(c.table, c.key) for c in step.changes if c.before is None}
            places |= brought
            keys |= {key for _table, key in brought}
    return frozenset(held)


def _is_on(
    change: Change, places: set[Place], keys: set[str], parts: Mapping[Place, Place]
) -> bool:
    place = (change.table, change.key)
    if place in places or parts.get(place) in places:
        return True
    images = (change.before or {}, change.after or {})
    return any(value in keys for image in images for name, value in image.items() if _refers(name))


def _refers(column: str) -> bool:
    return column.endswith("_id")


def _parts(cells: dict[Place, Cell]) -> dict[Place, Place]:
    """Return which round or version each answer, signature or kept list belongs to."""
    found: dict[Place, Place] = {}
    for place, cell in cells.items():
        if place[0] in PARTS:
            unit, column = PARTS[place[0]]
            found[place] = (unit, str(cell.row.get(column)))
        elif (ROUND, place[1].partition(":")[2]) in cells:  # a setting such as asked:<round>
            found[place] = (ROUND, place[1].partition(":")[2])
    return found


def _touched(steps: Iterable[Step], parts: Mapping[Place, Place]) -> set[Place]:
    places = ((c.table, c.key) for step in steps for c in step.changes if not _is_holder(c))
    return {parts.get(place, place) for place in places}


def _is_holder(change: Change) -> bool:
    """Return whether a change only notes whose private turn is open on one laptop."""
    columns = {*(change.before or {}), *(change.after or {})}
    return change.table == ROUND and columns == {"holder"}


def _state(cells: dict[Place, Cell], unit: Place) -> str:
    cell = cells.get(unit)
    return cast(str, cell.row.get("state", "")) if cell and cell.alive and cell.whole else ""
