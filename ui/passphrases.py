"""What the desk does about passphrases: sets, changes and removes them, keeps one on paper.

Loaded when first needed. Slow work runs on a worker, with values and closed files alone.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from partnerdesk.errors import PartnerDeskError, UserError
from partnerdesk.exchange.files import write_whole
from partnerdesk.exchange.laptop import second_folder
from partnerdesk.exchange.settings import Settings
from partnerdesk.flow import values
from partnerdesk.keeping import protect_backups
from partnerdesk.language import ROOM, _, ngettext
from partnerdesk.places import suggested_folder
from partnerdesk.store import (
    Store,
    change_passphrase,
    check_passphrase,
    open_store,
    suggest_passphrase,
)
from ui.mainwindow import MainWindow
from ui.messages import Messages
from ui.tasks import Tasks
from ui.views.workplace import Hall

MINUTES = (2, 5, 10, 15, 30, 0)


class Keeper(Protocol):
    """What the desk gives: its window, its gate, its workers, and the opening of files."""

    window: MainWindow
    messages: Messages
    tasks: Tasks
    hall: Hall

    @property
    def store(self) -> Store | None:
        """Return the open store, or None at home."""

    def open(self, path: Path, passphrase: str | None = None) -> None:
        """Open a file and show it."""

    def close(self) -> None:
        """Close the file and go home."""

    def failed(self, error: BaseException) -> None:
        """Tell a problem that work on a worker ended in."""


def set_passphrase(keeper: Keeper, store: Store) -> None:
    """Ask for the old passphrase, if there is one, and a new one; then lock file and backups."""
    path = store.path
    if not store.encrypted:
        _ask_new(keeper, path, None)
        return
    _prove(keeper, store, _("Change the passphrase"), lambda old: _ask_new(keeper, path, old))


def remove_passphrase(keeper: Keeper, store: Store) -> None:
    """Ask for the passphrase, and once more; then anybody can read the file and its backups."""
    if not store.encrypted:
        words = _("This file has no passphrase. Anybody who has it can read it.")
        keeper.messages.tell(keeper.window, _("Remove the passphrase"), words)
        return

    def confirm(old: str) -> None:
        keeper.messages.ask(
            keeper.window,
            _("Remove the passphrase?"),
            _("Anybody who has the file or a backup can then read every name and answer in it."),
            _("Remove the passphrase"),
            _("Keep it locked"),
            lambda: _protect(keeper, store.path, old, None),
        )

    _prove(keeper, store, _("Remove the passphrase"), confirm)


def _prove(keeper: Keeper, store: Store, title: str, then: Callable[[str], object]) -> None:
    """Ask for the passphrase of the open file, and go on with it where it is the right one."""

    def go_on(typed: str) -> None:
        if store.fits(typed):
            then(typed)
        else:
            told = _("This is not the passphrase of this file. Nothing was changed. Try again.")
            keeper.messages.problem(keeper.window, UserError(told, code="wrong-passphrase"))

    words = _("Type the passphrase that opens the file now.")
    keeper.messages.type_passphrase(keeper.window, title, words, _("Continue"), go_on)


def _ask_new(keeper: Keeper, path: Path, old: str | None) -> None:
    keeper.messages.type_passphrase(
        keeper.window,
        _("Set a passphrase"),
        _("Write it on paper and keep that apart: without it nobody can open the file again."),
        _("Set the passphrase"),
        lambda typed: _protect(keeper, path, old, typed),
        suggest_passphrase(ROOM.code),
    )


def _protect(keeper: Keeper, path: Path, old: str | None, new: str | None) -> None:
    """Close the file, lock or unlock it and its backups on a worker, and open it again."""
    try:
        if new is not None:
            check_passphrase(new)
    except UserError as problem:
        keeper.messages.problem(keeper.window, problem)
        return
    locking, freeing = _("The file and its backups are being locked."), _("The lock is taken off.")
    keeper.close()
    keeper.tasks.run(
        _protected, path, old, new,
        done=lambda _left: _reopen(keeper, path, new), failed=keeper.failed, owner=keeper.window,
        words=locking if new else freeing, alone=True,
    )  # fmt: skip


def _reopen(keeper: Keeper, path: Path, passphrase: str | None) -> None:
    """Open the file again, and offer to keep its new passphrase on paper."""
    keeper.open(path, passphrase)
    store = keeper.store
    if passphrase is not None and store is not None:
        offer_sheet(keeper, store)


def offer_sheet(keeper: Keeper, store: Store) -> None:
    """Offer to keep the passphrase of a file that is locked now on paper."""
    keeper.messages.ask(
        keeper.window,
        _("The file is locked"),
        _("Without the passphrase nobody can open it again. A recovery sheet keeps it on paper."),
        _("Make a recovery sheet"),
        _("Not now"),
        lambda: recovery_sheet(keeper, store),
    )


def recovery_sheet(keeper: Keeper, store: Store) -> None:
    """Offer the sheet on which the passphrase stands, or is filled in by hand."""
    ways = (
        _("Print it with lines, to fill in by hand"),
        _("Print it with the passphrase: the printer may keep it"),
        _("Save it with lines, as a PDF"),
    )
    keeper.messages.choose(
        keeper.window,
        _("Recovery sheet"),
        _("No file of it is written unless you save it. A printer may keep what it prints."),
        ways,
        _("Make the sheet"),
        lambda way: _make_sheet(keeper, store, printed=way < 2, filled=way == 1),
    )


def _make_sheet(keeper: Keeper, store: Store, *, printed: bool, filled: bool) -> None:
    made = datetime.now(UTC).astimezone()
    words, file = (store.passphrase or "", store.path.name) if filled else ("", "")
    page = values.partnership(store).page
    keeper.tasks.run(
        _sheet, words, file, made, page,
        done=lambda pdf: _print(keeper, pdf) if printed else _save(keeper, pdf),
        failed=keeper.failed, owner=keeper.window, words=_("The sheet is being made."),
    )  # fmt: skip


def _sheet(words: str, file: str, made: datetime, page: str) -> bytes:
    from partnerdesk.charter.passphrase_sheet import passphrase_sheet

    return passphrase_sheet(words, file, made, page)


def _print(keeper: Keeper, pdf: bytes) -> None:
    from ui.views.print_dialog import PrintDialog

    PrintDialog(keeper.window, keeper.hall, pdf).open()


def _save(keeper: Keeper, pdf: bytes) -> None:
    suggested = suggested_folder() / _("Sheet.pdf")
    keeper.messages.save_file(
        keeper.window,
        _("Save the recovery sheet"),
        suggested,
        _("PDF (*.pdf)"),
        lambda path: _write(keeper, path, pdf),
    )


def _write(keeper: Keeper, path: Path, pdf: bytes) -> None:
    try:
        write_whole(path, pdf)
    except PartnerDeskError as problem:
        keeper.messages.problem(keeper.window, problem)


def _protected(path: Path, old: str | None, new: str | None) -> tuple[Path, ...]:
    change_passphrase(path, old, new)
    with closing(open_store(path, passphrase=new, read_only=True)) as store:
        second = second_folder(store.id)
        there = protect_backups(second / path.name, old, new, store.id) if second else ()
    return (*protect_backups(path, old, new), *there)


def choose_lock(keeper: Keeper, kept: Settings, on_chosen: Callable[[Settings], object]) -> None:
    """Ask after how many quiet minutes the window locks, then whether home lists locked files."""

    def choose_list(minutes: int) -> None:
        chosen = replace(kept, lock_minutes=minutes)
        keeper.messages.ask(
            keeper.window,
            _("Locked files at home"),
            _("Home can list files that have a passphrase, by their file names alone."),
            _("List their file names"),
            _("Do not list them"),
            lambda: on_chosen(replace(chosen, list_locked=True)),
            lambda: on_chosen(replace(chosen, list_locked=False)),
        )

    order = sorted(MINUTES, key=lambda minutes: minutes != kept.lock_minutes)
    keeper.messages.choose(
        keeper.window,
        _("When it locks"),
        _("F12 locks at once. The window also locks by itself when nobody touches it."),
        tuple(_minutes(minutes) for minutes in order),
        _("Continue"),
        lambda place: choose_list(order[place]),
    )


def _minutes(minutes: int) -> str:
    if not minutes:
        return _("Only by key, and after a sleep of the laptop")
    return ngettext("After {n} minute", "After {n} minutes", minutes).format(n=minutes)
