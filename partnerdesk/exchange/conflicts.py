"""Two edits of one field since two copies parted, shown side by side with their authors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from partnerdesk.exchange.cells import Cell, Place
from partnerdesk.exchange.combine import OF_THE_LAPTOP, is_shared, kind_of
from partnerdesk.exchange.copies import Step
from partnerdesk.model.json import Json, Row

WHOLE = ""  # the column that stands for the row itself


class Side(Enum):
    """Whose edit it is: this file's, or the other copy's."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Said:
    """One side of a conflict: the value, who wrote it when, in which edit; None is no row."""

    value: Json
    author: str
    at: str
    title: str
    edit: str


@dataclass(frozen=True)
class Conflict:
    """Two edits of one field since the copies parted; `kept` is the one with the later stamp.

    `column` is '' where the row as a whole is meant: one side took it out, or both gave an
    answer of which only one can stand (`other_key` is then the other copy's row).
    """

    table: str
    key: str
    column: str
    ours: Said
    theirs: Said
    kept: Side
    other_key: str = ""

    @property
    def id(self) -> str:
        """Return the name under which a choice is made."""
        return "/".join((self.table, self.key, self.column, self.other_key))

    def said(self, side: Side) -> Said:
        """Return what one side wrote."""
        return self.ours if side is Side.OURS else self.theirs


Written = dict[str, tuple[Json, Step]]


def written(steps: Iterable[Step]) -> dict[Place, Written]:
    """Return what steps last wrote: for each row its columns, and whether it was there."""
    found: dict[Place, Written] = {}
    for step in steps:
        for change in step.changes:
            if not is_shared(change):
                continue
            columns = found.setdefault((change.table, change.key), {})
            if change.after is None:
                columns.clear()
            if change.is_whole:
                columns[WHOLE] = (change.after is not None, step)
            for column, value in (change.after or {}).items():
                if (change.table, column) not in OF_THE_LAPTOP:
                    columns[column] = (value, step)
    return found


def conflicts_of(
    cells: dict[Place, Cell], own: Iterable[Step], new: Iterable[Step]
) -> Iterator[Conflict]:
    """Yield the conflicts of two sides' steps; `cells` are the rows that both leave."""
    ours, theirs = written(own), written(new)
    kinds = tuple(_of_a_kind(cells, ours, theirs))
    told = {(one.table, key) for one in kinds for key in (one.key, one.other_key)}
    for place in sorted(ours.keys() & theirs.keys() - told):
        yield from _of_one_row(place, ours[place], theirs[place])
    yield from kinds


def _of_one_row(place: Place, ours: Written, theirs: Written) -> Iterator[Conflict]:
    gone = [not _is_there(side) for side in (ours, theirs)]
    if any(gone):
        if not all(gone):
            yield _conflict(place, WHOLE, _last(ours), _last(theirs))
        return
    for column in sorted(ours.keys() & theirs.keys() - {WHOLE}):
        if ours[column][0] != theirs[column][0]:
            yield _conflict(place, column, ours[column], theirs[column])


def _of_a_kind(
    cells: dict[Place, Cell], ours: dict[Place, Written], theirs: dict[Place, Written]
) -> Iterator[Conflict]:
    """Yield two rows of which one can stand, one from each side."""
    groups: dict[object, set[Place]] = {}
    here, there = (
        {p for p, columns in one.items() if _is_there(columns)} for one in (ours, theirs)
    )
    for place in (*here, *there):
        kind = kind_of(place, cells[place].row)
        if kind is not None:
            groups.setdefault(kind, set()).add(place)
    for group in groups.values():
        mine, others = group & here - there, group & there - here
        if mine and others:
            one, other = max(mine), max(others)
            said = _last(ours[one])[1], _last(theirs[other])[1]
            rows = (_content(cells[one].row), said[0]), (_content(cells[other].row), said[1])
            if rows[0][0] != rows[1][0]:
                yield _conflict(one, WHOLE, *rows, other_key=other[1])


def _is_there(columns: Written) -> bool:
    """Return whether what one side wrote of a row leaves it there."""
    return columns.get(WHOLE, (True, None))[0] is True


def _content(row: Row) -> Row:
    return {column: value for column, value in row.items() if column != "id"}


def _last(written: Written) -> tuple[Json, Step]:
    """Return the columns that one side wrote, None for no row, and its last step."""
    step = max((step for _value, step in written.values()), key=lambda step: step.stamp)
    if WHOLE in written and not written[WHOLE][0]:
        return None, step
    return {column: value for column, (value, _step) in written.items() if column != WHOLE}, step


def _conflict(
    place: Place,
    column: str,
    ours: tuple[Json, Step],
    theirs: tuple[Json, Step],
    other_key: str = "",
) -> Conflict:
    later = Side.OURS if ours[1].stamp > theirs[1].stamp else Side.THEIRS
    return Conflict(*place, column, _said(*ours), _said(*theirs), later, other_key)


def _said(value: Json, step: Step) -> Said:
    return Said(value, step.author, step.at, step.title, step.id)
