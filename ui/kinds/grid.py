"""Ratings in private, one thing a page with a row of tiles for each partner."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.ratings import YES_NO, Aspect, aspects, subjects
from partnerdesk.language import _
from partnerdesk.model.guide import Item
from partnerdesk.model.json import Json
from partnerdesk.model.round import Answer
from ui.kinds.base import AnswerForm, Twin
from ui.kinds.grid_results import results
from ui.kinds.page import GAP, Asked, Named, step_row
from ui.widgets.tiles import NO_BASIS, Tile, TileRow

Cell = tuple[str, str]  # whom it is about, and the aspect
NO, YES = 0, 1


def form(setting: Setting, own: str, parent: QWidget | None = None) -> AnswerForm:
    """Return the private form: one item a page, rated for each partner and aspect."""
    pages = [_Rated(setting, own, item) for item in setting.items]
    return AnswerForm(pages, _by_subject, parent)


class _Rated(Asked):
    """One item, rated."""

    def __init__(self, setting: Setting, own: str, item: Item) -> None:
        super().__init__(item.text, setting.activity.question)
        self._item = item.id
        named, asked = subjects(setting, own), aspects(setting.activity)
        self._types = {aspect.id: aspect.type for aspect in asked}
        self._rows: dict[Cell, TileRow] = {}
        for subject, name in named.items():
            for aspect in asked:
                self._add(setting, own, (subject, name), aspect)
        self.end()

    def _add(self, setting: Setting, own: str, of: tuple[str, str], aspect: Aspect) -> None:
        subject, name = of
        partner = next((one for one in setting.partners if one.id == subject), None)
        said = ", ".join(part for part in (aspect.text, name if partner else "") if part)
        row = _tiles(setting, f"{self.accessibleName()}, {said or name}", aspect)
        row.chosen.connect(self.changed)
        self._rows[subject, aspect.id] = row
        note = _("your organisation") if subject == own else ""
        self.add(Named(said, row, note=note, partner=partner) if said else row)

    def done(self) -> bool:
        """Return whether every row has its tile."""
        return all(row.value is not None for row in self._rows.values())

    def answer(self) -> dict[str, Json]:
        """Return {whom: {item: {aspect: step, yes or no, or None}}}."""
        found: dict[str, dict[str, Json]] = {}
        for (subject, aspect), row in self._rows.items():
            found.setdefault(subject, {})[aspect] = _value(row.value, self._types[aspect])
        return {subject: {self._item: values} for subject, values in found.items()}


def _tiles(setting: Setting, name: str, aspect: Aspect) -> TileRow:
    if aspect.type != YES_NO:
        return step_row(name, setting.scale, no_basis=setting.scale.no_basis)
    known = _("I cannot judge") if setting.scale.no_basis else ""
    ways = [Tile(NO, _("Not yet")), Tile(YES, _("We can"))]
    return TileRow(name, ways, no_basis=known, gap=GAP)


def _value(chosen: int | None, kind: str) -> Json:
    if chosen is None or chosen == NO_BASIS:
        return None
    return chosen == YES if kind == YES_NO else chosen


def _by_subject(parts: list[dict[str, Json]]) -> Answer:
    found: dict[str, dict[str, Json]] = {}
    for part in parts:
        for subject, items in part.items():
            if isinstance(items, Mapping):
                found.setdefault(subject, {}).update(items)
    return dict(found.items())


TWIN = Twin(form, results)
