"""What all views share: they show a place, re-read the record when it changes, and let go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ParamSpec, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.errors import PartnerDeskError
from partnerdesk.flow import values
from partnerdesk.language import _
from partnerdesk.store import Edit
from ui.views.workplace import Hall, Workplace
from ui.widgets.frames import Scaffold, Side
from ui.widgets.thread import StageRail

P = ParamSpec("P")
T = TypeVar("T")


class View(QWidget):
    """One place, filling the window."""

    titled = Signal(str)
    private = False
    """True where nothing of the window may tell who is here: no file name in the title."""

    def __init__(self, hall: Hall, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.hall = hall

    def closing(self) -> None:
        """Commit what is typed; called before another place shows."""

    def attempt(self, command: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run a command and return its result; a problem is told, and gives None."""
        try:
            return command(*args, **kwargs)
        except PartnerDeskError as problem:
            self.hall.messages.problem(self, problem)
            return None

    def succeeds(self, command: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Run a command and return whether it went through; a problem is told."""
        try:
            command(*args, **kwargs)
        except PartnerDeskError as problem:
            self.hall.messages.problem(self, problem)
            return False
        return True


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
