"""How long a backup of a file of 100,000 edits holds up the window: what needs the open file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.edits import PASSPHRASE
from bench.measure import Figure, seconds
from bench.opening import EDITS, locked_file, old_file
from partnerdesk.store import Store, open_store

ROUNDS = 20


def backing(kept: Path, folder: Path) -> Iterator[Figure]:
    """Yield milliseconds until the window goes on, without a passphrase and with one."""
    files = ((old_file(kept), None, ""), (locked_file(kept), PASSPHRASE, ", encrypted"))
    for path, passphrase, which in files:
        with open_store(path, passphrase=passphrase) as store:
            held = median(seconds(lambda: _begin(store, folder)) for _round in range(ROUNDS))
        yield Figure(f"begin a backup of {EDITS:,} edits{which}", held * 1e3, "ms", 100.0)


def _begin(store: Store, folder: Path) -> None:
    store.begin_copy(folder / "backup.pdesk").drop()
