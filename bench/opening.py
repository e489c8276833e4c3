"""Opening a file that has seen 100,000 edits: against one that has seen none, and encrypted."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.edits import PASSPHRASE
from bench.measure import Finding, interleaved, seconds
from partnerdesk.model.ids import new_id
from partnerdesk.store import Store, change_passphrase, create_store, open_store
from partnerdesk.store.cipher import key_of, raw_key
from partnerdesk.store.connection import in_memory, migrate
from partnerdesk.store.edit import FORMAT
from partnerdesk.store.opening import utc_now
from partnerdesk.store.schema import MIGRATIONS

EDITS = 100_000
GOALS = 50
ROUNDS = 40
SALT_BYTES = 16


def opening(folder: Path) -> Finding:
    """Return milliseconds to open a file, read its partners and goals, and offer undo."""
    empty, old = folder / "empty.pdesk", old_file(folder)
    empty.unlink(missing_ok=True)
    create_store(empty).close()
    ours, bare = interleaved(
        lambda: seconds(lambda: _open(old)), lambda: seconds(lambda: _open(empty)), ROUNDS
    )
    return Finding(f"open a file of {EDITS:,} edits / empty", ours * 1e3, bare * 1e3, "ms", 1.5)


def encrypted_opening(folder: Path) -> Finding:
    """Return the same for that file with a passphrase, whose key was derived before."""
    old, locked = old_file(folder), locked_file(folder)
    derived = _derived(locked)
    ours, bare = interleaved(
        lambda: seconds(lambda: _open(locked, derived)), lambda: seconds(lambda: _open(old)), ROUNDS
    )
    return Finding(f"open {EDITS:,} edits, encrypted / plain", ours * 1e3, bare * 1e3, "ms", 2.0)


def old_file(folder: Path) -> Path:
    """Return a file of 100,000 edits, written on the first call; `begun_file` is its first edit."""
    old = _kept(folder, "edits")
    if not old.exists():
        _write_old(old, begun_file(folder))
    return old


def locked_file(folder: Path) -> Path:
    """Return the same file with a passphrase."""
    locked = _kept(folder, "locked")
    if not locked.exists():
        shutil.copyfile(old_file(folder), locked)
        change_passphrase(locked, None, PASSPHRASE)
    return locked


def begun_file(folder: Path) -> Path:
    """Return where the same file lies as it was after its first edit."""
    return _kept(folder, "begun")


def _kept(folder: Path, name: str) -> Path:
    return folder / f"{EDITS}-{name}.v{len(MIGRATIONS)}.pdesk"


def _derived(path: Path) -> str:
    """Return the key of a locked file as SQLCipher takes it without deriving it again."""
    key = key_of(PASSPHRASE)
    assert key is not None
    with path.open("rb") as file:
        return raw_key(key, file.read(SALT_BYTES)).text


def _open(path: Path, passphrase: str | None = None) -> None:
    with open_store(path, passphrase=passphrase) as store:
        store.rows("partner", order="position")
        store.rows("item", order="position", list="goals")
        store.undo_title()


def _write_old(path: Path, begun: Path) -> None:
    """Write the file in memory first, where no edit waits for a disk, then copy it out."""
    connection = in_memory()
    migrate(connection)
    connection.execute("INSERT INTO identity VALUES (?, ?, 'now')", (new_id(), FORMAT))
    memory = Path("memory")
    with Store(connection, memory, read_only=False, clock=utc_now, new_id=new_id) as store:
        with store.transaction("Add goals") as t:
            for goal in range(GOALS):
                t.insert("item", {"id": f"goal-{goal}", "list": "goals", "text": ""})
        store.copy_to(begun)
        for number in range(EDITS - 1):
            with store.transaction("Reword goal", author="ada") as t:
                t.update("item", f"goal-{number % GOALS}", text=f"Water, version {number}")
        store.copy_to(path)
