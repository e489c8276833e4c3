"""Two-ended sliders in private, a pair a page; revealed as lines of dots."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.language import _
from partnerdesk.model.guide import Item
from partnerdesk.model.json import Json
from ui.kinds.base import AnswerForm, Twin, merged
from ui.kinds.page import Asked
from ui.kinds.results import results
from ui.widgets.pole_slider import PoleSlider


def form(setting: Setting, own: str, parent: QWidget | None = None) -> AnswerForm:
    """Return the private form: one slider a page, for now and for wanted."""
    pages = [_Pair(item, setting.activity.question) for item in setting.items]
    return AnswerForm(pages, merged, parent)


class _Pair(Asked):
    """One pair of ends."""

    def __init__(self, item: Item, question: str) -> None:
        super().__init__(item.text, question)
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


TWIN = Twin(form, results)
