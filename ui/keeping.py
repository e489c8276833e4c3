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
from partnerdesk.keeping import Recovered, back_up_if_due, back_up_second, recover
from partnerdesk.language import _
from partnerdesk.model.names import unused
from partnerdesk.store import Store
from ui.mainwindow import MainWindow
from ui.messages import Messages
from ui.tasks import Tasks

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


def back_up_quietly(store: Store) -> PartnerDeskError | None:
    """Make a backup where one is due, and the same in the second folder; return why not there.

    Raises EnvironmentProblem where the first one cannot be made.
    """
    if store.read_only:
        return None
    now, second = datetime.now(UTC), second_folder(store.id)
    back_up_if_due(store, now)
    return back_up_second(store, now, second) if second else None


def ask_passphrase(keeper: Keeper, path: Path, problem: PartnerDeskError) -> None:
    """Ask for the passphrase of a file, and open it with what is typed."""
    keeper.messages.type_passphrase(
        keeper.window,
        _("Passphrase"),
        problem.message,
        _("Open"),
        lambda typed: keeper.open(path, typed),
    )


def _nothing() -> None:
    """Hear that work was stopped of which nothing remains."""


def offer_recovery(
    keeper: Keeper,
    path: Path,
    title: str,
    text: str,
    passphrase: str | None,
    first: Callable[[], object] = _nothing,
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
        stopped=_nothing,
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
