"""One row as edits leave it, and what is left of a merge that was taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from partnerdesk.model.json import Row
from partnerdesk.store import Change
from partnerdesk.store.edit import canonical

Place = tuple[str, str]


@dataclass
class Cell:
    """One row as edits leave it: its last values stay known when it is taken out."""

    row: Row = field(default_factory=dict)
    alive: bool = False
    whole: bool = False

    def carry_out(self, change: Change) -> None:
        """Let the row be as one change leaves it."""
        self.whole = self.whole or change.is_whole
        if change.after is None:
            self.row = {**(change.before or {}), **self.row}
        else:
            self.row.update(change.after)
        self.alive = change.after is not None and self.whole


def left_over(stand: Iterable[Change], taken_back: Iterable[Change]) -> tuple[Change, ...]:
    """Return what of the changes that took a merge back the changes that stand do not lead to.

    Mostly nothing. But a person may have typed over a value that came in, have taken that back,
    and then the merge: the edits that stand lead to the value that came in, the row to the old one.
    """
    changes = tuple(taken_back)
    cells = {(change.table, change.key): Cell() for change in changes}
    for change in stand:
        if (change.table, change.key) in cells:
            cells[change.table, change.key].carry_out(change)
    rest = (_rest(cells[change.table, change.key], change) for change in changes)
    return tuple(change for change in rest if change is not None)


def _rest(cell: Cell, change: Change) -> Change | None:
    """Return what still has to change for the row to be as `change` left it."""
    if change.after is None:
        return change if cell.alive else None
    if not cell.alive:
        return change if change.before is None else None
    short = [
        name
        for name, value in change.after.items()
        if canonical(cell.row.get(name)) != canonical(value)
    ]
    before, after = ({name: row.get(name) for name in short} for row in (cell.row, change.after))
    return Change(change.table, change.key, before, after) if short else None
