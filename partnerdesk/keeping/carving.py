"""Tells which table a record without one belongs to, by what its columns can hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.keeping.pages import LEAF, Record, Value
from partnerdesk.keeping.salvage import Kept
from partnerdesk.store.connection import in_memory, migrate
from partnerdesk.store.edit import FORMAT
from partnerdesk.store.schema import JSON_COLUMNS

TYPES: dict[str, type] = {"TEXT": str, "INTEGER": int, "BLOB": bytes}


@dataclass(frozen=True)
class _Column:
    """What a column can hold, and whether it is the row id itself."""

    name: str
    kind: type
    nullable: bool
    is_rowid: bool

    def holds(self, value: Value) -> bool:
        return self.nullable if value is None else isinstance(value, self.kind)


@dataclass(frozen=True)
class _Table:
    """What a record must be like to be of one table."""

    name: str
    columns: tuple[_Column, ...]
    has_rowid: bool

    def taken(self, record: Record) -> Kept | None:
        """Return the row that a record is in this table, or None where it cannot be one."""
        if self.has_rowid != (record.mark == LEAF) or len(record.values) != len(self.columns):
            return None
        row: list[Value] = []
        for column, value in zip(self.columns, record.values, strict=True):
            found = record.rowid if column.is_rowid and value is None else value
            if not column.holds(found) or not self._reads(column.name, found):
                return None
            row.append(found)
        return tuple(row)

    def _reads(self, column: str, value: Value) -> bool:
        if isinstance(value, str) and "\0" in value:
            return False
        if (self.name, column) not in JSON_COLUMNS:
            return True
        try:
            return isinstance(json.loads(str(value)), dict | list) or self.name == "setting"
        except (ValueError, RecursionError):
            return False


def tables_of(records: Iterable[Record]) -> dict[str, list[Kept]]:
    """Return the records by the table that they are rows of; what may be of two is of one."""
    tables = _tables()
    found: dict[str, list[Kept]] = {table.name: [] for table in tables}
    for record in records:
        taken = {table.name: row for table in tables if (row := table.taken(record)) is not None}
        name = _chosen(taken)
        if name:
            found[name].append(taken[name])
    people = {row[0] for row in found["participant"]}
    meetings = found["session"]
    found["signatory"] = [row for row in meetings if row[2] in people]
    found["session"] = [row for row in meetings if row[2] not in people]
    return found


def _chosen(taken: dict[str, Kept]) -> str:
    """Return the table of a record that fits several: the one that asks for more."""
    if "identity" in taken:
        return "identity" if taken["identity"][1] == FORMAT else "guide_text"
    for name in ("agreement", "setting", "session"):
        if name in taken:
            return name
    return next(iter(taken), "")


def _tables() -> tuple[_Table, ...]:
    """Return the tables as the newest migrations make them."""
    with closing(in_memory()) as connection:
        migrate(connection)
        listed = connection.execute(
            "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            " AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
        ).fetchall()
        return tuple(
            _Table(name, _columns(connection, name, not bare), not bare) for name, bare in listed
        )


def _columns(connection: sqlite.Connection, table: str, has_rowid: bool) -> tuple[_Column, ...]:
    found = connection.execute(
        'SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (table,)
    ).fetchall()
    return tuple(
        _Column(name, TYPES[kind], not required, bool(key) and kind == "INTEGER" and has_rowid)
        for name, kind, required, key in found
    )
