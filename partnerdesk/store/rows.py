"""Rows as values: validated and encoded on the way in, decoded on the way out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.model.json import Json, Row
from partnerdesk.store.edit import canonical
from partnerdesk.store.schema import INTERNAL, JSON_COLUMNS

Stored = str | int | None


@dataclass(frozen=True)
class Column:
    """One column: what it holds, and what stands in it when an insert says nothing."""

    name: str
    integer: bool
    json: bool
    nullable: bool
    default: Stored

    def checked(self, value: object) -> Json:
        """Return `value` as the row holds it; raises ValueError where the column cannot."""
        if value is None and self.nullable:
            return None
        if self.json:
            return _plain(json.loads(canonical(value)))  # type: ignore[arg-type]  # dumps checks it
        if self.integer and isinstance(value, int):
            return int(value)
        if not self.integer and isinstance(value, str):
            value.encode()  # half a character pair cannot be written
            return value
        raise ValueError(f"column {self.name} cannot hold {type(value).__name__}")

    def left_out(self) -> Json:
        """Return the default; raises ValueError where there is none."""
        if self.default is None and not self.nullable:
            raise ValueError(f"column {self.name} cannot be left out")
        return self.decoded(self.default)

    def stored(self, value: Json) -> Stored:
        """Return a checked value as the database keeps it."""
        if self.json and (value is not None or not self.nullable):
            return canonical(value)
        if value is None or isinstance(value, str | int):
            return value
        raise ValueError(f"column {self.name} cannot hold {type(value).__name__}")

    def decoded(self, value: Stored) -> Json:
        """Return what the database keeps as the row holds it."""
        return _plain(json.loads(value)) if self.json and isinstance(value, str) else value


@dataclass(frozen=True)
class Table:
    """One table of the record and its columns in order."""

    name: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Return the column with this name; raises ValueError where there is none."""
        found = next((c for c in self.columns if c.name == name), None)
        if found is None:
            raise ValueError(f"table {self.name} has no column {name}")
        return found

    def whole(self, row: Mapping[str, object]) -> Row:
        """Return a whole, checked row: defaults stand where `row` says nothing."""
        given = self.checked(row)
        return {c.name: given[c.name] if c.name in given else c.left_out() for c in self.columns}

    def checked(self, values: Mapping[str, object]) -> Row:
        """Return the named columns with checked values."""
        return {name: self.column(name).checked(value) for name, value in values.items()}

    def stored(self, row: Row) -> dict[str, Stored]:
        """Return checked values as the database keeps them."""
        return {name: self.column(name).stored(value) for name, value in row.items()}

    def decoded(self, kept: Iterable[Stored]) -> Row:
        """Return one row of the database, its columns in table order, as a row."""
        return {c.name: c.decoded(v) for c, v in zip(self.columns, kept, strict=True)}


class Rows:
    """The tables of the record on one connection; changes are written, but not journaled."""

    def __init__(self, connection: sqlite.Connection) -> None:
        """Read rows through `connection`."""
        self._connection = connection
        self._tables: dict[str, Table] = {}

    def table(self, name: str) -> Table:
        """Return the description of a table; raises ValueError for any other name."""
        if name not in self._tables:
            self._tables[name] = _described(self._connection, name)
        return self._tables[name]

    def row(self, name: str, key: str) -> Row | None:
        """Return the row with this id, or None."""
        return next(iter(self.rows(name, "id", {"id": key})), None)

    def rows(self, name: str, order: str, equals: Mapping[str, object]) -> list[Row]:
        """Return the rows whose columns equal the given values, in the order of one column."""
        table = self.table(name)
        by = table.column(order).name
        wanted = table.stored(table.checked(equals))
        where = [f"{quoted(column)} IS ?" for column in wanted]
        parts = ["SELECT * FROM", quoted(name), *(["WHERE", " AND ".join(where)] if where else [])]
        sql = " ".join([*parts, "ORDER BY", quoted(by), ", id"])
        kept = self._connection.execute(sql, tuple(wanted.values()))
        return [table.decoded(one) for one in kept]

    def insert(self, name: str, row: Row) -> None:
        """Write one whole row."""
        kept = self.table(name).stored(row)
        marks = ", ".join("?" for _ in kept)
        sql = " ".join(["INSERT INTO", quoted(name), f"({_listed(kept)}) VALUES ({marks})"])
        self._connection.execute(sql, tuple(kept.values()))

    def update(self, name: str, key: str, values: Row) -> None:
        """Write some columns of one row."""
        kept = self.table(name).stored(values)
        marks = ", ".join(f"{quoted(column)} = ?" for column in kept)
        sql = " ".join(["UPDATE", quoted(name), "SET", marks, "WHERE id = ?"])
        self._connection.execute(sql, (*kept.values(), key))

    def delete(self, name: str, key: str) -> None:
        """Remove one row."""
        sql = " ".join(["DELETE FROM", quoted(self.table(name).name), "WHERE id = ?"])
        self._connection.execute(sql, (key,))


def _described(connection: sqlite.Connection, name: str) -> Table:
    info = connection.execute("SELECT * FROM pragma_table_info(?)", (name,)).fetchall()
    if not info or name in INTERNAL:
        raise ValueError(f"the record has no table {name}")
    return Table(name, tuple(_column(name, *one[1:5]) for one in info))


def _column(table: str, name: str, kind: str, required: int, default: str | None) -> Column:
    integer = kind == "INTEGER"
    value: Stored = None
    if default is not None:
        value = int(default) if integer else default[1:-1]
    return Column(name, integer, (table, name) in JSON_COLUMNS, not required, value)


def quoted(name: str) -> str:
    """Return a name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def _listed(names: Iterable[str]) -> str:
    return ", ".join(quoted(name) for name in names)


def _plain(value: object) -> Json:
    return value  # type: ignore[return-value]  # what json.loads returns is Json
