"""The desk: opens and closes partnership files, and decides which view shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange.recent import forget_recent, remember_recent
from partnerdesk.exchange.settings import Settings, keep_settings
from partnerdesk.language import _, speak
from partnerdesk.model.names import file_name
from partnerdesk.places import suggested_folder
from ui.front import Front
from ui.menu import Menu
from ui.messages import Messages
from ui.views.base import View
from ui.views.home import HomeView
from ui.views.place import ALONE, BESIDE, Go, Place
from ui.views.workplace import Hall

if TYPE_CHECKING:
    from partnerdesk.model.guide import Guide
    from partnerdesk.store import Store
    from ui.checking import Checks
    from ui.idle import IdleWatch
    from ui.keeping import QuietBackups
    from ui.opened import Opened

BACKUP_MINUTES = 10
BUNDLE = ".pdbundle"
LEAVING = 120_000
"""Milliseconds that a backup may take after the window is gone."""


class Desk(Front):
    """Owns the open file; views of it come and go.

    All that works on a file (ui.opened, ui.carrying) loads on first use: the first window
    needs none of it.
    """

    def __init__(self, app: QApplication, messages: Messages | None = None) -> None:
        super().__init__(app, messages)
        self.hall = Hall(self.tasks, self.messages, self, self.go, self.window.pop_menu)
        self.place = Place(Go.HOME)
        self._opened: Opened | None = None
        self.checks: Checks | None = None
        self.idle: IdleWatch | None = None
        self._menu = Menu(self.window, self)
        self.window.left.connect(self._on_left)
        self.window.may_close = lambda: self._ends(self.window.close)
        self.window.dropped.connect(self.open)
        self._every = QTimer(self)
        self._every.timeout.connect(self._back_up)
        self._every.start(BACKUP_MINUTES * 60_000)

    @cached_property
    def _backups(self) -> QuietBackups:
        """Return what backs files up, made for the first file."""
        from ui.keeping import QuietBackups

        return QuietBackups(self)

    @property
    def store(self) -> Store | None:
        """Return the open store, or None at home."""
        return self._opened.store if self._opened else None

    @property
    def guide(self) -> Guide | None:
        """Return the guide of the open partnership, or None at home."""
        return self._opened.work.guide if self._opened else None

    @property
    def title(self) -> str:
        """Return the name of the partnership, '' at home."""
        return self._opened.title if self._opened else ""

    def go(self, place: Place) -> None:
        """Show another place, in the room's language; without an open file only home and verify."""
        speak(None)
        if place.go in ALONE or (place.go in BESIDE and self._opened):
            view = self._beside(place)
        elif self._opened is None or place.go is Go.HOME:
            if not self._ends(lambda: self.go(place)):
                return
            view = HomeView(self.hall)
        else:
            view = self._opened.view(place)
        self.place = place
        self.window.show_view(view, self.title)
        self._name_undo()

    def open(self, path: Path, passphrase: str | None = None) -> None:
        """Open a partnership file and go to where its work stands; a problem is told.

        A locked file asks for its passphrase, a damaged one offers what it still holds, and a
        bundle shows what it would bring.
        """
        from ui.standing import offer_working_copy

        if path.suffix.lower() == BUNDLE:
            self.go(Place(Go.BRING, str(path)))
        elif not offer_working_copy(self, path, passphrase):
            self.open_here(path, passphrase)

    def open_here(self, path: Path, passphrase: str | None = None) -> None:
        """Open this very file, whatever working copy there is of it; a problem is told."""
        from ui.opened import open_file

        opened = self._opened
        if opened is not None and _holds(opened.store, path):
            self.go(opened.start())
            return
        try:
            self._take(lambda: open_file(path, passphrase))
        except PartnerDeskError as problem:
            self.not_opened(path, problem, passphrase)

    def new(self, path: Path, title: str, passphrase: str | None = None) -> None:
        """Make a partnership file, locked where a passphrase is given, and go to Prepare."""
        from ui.opened import new_file

        self._try(lambda: self._take(lambda: new_file(path, title, passphrase)))
        if passphrase is not None and self.store is not None and self.store.path == path:
            from ui.passphrases import offer_sheet

            offer_sheet(self, self.store)

    def practice(self) -> None:
        """Open a fresh practice copy of the recorded workshop."""
        from ui.opened import practice_file

        self.tasks.run(
            practice_file,
            done=self.open,
            failed=self.failed,
            owner=self,
            words=_("Getting the practice copy ready"),
            stopped=self._on_practice_stopped,
        )

    def close(self) -> None:
        """Close the file and go home."""
        self.go(Place(Go.HOME))

    def undo(self) -> None:
        """Take back the last step that can be taken back."""
        if self.store:
            self._try(self.store.undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.store:
            self._try(self.store.redo)

    def add_guide(self, path: Path) -> None:
        """Add an organisation's own guide to the open partnership and show what it offers."""
        opened = self._opened
        if opened is None:
            return
        try:
            opened.add_guide(path)
        except PartnerDeskError as problem:
            self.messages.problem(self.window, problem)
            return
        self.go(Place(Go.SESSION))

    def visit(self, go: Go) -> None:
        """Show another place, unless a private turn shows."""
        view = self.window.view
        if go in ALONE or (self._opened and not (view and view.private)):
            self.go(Place(go))

    def save_copy(self) -> None:
        """Ask for a name and write a copy of the open file there."""
        from ui import keeping

        store = self.store
        if store is None:
            return
        suggested = suggested_folder() / file_name(self.title)
        self.messages.save_file(
            self.window,
            _("Save a copy"),
            suggested,
            _("Partnerships (*.pdesk)"),
            lambda path: keeping.save_copy(self, store, path),
        )

    def choose_guide(self) -> None:
        """Ask for an organisation's own guide and add it."""
        if self._opened is not None:
            kinds = _("Guides (*.toml)")
            self.messages.open_file(
                self.window, _("Add a guide"), suggested_folder(), kinds, self.add_guide
            )

    def set_passphrase(self) -> None:
        """Lock the open file with a passphrase, or with another one."""
        from ui.passphrases import set_passphrase

        if self.store and not self.store.read_only:
            set_passphrase(self, self.store)

    def remove_passphrase(self) -> None:
        """Take the passphrase off the open file, after a question."""
        from ui.passphrases import remove_passphrase

        if self.store and not self.store.read_only:
            remove_passphrase(self, self.store)

    def recovery_sheet(self) -> None:
        """Offer a sheet of paper that keeps the passphrase of the open file."""
        from ui.passphrases import recovery_sheet

        if self.store:
            recovery_sheet(self, self.store)

    def choose_lock(self) -> None:
        """Ask when the window locks by itself, and whether locked files show at home."""
        from ui.passphrases import choose_lock

        choose_lock(self, self._settings, self._keep_lock)

    def check(self) -> None:
        """Check the open file and tell what was found."""
        if self.checks is not None:
            self.checks.begin()

    def take_up(self, path: Path, passphrase: str, place: Place | None) -> None:
        """Open a file at `place`, or where its work stands; raises PartnerDeskError."""
        from ui.opened import open_file

        self._take(lambda: open_file(path, passphrase), place)

    def lock(self) -> None:
        """Cover everything at once; a file with a passphrase is closed and asks for it."""
        from ui.locking import lock

        lock(self)

    def _take(self, opening: Callable[[], Store], place: Place | None = None) -> None:
        """Make what `opening` opens the open file, and show `place` or where its work stands."""
        from ui.checking import Checks
        from ui.opened import take
        from ui.standing import look_around

        opened = take(self.hall, opening)
        self.shut()
        opened.setParent(self)
        opened.changed.connect(self._name_undo)
        self._opened = opened
        look_around(self, opened)
        self.checks = Checks(self, opened.store, opened)
        self.checks.begin_quietly()
        self._remember()
        self._back_up()
        self._watch_hands()
        self.go(place or opened.start())

    def _watch_hands(self) -> None:
        """Lock once nobody has touched anything for a while; an invented partnership stays."""
        from ui.idle import IdleWatch

        if self.idle is None:
            self.idle = IdleWatch(self, self._settings.lock_minutes)
            self.idle.idle.connect(self._on_idle)
            self.idle.asked.connect(self.lock)
        self.idle.touch()

    def _on_idle(self) -> None:
        opened = self._opened
        if opened is not None and not opened.practice:
            self.lock()

    def _beside(self, place: Place) -> View:
        from ui.carrying import beside

        return beside(place, self._opened.work if self._opened else self.hall)

    def not_opened(self, path: Path, problem: PartnerDeskError, passphrase: str | None) -> None:
        """Tell why a file was not opened, and offer what can be done."""
        from ui import keeping
        from ui.opened import open_read_only

        if problem.code == "already-open":
            self._offer_copy(path, problem, passphrase)
        elif problem.code in keeping.LOCKED:
            keeping.ask_passphrase(self, path, problem)
        elif problem.code == "read-only":
            self._try(lambda: self._take(lambda: open_read_only(path, passphrase)))
        elif problem.code == "damaged":
            title = _("This file is damaged")
            keeping.offer_recovery(self, path, title, problem.message, passphrase)
        else:
            self.messages.problem(self.window, problem)

    def _offer_copy(self, path: Path, problem: PartnerDeskError, passphrase: str | None) -> None:
        from ui.opened import open_to_read

        self.messages.ask(
            self.window,
            _("This file is open elsewhere"),
            problem.message,
            _("Open a copy to read"),
            _("Leave it"),
            lambda: self._try(lambda: self._take(lambda: open_to_read(path, passphrase))),
        )

    def shut(self) -> None:
        """Save and close the file; what shows of it has committed what was typed."""
        if self._opened is None:
            return
        view = self.window.view
        if view is not None:
            view.closing()
        self._remember()
        self._back_up(closing=True)
        if self.checks is not None:
            self.checks.stop()
            self.checks = None
        opened, self._opened = self._opened, None
        opened.close()
        opened.deleteLater()

    def _back_up(self, *, closing: bool = False) -> None:
        """Make a backup where one is due; a full disk must not keep anyone from working."""
        store, checks = self.store, self.checks
        if store is not None and not (checks is not None and checks.damaged):
            told = None if closing else checks
            self._backups.begin(store, lambda problem: self._not_backed_up(problem, told))

    def _not_backed_up(self, problem: PartnerDeskError, checks: Checks | None) -> None:
        if problem.code == "damaged" and checks is not None and checks is self.checks:
            checks.tell_damage()
        else:
            self.messages.problem(self.window, problem)

    def _remember(self) -> None:
        """Put the file on the recent list, or a locked one off it; a full disk stops nobody."""
        opened = self._opened
        if opened is None:
            return
        one, path = opened.recent(), str(opened.store.path)
        if one is not None:
            self._try(lambda: remember_recent(one))
        elif opened.store.encrypted:
            self._try(lambda: forget_recent(path))

    def _on_practice_stopped(self) -> None:
        """Stay where one is: the copy that was begun is taken away."""

    @property
    def saved(self) -> bool:
        """Return whether the disk has taken every change, after one more try."""
        opened = self._opened
        if opened is None:
            return True
        standing = opened.work.signals.standing
        return not standing.unsaved or standing.retry()

    def _ends(self, leave: Callable[[], object]) -> bool:
        """Close the file for good, and return whether it is closed.

        What the disk does not take is asked about, and whoever wants to go on calls `leave`. A
        working copy goes back to where it came from.
        """
        opened = self._opened
        if opened is None:
            return True
        from ui.standing import may_leave, put_back_at_end

        if self.window.view is not None:
            self.window.view.closing()
        if not may_leave(self, opened, lambda: self._leave_unsaved(leave)):
            return False
        store = opened.store
        self.shut()
        put_back_at_end(self, store)
        return True

    def _leave_unsaved(self, leave: Callable[[], object]) -> None:
        """Give up what waits for its disk, because somebody said so."""
        if self._opened is not None:
            self._opened.work.signals.standing.give_up()
        leave()

    def _on_left(self) -> None:
        self.forget_copied()
        self.shut()
        self.window.hide()
        self.tasks.wait_for_done(LEAVING)

    def _name_undo(self) -> None:
        store, view = self.store, self.window.view
        self._menu.offer_file(store is not None)
        if store is None or (view is not None and view.private):
            self._menu.name_steps("", "")
        else:
            self._menu.name_steps(store.undo_title(), store.redo_title())

    def _keep_lock(self, chosen: Settings) -> None:
        self._settings = chosen
        if self.idle is not None:
            self.idle.minutes = chosen.lock_minutes
        self._try(lambda: keep_settings(chosen))
        self._remember()


def _holds(store: Store, path: Path) -> bool:
    """Return whether `store` is the file at `path`, and not a copy to read."""
    mine = store.path
    return not store.read_only and path.exists() and mine.exists() and mine.samefile(path)
