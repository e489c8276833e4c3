"""The check of a whole file: chain, rows, documents, vault, schema and pages, step by step."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.language import _
from partnerdesk.model.json import Json, Row
from partnerdesk.model.record import JournalHead
from partnerdesk.store import schema
from partnerdesk.store.chain import FIRST, SLICE, Folding
from partnerdesk.store.connection import in_memory, migrate
from partnerdesk.store.edit import FORMAT
from partnerdesk.store.rows import Rows, Stored, Table, quoted

DOCUMENT_TABLE = "charter_version"
DOCUMENT_COLUMNS = ("charter_id", "unsigned_id", "signed_id")

PAGES_DONE, JOURNAL_DONE = 0.1, 0.95
"""Shares of a check, about as long as its parts take."""

Found = str | float
"""What a part of a check yields: a problem, or how much of the part is done where one may pause."""
Schema = list[tuple[str, str, str, str | None]]
_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"


@dataclass(frozen=True)
class CheckReport:
    """What a check found: `problems` is empty when all is as it was written.

    `erased` is how many edits no longer prove what they changed, because it was erased.
    """

    ok: bool
    problems: tuple[str, ...]
    edits: int
    head: JournalHead
    erased: int = 0


def check(connection: sqlite.Connection) -> CheckReport:
    """Return whether a file is as PartnerDesk wrote it; what cannot be read is a problem too.

    A cut tail and a journal rewritten as a whole need an anchor outside the file: compare
    `head` with a printed charter.
    """
    walk = walked(connection)
    while True:
        try:
            next(walk)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]  # a generator's value has no type here


def walked(connection: sqlite.Connection) -> Generator[float, None, CheckReport]:
    """Check as `check` does in steps of some milliseconds; each yields the share that is done.

    Edits may be made between two steps: what is compared is always compared as of one moment.
    """
    before: list[str] = []
    after: list[str] = []
    yield from _tried(_pages(connection), before, 0.0, PAGES_DONE)
    yield from _tried(_tables(connection), before, PAGES_DONE, PAGES_DONE)
    folding, lost = Folding(connection, {}), _("The journal cannot be read.")
    try:
        folding = Folding(connection, _identity(connection))
        while folding.step():
            yield PAGES_DONE + (JOURNAL_DONE - PAGES_DONE) * folding.share
    except _UNREADABLE:
        folding.give_up(lost)
    for part in (_rows, _documents, _vault):
        yield from _tried(part(connection, folding), after, JOURNAL_DONE, 1.0)
    folded = folding.folded
    found = (*before, *folded.problems, *after)
    return CheckReport(not found, found, folded.head.count, folded.head, len(folded.remains))


def is_needed(rows: Rows, digest: str) -> bool:
    """Return whether a row refers to the document with this SHA-256."""
    return any(rows.rows(DOCUMENT_TABLE, "id", {c: digest}) for c in DOCUMENT_COLUMNS)


# What reading a damaged file may raise: from the database, or from values that no row can hold.
_UNREADABLE = (sqlite.Error, ValueError, TypeError, LookupError, RecursionError)


def _tried(part: Iterator[Found], problems: list[str], begin: float, end: float) -> Iterator[float]:
    """Note the problems that a part finds, being unreadable among them; yield its shares."""
    try:
        for found in part:
            if isinstance(found, str):
                problems.append(found)
            else:
                yield begin + (end - begin) * found
    except _UNREADABLE:
        problems.append(_("A part of the file cannot be read."))


def _pages(connection: sqlite.Connection) -> Iterator[Found]:
    """Yield what the database finds in its own pages and references."""
    for check_ in (
        "quick_check",
        "cipher_integrity_check",
    ):  # the latter says nothing of a plain file
        for (line,) in connection.execute(f"PRAGMA {check_}"):
            if line != "ok":
                yield _("A page of the file is damaged: {detail}").format(detail=line)
        yield 0.5
    for name in _names(connection):
        for table, *_rest in connection.execute(f"PRAGMA foreign_key_check({quoted(name)})"):
            yield _("A row of {table} refers to one that is not there.").format(table=table)
        yield 1.0


def _names(connection: sqlite.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return [name for (name,) in found.fetchall()]


def _tables(connection: sqlite.Connection) -> Iterator[Found]:
    """Yield the tables that are not as the migrations make them."""
    marks = [_mark(connection, name) for name in ("application_id", "user_version")]
    if marks[0] != schema.APPLICATION_ID or not 1 <= marks[1] <= len(schema.MIGRATIONS):
        yield _("The file's mark of program and version is not ours.")
    here, made = set(connection.execute(_SCHEMA)), set(_expected(marks[1]))
    for _type, name, *_rest in sorted(here ^ made, key=str):
        yield _("The table or index {name} is not as PartnerDesk makes it.").format(name=name)


def _mark(connection: sqlite.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)


@cache
def _expected(version: int) -> Schema:
    """Return the schema that the migrations make up to a version."""
    connection = in_memory()
    try:
        migrate(connection, version)
        return connection.execute(_SCHEMA).fetchall()  # type: ignore[no-any-return]  # an untyped driver
    finally:
        connection.close()


def _identity(connection: sqlite.Connection) -> Row:
    """Return the one identity row; raises ValueError where there is none, several or another's."""
    found = connection.execute("SELECT id, format, made_at FROM identity").fetchall()
    if len(found) != 1 or found[0][1] != FORMAT:
        raise ValueError("identity")
    return dict(zip(("id", "format", "made_at"), found[0], strict=True))


