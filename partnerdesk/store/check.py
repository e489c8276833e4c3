"""The check of a whole file: chain, rows, documents, vault, schema and pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.language import _
from partnerdesk.model.json import Row
from partnerdesk.model.record import JournalHead
from partnerdesk.store import schema
from partnerdesk.store.chain import Folded, fold
from partnerdesk.store.connection import in_memory, migrate
from partnerdesk.store.edit import FORMAT
from partnerdesk.store.rows import Rows, Table

DOCUMENT_TABLE = "charter_version"
DOCUMENT_COLUMNS = ("charter_id", "unsigned_id", "signed_id")

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
    folded = Folded(JournalHead(0, "", 0))
    problems = [*_tried(partial(_pages, connection)), *_tried(partial(_tables, connection))]
    try:
        folded = fold(connection, _identity(connection))
        problems += folded.problems
    except _UNREADABLE:
        problems.append(_("The journal cannot be read."))
    for part in (_rows, _documents, _vault):
        problems += _tried(partial(part, connection, folded))
    return CheckReport(
        not problems, tuple(problems), folded.head.count, folded.head, len(folded.remains)
    )


def is_needed(rows: Rows, digest: str) -> bool:
    """Return whether a row refers to the document with this SHA-256."""
    return any(rows.rows(DOCUMENT_TABLE, "id", {c: digest}) for c in DOCUMENT_COLUMNS)


# What reading a damaged file may raise: from the database, or from values that no row can hold.
_UNREADABLE = (sqlite.Error, ValueError, TypeError, LookupError, RecursionError)


def _tried(part: Callable[[], Iterator[str]]) -> list[str]:
    """Return the problems that a part of the check finds, being unreadable among them."""
    try:
        return list(part())
    except _UNREADABLE:
        return [_("A part of the file cannot be read.")]


def _pages(connection: sqlite.Connection) -> Iterator[str]:
    """Yield what the database finds in its own pages and references."""
    for (line,) in connection.execute("PRAGMA quick_check"):
        if line != "ok":
            yield _("A page of the file is damaged: {detail}").format(detail=line)
    for (line,) in connection.execute("PRAGMA cipher_integrity_check"):  # none in a plain file
        yield _("A page of the file is damaged: {detail}").format(detail=line)
    for table, *_rest in connection.execute("PRAGMA foreign_key_check"):
        yield _("A row of {table} refers to one that is not there.").format(table=table)


def _tables(connection: sqlite.Connection) -> Iterator[str]:
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


def _rows(connection: sqlite.Connection, folded: Folded) -> Iterator[str]:
    """Yield each row that is not what the journal leaves."""
    rows = Rows(connection)
    made = _expected(_mark(connection, "user_version"))
    tables = {name for kind, name, *_rest in made if kind == "table"} - schema.INTERNAL
    left = dict(folded.rows)
    for name in sorted(tables):
        table = rows.table(name)
        for kept in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608  # our own names
            row = left.pop((name, kept[0]), None)
            if row is None or not _same(table, row, kept):
                text = _("A row of {table} was changed behind the journal: {key}")
                yield text.format(table=name, key=kept[0])
    for name, key in left:
        yield _("A row of {table} is gone: {key}").format(table=name, key=key)


def _same(table: Table, row: Row, kept: tuple[str | int | None, ...]) -> bool:
    """Return whether a folded row is the kept one; columns added later hold their default."""
    columns = table.columns
    whole = {c.name: row[c.name] if c.name in row else c.left_out() for c in columns}
    return set(row) <= set(whole) and tuple(table.stored(whole).values()) == kept


def _documents(connection: sqlite.Connection, folded: Folded) -> Iterator[str]:
    """Yield documents that changed, and those that a charter version misses."""
    known = set()
    for digest, data in connection.execute("SELECT id, data FROM document"):
        known.add(digest)
        if hashlib.sha256(data).hexdigest() != digest:
            yield _("The document {digest} was changed.").format(digest=digest)
    for (table, _key), row in folded.rows.items():
        for column in DOCUMENT_COLUMNS if table == DOCUMENT_TABLE else ():
            if row[column] and row[column] not in known:
                yield _("The document {digest} is gone.").format(digest=row[column])


def _vault(connection: sqlite.Connection, folded: Folded) -> Iterator[str]:
    """Yield secrets that are not those sealed, that should be gone, or that are gone."""
    kept = {}
    for key, data in connection.execute("SELECT id, data FROM vault"):
        kept[key] = hashlib.sha256(data).hexdigest()
        if kept[key] not in folded.sealed.get(key, ()):
            yield _("The key {key} is not the one that was sealed.").format(key=key)
    for (table, key), row in folded.rows.items():
        if table != "sealed_key":
            continue
        if row["state"] == "destroyed" and key in kept:
            yield _("The key {key} should be destroyed.").format(key=key)
        elif row["state"] != "destroyed" and kept.get(key) != row["digest"]:
            yield _("The key {key} is gone or changed.").format(key=key)
