"""Open questions in private, one a page; revealed as they were said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import option
from partnerdesk.kinds.text import LONGEST
from partnerdesk.language import _, ngettext
from partnerdesk.model.guide import Item
from partnerdesk.model.json import Json
from ui.kinds.base import AnswerForm, Twin, merged
from ui.kinds.page import Asked
from ui.kinds.private import PrivateText, refusal
from ui.kinds.results import results
from ui.widgets.text import Caption

LINES = 5
NEARLY = 60
"""From so many characters left on, the page says how many."""


def form(setting: Setting, own: str, parent: QWidget | None = None) -> AnswerForm:
    """Return the private form: a question may stay empty, but not all of them."""
    longest = option(setting.activity, "max", LONGEST)
    pages: list[_Question] = []

    def any_words() -> bool:
        return any(page.words().strip() for page in pages)

    for place, item in enumerate(setting.items, 1):
        last = place == len(setting.items)
        needed = any_words if last else _always
        pages.append(_Question(item, setting.activity.question, longest, needed))
    return AnswerForm(pages, merged, parent)


def _always() -> bool:
    return True


class _Question(Asked):
    """One question, answered in words."""

    def __init__(self, item: Item, lead: str, longest: int, needed: Callable[[], bool]) -> None:
        super().__init__(item.text, lead)
        self._item, self._longest, self._needed = item.id, longest, needed
        self._text, self._room = PrivateText(item.text, lines=LINES), Caption()
        self._text.textChanged.connect(self._on_typed)
        self.add(self._text)
        self.add(refusal(self._text))
        self.add(self._room)
        self.end()
        self._tell()

    def words(self) -> str:
        """Return what is typed."""
        return self._text.words()

    def done(self) -> bool:
        """Return whether the words fit, and something is said somewhere."""
        return len(self.words()) <= self._longest and self._needed()

    def answer(self) -> dict[str, Json]:
        """Return {item: words}, nothing where the question stays empty."""
        return {self._item: self.words()} if self.words().strip() else {}

    def _on_typed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        left = self._longest - len(self.words())
        self._room.setText(_room_words(left, self._longest))
        self._room.set_tone("stop" if left < 0 else "text2")


def _room_words(left: int, longest: int) -> str:
    if left < 0:
        text = ngettext("{n} character too many", "{n} characters too many", -left)
        return text.format(n=-left)
    if left <= NEARLY:
        return ngettext("{n} character left", "{n} characters left", left).format(n=left)
    return _("A few words are enough. You may leave this empty.")


TWIN = Twin(form, results)
