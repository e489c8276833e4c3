"""Makes and opens partnership files, and says in words why one cannot be opened."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.errors import PartnerDeskError
from partnerdesk.model.ids import new_id as fresh_id
from partnerdesk.model.json import Row
from partnerdesk.store import holder, problems, schema
from partnerdesk.store.cipher import PAGE_BYTES, Key, key_of, looks_encrypted
from partnerdesk.store.connection import connect, migrate, read_unlocked
from partnerdesk.store.copying import checked, copy_to, half_made, sync
from partnerdesk.store.edit import FORMAT
from partnerdesk.store.passphrase import check_passphrase
from partnerdesk.store.store import Clock, NewId, Store
from partnerdesk.store.watch import Watch

MAGIC = b"SQLite format 3\0"
WRITABLE = {1, 2}  # the marks of a format that SQLite writes as well as reads
PAGE_MARKS = {2, 5, 10, 13}
JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
HEADER_BYTES = 100
COPY_ATTEMPTS = 20
LARGEST_CHECKED = 4 * 2**20  # bytes that are looked through at once when a file is opened
LONGEST_NAME, LONGEST_PATH = 220, 480  # bytes; SQLite takes 512, and we add to the name


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def create_store(
    path: Path,
    *,
    passphrase: str | None = None,
    identity: Row | None = None,
    clock: Clock = utc_now,
    new_id: NewId = fresh_id,
) -> Store:
    """Make an empty partnership file, encrypted where a passphrase is given, and open it.

    With the `identity` of another file it is a copy of that partnership, to merge with it. The
    file is made beside and moved in place. Raises UserError "exists" where there is a file,
    "missing" where the folder is not there, "weak-passphrase"; EnvironmentProblem "read-only" or
    "disk-full".
    """
    if passphrase is not None:
        check_passphrase(passphrase)
    path = Path(path)
    _refuse_long(path)
    if path.exists():
        raise problems.exists(path)
    if not path.parent.is_dir():
        raise problems.missing(path.parent)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    beside.unlink(missing_ok=True)
    try:
        fresh: Row = {
            "id": new_id(),
            "format": FORMAT,
            "made_at": clock().isoformat(timespec="milliseconds"),
        }
        _make(beside, path, identity or fresh, key_of(passphrase))
        _move(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return open_store(path, passphrase=passphrase, clock=clock, new_id=new_id)


def open_store(
    path: Path,
    *,
    passphrase: str | None = None,
    read_only: bool = False,
    clock: Clock = utc_now,
    new_id: NewId = fresh_id,
) -> Store:
    """Open a partnership file and hold it, so that no other program writes to it.

    Raises UserError "missing", "folder", "not-ours", "passphrase-needed", "wrong-passphrase" or
    "no-passphrase"; EnvironmentProblem "newer", "damaged", "read-only" (unless asked for) or
    "already-open". A refused file is not changed.
    """
    path, key = Path(path), key_of(passphrase)
    inspect(path, key)
    if not read_only and not _writable(path):
        raise problems.read_only(path)
    if read_only and _is_hot(path) and _writable(path):
        _held(path, False, key).close()  # only a writer can roll back what a crash left
    connection, watch = _held(path, read_only, key), None
    try:
        watch = None if read_only else Watch(path)
        close = partial(holder.release, holder.identity(path))
        with problems.told_opening(path):
            store = Store(
                connection,
                path,
                read_only=read_only,
                clock=clock,
                new_id=new_id,
                key=key,
                watch=watch,
                on_close=close,
            )
    except BaseException:
        connection.close()
        if watch is not None:
            watch.close()
        raise
    holder.hold(path)
    if not read_only:
        _tidy(path)
    return store


def _tidy(path: Path) -> None:
    """Take away what programs that were stopped left half-made beside the file.

    Whoever makes such a thing holds the file, so none is being made now.
    """
    for one in half_made(path.parent, re.escape(path.name)):
        with suppress(OSError):
            one.unlink()


def inspect(path: Path, key: Key | None = None) -> None:
    """Raise the reason why a file cannot be opened, as far as its first bytes tell it."""
    _refuse_long(path)
    if path.is_dir():
        raise problems.folder(path)
    if not path.exists():
        raise problems.missing(path)
    if holder.held_here(path):
        raise problems.already_open(path, holder.holder_name(path))
    start = _header(path)
    if start[:16] == MAGIC:
        refuse_strange(path, _number(start, 68), _number(start, 60))
        if not set(start[18:20]) <= WRITABLE:
            raise problems.damaged(path)
        if key is not None:
            raise problems.no_passphrase(path)
    elif _is_page(start[PAGE_BYTES:]):  # the first page is gone, the next one is a database's
        raise problems.damaged(path)
    elif not looks_encrypted(start):
        raise problems.not_ours(path)
    elif key is None or not key.text:
        raise problems.passphrase_needed(path)


def _refuse_long(path: Path) -> None:
    whole = path.absolute()
    if len(os.fsencode(whole.name)) > LONGEST_NAME or len(os.fsencode(whole)) > LONGEST_PATH:
        raise problems.long_name(path)


def is_locked(path: Path) -> bool:
    """Return whether a file that is there and closed asks for a passphrase."""
    try:
        inspect(path)
    except PartnerDeskError as problem:
        return problem.code == "passphrase-needed"
    return False


def refuse_strange(path: Path, application: int, version: int) -> None:
    """Raise where the marks of a file are another program's, or a newer PartnerDesk's."""
    if application != schema.APPLICATION_ID:
        raise problems.not_ours(path)
    if version > len(schema.MIGRATIONS):
        raise problems.newer(path, version, len(schema.MIGRATIONS))


def open_copy(path: Path, *, passphrase: str | None = None) -> Store:
    """Return a read-only copy in memory of a file that another program holds.

    Raises as `open_store` does; "already-open" where this program holds it, or where the other
    one writes without a pause.
    """
    path, key = Path(path), key_of(passphrase)
    inspect(path, key)
    for attempt in range(COPY_ATTEMPTS):
        time.sleep(0.02 if attempt else 0)
        connection = _copied(path, key)
        if connection is not None:
            return Store(connection, path, read_only=True, clock=utc_now, new_id=fresh_id, key=key)
    raise problems.already_open(path, holder.holder_name(path))


def _make(beside: Path, path: Path, identity: Row, key: Key | None) -> None:
    """Write an empty record into a new file and wait for the disk."""
    with problems.told(path):
        connection = connect(beside, "rwc", key)
        try:
            migrate(connection)
            connection.execute("INSERT INTO identity VALUES (:id, :format, :made_at)", identity)
        finally:
            connection.close()
    sync(beside)


def _move(beside: Path, path: Path) -> None:
    """Give a new file its name, never over another; FAT knows no links, so it is renamed there."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise problems.exists(path) from None
    except OSError:
        if path.exists():
            raise problems.exists(path) from None
        os.rename(beside, path)
    sync(path.parent)


