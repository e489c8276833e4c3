"""The front of the program: its one window, how it looks, its workers, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from partnerdesk import faults
from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange.settings import Settings, keep_settings, settings
from partnerdesk.language import _
from ui.clipboard import Clip
from ui.mainwindow import MainWindow
from ui.messages import Messages
from ui.tasks import Tasks
from ui.theme import Look, apply_theme

if TYPE_CHECKING:
    from ui.widgets.waiting import WaitingBar

SIZES = (80, 90, 100, 115, 130, 150, 175, 200, 225, 250)


class Front(QObject):
    """Owns the window and what is the same in all of its places, with or without a file."""

    def __init__(self, app: QApplication, messages: Messages | None = None) -> None:
        super().__init__()
        self._app = app
        self._settings = settings()
        self._apply(self._settings)  # before there is anything to fit to the look
        self.tasks = Tasks(self)
        self.messages = messages or Messages()
        self.window = MainWindow()
        self.tasks.lasting.connect(self._on_lasting)
        self._clip = Clip(self)

    @cached_property
    def waiting(self) -> WaitingBar:
        """Return what tells of work that lasts, made when some first does."""
        from ui.widgets.waiting import WaitingBar

        return WaitingBar(self.window, self.tasks)

    def resize(self, step: int) -> None:
        """Write larger or smaller by one step, or at the usual size for 0."""
        nearest = min(range(len(SIZES)), key=lambda i: abs(SIZES[i] - self._settings.percent))
        place = SIZES.index(100) if step == 0 else min(len(SIZES) - 1, max(0, nearest + step))
        self._restyle(replace(self._settings, percent=SIZES[place]))

    def wear(self, look: Look) -> None:
        """Show everything in another look."""
        self._restyle(replace(self._settings, look=look.value))

    def forget_copied(self) -> None:
        """Take what this program copied off the clipboard."""
        self._clip.clear()

    def failed(self, error: BaseException) -> None:
        """Tell a problem that work on a worker ended in."""
        if isinstance(error, MemoryError):
            error = faults.memory_short()
        if not isinstance(error, PartnerDeskError):
            raise error
        self.messages.problem(self.window, error)

    def fault(self) -> None:
        """Say, once at a time, that something of ours failed, and that the record is safe."""
        QTimer.singleShot(0, self, self._tell_fault)

    def _tell_fault(self) -> None:
        if self.window.covered is None and QApplication.activeModalWidget() is None:
            words = _(
                "Something in PartnerDesk failed. What was saved before is safe. "
                "Go on, or close the file and open it again."
            )
            self.messages.tell(self.window, _("This did not go through"), words)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except PartnerDeskError as problem:
            self.messages.problem(self.window, problem)

    def _on_lasting(self) -> None:
        self.tasks.lasting.disconnect(self._on_lasting)
        self.waiting.look()

    def _restyle(self, chosen: Settings) -> None:
        self._apply(chosen)
        self._try(lambda: keep_settings(chosen))

    def _apply(self, chosen: Settings) -> None:
        self._settings = chosen
        look = next((one for one in Look if one.value == chosen.look), Look.LIGHT)
        apply_theme(self._app, look, chosen.percent, calm=chosen.calm)
