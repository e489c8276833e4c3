"""The main menu: every command that is there in any place, its words and its keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from partnerdesk.language import _
from ui.actions import KEYS
from ui.mainwindow import MainWindow
from ui.theme import Look
from ui.views.place import Go

Act = Callable[[], object]


class Commands(Protocol):
    """What the desk does for the menu; each call comes back at once."""

    def undo(self) -> None:
        """Take back the last step that can be taken back."""

    def redo(self) -> None:
        """Do again what was taken back."""

    def visit(self, go: Go) -> None:
        """Show another place, unless a private turn shows."""

    def save_copy(self) -> None:
        """Ask for a name and write a copy of the open file there."""

    def choose_guide(self) -> None:
        """Ask for an organisation's own guide and add it."""

    def set_passphrase(self) -> None:
        """Lock the open file with a passphrase, or with another one."""

    def remove_passphrase(self) -> None:
        """Take the passphrase off the open file, after a question."""

    def recovery_sheet(self) -> None:
        """Offer a sheet of paper that keeps the passphrase of the open file."""

    def choose_lock(self) -> None:
        """Ask when the window locks by itself, and whether locked files show at home."""

    def check(self) -> None:
        """Check the open file and tell what was found."""

    def lock(self) -> None:
        """Cover everything at once; a file with a passphrase is closed and asks for it."""

    def resize(self, step: int) -> None:
        """Write larger or smaller by one step, or at the usual size for 0."""

    def wear(self, look: Look) -> None:
        """Show everything in another look."""

    def close(self) -> None:
        """Close the file and go home."""


class Menu:
    """The commands of one window, by menu and by key."""

    def __init__(self, window: MainWindow, does: Commands) -> None:
        """Offer what `does` does on `window`."""
        self._window = window
        self._of_file: list[QAction] = []
        self._undo = self._action(_("Undo"), does.undo, "Ctrl+Z")
        self._redo = self._action(_("Redo"), does.redo, "Ctrl+Shift+Z")
        window.set_actions(
            [
                [self._undo, self._redo],
                [
                    self._action(words, partial(does.visit, go), always=go is Go.VERIFY)
                    for words, go in (
                        (_("Prepare"), Go.PREPARE),
                        (_("Session"), Go.SESSION),
                        (_("Charter"), Go.CHARTER),
                        (_("Check a charter"), Go.VERIFY),
                    )
                ],
                [self._share(does), self._safety(does), self._file(does), self._sight(does)],
                [
                    self._action(_("Close the session…"), partial(does.visit, Go.LEAVE)),
                    self._action(_("Lock now"), does.lock, KEYS["lock"], "Ctrl+L", always=True),
                    self._action(_("Close this partnership"), does.close, "Ctrl+W"),
                    self._action(_("Leave PartnerDesk"), window.close, "Ctrl+Q", always=True),
                ],
            ]
        )

    def offer_file(self, is_open: bool) -> None:
        """Let the commands on a file work, or turn them off while none is open."""
        for action in self._of_file:
            action.setEnabled(is_open)

    def name_steps(self, back: str, again: str) -> None:
        """Say which step undo and redo would take; '' turns one off."""
        self._undo.setText(_("Undo: {step}").format(step=back) if back else _("Undo"))
        self._redo.setText(_("Redo: {step}").format(step=again) if again else _("Redo"))
        self._undo.setEnabled(bool(back))
        self._redo.setEnabled(bool(again))

    def _share(self, does: Commands) -> QAction:
        return self._group(
            _("Share"),
            self._action(_("Take to another laptop…"), partial(does.visit, Go.TAKE)),
            self._action(
                _("Bring in from another laptop…"), partial(does.visit, Go.BRING), always=True
            ),
            self._action(_("Data out…"), partial(does.visit, Go.DATA)),
            self._action(_("People from a list…"), partial(does.visit, Go.CONTACTS)),
            self._action(_("Session record…"), partial(does.visit, Go.PAPER)),
        )

    def _safety(self, does: Commands) -> QAction:
        return self._group(
            _("Safety"),
            self._action(_("Set a passphrase…"), does.set_passphrase),
            self._action(_("Remove the passphrase…"), does.remove_passphrase),
            self._action(_("Recovery sheet…"), does.recovery_sheet),
            self._action(_("When it locks…"), does.choose_lock, always=True),
            self._action(_("Erase for safety…"), partial(does.visit, Go.ERASE)),
            self._action(_("Destroy this file…"), partial(does.visit, Go.DESTROY)),
        )

    def _file(self, does: Commands) -> QAction:
        return self._group(
            _("This file"),
            self._action(_("Save a copy…"), does.save_copy),
            self._action(_("Go back to a backup…"), partial(does.visit, Go.BACKUPS)),
            self._action(_("Check this file"), does.check),
            self._action(_("Check this file against a charter…"), partial(does.visit, Go.EVIDENCE)),
            self._action(_("Add a guide…"), does.choose_guide),
        )

    def _sight(self, does: Commands) -> QAction:
        return self._group(
            _("Text and colours"),
            self._action(_("Larger text"), partial(does.resize, 1), "Ctrl+=", always=True),
            self._action(_("Smaller text"), partial(does.resize, -1), "Ctrl+-", always=True),
            self._action(_("Usual text size"), partial(does.resize, 0), "Ctrl+0", always=True),
            self._action(_("Light"), partial(does.wear, Look.LIGHT), always=True),
            self._action(_("Dark"), partial(does.wear, Look.DARK), always=True),
            self._action(_("High contrast"), partial(does.wear, Look.CONTRAST), always=True),
        )

    def _group(self, words: str, *actions: QAction) -> QAction:
        """Return an entry that opens a menu of its own."""
        inner = QMenu(words, self._window)
        inner.setAccessibleName(words)
        inner.addActions(list(actions))
        self._window.addActions(list(actions))
        return inner.menuAction()

    def _action(self, words: str, act: Act, *keys: str, always: bool = False) -> QAction:
        """Return a command; unless `always`, it is off while no file is open."""
        action = QAction(self._window)
        action.setText(words)
        if keys:
            action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked=False: act())
        if not always:
            self._of_file.append(action)
        return action
