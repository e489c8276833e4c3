"""Folds edits of several copies into rows: one result, in whatever order the copies met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerdesk.exchange.cells import Cell, Place
from partnerdesk.exchange.copies import ERASURE, Step, is_merge_record
from partnerdesk.model.json import Row
from partnerdesk.store import Change
from partnerdesk.store.edit import canonical

KEYS_OF_THE_LAPTOP = "sealed_key"  # it stands for secrets, and those never leave a file
OF_THE_LAPTOP = {("round", "holder")}  # whose private turn is open on this laptop
REFERS = {
    "participant": (("partner_id", "partner"),),
    "response": (("round_id", "round"),),
    "consent": (("partner_id", "partner"),),
    "signatory": (("participant_id", "participant"),),
    "signature": (("version_id", "charter_version"), ("signatory_id", "signatory")),
}
ONE_OF_A_KIND = {
    "consent": ("clause_id", "agreement_id", "partner_id"),
    "response": ("round_id", "respondent"),
    "note": ("kind", "session_id"),
}


BOUND = REFERS.keys() | ONE_OF_A_KIND.keys()  # tables whose rows stand or fall with others


def fold(steps: Iterable[Step]) -> dict[Place, Cell]:
    """Return what edits leave when they are carried out in the order of their stamps.

    The later one of two that write a column wins, and a change revives a row that was taken
    out. After each edit one answer and one level stand, and nothing refers to a row that is gone.
    """
    folding = _Folding()
    for step in steps:
        folding.carry_out(step)
    return folding.cells


class _Folding:
    """Carries out edits one after the other, and keeps the rows whole after each."""

    def __init__(self) -> None:
        """Begin with no rows."""
        self.cells: dict[Place, Cell] = {}
        self._holders: dict[object, Place] = {}
        self._referring: dict[Place, set[Place]] = {}

    def carry_out(self, step: Step) -> None:
        """Carry out all changes of one edit, then see to what they touched."""
        shared = [change for change in step.changes if is_shared(change)]
        for change in shared:
            self.cells.setdefault((change.table, change.key), Cell()).carry_out(change)
        touched = {(change.table, change.key): None for change in shared}
        for place in touched:
            if place[0] in BOUND and self.cells[place].alive:
                self._stand(place)
        for place in touched:
            if not self.cells[place].alive and self._is_needed(place):
                self._stand(place)

    def _stand(self, place: Place) -> None:
        """Let a row stand in place of another of its kind, and bring back what it refers to."""
        cell = self.cells[place]
        cell.alive = cell.whole
        for target in _referred(place, cell.row) if cell.alive else ():
            self._referring.setdefault(target, set()).add(place)
            if target in self.cells and not self.cells[target].alive:
                self._stand(target)
            cell.alive = cell.alive and target in self.cells and self.cells[target].alive
        kind = kind_of(place, cell.row)
        if kind is not None and cell.alive:
            self._replace(kind, place)

    def _replace(self, kind: object, place: Place) -> None:
        before = self._holders.get(kind, place)
        if before != place and kind_of(before, self.cells[before].row) == kind:
            self.cells[before].alive = False
        self._holders[kind] = place

    def _is_needed(self, place: Place) -> bool:
        """Return whether a standing row refers to this one."""
        return any(
            self.cells[one].alive and place in _referred(one, self.cells[one].row)
            for one in self._referring.get(place, ())
        )


def is_shared(change: Change) -> bool:
    """Return whether a change is of the partnership, not of one laptop or of a merge."""
    return change.table not in (KEYS_OF_THE_LAPTOP, ERASURE) and not is_merge_record(change)


def settled(cells: dict[Place, Cell]) -> dict[Place, Row]:
    """Return the rows that stand."""
    return {place: cell.row for place, cell in cells.items() if cell.alive}


def kind_of(place: Place, row: Row) -> object | None:
    """Return what there can be one of: a person's answer in a round; None where there is more."""
    columns = ONE_OF_A_KIND.get(place[0])
    if not columns or (place[0] == "note" and row.get("kind") != "postponed"):
        return None
    return (place[0], *(str(row.get(column)) for column in columns))


def difference(before: dict[Place, Row], after: dict[Place, Row]) -> tuple[Change, ...]:
    """Return the changes that lead from some rows to others, in the order of tables and ids."""
    found = (
        _changed(place, before.get(place), after.get(place))
        for place in sorted(before.keys() | after.keys())
        if before.get(place) != after.get(place)
    )
    return tuple(change for change in found if change is not None)


def _referred(place: Place, row: Row) -> Iterator[Place]:
    for column, target in REFERS.get(place[0], ()):
        yield target, str(row.get(column))


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