def _held(path: Path, read_only: bool, key: Key | None) -> sqlite.Connection:
    """Return a connection that holds the file, its tables brought up to date."""
    try:
        with problems.told_opening(path):
            connection = _keyed(path, "ro" if read_only else "rw", key)
            try:
                _take(connection, path, read_only)
                if not read_only and _pragma(connection, "user_version") < len(schema.MIGRATIONS):
                    connection = _upgraded(connection, path, key)
            except BaseException:
                connection.close()
                raise
    except PartnerDeskError as problem:
        if problem.code != "already-open":
            raise
        raise problems.already_open(path, holder.holder_name(path)) from problem
    return connection


def _take(connection: sqlite.Connection, path: Path, read_only: bool) -> None:
    """Take the lock, roll back what a crash left half-written, and measure."""
    refuse_strange(path, *(_pragma(connection, name) for name in _MARKS))
    if not read_only:
        _lock(connection)
    pages, size, version = (_pragma(connection, name) for name in _MEASURES)
    if pages * size != path.stat().st_size or version < 1:
        raise problems.damaged(path)
    if not read_only and pages * size <= LARGEST_CHECKED and not _sound(connection):
        raise problems.damaged(path)


def _lock(connection: sqlite.Connection) -> None:
    """Take the lock and keep it.

    Of many that open at once each lets go of what it read while it waits, or all would wait for
    each other until none had any patience left.
    """
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("PRAGMA locking_mode=NORMAL")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("COMMIT")


