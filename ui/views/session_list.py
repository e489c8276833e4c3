"""The list that the people write before they are asked about it: their decisions, their goals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from partnerdesk.flow import values
from partnerdesk.flow.items import add_item, change_item, remove_item
from partnerdesk.kinds.base import Setting
from partnerdesk.language import _
from partnerdesk.model.guide import Item, ItemList
from partnerdesk.model.json import Json
from ui.theme import Type, line, spaced, typed
from ui.views.agree_cells import field_of
from ui.views.view import RecordView
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.fields import Field, TextField
from ui.widgets.text import Body, Caption, Heading, Words


class ItemRow(QWidget):
    """One item: its words, its further fields behind "Details", and a way to take it out."""

    changed = Signal(object)
    detailed = Signal(object)
    removed = Signal()

    def __init__(
        self,
        item: Item,
        number: int,
        asks: ItemList,
        setting: Setting,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.item = item
        place = _("item {n}").format(n=number)
        self.words = TextField(item.text)
        self.words.setAccessibleName(place)
        self.words.committed.connect(self.changed)
        self._fields = {
            column.id: field_of(column, setting, item.details.get(column.id), place)
            for column in asks.fields
        }
        self._details = self._detail_box()
        column = QVBoxLayout(self)
        spaced(column, 6, (2, 0))
        column.addLayout(self._first_line(number, place))
        column.addWidget(self._details)

    def show_item(self, item: Item) -> None:
        """Show what the record holds; typing under way is not disturbed."""
        self.item = item
        self.words.set_value(item.text)
        if not self.words.hasFocus():
            self.words.setCursorPosition(0)
        for key, field in self._fields.items():
            field.set_value(item.details.get(key) or "")

    def flush(self) -> None:
        """Commit what is still being typed."""
        self.words.flush()
        for field in self._fields.values():
            field.flush()

    def fields(self) -> Mapping[str, Field]:
        """Return the further fields by their names."""
        return self._fields

    def _first_line(self, number: int, place: str) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 6)
        row.addWidget(Words(str(number), Type.CAPTION, tone="text2", wrap=False, digits=True))
        row.addWidget(self.words, 1)
        if self._fields:
            row.addWidget(self._detail_button(place))
        away = PlainButton("", "x")
        away.setToolTip(_("Take out"))
        away.setAccessibleName(_("Take out {place}").format(place=place))
        away.clicked.connect(self.removed)
        row.addWidget(away)
        return row

    def _detail_button(self, place: str) -> PlainButton:
        button = PlainButton(_("Details"), "down", icon_after=True)
        button.setAccessibleName(_("Details of {place}").format(place=place))
        button.clicked.connect(lambda: self._details.setVisible(self._details.isHidden()))
        return button

    def _detail_box(self) -> QFrame:
        box = QFrame()
        box.setProperty("kind", "well")
        grid = QGridLayout(box)
        spaced(grid, 12, (12, 14))
        for n, field in enumerate(self._fields.values()):
            grid.addWidget(field, n, 0)
            field.committed.connect(self._on_detail)
        box.hide()
        return box

    def _on_detail(self, _value: object) -> None:
        held = {key: cast(Json, field.value()) for key, field in self._fields.items()}
        self.detailed.emit({**self.item.details, **{k: v for k, v in held.items() if v}})


class ListEditor(QWidget):
    """The list with its prompt, and the guide's suggestions once people wrote their own.

    What is done here goes into the record by `view`; `changed` comes after each change.
    """

    changed = Signal()

    def __init__(
        self, view: RecordView, asks: ItemList, setting: Setting, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._view, self._asks, self._setting = view, asks, setting
        self._rows: list[ItemRow] = []
        self._opened = False
        self.entry = QLineEdit()
        typed(self.entry, Type.BODY)
        self.entry.setAccessibleName(_("New: {list}").format(list=asks.text))
        self.entry.returnPressed.connect(self.add_typed)
        self.add = QuietButton(_("Add"), "plus")
        self.add.clicked.connect(self.add_typed)
        self.more = PlainButton(_("Look at suggestions"))
        self.more.clicked.connect(self._open_suggestions)
        self._lines = QVBoxLayout()
        spaced(self._lines, 2)
        self._suggested = QVBoxLayout()
        spaced(self._suggested, 6)
        self._lay_out()
        self.renew()

    def rows(self) -> list[ItemRow]:
        """Return the rows, from the top."""
        return list(self._rows)

    def renew(self) -> None:
        """Show the list as the record holds it; a row being typed in stays as it is."""
        items = values.items(self._view.work.store, self._asks.id)
        if [row.item.id for row in self._rows] != [item.id for item in items]:
            self._rebuild(items)
        for row, item in zip(self._rows, items, strict=True):
            row.show_item(item)
        self._show_suggestions({item.text for item in items})

    def flush(self) -> None:
        """Commit what is still being typed, the new line too."""
        for row in self._rows:
            row.flush()
        self.add_typed()

    def add_typed(self) -> None:
        """Add the line that is typed; nothing happens while it is empty."""
        text = self.entry.text().strip()
        if text and self._add(text):
            self.entry.clear()
            self.entry.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        spaced(column, 10)
        column.addWidget(Heading(self._asks.text))
        column.addWidget(Body(self._asks.prompt, tone="text2"))
        column.addLayout(self._lines)
        row = QHBoxLayout()
        spaced(row, 8)
        row.addWidget(self.entry, 1)
        row.addWidget(self.add)
        column.addLayout(row)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        column.addLayout(self._suggested)
        column.addStretch()

    def _rebuild(self, items: Sequence[Item]) -> None:
        _empty(self._lines)
        self._rows = [self._row(item, n) for n, item in enumerate(items, start=1)]
        for row in self._rows:
            self._lines.addWidget(row)

    def _row(self, item: Item, number: int) -> ItemRow:
        row = ItemRow(item, number, self._asks, self._setting)
        row.changed.connect(lambda text: self._change(item.id, text=text))
        row.detailed.connect(lambda details: self._change(item.id, details=details))
        row.removed.connect(lambda: self._remove(item.id))
        return row

    def _add(self, text: str) -> bool:
        view = self._view
        work = view.work
        return self._renewed(
            view.succeeds(add_item, work.store, work.guide, self._asks.id, text, origin=view)
        )

    def _change(
        self, item_id: str, *, text: str | None = None, details: Mapping[str, Json] | None = None
    ) -> None:
        view = self._view
        work = view.work
        self._renewed(
            view.succeeds(
                change_item,
                work.store,
                work.guide,
                item_id,
                text=text,
                details=details,
                origin=view,
            )
        )

    def _remove(self, item_id: str) -> None:
        view = self._view
        work = view.work
        self._renewed(view.succeeds(remove_item, work.store, work.guide, item_id, origin=view))

    def _renewed(self, went: bool) -> bool:
        """Show the record after a change, and pass on whether it went through."""
        self.renew()
        self.changed.emit()
        return went

    def _open_suggestions(self) -> None:
        self._opened = True
        self._show_suggestions({row.item.text for row in self._rows})

    def _show_suggestions(self, have: set[str]) -> None:
        left = [words for words in self._asks.suggestions if words not in have]
        self.more.setVisible(bool(have and left) and not self._opened)
        _empty(self._suggested)
        if not (self._opened and left):
            return
        self._suggested.addWidget(Caption(_("Suggestions. Add those that people want.")))
        for words in left:
            self._suggested.addWidget(self._suggestion(words))
            self._suggested.addWidget(line())

    def _suggestion(self, words: str) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        spaced(row, 8)
        button = PlainButton(_("Add"), "plus")
        button.setAccessibleName(_("Add: {words}").format(words=words))
        button.clicked.connect(lambda: self._add(words))
        row.addWidget(Body(words), 1)
        row.addWidget(button)
        return box


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
