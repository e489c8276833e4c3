"""The base of every view: it shows one place, runs commands, and tells what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from partnerdesk.errors import Kept, PartnerDeskError
from ui.widgets.tabbing import step_through

if TYPE_CHECKING:
    from ui.views.workplace import Hall

P = ParamSpec("P")
T = TypeVar("T")


class View(QWidget):
    """One place, filling the window."""

    private = False
    """True where nothing of the window may tell who is here: no file name in the title."""

    def __init__(self, hall: Hall, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.hall = hall

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on by Tab, past nothing: a part that names its first button keeps the others."""
        return step_through(self, [self], forward)

    def closing(self) -> None:
        """Commit what is typed; called before another place shows."""

    def say(self, words: str) -> None:
        """Say something by the way, where this place has room for it; a private turn has none."""

    def attempt(self, command: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run a command and return its result; a problem is told, and gives None."""
        try:
            return self.perform(partial(command, *args, **kwargs))
        except Kept as waits:
            self.tell_waiting(waits)
            return None
        except PartnerDeskError as problem:
            self.hall.messages.problem(self, problem)
            return None

    def succeeds(self, command: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Run a command and return whether it went through; a problem is told."""
        try:
            self.perform(partial(command, *args, **kwargs))
        except Kept as waits:
            self.tell_waiting(waits)
            return False
        except PartnerDeskError as problem:
            self.hall.messages.problem(self, problem)
            return False
        return True

    def tell_waiting(self, waits: Kept) -> None:
        """Tell that a change waits, where nothing on the page says so."""
        self.hall.messages.problem(self, waits)

    def perform(self, command: partial[T]) -> T:
        """Run a command; a view of an open file lets it wait where the disk does not take it."""
        return command()