def _upgraded(connection: sqlite.Connection, path: Path, key: Key | None) -> sqlite.Connection:
    """Return a connection to the file in its newest form; how it was stays beside it.

    The tables are brought up to date on a checked copy, which takes the file's place by one step:
    until then the file is not touched.
    """
    version = _pragma(connection, "user_version")
    before = path.with_name(f"{path.stem}.v{version}{path.suffix}")
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        for copy in (before, beside):
            copy_to(connection, path, copy, key)
        fresh = connect(beside, "rw", key)
        try:
            migrate(fresh)
        finally:
            fresh.close()
        checked(beside, key)
        sync(beside)
        if sys.platform == "win32":  # which replaces no file that is open
            connection.close()
        os.replace(beside, path)
        sync(path.parent)
    finally:
        beside.unlink(missing_ok=True)
    connection.close()
    newest = _keyed(path, "rw", key)
    _lock(newest)
    return newest


def _keyed(path: Path, mode: str, key: Key | None) -> sqlite.Connection:
    """Return a connection that can read; a key shows at the first read whether it fits."""
    try:
        return connect(path, mode, key)
    except sqlite.DatabaseError as error:
        if key is None or error.sqlite_errorname != "SQLITE_NOTADB":
            raise
        raise problems.wrong_passphrase(path) from None


def _sound(connection: sqlite.Connection) -> bool:
    """Return whether the pages are in order; a larger file is read through once it is open."""
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


_MARKS = ("application_id", "user_version")
_MEASURES = ("page_count", "page_size", "user_version")


def _pragma(connection: sqlite.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)


def _copied(path: Path, key: Key | None) -> sqlite.Connection | None:
    """Return a whole copy in memory, or None where the file changed while it was read."""
    before = _digest(path)
    if _is_hot(path):
        return None
    try:
        copy = read_unlocked(path, key)
    except sqlite.Error as error:
        if key is not None and error.sqlite_errorname == "SQLITE_NOTADB":
            raise problems.wrong_passphrase(path) from None
        return None
    whole = copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
    if whole and not _is_hot(path) and _digest(path) == before:
        return copy
    copy.close()
    return None


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _is_hot(path: Path) -> bool:
    """Return whether a rollback journal waits: the file is then halfway between two states."""
    journal = path.with_name(path.name + "-journal")
    return journal.exists() and _start(journal, len(JOURNAL_MAGIC)) == JOURNAL_MAGIC


def _header(path: Path) -> bytes:
    try:
        return _start(path, 2 * PAGE_BYTES).ljust(HEADER_BYTES, b"\0")
    except PermissionError:
        raise problems.read_only(path) from None
    except OSError as error:
        raise problems.disk(path) from error


def _is_page(page: bytes) -> bool:
    """Return whether a page is one of SQLite's, in clear, by its head (fileformat2, 1.6)."""
    free, cells, start = (int.from_bytes(page[at : at + 2], "big") for at in (1, 3, 5))
    return (
        len(page) == PAGE_BYTES
        and page[0] in PAGE_MARKS
        and (free == 0 or 8 <= free < PAGE_BYTES)
        and cells < PAGE_BYTES // 4
        and 8 + 2 * cells <= start <= PAGE_BYTES
    )


def _start(path: Path, length: int) -> bytes:
    with path.open("rb") as file:
        return file.read(length)


def _number(header: bytes, place: int) -> int:
    return int.from_bytes(header[place : place + 4], "big")


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
