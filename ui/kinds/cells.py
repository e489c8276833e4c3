"""The cells of a row that is proposed in private: words, numbers, days, choices, roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.lines import step_word
from partnerdesk.language import _
from partnerdesk.model.guide import Column, ColumnType
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Partner
from ui.kinds.private import PrivateText, keep_private, refusal
from ui.theme import Type, sized, spaced, typed
from ui.widgets.fields import ChoiceField, DateField, NumberField
from ui.widgets.marks import PartnerMark
from ui.widgets.text import Body

MOST_DAYS = 36500
HIGH = 44

Choices = Sequence[tuple[str, str]]


class Cell(QWidget):
    """One cell; `wide` ones end their line."""

    changed = Signal()
    wide = False

    def __init__(self, column: Column) -> None:
        super().__init__()
        self._text = column.text
        self._column = QVBoxLayout(self)
        spaced(self._column, 8)

    def value(self) -> Json:
        """Return what the cell holds; None, '' or {} while it is empty."""
        raise NotImplementedError

    def editors(self) -> Mapping[str, QWidget]:
        """Return the editors by what their names add to the column's."""
        raise NotImplementedError

    def start(self) -> None:
        """Put the keyboard here."""
        next(iter(self.editors().values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_place(self, place: str) -> None:
        """Name the editors after the column and `place`, such as a row's heading."""
        for more, editor in self.editors().items():
            parts = (place, self._text, more)
            editor.setAccessibleName(", ".join(part for part in parts if part))


class WordsCell(Cell):
    """Words, on one line or more."""

    wide = True

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._editor = PrivateText(column.text, lines=2 if column.type is ColumnType.LONG else 1)
        self._editor.textChanged.connect(self.changed)
        self._column.addWidget(self._editor)
        self._column.addWidget(refusal(self._editor))

    def value(self) -> Json:
        """Return the words, '' where there are only blanks."""
        words = self._editor.words()
        return words if words.strip() else ""

    def editors(self) -> Mapping[str, QWidget]:
        """Return the one editor."""
        return {"": self._editor}


class FigureCell(Cell):
    """A number of days, or a date."""

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        day = column.type is ColumnType.DATE
        self._editor: DateField | NumberField = DateField() if day else NumberField(most=MOST_DAYS)
        self._editor.textChanged.connect(self.changed)
        keep_private(self._editor)
        typed(self._editor, Type.LEAD)
        sized(self._editor, 0, HIGH)
        row = QHBoxLayout()
        spaced(row, 10)
        row.addWidget(self._editor)
        row.addWidget(Body("" if day else _("days")), 1)
        self._column.addLayout(row)

    def value(self) -> Json:
        """Return the number or the ISO day; None or '' while there is none."""
        found: Json = self._editor.value()
        return found

    def editors(self) -> Mapping[str, QWidget]:
        """Return the one editor."""
        return {"": self._editor}


class ChoiceCell(Cell):
    """One of several, in words; `numbers` says that the keys are numbers."""

    def __init__(self, column: Column, choices: Choices, *, numbers: bool = False) -> None:
        super().__init__(column)
        self._numbers, self._editor = numbers, _choice(choices)
        self._editor.activated.connect(self.changed)
        self._column.addWidget(self._editor)

    def value(self) -> Json:
        """Return the key, or '' while none is chosen."""
        key = self._editor.value()
        return int(key) if key and self._numbers else key

    def editors(self) -> Mapping[str, QWidget]:
        """Return the one editor."""
        return {"": self._editor}


class RolesCell(Cell):
    """A role for each partner."""

    wide = True

    def __init__(self, column: Column, partners: Sequence[Partner]) -> None:
        super().__init__(column)
        self._names = {partner.id: partner.short or partner.name for partner in partners}
        self._editors = {partner.id: _choice(column.choices) for partner in partners}
        for partner in partners:
            self._editors[partner.id].activated.connect(self.changed)
            self._column.addLayout(_role(partner, self._editors[partner.id]))

    def value(self) -> Json:
        """Return {partner: letter} for all partners once each has one, else {}."""
        letters = {partner: editor.value() for partner, editor in self._editors.items()}
        return dict(letters) if all(letters.values()) else {}

    def editors(self) -> Mapping[str, QWidget]:
        """Return an editor for each partner."""
        return {self._names[partner]: editor for partner, editor in self._editors.items()}


def cell_of(column: Column, setting: Setting) -> Cell:
    """Return an empty cell for a column."""
    if column.type is ColumnType.ROLES:
        return RolesCell(column, setting.partners)
    if column.type in (ColumnType.DAYS, ColumnType.DATE):
        return FigureCell(column)
    choices = choices_of(column, setting)
    if choices:
        return ChoiceCell(column, choices, numbers=column.type is ColumnType.LEVEL)
    return WordsCell(column)


def choices_of(column: Column, setting: Setting) -> Choices:
    """Return the keys and words that a column offers, none where words are typed."""
    if column.type is ColumnType.PARTNER:
        return [(partner.id, partner.short or partner.name) for partner in setting.partners]
    if column.type is ColumnType.ITEM:
        return [(item.id, item.text) for item in setting.items_of.get(column.items, ())]
    if column.type is ColumnType.LEVEL:
        scale = setting.scale
        return [(str(n), step_word(scale, n)) for n in range(scale.low, scale.high + 1)]
    return column.choices


def _choice(choices: Choices) -> ChoiceField:
    made = ChoiceField([("", _("not chosen")), *choices])
    typed(made, Type.LEAD)
    sized(made, 0, HIGH)
    return made


def _role(partner: Partner, editor: ChoiceField) -> QHBoxLayout:
    row = QHBoxLayout()
    spaced(row, 10)
    row.addWidget(PartnerMark(partner.index, 16))
    row.addWidget(Body(partner.short or partner.name), 1)
    row.addWidget(editor, 2)
    return row
