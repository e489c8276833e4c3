"""Tables and lists that say the same in several languages, as one table or one list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from partnerdesk.charter.pages_look import apart, together
from partnerdesk.model.charter import Cell, Definition, Definitions, Table, TableColumn, TableRow

T = TypeVar("T")


def table_in_all(tables: Sequence[Table]) -> Table:
    """Return tables of one shape as one: words that differ stand together in their cell."""
    return replace(
        tables[0],
        title=together([table.title for table in tables]),
        columns=tuple(_column(one) for one in _side_by_side(table.columns for table in tables)),
        rows=tuple(_row(one) for one in _side_by_side(table.rows for table in tables)),
    )


def definitions_in_all(lists: Sequence[Definitions]) -> Definitions:
    """Return lists of one shape as one."""
    entries = _side_by_side(one.entries for one in lists)
    title = together([one.title for one in lists])
    return replace(lists[0], title=title, entries=tuple(_definition(one) for one in entries))


def _side_by_side(each: Iterable[Sequence[T]]) -> Iterable[tuple[T, ...]]:
    return zip(*each, strict=True)


def _column(columns: Sequence[TableColumn]) -> TableColumn:
    return replace(columns[0], text=together([column.text for column in columns]))


def _row(rows: Sequence[TableRow]) -> TableRow:
    return replace(rows[0], cells=tuple(_cell(one) for one in _side_by_side(r.cells for r in rows)))


def _cell(cells: Sequence[Cell]) -> Cell:
    return replace(cells[0], text=apart([cell.text for cell in cells]))


def _definition(entries: Sequence[Definition]) -> Definition:
    term = together([entry.term for entry in entries])
    return replace(entries[0], term=term, text=apart([entry.text for entry in entries]))
