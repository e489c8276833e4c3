"""Connections to the one SQLite of the process, set up the one way that lost nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.store import schema
from partnerdesk.store.cipher import Key, quoted, unlock

if TYPE_CHECKING:
    from sqlite_utils import Database

OLDEST_SQLITE = (3, 51, 3)  # before it, the WAL-reset bug

_PRAGMAS = (
    "locking_mode=EXCLUSIVE",
    "synchronous=FULL",
    "foreign_keys=1",
    "temp_store=2",
    "secure_delete=1",
    "trusted_schema=0",
    "cell_size_check=1",
    "mmap_size=0",
)


def connect(path: Path, mode: str, key: Key | None = None) -> sqlite.Connection:
    """Return a connection in mode "ro", "rw" or "rwc" that takes its lock at first use."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return _set_up(sqlite.connect(uri, uri=True, **_PLAIN), key)


def read_unlocked(path: Path, key: Key | None = None) -> sqlite.Connection:
    """Return a copy in memory, made without a lock: only of a file that is held elsewhere.

    Raises sqlite.Error where the file changed meanwhile, is damaged, or the key does not fit.
    """
    vfs = "win32-none" if sys.platform == "win32" else "unix-none"
    copy = in_memory()
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro&vfs={vfs}"
        copy.execute(f"ATTACH ? AS source KEY {quoted(key)}", (uri,))
        export(copy, "source", "main")
        copy.execute("DETACH source")
    except BaseException:
        copy.close()
        raise
    return copy


def export(connection: sqlite.Connection, source: str, target: str) -> None:
    """Write all tables, rows and marks of one attached database into another, empty one."""
    connection.execute("SELECT sqlcipher_export(?, ?)", (target, source)).fetchall()
    for mark in ("application_id", "user_version"):
        (value,) = connection.execute(f"PRAGMA {source}.{mark}").fetchone()
        connection.execute(f"PRAGMA {target}.{mark}={int(value)}")


def export_to(connection: sqlite.Connection, path: Path, key: Key | None) -> None:
    """Write all that a connection holds into a new file, under another key or none."""
    connection.execute(f"ATTACH ? AS target KEY {quoted(key)}", (str(path),))
    try:
        export(connection, "main", "target")
    finally:
        connection.execute("DETACH target")


def in_memory() -> sqlite.Connection:
    """Return a connection to an empty database in memory."""
    return _set_up(sqlite.connect(":memory:", uri=True, **_PLAIN))


def migrate(connection: sqlite.Connection, until: int | None = None) -> None:
    """Run the pending migrations, up to number `until`, each in one transaction with its number."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for number, migration in enumerate(schema.MIGRATIONS[version:until], version + 1):
        connection.execute("BEGIN IMMEDIATE")
        migration(_database(connection))
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={number}")
        connection.execute("COMMIT")


_PLAIN = {"isolation_level": None, "timeout": 0.5}


def _set_up(connection: sqlite.Connection, key: Key | None = None) -> sqlite.Connection:
    assert sqlite.sqlite_version_info >= OLDEST_SQLITE, sqlite.sqlite_version
    try:
        unlock(connection, key)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except sqlite.Error:
        connection.close()
        raise
    return connection


def _database(connection: sqlite.Connection) -> Database:
    """Return sqlite-utils over our connection; loaded here because it costs 48 ms."""
    sys.modules.setdefault("pysqlite3", sqlite)
    sys.modules.setdefault("pysqlite3.dbapi2", sqlite)
    import sqlite_utils

    return sqlite_utils.Database(connection, execute_plugins=False)
