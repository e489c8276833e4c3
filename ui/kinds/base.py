"""The twin of a kind of input: the widget that asks in private, the view that shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.summary import Summary
from partnerdesk.model.json import Json
from partnerdesk.model.round import Answer
from ui.widgets.radio import RadioRow


class Page(QWidget):
    """One page of a private form: one thing asked, in large type."""

    changed = Signal()

    def done(self) -> bool:
        """Return whether this page has its answer, so that the person may go on."""
        raise NotImplementedError

    def answer(self) -> dict[str, Json]:
        """Return this page's part of the answer."""
        raise NotImplementedError

    def open_rows(self) -> list[RadioRow]:
        """Return the rows of choices that still wait for one."""
        rows = self.findChildren(RadioRow)
        return [row for row in rows if row.value is None and row.isVisibleTo(self)]

    def start(self) -> None:
        """Put the keyboard on the first thing that can be answered."""
        next((w for w in self.findChildren(QWidget) if self._takes_keys(w)), self).setFocus()

    def _takes_keys(self, widget: QWidget) -> bool:
        by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        return bool(by_tab) and widget.isEnabled() and widget.isVisibleTo(self)


class AnswerForm(QWidget):
    """The private form of one activity, a page at a time; it keeps nothing when it goes."""

    changed = Signal()

    def __init__(
        self,
        pages: Sequence[Page],
        joined: Callable[[list[dict[str, Json]]], Answer],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._joined = joined
        self._pages = list(pages)
        self._stack = QStackedLayout(self)
        for page in self._pages:
            self._stack.addWidget(page)
            page.changed.connect(self.changed)

    def page_count(self) -> int:
        """Return how many pages there are."""
        return len(self._pages)

    def show_page(self, index: int) -> None:
        """Show one page and put the keyboard there."""
        self._stack.setCurrentIndex(index)
        self._pages[index].start()

    def page_done(self, index: int) -> bool:
        """Return whether the page has its answer."""
        return self._pages[index].done()

    def answer(self) -> Answer:
        """Return the whole answer, in the shape that the kind checks."""
        return self._joined([page.answer() for page in self._pages])


def merged(parts: list[dict[str, Json]]) -> Answer:
    """Return the answer of pages that each answer for other keys."""
    return {key: value for part in parts for key, value in part.items()}


@dataclass(frozen=True)
class Twin:
    """What the window knows of one kind: how it asks, and how it shows what was said."""

    form: Callable[[Setting, str, QWidget | None], AnswerForm]
    results: Callable[[Setting, Summary, QWidget | None], QWidget]
