"""Fields of Prepare: they keep themselves, Enter goes on to the next, Ctrl+Z reaches the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from partnerdesk.charter.wording import language_words
from partnerdesk.language import _
from partnerdesk.model.json import Json
from ui.theme import emf, spaced
from ui.widgets.fields import DateField, Field

Save = Callable[[str, Json], str]
"""Keeps a value under a column's name; returns what is wrong in words, or ''."""

LANGUAGES = ("am", "ar", "en", "es", "fr", "hi", "pt", "ru", "sw", "uk")
SIXTHS, NARROW = 6, 560
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Slot:
    """One field of a form: its column, its label, its editor, and its share of a row in sixths."""

    column: str
    label: str
    editor: Any
    sixths: int = SIXTHS
    help_: str = ""


class Keys(QObject):
    """Lets Enter go through `editors` in order, and hands Ctrl+Z on to the record's undo."""

    def __init__(
        self, owner: QObject, editors: Sequence[QWidget], at_end: Callable[[], object] | None = None
    ) -> None:
        """Watch `editors`; Enter in the last one calls `at_end`."""
        super().__init__(owner)
        self._editors, self._at_end = list(editors), at_end
        for editor in editors:
            editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter, and what an editor would undo by itself."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and _undoes(event):
            flush(watched)
            event.ignore()
            return True
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, _KEYPAD)
        if event.type() != QEvent.Type.KeyPress or event.key() not in _ENTER or not plain:
            return False
        if isinstance(watched, QPlainTextEdit):
            return False
        self._go_on(watched)
        return True

    def _go_on(self, editor: QWidget) -> None:
        flush(editor)
        place = self._editors.index(editor) + 1
        if place < len(self._editors):
            self._editors[place].setFocus(Qt.FocusReason.TabFocusReason)
        elif self._at_end is not None:
            self._at_end()


class Form(QWidget):
    """Fields in rows of six sixths; in a narrow window each has a row of its own."""

    def __init__(
        self,
        slots: Sequence[Slot],
        save: Save,
        at_end: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show empty fields that are kept by `save`; Enter in the last one calls `at_end`."""
        super().__init__(parent)
        self._slots, self._save = tuple(slots), save
        self._narrow: bool | None = None
        self.fields = {s.column: Field(s.label, s.editor, help_=s.help_) for s in slots}
        self._grid = QGridLayout(self)
        spaced(self._grid, 12)
        for n in range(SIXTHS):
            self._grid.setColumnStretch(n, 1)
        for slot in slots:
            self._connect(slot)
        self._keys = Keys(self, [slot.editor for slot in slots], at_end)
        self._lay(narrow=False)

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show what the record holds; what is being typed is left alone."""
        for column, field in self.fields.items():
            if column in values:
                field.set_value(values[column])
                field.set_error("")

    def stops(self) -> list[QWidget]:
        """Return what Tab stops at, in order."""
        return [slot.editor for slot in self._slots]

    def flush(self) -> None:
        """Keep what is still being typed."""
        for field in self.fields.values():
            field.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each field a row of its own where there is no room."""
        super().resizeEvent(event)
        self.restyle()

    def restyle(self) -> None:
        """Lay the fields out for the width there is."""
        self._lay(self.width() < emf(NARROW))

    def _connect(self, slot: Slot) -> None:
        field = self.fields[slot.column]
        field.committed.connect(lambda value: field.set_error(self._save(slot.column, value)))
        if isinstance(slot.editor, DateField):
            editor = slot.editor
            editor.keeper.rested.connect(lambda: _check_day(field, editor))

    def _lay(self, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow, row, used = narrow, 0, 0
        for slot in self._slots:
            share = SIXTHS if narrow else slot.sixths
            if used + share > SIXTHS:
                row, used = row + 1, 0
            self._grid.addWidget(
                self.fields[slot.column], row, used, 1, share, Qt.AlignmentFlag.AlignTop
            )
            used += share


def flush(editor: QWidget) -> None:
    """Keep what an editor still holds back."""
    act = getattr(editor, "flush", None)
    if act is not None:
        act()


def languages(*others: str) -> list[tuple[str, str]]:
    """Return the languages to choose from, by name, and `others` that the record holds."""
    codes = {*LANGUAGES, *others} - {""}
    return sorted(((code, language_words(code)) for code in codes), key=lambda pair: pair[1])


def _undoes(event: QKeyEvent) -> bool:
    keys = QKeySequence.StandardKey
    return event.matches(keys.Undo) or event.matches(keys.Redo)


def _check_day(field: Field, editor: DateField) -> None:
    if not editor.is_day():
        field.set_error(_("This is not a day. Nothing was kept. Write it as 2027-01-31."))
    elif field.error():
        field.set_error("")


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