def _rows(connection: sqlite.Connection, folding: Folding) -> Iterator[Found]:
    """Yield each row that is not what the journal leaves."""
    rows = Rows(connection)
    made = _expected(_mark(connection, "user_version"))
    tables = {name for kind, name, *_rest in made if kind == "table"} - schema.INTERNAL
    for name in sorted(tables):
        yield from _changed(connection, rows.table(name), folding)
    for name, key in folding.folded.rows:
        if name not in tables:
            yield _("A row of {table} is gone: {key}").format(table=name, key=key)


def _changed(connection: sqlite.Connection, table: Table, folding: Folding) -> Iterator[Found]:
    """Yield what is wrong with the rows of one table, those that are gone last."""
    name, seen, last = table.name, set(), FIRST
    sql = f"SELECT rowid, * FROM {quoted(name)} WHERE rowid > ? ORDER BY rowid LIMIT ?"  # noqa: S608  # our own names
    while True:
        while folding.step():
            yield 0.0
        part = connection.execute(sql, (last, SLICE)).fetchall()
        for _rowid, *kept in part:
            seen.add(kept[0])
            yield from _behind(table, kept, folding)
        if len(part) < SLICE:
            break
        last = part[-1][0]
        yield 0.0
    one = f"SELECT * FROM {quoted(name)} WHERE id = ?"  # noqa: S608  # our own names
    for key in [k for n, k in folding.folded.rows if n == name and k not in seen]:
        late = connection.execute(one, (key,)).fetchone()
        if late is None:
            yield _("A row of {table} is gone: {key}").format(table=name, key=key)
        else:
            yield from _behind(table, late, folding)


def _behind(table: Table, kept: Sequence[Stored], folding: Folding) -> Iterator[Found]:
    row = folding.folded.rows.get((table.name, str(kept[0])))
    if row is None or not _same(table, row, tuple(kept)):
        text = _("A row of {table} was changed behind the journal: {key}")
        yield text.format(table=table.name, key=kept[0])


def _same(table: Table, row: Row, kept: tuple[str | int | None, ...]) -> bool:
    """Return whether a folded row is the kept one; columns added later hold their default."""
    columns = table.columns
    whole = {c.name: row[c.name] if c.name in row else c.left_out() for c in columns}
    return set(row) <= set(whole) and tuple(table.stored(whole).values()) == kept


def _documents(connection: sqlite.Connection, folding: Folding) -> Iterator[Found]:
    """Yield documents that changed, and those that a charter version misses."""
    for digest in altered_documents(connection):
        if digest is not None:
            yield _("The document {digest} was changed.").format(digest=digest)
        yield 0.0
    while folding.step():
        yield 0.0
    for (table, _key), row in folding.folded.rows.items():
        for column in DOCUMENT_COLUMNS if table == DOCUMENT_TABLE else ():
            if row[column] and not _is_there(connection, row[column]):
                yield _("The document {digest} is gone.").format(digest=row[column])


def altered_documents(connection: sqlite.Connection) -> Iterator[str | None]:
    """Yield for each document its id where its bytes are others, else None."""
    last = FIRST
    sql = "SELECT rowid, id, data FROM document WHERE rowid > ? ORDER BY rowid LIMIT 1"
    while (one := connection.execute(sql, (last,)).fetchone()) is not None:
        last, digest, data = one
        yield None if hashlib.sha256(data).hexdigest() == digest else str(digest)


def _is_there(connection: sqlite.Connection, digest: Json) -> bool:
    sql = "SELECT 1 FROM document WHERE id = ?"
    return connection.execute(sql, (digest,)).fetchone() is not None


def _vault(connection: sqlite.Connection, folding: Folding) -> Iterator[Found]:
    """Yield secrets that are not those sealed, that should be gone, or that are gone."""
    while folding.step():
        yield 0.0
    kept = {}
    for key, data in connection.execute("SELECT id, data FROM vault").fetchall():
        kept[key] = hashlib.sha256(data).hexdigest()
        if kept[key] not in folding.folded.sealed.get(key, ()):
            yield _("The key {key} is not the one that was sealed.").format(key=key)
    for (table, key), row in folding.folded.rows.items():
        if table != "sealed_key":
            continue
        if row["state"] == "destroyed" and key in kept:
            yield _("The key {key} should be destroyed.").format(key=key)
        elif row["state"] != "destroyed" and kept.get(key) != row["digest"]:
            yield _("The key {key} is gone or changed.").format(key=key)
