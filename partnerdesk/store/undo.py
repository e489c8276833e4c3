"""What can be undone and redone, read from the tail of the journal and kept nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from partnerdesk.store.edit import Undoing
from partnerdesk.store.journal import Header, Journal


@dataclass(frozen=True)
class Standing:
    """An edit as it stands now: `base` was made once, `latest` undid or redid it last."""

    base: Header
    latest: Header


def undoable(journal: Journal) -> Iterator[Standing]:
    """Yield the edits in effect, the last made or redone first, back to a barrier."""
    seen: set[str] = set()
    for latest in journal.newest_first():
        if latest.undoing is Undoing.BARRIER:
            return
        base, undone = _traced(journal, latest)
        if base.undoing is Undoing.QUIET or base.id in seen:
            continue
        seen.add(base.id)
        if not undone:
            yield Standing(base, latest)


def redoable(journal: Journal) -> Iterator[Standing]:
    """Yield the edits undone since the last new edit, the last undone first."""
    seen: set[str] = set()
    for latest in journal.newest_first():
        if latest.undoing is Undoing.QUIET:
            continue
        if not latest.reverses:
            return
        base, undone = _traced(journal, latest)
        if base.id not in seen and undone:
            yield Standing(base, latest)
        seen.add(base.id)


def chosen(
    journal: Journal, standings: Iterator[Standing], author: str | None
) -> tuple[Standing | None, bool]:
    """Return the first edit of `author` (None for anyone's), and whether it is free to move.

    It is free when no edit passed over on the way touches the same columns: then it could as
    well have been the first.
    """
    passed: list[Standing] = []
    for one in standings:
        if author is None or one.base.author == author:
            return one, all(_swaps(journal, one, other) for other in passed)
        passed.append(one)
    return None, True


def _swaps(journal: Journal, one: Standing, other: Standing) -> bool:
    """Return whether two edits touch nothing in common, so that their order does not matter."""
    mine, theirs = (journal.changes(each.base.seq) for each in (one, other))
    return not any(change.touches(another) for change in mine for another in theirs)


def _traced(journal: Journal, latest: Header) -> tuple[Header, bool]:
    """Return the edit that this one is about, and whether it leaves it undone.

    An undo reverses an edit, a redo reverses an undo: no chain is longer.
    """
    if not latest.reverses:
        return latest, False
    target = journal.header(latest.reverses)
    if not target.reverses:
        return target, True
    return journal.header(target.reverses), False
