"""Opening a file that has seen 100,000 edits, against one that has seen none."""

from __future__ import annotations

from pathlib import Path

from bench.measure import Finding, interleaved, seconds
from partnerdesk.model.ids import new_id
from partnerdesk.store import Store, create_store, open_store
from partnerdesk.store.connection import in_memory, migrate
from partnerdesk.store.edit import FORMAT
from partnerdesk.store.opening import utc_now
from partnerdesk.store.schema import MIGRATIONS

EDITS = 100_000
GOALS = 50
ROUNDS = 40


def opening(folder: Path) -> Finding:
    """Return milliseconds to open a file, read its partners and goals, and offer undo."""
    empty, old = folder / "empty.pdesk", folder / f"{EDITS}-edits.v{len(MIGRATIONS)}.pdesk"
    empty.unlink(missing_ok=True)
    create_store(empty).close()
    if not old.exists():
        _write_old(old)
    ours, bare = interleaved(
        lambda: seconds(lambda: _open(old)), lambda: seconds(lambda: _open(empty)), ROUNDS
    )
    return Finding(f"open a file of {EDITS:,} edits / empty", ours * 1e3, bare * 1e3, "ms", 1.5)


def _open(path: Path) -> None:
    with open_store(path) as store:
        store.rows("partner", order="position")
        store.rows("item", order="position", list="goals")
        store.undo_title()


def _write_old(path: Path) -> None:
    """Write the file in memory first, where no edit waits for a disk, then copy it out."""
    connection = in_memory()
    migrate(connection)
    connection.execute("INSERT INTO identity VALUES (?, ?, 'now')", (new_id(), FORMAT))
    memory = Path("memory")
    with Store(connection, memory, read_only=False, clock=utc_now, new_id=new_id) as store:
        with store.transaction("Add goals") as t:
            for goal in range(GOALS):
                t.insert("item", {"id": f"goal-{goal}", "list": "goals", "text": ""})
        for number in range(EDITS - 1):
            with store.transaction("Reword goal", author="ada") as t:
                t.update("item", f"goal-{number % GOALS}", text=f"Water, version {number}")
        store.copy_to(path)
