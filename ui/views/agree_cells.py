"""Editors for the cells of an agreed table: one for each type of column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

from PySide6.QtCore import QStringListModel, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.language import _
from partnerdesk.model.guide import Column, ColumnType
from partnerdesk.model.json import Json
from ui.theme import Type, spaced
from ui.widgets.fields import ChoiceField, DateField, Field, LongTextField, NumberField, TextField
from ui.widgets.marks import PartnerMark
from ui.widgets.text import Words

MOST_DAYS = 36500


class Cell(Protocol):
    """One editor: its value as the payload holds it, and a signal when it comes to rest."""

    committed: SignalInstance

    def value(self) -> Any:
        """Return the value as JSON."""
        ...

    def set_value(self, value: Any) -> None:
        """Show a value silently."""
        ...


class TextCell(TextField):
    """A line of text that offers the guide's words; a list of words is kept as a list."""

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        self._column = column
        self._listed = False
        super().__init__(parent=parent)
        if column.choices:
            words = QStringListModel([text for _key, text in column.choices], self)
            completer = QCompleter(words, self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.setCompleter(completer)

    def value(self) -> Any:
        """Return the key of the words where the guide has one, else the words."""
        typed = super().value()
        if self._listed:
            return [one.strip() for one in typed.split(",") if one.strip()]
        keys = {text: key for key, text in self._column.choices}
        return keys.get(typed, typed)

    def set_value(self, value: Any) -> None:
        """Show the words for a key, or a list with commas."""
        self._listed = isinstance(value, list)
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
        super().set_value(dict(self._column.choices).get(shown, shown))


class LevelCell(ChoiceField):
    """One step of the activity's scale, in words; its value is a number or None."""

    def value(self) -> Any:
        """Return the level, or None while none is chosen."""
        key = super().value()
        return int(key) if key else None

    def set_value(self, value: Any) -> None:
        """Show a level."""
        super().set_value("" if value is None else str(value))


class RolesCell(QWidget):
    """A letter for each partner, side by side: who decides, who is asked, who is told."""

    committed = Signal(object)

    def __init__(self, column: Column, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column_ = QVBoxLayout(self)
        spaced(column_, 6)
        self._choices: dict[str, ChoiceField] = {}
        for partner in setting.partners:
            line = QHBoxLayout()
            spaced(line, 8)
            line.addWidget(PartnerMark(partner.index, 14))
            line.addWidget(Words(partner.short, Type.BODY), 1)
            choice = ChoiceField(column.choices)
            choice.setAccessibleName(f"{column.text}, {partner.short}")
            choice.committed.connect(self._on_committed)
            line.addWidget(choice, 1)
            self._choices[partner.id] = choice
            column_.addLayout(line)

    def value(self) -> Any:
        """Return {partner: letter} for the partners that have one."""
        held = {partner: choice.value() for partner, choice in self._choices.items()}
        return {partner: letter for partner, letter in held.items() if letter}

    def set_value(self, value: Any) -> None:
        """Show the letters silently."""
        held = cast(dict[str, str], value) if isinstance(value, dict) else {}
        for partner, choice in self._choices.items():
            choice.set_value(held.get(partner, ""))

    def setAccessibleName(self, name: str) -> None:
        """Name each partner's choice after the column."""
        super().setAccessibleName(name)

    def _on_committed(self, _value: object) -> None:
        self.committed.emit(self.value())


def cell_of(column: Column, setting: Setting, value: Json = None) -> QWidget:
    """Return the editor for a column, showing `value`; it is a Cell."""
    editor = _made(column, setting)
    cast(Cell, editor).set_value(_empty(column) if value is None else value)
    return editor


def field_of(column: Column, setting: Setting, value: Json, place: str) -> Field:
    """Return the editor with its label above; `place` tells it apart from the other rows'."""
    field = Field(column.text, cell_of(column, setting, value))
    field.editor.setAccessibleName(f"{column.text}, {place}" if place else column.text)
    return field


def choices_of(column: Column, setting: Setting) -> list[tuple[str, str]]:
    """Return the (key, words) that a column offers."""
    if column.type is ColumnType.PARTNER:
        return [(p.id, p.short) for p in setting.partners]
    if column.type is ColumnType.ITEM:
        return [(item.id, item.text) for item in setting.items_of.get(column.items, ())]
    if column.type is ColumnType.LEVEL:
        scale = setting.scale
        words: Sequence[str] = scale.words or [""] * (scale.high - scale.low + 1)
        return [(str(n), f"{n}  {word}") for n, word in enumerate(words, scale.low)]
    return list(column.choices)


def _made(column: Column, setting: Setting) -> QWidget:
    if column.type is ColumnType.LONG:
        return LongTextField(lines=2)
    if column.type is ColumnType.DAYS:
        return NumberField(most=MOST_DAYS)
    if column.type is ColumnType.DATE:
        return DateField()
    if column.type is ColumnType.ROLES:
        return RolesCell(column, setting)
    if column.type is ColumnType.LEVEL:
        return LevelCell(choices_of(column, setting))
    if column.type is ColumnType.TEXT:
        return TextCell(column)
    nobody = [] if column.required else [("", _("Nobody in particular"))]
    return ChoiceField([*nobody, *choices_of(column, setting)])


def _empty(column: Column) -> Json:
    numbers = (ColumnType.DAYS, ColumnType.LEVEL)
    return None if column.type in numbers else {} if column.type is ColumnType.ROLES else ""
