"""What the desk does to keep a file: asking for a passphrase, backups by the way, recovery.

Loaded when first needed. Slow work runs on a worker, with values and closed files alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange.laptop import second_folder
from partnerdesk.keeping import Made, Recovered, begin_backup_if_due, finish_backup, recover
from partnerdesk.language import _
from partnerdesk.model.names import unused
from partnerdesk.store import Store, finish_copy
from ui.mainwindow import MainWindow
from ui.messages import Messages
from ui.tasks import Tasks, quietly

LOCKED = ("passphrase-needed", "wrong-passphrase")


class Keeper(Protocol):
    """What the desk gives: its window, its gate, its workers, and the opening of files."""

    window: MainWindow
    messages: Messages
    tasks: Tasks

    def open(self, path: Path, passphrase: str | None = None) -> None:
        """Open a file and show it."""

    def close(self) -> None:
        """Close the file and go home."""

    def failed(self, error: BaseException) -> None:
        """Tell a problem that work on a worker ended in."""


class QuietBackups:
    """Backs files up by the way: begun in a moment, finished on a worker, told only if it fails."""

    def __init__(self, keeper: Keeper) -> None:
        """Begin without any."""
        self._keeper = keeper
        self._away = False

    def begin(self, store: Store, failed: Callable[[PartnerDeskError], object]) -> None:
        """Back a file up where that is due; it may be closed at once. `failed` hears why not."""
        if store.read_only:
            return
        try:
            begun = begin_backup_if_due(store, datetime.now(UTC), second_folder(store.id))
        except PartnerDeskError as problem:
            failed(problem)
            return
        if begun is not None:
            self._keeper.tasks.run(
                finish_backup, begun, done=self._done,
                failed=lambda error: self._failed(error, failed), owner=self._keeper.window,
                words=_("A backup is being made."), stopped=quietly,
            )  # fmt: skip

    def _done(self, made: Made) -> None:
        """Say once and quietly that a stick is away; each backup tries it again."""
        view = self._keeper.window.view
        if made.away is not None and not self._away and view is not None:
            view.say(made.away.message)
        self._away = made.away is not None

    def _failed(self, error: BaseException, failed: Callable[[PartnerDeskError], object]) -> None:
        if isinstance(error, PartnerDeskError):
            failed(error)
        else:
            self._keeper.failed(error)


def save_copy(keeper: Keeper, store: Store, path: Path) -> None:
    """Write what the file holds now to `path`, and say when it is checked."""
    try:
        part = store.begin_copy(path)
    except PartnerDeskError as problem:
        keeper.messages.problem(keeper.window, problem)
        return
    keeper.tasks.run(
        finish_copy, part,
        done=lambda _none: _say(keeper, _("Written: {file}").format(file=path.name)),
        failed=keeper.failed, owner=keeper.window, words=_("The copy is being checked."),
        stopped=lambda: _say(keeper, _("Stopped. Nothing was written.")),
    )  # fmt: skip


def _say(keeper: Keeper, words: str) -> None:
    if keeper.window.view is not None:
        keeper.window.view.say(words)


def ask_passphrase(keeper: Keeper, path: Path, problem: PartnerDeskError) -> None:
    """Ask for the passphrase of a file, and open it with what is typed."""
    keeper.messages.type_passphrase(
        keeper.window,
        _("Passphrase"),
        problem.message,
        _("Open"),
        lambda typed: keeper.open(path, typed),
    )


def offer_recovery(
    keeper: Keeper,
    path: Path,
    title: str,
    text: str,
    passphrase: str | None,
    first: Callable[[], object] = quietly,
) -> None:
    """Offer to bring back what a damaged file holds, into a new folder beside it.

    `first` closes the file where it is open.
    """
    keeper.messages.ask(
        keeper.window,
        title,
        text,
        _("Recover what it holds"),
        _("Leave it"),
        lambda: _recover(keeper, path, passphrase, first),
    )


def _recover(
    keeper: Keeper, path: Path, passphrase: str | None, first: Callable[[], object]
) -> None:
    first()
    keeper.tasks.run(
        recover, path, unused(path.with_name(f"{path.stem}-recovered")), passphrase,
        done=lambda found: _show(keeper, found, passphrase), failed=keeper.failed,
        owner=keeper.window, words=_("What the file holds is being brought back."),
        stopped=quietly, alone=True,
    )  # fmt: skip


def _show(keeper: Keeper, found: tuple[Recovered, ...], passphrase: str | None) -> None:
    """Set what came back side by side, and open the chosen one."""
    if not found:
        words = _("Nothing in the file could be read. It was not changed. Look for another copy.")
        keeper.messages.tell(keeper.window, _("Nothing came back"), words)
        return
    keeper.messages.choose(
        keeper.window,
        _("What came back"),
        _("Each is a file of its own, in a folder beside the damaged one."),
        tuple(_recovered_line(one) for one in found),
        _("Open"),
        lambda place: keeper.open(found[place].path, passphrase),
    )


def _recovered_line(one: Recovered) -> str:
    return _("{name}: {edits} changes, {rows} entries").format(
        name=one.path.name, edits=one.edits, rows=one.rows
    )
