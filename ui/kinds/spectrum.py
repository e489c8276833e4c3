"""Two-ended sliders in private, a pair a page; revealed as lines of dots."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.language import _
from partnerdesk.model.guide import Item
from partnerdesk.model.json import Json
from ui.kinds.base import AnswerForm, Twin, merged
from ui.kinds.page import Asked, Named, step_row
from ui.kinds.results import results
from ui.widgets.pole_slider import PoleSlider
from ui.widgets.text import Lead

STOPS = (-2, 2)
"""The scale that the slider shows."""


def form(setting: Setting, own: str, parent: QWidget | None = None) -> AnswerForm:
    """Return the private form: one slider a page, for now and for wanted."""
    page = _Pair if (setting.scale.low, setting.scale.high) == STOPS else _Steps
    pages = [page(setting, item) for item in setting.items]
    return AnswerForm(pages, merged, parent)


class _Pair(Asked):
    """One pair of ends."""

    def __init__(self, setting: Setting, item: Item) -> None:
        super().__init__(item.text, setting.activity.question)
        self._item = item.id
        self.slider = PoleSlider(
            item.text, item.low, item.high, now_words=_("Now"), wanted_words=_("Wanted")
        )
        self.slider.changed.connect(self.changed)
        self.column.addStretch(1)
        self.add(self.slider)
        self.column.addStretch(2)

    def done(self) -> bool:
        """Return whether both places are marked."""
        return self.slider.now is not None and self.slider.wanted is not None

    def answer(self) -> dict[str, Json]:
        """Return {item: {"now": step, "wanted": step}}."""
        return {self._item: {"now": self.slider.now, "wanted": self.slider.wanted}}


class _Steps(Asked):
    """One pair of ends on a scale that has other steps than the slider: as tiles."""

    def __init__(self, setting: Setting, item: Item) -> None:
        super().__init__(item.text, setting.activity.question)
        self._item = item.id
        asked = {"now": _("Now"), "wanted": _("Wanted")}
        self._rows = {key: step_row(f"{item.text}, {asked[key]}", setting.scale) for key in asked}
        self.add(Lead(_("From “{low}” to “{high}”").format(low=item.low, high=item.high)))
        for key, row in self._rows.items():
            row.chosen.connect(self.changed)
            self.add(Named(asked[key], row))
        self.end()

    def done(self) -> bool:
        """Return whether both steps are chosen."""
        return all(row.value is not None for row in self._rows.values())

    def answer(self) -> dict[str, Json]:
        """Return {item: {"now": step, "wanted": step}}."""
        return {self._item: {key: row.value for key, row in self._rows.items()}}


TWIN = Twin(form, results)
