"""Rows of a table that each person proposes in private; revealed as they were written."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.plan import MOST_ROWS
from partnerdesk.language import _
from partnerdesk.model.guide import Part
from partnerdesk.model.json import Json, Row
from ui.kinds.base import AnswerForm, Twin, merged
from ui.kinds.cells import Cell, cell_of
from ui.kinds.columns import SideBySide
from ui.kinds.page import Asked
from ui.kinds.results import results
from ui.theme import spaced
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.text import Body, Caption

BESIDE = 2
"""So many short cells stand side by side."""


def form(setting: Setting, own: str, parent: QWidget | None = None) -> AnswerForm:
    """Return the private form: one page with as many rows as the person wants to propose."""
    part = proposed(setting)
    return AnswerForm([_Rows(setting, part)] if part else [], merged, parent)


def proposed(setting: Setting) -> Part | None:
    """Return the table whose rows are proposed privately, or None."""
    wanted = setting.activity.options.get("propose")
    return next((part for part in setting.activity.parts if part.id == wanted), None)


class _Rows(Asked):
    """The rows written so far, and a button for one more."""

    def __init__(self, setting: Setting, part: Part) -> None:
        super().__init__(part.text, setting.activity.question)
        self._setting, self._part = setting, part
        self._rows = list[_Row]()
        self._list = QVBoxLayout()
        spaced(self._list, 16)
        self.column.addLayout(self._list)
        self._more = QuietButton(_("Write another one"), "plus", big=True)
        self._more.clicked.connect(self._on_more)
        self._more.setVisible(not part.single)
        self.column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.end()
        self._add()

    def done(self) -> bool:
        """Return whether anything is written."""
        return any(row.value() for row in self._rows)

    def answer(self) -> dict[str, Json]:
        """Return {"rows": the rows that are not empty}."""
        return {"rows": [row.value() for row in self._rows if row.value()]}

    def _on_more(self) -> None:
        self._add().start()
        self.changed.emit()

    def _add(self) -> _Row:
        row = _Row(self._setting, self._part)
        row.changed.connect(self.changed)
        row.dropped.connect(lambda: self._drop(row))
        self._rows.append(row)
        self._list.addWidget(row)
        self._number()
        return row

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._number()
        self._rows[-1].start()
        self.changed.emit()

    def _number(self) -> None:
        for number, row in enumerate(self._rows, 1):
            row.show_number(number, alone=len(self._rows) == 1, single=self._part.single)
        self._more.setEnabled(len(self._rows) < MOST_ROWS)


class _Row(QFrame):
    """One row: a cell for each column, under its name."""

    changed = Signal()
    dropped = Signal()

    def __init__(self, setting: Setting, part: Part) -> None:
        super().__init__()
        self.setProperty("kind", "well")
        self._cells: dict[str, Cell] = {c.id: cell_of(c, setting) for c in part.columns}
        self._drop, self._head = PlainButton(_("Take away"), "x"), Body(strong=True)
        self._drop.clicked.connect(self.dropped)
        column = QVBoxLayout(self)
        spaced(column, 14, (14, 18))
        top = QHBoxLayout()
        spaced(top, 8)
        top.addWidget(self._head, 1)
        top.addWidget(self._drop)
        column.addLayout(top)
        self._lay_out(column, part)

    def value(self) -> Row:
        """Return the cells that hold something."""
        held = {key: cell.value() for key, cell in self._cells.items()}
        return {key: value for key, value in held.items() if value not in (None, "", {})}

    def start(self) -> None:
        """Put the keyboard into the first cell."""
        next(iter(self._cells.values())).start()

    def show_number(self, number: int, *, alone: bool, single: bool) -> None:
        """Show which row this is; one that stands `alone` cannot be taken away.

        The `single` row of a table has no number.
        """
        self._head.setText(_("Proposal {n}").format(n=number))
        self._head.setVisible(not single)
        self._drop.setVisible(not alone)
        self._drop.setAccessibleName(_("Take away proposal {n}").format(n=number))
        for cell in self._cells.values():
            cell.set_place("" if single else self._head.text())

    def _lay_out(self, column: QVBoxLayout, part: Part) -> None:
        waiting: list[QWidget] = []
        for one in part.columns:
            cell = self._cells[one.id]
            cell.changed.connect(self.changed)
            field = _labelled(one.text, cell)
            waiting.append(field)
            if cell.wide or len(waiting) == BESIDE:
                column.addWidget(_beside(waiting))
                waiting = []
        if waiting:
            column.addWidget(_beside(waiting))


def _labelled(label: str, cell: Cell) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    spaced(column, 4)
    column.addWidget(Caption(label))
    column.addWidget(cell)
    column.addStretch(1)
    return made


def _beside(fields: list[QWidget]) -> QWidget:
    return fields[0] if len(fields) == 1 else SideBySide(fields, least=260, gap=16)


TWIN = Twin(form, results)
