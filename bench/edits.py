"""One durable edit: against the same row and entry in bare sqlcipher3; encrypted against plain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from itertools import count
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from bench.measure import Finding, interleaved, seconds
from partnerdesk.store import Store, create_store
from partnerdesk.store.connection import connect

ROUNDS = 400
PASSPHRASE = "correct horse battery staple lamp"  # noqa: S105  # of files that only say "Water"
TEXT = "Water for the upper gardens, version {n}"


def edits(folder: Path) -> Finding:
    """Return milliseconds per edit, each with its wait for the disk."""
    store, connection = create_store(folder / "edit.pdesk"), _bare_file(folder / "bare.db")
    try:
        ours, bare = interleaved(_ours(store), _bare(connection), ROUNDS)
    finally:
        store.close()
        connection.close()
    return Finding("one durable edit", ours * 1e3, bare * 1e3, "ms", 2.0)


def encrypted_edits(folder: Path) -> Finding:
    """Return milliseconds per edit of a file with a passphrase, beside one without."""
    plain = create_store(folder / "plain.pdesk")
    locked = create_store(folder / "locked.pdesk", passphrase=PASSPHRASE)
    try:
        ours, bare = interleaved(_ours(locked), _ours(plain), ROUNDS)
    finally:
        locked.close()
        plain.close()
    return Finding("one encrypted edit / plain", ours * 1e3, bare * 1e3, "ms", 2.5)


def _ours(store: Store) -> Callable[[], float]:
    numbers = count()
    with store.transaction("Add goal") as t:
        key = t.insert("item", {"id": "goal", "list": "goals", "text": ""})

    def edit() -> None:
        with store.transaction("Reword goal", author="ada") as t:
            t.update("item", key, text=TEXT.format(n=next(numbers)))

    return lambda: seconds(edit)


def _bare_file(path: Path) -> sqlite.Connection:
    """Return a new file under the settings that the store uses, with two plain tables."""
    connection = connect(path, "rwc")
    connection.execute("CREATE TABLE item (id TEXT PRIMARY KEY, text TEXT) STRICT")
    connection.execute(
        "CREATE TABLE journal (seq INTEGER PRIMARY KEY, author TEXT, title TEXT, changes TEXT,"
        " prev TEXT, hash TEXT) STRICT"
    )
    connection.execute("INSERT INTO item VALUES ('goal', '')")
    return connection


def _bare(connection: sqlite.Connection) -> Callable[[], float]:
    numbers = count(1)
    last = ["", ""]  # the text and the hash before

    def edit() -> None:
        number = next(numbers)
        text = TEXT.format(n=number)
        changes = json.dumps({"table": "item", "before": last[0], "after": text})
        mark = hashlib.sha256((last[1] + changes).encode()).hexdigest()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE item SET text = ? WHERE id = 'goal'", (text,))
        entry = (number, "ada", "Reword goal", changes, last[1], mark)
        connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)", entry)
        connection.execute("COMMIT")
        last[:] = text, mark

    return lambda: seconds(edit)
