"""What all views share: they show a place, re-read the record when it changes, and let go."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.errors import Kept
from partnerdesk.flow import values
from partnerdesk.keeping.notices import Offer
from partnerdesk.language import _
from partnerdesk.store import Edit
from ui.views.base import View
from ui.views.workplace import Workplace
from ui.widgets.banner import Banner
from ui.widgets.frames import Scaffold, Side
from ui.widgets.thread import StageRail

__all__ = ["RecordView", "View", "fill"]

T = TypeVar("T")
MOST_NOTICES = 2


class RecordView(View):
    """A view of an open partnership, kept true to the record."""

    def __init__(self, work: Workplace, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self.work = work
        self.key = key
        self._page: Scaffold | None = None
        work.signals.changed.connect(self._on_changed)
        work.signals.standing.changed.connect(self._show_standing)

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
        page.top.save_clicked.connect(self.work.signals.standing.retry)
        self._page = page
        self._show_standing()
        return page

    def tell_waiting(self, waits: Kept) -> None:
        """Leave it to the top bar, where there is one."""
        if self._page is None:
            super().tell_waiting(waits)

    def perform(self, command: partial[T]) -> T:
        """Run a command; where the disk does not take it, it waits until it does."""
        about = (command.func, command.args, tuple(sorted(command.keywords.items(), key=str)))
        return self.work.signals.standing.run(command, _hashed(about))

    def _show_standing(self) -> None:
        """Show what is not saved, and what to know of the file's place."""
        standing, page = self.work.signals.standing, self._page
        if page is None:
            return
        page.set_unsaved(standing.unsaved)
        banners = []
        for notice in standing.notices[:MOST_NOTICES]:
            kind = "note" if notice.warns else "good"
            banner = Banner(notice.words, kind, OFFERS[notice.offer]())
            banner.clicked.connect(partial(standing.take, notice))
            banners.append(banner)
        page.set_notices(banners)

    def say(self, words: str) -> None:
        """Say something above the footer, but not while somebody answers alone."""
        if self._page is not None and not self.private:
            self._page.say(words)

    def _on_changed(self, edit: Edit) -> None:
        if self._page is not None:
            clock = datetime.fromisoformat(edit.at).astimezone().strftime("%H:%M:%S")
            self._page.top.set_saved(_("Saved {time}").format(time=clock))
        if edit.origin is not self:
            self.refresh()


OFFERS: Mapping[Offer, Callable[[], str]] = {
    Offer.NONE: lambda: _("Put this away"),
    Offer.WORK_HERE: lambda: _("Work on a copy here"),
    Offer.PUT_BACK: lambda: _("Put it back now"),
    Offer.SAVE_COPY: lambda: _("Save a copy"),
}


def _hashed(about: tuple[object, ...]) -> Hashable:
    """Return what tells a change from another, None where nothing does."""
    try:
        hash(about)
    except TypeError:
        return None
    return about


def fill(view: QWidget, page: Scaffold) -> Scaffold:
    """Let `page` fill `view` to its edges, and return it."""
    column = QVBoxLayout(view)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(page)
    return page
