"""What all views share: they show a place, re-read the record when it changes, and let go."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.flow import values
from partnerdesk.language import _
from partnerdesk.store import Edit
from ui.views.base import View
from ui.views.workplace import Workplace
from ui.widgets.frames import Scaffold, Side
from ui.widgets.thread import StageRail

__all__ = ["RecordView", "View", "fill"]


class RecordView(View):
    """A view of an open partnership, kept true to the record."""

    def __init__(self, work: Workplace, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self.work = work
        self.key = key
        self._page: Scaffold | None = None
        work.signals.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Re-read the record and show it; typing under way is not disturbed."""

    def framed(self, rail: StageRail | None = None, side: Side | None = None) -> Scaffold:
        """Fill this view with a page that bears the partnership's title and selvedge."""
        page = fill(self, Scaffold(rail, side))
        page.top.menu_clicked.connect(lambda: self.hall.menu(page.top.menu_button))
        page.top.lock_clicked.connect(lambda: self.hall.files.lock())
        page.top.show_lock(True)
        page.top.set_title(values.partnership(self.work.store).title)
        page.top.set_partners(p.index for p in values.partners(self.work.store))
        self._page = page
        return page

    def _on_changed(self, edit: Edit) -> None:
        if self._page is not None:
            clock = datetime.fromisoformat(edit.at).astimezone().strftime("%H:%M:%S")
            self._page.top.set_saved(_("Saved {time}").format(time=clock))
        if edit.origin is not self:
            self.refresh()


def fill(view: QWidget, page: Scaffold) -> Scaffold:
    """Let `page` fill `view` to its edges, and return it."""
    column = QVBoxLayout(view)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(page)
    return page
