"""Folds edits of several copies into rows: one result, in whatever order the copies met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from partnerdesk.exchange.copies import NOTHING, Stamp, Step, is_merge_record
from partnerdesk.model.json import Row
from partnerdesk.store import Change
from partnerdesk.store.edit import canonical

Place = tuple[str, str]

KEYS_OF_THE_LAPTOP = "sealed_key"  # it stands for secrets, and those never leave a file
OF_THE_LAPTOP = {("round", "holder")}  # whose private turn is open on this laptop
REFERS = {
    ("participant", "partner_id"): "partner",
    ("response", "round_id"): "round",
    ("consent", "partner_id"): "partner",
    ("signatory", "participant_id"): "participant",
    ("signature", "version_id"): "charter_version",
    ("signature", "signatory_id"): "signatory",
}
ONE_OF_A_KIND = {
    "consent": ("clause_id", "agreement_id", "partner_id"),
    "response": ("round_id", "respondent"),
    "note": ("kind", "session_id"),
}


@dataclass
class Cell:
    """One row as edits leave it: its last values stay known when it is taken out."""

    row: Row
    alive: bool = False
    whole: bool = False
    stamp: Stamp = NOTHING


def fold(steps: Iterable[Step]) -> dict[Place, Cell]:
    """Return what edits leave when they are carried out in the order of their stamps.

    The later one of two that write a column wins; a change revives a row that was taken out.
    """
    cells: dict[Place, Cell] = {}
    for step in steps:
        for change in step.changes:
            if is_shared(change):
                _carry_out(cells, change, step.stamp)
    return cells


def is_shared(change: Change) -> bool:
    """Return whether a change is of the partnership, not of one laptop or of a merge."""
    return change.table != KEYS_OF_THE_LAPTOP and not is_merge_record(change)


def settled(cells: dict[Place, Cell]) -> dict[Place, Row]:
    """Return the rows that stand: one answer and one level each, nothing that refers to nobody."""
    standing = {place for place, cell in cells.items() if cell.alive and cell.whole}
    for group in kinds_of(cells, standing).values():
        standing -= set(group) - {max(group, key=lambda place: (cells[place].stamp, place))}
    _revive(cells, standing)
    return {place: cells[place].row for place in standing}


def kinds_of(cells: dict[Place, Cell], places: Iterable[Place]) -> dict[object, list[Place]]:
    """Return the rows of which one can stand, grouped: one person's answers in a round."""
    groups: dict[object, list[Place]] = {}
    for place in places:
        columns = ONE_OF_A_KIND.get(place[0])
        row = cells[place].row
        if columns and (place[0] != "note" or row.get("kind") == "postponed"):
            groups.setdefault((place[0], *(str(row.get(c)) for c in columns)), []).append(place)
    return groups


def difference(before: dict[Place, Row], after: dict[Place, Row]) -> tuple[Change, ...]:
    """Return the changes that lead from some rows to others, in the order of tables and ids."""
    found = (
        _changed(place, before.get(place), after.get(place))
        for place in sorted(before.keys() | after.keys())
        if before.get(place) != after.get(place)
    )
    return tuple(change for change in found if change is not None)


def _carry_out(cells: dict[Place, Cell], change: Change, stamp: Stamp) -> None:
    place = (change.table, change.key)
    cell = cells.get(place)
    if cell is None:
        cell = cells[place] = Cell({})
    cell.whole = cell.whole or change.is_whole
    if change.after is None:
        cell.row = {**(change.before or {}), **cell.row}
    else:
        cell.row.update(change.after)
    cell.alive = change.after is not None
    cell.stamp = stamp


def _revive(cells: dict[Place, Cell], standing: set[Place]) -> None:
    """Bring back what standing rows refer to; a row whose reference was never there falls."""
    waiting = sorted(standing)
    while waiting:
        place = waiting.pop()
        for target in _referred(place, cells[place].row):
            if target in standing:
                continue
            if target in cells and cells[target].whole:
                standing.add(target)
                waiting.append(target)
            elif place in standing:
                standing.remove(place)
                waiting.extend(_referring(cells, standing, place))


def _referred(place: Place, row: Row) -> Iterator[Place]:
    for (table, column), target in REFERS.items():
        if table == place[0]:
            yield target, str(row.get(column))


def _referring(cells: dict[Place, Cell], standing: set[Place], gone: Place) -> list[Place]:
    return [one for one in standing if gone in _referred(one, cells[one].row)]


def _changed(place: Place, old: Row | None, new: Row | None) -> Change | None:
    if old is None or new is None:
        return Change(*place, old, new)
    columns = [
        column
        for column, value in new.items()
        if (place[0], column) not in OF_THE_LAPTOP
        and (column not in old or canonical(old[column]) != canonical(value))
    ]
    before = {column: old.get(column) for column in columns}
    return Change(*place, before, {c: new[c] for c in columns}) if columns else None
