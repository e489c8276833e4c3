"""Two copies of a partnership that both went on: 100,000 edits of one come into the other."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.measure import Figure, seconds
from bench.opening import EDITS, GOALS, begun_file, old_file
from partnerdesk.exchange.copies import copy_of
from partnerdesk.exchange.merge import apply, plan
from partnerdesk.store import Store, open_store


def merging(kept: Path, folder: Path) -> Figure:
    """Return seconds to plan and carry out the merge, into a file that has edits of its own."""
    theirs, ours = old_file(kept), folder / "ours.pdesk"
    shutil.copyfile(begun_file(kept), ours)
    with open_store(ours) as mine, open_store(theirs, read_only=True) as other:
        for goal in range(GOALS):
            with mine.transaction("Order goals", author="ben") as t:
                t.update("item", f"goal-{goal}", position=goal)
        took = seconds(lambda: _merge(mine, other))
    return Figure(f"{EDITS:,} edits merged", took, "s", 10.0)


def _merge(mine: Store, other: Store) -> None:
    apply(mine, plan(copy_of(mine), copy_of(other)))
