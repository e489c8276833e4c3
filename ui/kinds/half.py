"""A private form half filled: what its parts hold, and the same put into another form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from partnerdesk.model.json import Json
from ui.kinds.base import AnswerForm
from ui.kinds.cards import Cards, Order
from ui.kinds.private import PrivateText
from ui.widgets.fields import ChoiceField, DateField, NumberField
from ui.widgets.points import Points
from ui.widgets.radio import RadioRow


def half(form: AnswerForm) -> dict[str, Json]:
    """Return what every part of a form holds, by kinds of parts."""
    return {
        name: [read(part) for part in _parts(form, kind)]
        for name, (kind, read, _write) in _PARTS.items()
    }


def fill(form: AnswerForm, held: Mapping[str, Json]) -> bool:
    """Put what `half` returned into a new form; return whether all of it found its place."""
    for name, (kind, _read, write) in _PARTS.items():
        parts, said = _parts(form, kind), held.get(name)
        if not isinstance(said, Sequence) or len(parts) != len(said):
            return False
        for part, value in zip(parts, said, strict=True):
            write(part, value)
    return half(form) == dict(held)


def _parts(form: AnswerForm, kind: type[QWidget]) -> list[Any]:
    return [part for part in form.findChildren(kind) if type(part) is kind or kind is RadioRow]


def _choose(row: RadioRow, value: Json) -> None:
    if value is not None:
        row.choose(cast(int, value))
        row.chosen.emit(value)


def _select(field: ChoiceField, value: Json) -> None:
    field.set_value(str(value))
    if value:
        field.activated.emit(field.currentIndex())


_PARTS: Mapping[str, tuple[type[QWidget], Callable[[Any], Json], Callable[[Any, Any], object]]] = {
    "cards": (Cards, lambda part: [*part.chosen], Cards.choose),
    "orders": (Order, lambda part: [*part.keys], Order.choose),
    "rows": (RadioRow, lambda part: part.value, _choose),
    "points": (Points, lambda part: dict(part.values), Points.choose),
    "words": (PrivateText, PrivateText.words, PrivateText.setPlainText),
    "numbers": (NumberField, NumberField.text, NumberField.setText),
    "days": (DateField, DateField.text, DateField.setText),
    "choices": (ChoiceField, ChoiceField.value, _select),
}
"""Each kind of part: how it is read and written. Cards come first: they fill the orders."""
