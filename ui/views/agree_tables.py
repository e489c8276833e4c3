"""The tables of an agreement as forms: rows to add, change, move and take out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.tables import part_rows
from partnerdesk.language import _
from partnerdesk.model.guide import Column, ColumnType, Part
from partnerdesk.model.json import Json, Row
from ui.theme import Type, line, spaced
from ui.views.agree_cells import Cell, cell_of, choices_of, field_of
from ui.widgets.buttons import PlainButton
from ui.widgets.fields import Field
from ui.widgets.marks import PartnerMark
from ui.widgets.text import Caption, Heading, Words

WIDE = (ColumnType.LONG, ColumnType.ROLES, ColumnType.ITEM)


class RowForm(QFrame):
    """One row: its fields, two beside each other where they are short."""

    changed = Signal()
    removed = Signal()

    def __init__(
        self,
        part: Part,
        setting: Setting,
        row: Mapping[str, Json],
        number: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields: dict[str, Field] = {}
        grid = QGridLayout(self)
        spaced(grid, 12, (12, 0))
        place = "" if part.single else _("row {n}").format(n=number)
        at = 0
        for column in part.columns:
            field = field_of(column, setting, row.get(column.id), place)
            field.committed.connect(self._on_committed)
            self._fields[column.id] = field
            at = _put(grid, field, at, wide=column.type in WIDE)
        self.setFocusProxy(self._fields[part.columns[0].id])
        if not part.single:
            away = PlainButton(_("Take this row out"), icon="x")
            away.setAccessibleName(_("Take out {place}").format(place=place))
            away.clicked.connect(self.removed)
            grid.addWidget(away, (at + 1) // 2, 1)

    def row(self) -> Row:
        """Return what the fields hold, without the columns that are empty."""
        held = {key: cast(Json, field.value()) for key, field in self._fields.items()}
        return {key: value for key, value in held.items() if value is not None}

    def flush(self) -> None:
        """Commit what is still being typed."""
        for field in self._fields.values():
            field.flush()

    def _on_committed(self, _value: object) -> None:
        self.changed.emit()


class PartEditor(QWidget):
    """One table of an agreement; `changed` comes when a field rests or a row comes or goes."""

    changed = Signal()

    def __init__(
        self,
        part: Part,
        setting: Setting,
        payload: Mapping[str, Json],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.part = part
        self._setting = setting
        self._rows: list[RowForm] = []
        self._column = QVBoxLayout(self)
        spaced(self._column, 4)
        if part.text:
            self._column.addWidget(Heading(part.text))
        self._body = QVBoxLayout()
        spaced(self._body, 0)
        self._column.addLayout(self._body)
        given = part_rows(part, payload)
        for row in given or ([{}] if part.single else []):
            self._add(row)
        if not part.single:
            more = PlainButton(_("Add a row"), icon="plus")
            more.setAccessibleName(_("Add a row: {table}").format(table=part.text))
            more.clicked.connect(self._on_more)
            line_ = QHBoxLayout()
            line_.addWidget(more)
            line_.addStretch()
            self._column.addLayout(line_)

    def value(self) -> Json:
        """Return the rows, or the one row of a single part; rows without a word are left out."""
        rows = [form.row() for form in self._rows]
        written = [row for row in rows if any(value not in ("", {}, []) for value in row.values())]
        if self.part.single:
            return written[0] if written else {}
        return cast(Json, written)

    def flush(self) -> None:
        """Commit what is still being typed."""
        for form in self._rows:
            form.flush()

    def _add(self, row: Mapping[str, Json]) -> RowForm:
        form = RowForm(self.part, self._setting, row, len(self._rows) + 1)
        form.changed.connect(self.changed)
        form.removed.connect(lambda: self._on_removed(form))
        if self._rows:
            self._body.addWidget(line())
        self._rows.append(form)
        self._body.addWidget(form)
        return form

    def _on_more(self) -> None:
        self._add({}).setFocus()
        self.changed.emit()

    def _on_removed(self, form: RowForm) -> None:
        self._rows.remove(form)
        self._body.removeWidget(form)
        form.deleteLater()
        self.changed.emit()


class GridEditor(QWidget):
    """A table with a row for every pair, such as each decision with each partner."""

    changed = Signal()

    def __init__(
        self,
        part: Part,
        setting: Setting,
        payload: Mapping[str, Json],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.part = part
        self._cells: dict[tuple[str, str], dict[str, QWidget]] = {}
        assert part.grid is not None
        columns = {column.id: column for column in part.columns}
        first, second = (columns[key] for key in part.grid)
        rest = [column for column in part.columns if column.id not in part.grid]
        given = {(str(r.get(first.id)), str(r.get(second.id))): r for r in part_rows(part, payload)}
        outer = QVBoxLayout(self)
        spaced(outer, 8)
        outer.addWidget(Heading(part.text))
        for key, words in choices_of(first, setting):
            outer.addWidget(line())
            outer.addWidget(Words(words, Type.BODY_BOLD))
            outer.addLayout(self._block(second, rest, setting, key, words, given))

    def value(self) -> Json:
        """Return a row for each pair that has anything chosen."""
        assert self.part.grid is not None
        first, second = self.part.grid
        rows: list[Json] = []
        for (one, other), cells in self._cells.items():
            held = {key: cast(Cell, cell).value() for key, cell in cells.items()}
            if any(value is not None for value in held.values()):
                kept = {key: value for key, value in held.items() if value is not None}
                rows.append({first: one, second: other, **kept})
        return rows

    def flush(self) -> None:
        """Choices commit at once; there is nothing to flush."""

    def _block(
        self,
        second: Column,
        rest: list[Column],
        setting: Setting,
        key: str,
        words: str,
        given: Mapping[tuple[str, str], Row],
    ) -> QLayout:
        """Return the lines under one heading: a name, then an editor for each other column."""
        grid = QGridLayout()
        spaced(grid, 8)
        for place, column in enumerate(rest, 1):
            grid.addWidget(Caption(column.text), 0, place)
            grid.setColumnStretch(place, 2)
        grid.setColumnStretch(0, 2)
        for at, (other, name) in enumerate(choices_of(second, setting), 1):
            grid.addLayout(_named(second, setting, other, name), at, 0)
            row = given.get((key, other), {})
            self._cells[key, other] = {}
            for place, column in enumerate(rest, 1):
                cell = cell_of(column, setting, row.get(column.id))
                cell.setAccessibleName(f"{words}, {name}, {column.text}")
                cast(Cell, cell).committed.connect(self._on_committed)
                self._cells[key, other][column.id] = cell
                grid.addWidget(cell, at, place)
        return grid

    def _on_committed(self, _value: object) -> None:
        self.changed.emit()


def editor_of(part: Part, setting: Setting, payload: Mapping[str, Json]) -> PartEditor | GridEditor:
    """Return the editor that fits a part, showing what `payload` holds of it."""
    return (GridEditor if part.grid else PartEditor)(part, setting, payload)


def _named(column: Column, setting: Setting, key: str, words: str) -> QLayout:
    """Return a name, with its mark where it is a partner's."""
    name = QHBoxLayout()
    spaced(name, 8)
    partner = next((p for p in setting.partners if p.id == key), None)
    if column.type is ColumnType.PARTNER and partner:
        name.addWidget(PartnerMark(partner.index, 14))
    name.addWidget(Words(words, Type.BODY), 1)
    return name


def _put(grid: QGridLayout, field: QWidget, at: int, *, wide: bool) -> int:
    """Put a field at cell `at` of two columns and return the next free cell."""
    if wide:
        at += at % 2
        grid.addWidget(field, at // 2, 0, 1, 2)
        return at + 2
    grid.addWidget(field, at // 2, at % 2)
    return at + 1
