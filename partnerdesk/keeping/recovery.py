"""What can be saved from a damaged file, side by side; the damaged file itself is only read."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from partnerdesk import pace
from partnerdesk.errors import EnvironmentProblem, PartnerDeskError
from partnerdesk.keeping.backups import backups, restore
from partnerdesk.keeping.carving import tables_of
from partnerdesk.keeping.pages import records_in
from partnerdesk.keeping.salvage import Kept, Readable, copy_bytes
from partnerdesk.language import _
from partnerdesk.model.json import Row
from partnerdesk.model.record import JournalHead
from partnerdesk.store import Store, create_store, holder, open_store, problems
from partnerdesk.store.chain import HASHED, Folded, fold, follows, image_of, remains_in
from partnerdesk.store.check import check
from partnerdesk.store.cipher import Key, key_of, raw_key
from partnerdesk.store.connection import connect, in_memory, migrate
from partnerdesk.store.edit import FORMAT, first_prev
from partnerdesk.store.opening import MAGIC
from partnerdesk.store.rows import Rows

TABLES = (
    "partnership", "partner", "participant", "session", "guide_text", "item", "round", "response",
    "agreement", "clause", "consent", "signatory", "charter_version", "signature", "note",
    "setting", "sealed_key",
)  # fmt: skip  # parents come before the rows that refer to them
_EDIT_COLUMNS = (
    "seq", "id", "at", "author", "session", "turn", "title", "undoing", "reverses", "salt",
    "digest", "prev", "hash",
)  # fmt: skip
_ADD_EDIT = "INSERT INTO edit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ADD_CHANGE = "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?)"
TORN = 4  # times its size is what a torn file may have had


class Way(Enum):
    """How a file was brought back."""

    BACKUP = "backup"
    JOURNAL = "journal"
    ROWS = "rows"


@dataclass(frozen=True)
class Recovered:
    """One file that was brought back: how many edits and rows it has, and what it lacks."""

    way: Way
    path: Path
    edits: int
    rows: int
    problems: tuple[str, ...]


def recover(path: Path, out: Path, passphrase: str | None = None) -> tuple[Recovered, ...]:
    """Write into the new folder `out` each file that can be brought back, none where none can.

    BACKUP: the newest backup that checks. JOURNAL: the tables rebuilt from the edits that can be
    read and proven, from the first on. ROWS: all rows that can be read, as one edit of a new file,
    where the journal does not have them all. Raises UserError "exists", "missing",
    "passphrase-needed" or "wrong-passphrase", EnvironmentProblem "already-open" or "disk".
    """
    key = _tried(path, out, passphrase)
    work = out / f".{path.name}.work"
    try:
        with problems.told(out):
            out.mkdir()
            _copy(path, work)
            return tuple(_ways(path, out, work, key, passphrase))
    except OSError as error:
        raise problems.disk(path) from error
    except pace.Stopped:
        shutil.rmtree(out, ignore_errors=True)
        raise
    finally:
        for one in (work, _journal(work)):
            one.unlink(missing_ok=True)


def _tried(path: Path, out: Path, passphrase: str | None) -> Key | None:
    """Return the key; a first page that is damaged cannot tell a wrong one."""
    if out.exists():
        raise problems.exists(out)
    try:
        open_store(path, passphrase=passphrase, read_only=True).close()
    except PartnerDeskError as problem:
        if problem.code not in ("damaged", "not-ours", "disk"):
            raise
    return key_of(passphrase)


def _copy(path: Path, work: Path) -> None:
    """Copy the file, and what a crash left beside it, so that both can be worked on."""
    if holder.held_here(path):
        raise problems.already_open(path, holder.holder_name(path))
    copy_bytes(path, work)
    os.truncate(work, TORN * path.stat().st_size)  # SQLite reads no file that lacks pages
    if _journal(path).exists():
        copy_bytes(_journal(path), _journal(work))


def _journal(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def _ways(
    path: Path, out: Path, work: Path, key: Key | None, passphrase: str | None
) -> Iterator[Recovered]:
    yield from _from_backup(path, out / f"backup-{path.name}", passphrase)
    pace.tell(1 / 3)
    with work.open("rb") as file:
        salt = file.read(16)
    fast = raw_key(key, salt) if key and salt != MAGIC else None
    readable = Readable(partial(connect, work, "rw", fast), tables_of(records_in(path, fast)))
    rebuilt = out / f"journal-{path.name}"
    folded = _rebuild(readable, rebuilt, key)
    if folded is not None:
        yield _told(Way.JOURNAL, rebuilt, key)
    pace.tell(2 / 3)
    rows = _rows(readable)
    if any(folded is None or (table, row["id"]) not in folded.rows for table, row in rows):
        salvaged = out / f"rows-{path.name}"
        with closing(create_store(salvaged, passphrase=passphrase)) as store:
            _insert(store, rows)
        yield _told(Way.ROWS, salvaged, key)


def _from_backup(path: Path, target: Path, passphrase: str | None) -> Iterator[Recovered]:
    for backup in backups(path, passphrase):
        try:
            restore(backup.path, target, passphrase)
        except EnvironmentProblem:
            continue  # a damaged backup; the one before may be sound
        yield _told(Way.BACKUP, target, key_of(passphrase))
        return


def _told(way: Way, path: Path, key: Key | None) -> Recovered:
    connection = connect(path, "ro", key)
    try:
        report = check(connection)
        rows = sum(_count(connection, table) for table in TABLES)
    finally:
        connection.close()
    return Recovered(way, path, report.edits, rows, report.problems)


def _count(connection: sqlite.Connection, table: str) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608  # our own names
    return int(count)


def _rebuild(readable: Readable, target: Path, key: Key | None) -> Folded | None:
    """Write a file from the provable front of the journal; None where there is no such thing."""
    identity = next((one for one in readable.rows("identity")), None)
    if identity is None or identity[1] != FORMAT:
        return None
    row: Row = {"id": str(identity[0]), "format": FORMAT, "made_at": str(identity[2])}
    edits = readable.rows("edit")
    changes = readable.rows("change")
    proven = list(_proven(row, edits, changes))
    if not proven:
        return None
    connection = connect(target, "rwc", key)
    try:
        migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO identity VALUES (:id, :format, :made_at)", row)
        folded = _write(connection, proven, row)
        _write_bytes(connection, folded, readable)
        connection.execute("COMMIT")
    finally:
        connection.close()
    return folded


def _proven(
    identity: Row, edits: list[Kept], changes: list[Kept]
) -> Iterator[tuple[Kept, list[Kept]]]:
    """Yield the edits from the first on, with their changes, as long as the chain holds."""
    by_seq: dict[object, list[Kept]] = {}
    for change in changes:
        by_seq.setdefault(change[0], []).append(change)
    head = JournalHead(0, first_prev(identity), 0)
    listed = ((int(str(c[0])), _plain(c[5])) for c in changes if c[2] == "erasure")
    remains = remains_in(listed)
    for edit in edits:
        named = dict(zip(_EDIT_COLUMNS, edit, strict=True))
        kept = by_seq.get(edit[0], [])
        header: Row = {name: _plain(named[name]) for name in (*HASHED, "salt", "digest", "hash")}
        if not follows(
            head, header, [tuple(_plain(v) for v in change) for change in kept], remains
        ):
            return
        head = JournalHead(head.seq + 1, str(named["hash"]), head.count + 1)
        yield edit, kept


def _plain(value: str | int | bytes | None) -> str | int | None:
    return value.hex() if isinstance(value, bytes) else value


def _write(
    connection: sqlite.Connection, proven: list[tuple[Kept, list[Kept]]], identity: Row
) -> Folded:
    """Write edits, changes and the rows that they leave."""
    for edit, changes in proven:
        connection.execute(_ADD_EDIT, edit)
        connection.executemany(_ADD_CHANGE, changes)
    folded = fold(connection, identity)
    rows = Rows(connection)
    for (table, _key), row in folded.rows.items():
        rows.insert(table, row)
    return folded


def _write_bytes(connection: sqlite.Connection, folded: Folded, readable: Readable) -> None:
    """Write the documents that are whole, and the secrets that the journal still wants."""
    for document in readable.rows("document"):
        if isinstance(document[2], bytes) and _sha256(document[2]) == document[0]:
            connection.execute("INSERT INTO document VALUES (?, ?, ?)", document)
    for secret in readable.rows("vault"):
        sealed = folded.rows.get(("sealed_key", str(secret[0])), {})
        if isinstance(secret[1], bytes) and (
            sealed.get("state") == "kept" and _sha256(secret[1]) == sealed.get("digest")
        ):
            connection.execute("INSERT INTO vault VALUES (?, ?)", secret)


def _rows(readable: Readable) -> list[tuple[str, Row]]:
    """Return all rows of the record that can be read, those without their parent left out.

    A row that is gone comes back from what the journal says of it, whether that can be proven
    or not.
    """
    found: list[tuple[str, Row]] = []
    keys: set[object] = set()
    left = _left(readable.rows("change"))
    for table in TABLES:
        if table == "sealed_key":
            continue  # a promise about a secret, which means nothing without its journal
        told = {key: row for (name, key), row in left.items() if name == table}
        for row in {**told, **{str(row["id"]): row for row in _decoded(readable, table)}}.values():
            if all(row.get(c) in keys for c in _PARENTS.get(table, ())):
                found.append((table, row))
                keys.add(row["id"])
    return found


def _left(changes: list[Kept]) -> dict[tuple[str, str], Row]:
    """Return the rows that the readable changes leave, of those whose beginning is among them."""
    left: dict[tuple[str, str], Row] = {}
    for _seq, _place, name, key, before, after in changes:
        place = (str(name), str(key))
        new = image_of(_plain(after))
        if new is None:
            left.pop(place, None)
        elif before is None or place in left:
            left[place] = {**left.get(place, {}), **new}
    return {place: row for place, row in left.items() if row.get("id") == place[1]}


_PARENTS = {
    "participant": ("partner_id",),
    "response": ("round_id",),
    "consent": ("partner_id",),
    "signatory": ("participant_id",),
    "signature": ("version_id", "signatory_id"),
}


def _decoded(readable: Readable, table: str) -> Iterator[Row]:
    """Yield the rows of a table that can be read, whole; in an older file it had fewer columns."""
    with closing(in_memory()) as connection:
        migrate(connection)
        described = Rows(connection).table(table)
    for kept in readable.rows(table):
        try:
            known = zip(described.columns, kept, strict=False)
            yield described.whole({c.name: c.decoded(_plain(value)) for c, value in known})
        except ValueError:
            continue


def _insert(store: Store, rows: list[tuple[str, Row]]) -> None:
    with store.transaction(_("Recover rows")) as t:
        for table, row in rows:
            with suppress(ValueError):  # what a change says that was altered may fit no table
                t.upsert(table, row)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
