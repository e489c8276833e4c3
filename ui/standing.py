"""What the desk does where a file lies badly: read-only, on a stick, in a cloud folder, unsaved.

Loaded when the first file is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from partnerdesk.keeping.away import away, bring_back, copy_of_origin, work_here
from partnerdesk.keeping.notices import Notice, Offer, notices
from partnerdesk.keeping.spot import Medium, Spot, spot_of
from partnerdesk.language import _
from partnerdesk.places import home
from partnerdesk.store import Store
from ui.mainwindow import MainWindow
from ui.messages import Messages
from ui.opened import Opened
from ui.tasks import Tasks


class Minder(Protocol):
    """What the desk gives: its window, its gate, its workers, and the opening of files."""

    window: MainWindow
    messages: Messages
    tasks: Tasks

    def open(self, path: Path, passphrase: str | None = None) -> None:
        """Open a file and show it."""

    def open_here(self, path: Path, passphrase: str | None = None) -> None:
        """Open this very file, whatever working copy there is of it."""

    def close(self) -> None:
        """Close the file and go home."""

    def save_copy(self) -> None:
        """Ask for a name and write a copy of the open file there."""

    def failed(self, error: BaseException) -> None:
        """Tell a problem that work on a worker ended in."""


def working_folder() -> Path:
    """Return the folder of this laptop in which working copies lie."""
    return home() / "working"


def look_around(minder: Minder, opened: Opened) -> None:
    """Say what is to be known of the place of a file that was just opened."""
    store = opened.store
    found = away(store.path)
    folder = str(found.origin.parent) if found else ""
    standing = opened.work.signals.standing
    standing.offered.connect(lambda notice: _take(minder, store, notice))
    standing.tell(notices(store, _spot(store.path), away_from=folder))


def _spot(path: Path) -> Spot:
    """Return where a file lies; a copy here would lie no better where PartnerDesk does too."""
    there, here = spot_of(path), spot_of(working_folder() / path.name)
    return replace(there, medium=Medium.DISK) if there.medium is here.medium else there


def _take(minder: Minder, store: Store, notice: Notice) -> None:
    """Do what a notice offers."""
    if notice.offer is Offer.WORK_HERE:
        _work_here(minder, store.path, store.passphrase)
    elif notice.offer is Offer.PUT_BACK:
        _put_back_now(minder, store)
    elif notice.offer is Offer.SAVE_COPY:
        minder.save_copy()


def _work_here(minder: Minder, path: Path, passphrase: str | None) -> None:
    minder.close()
    minder.tasks.run(
        work_here,
        path,
        working_folder(),
        passphrase,
        done=lambda copy: minder.open(copy, passphrase),
        failed=minder.failed,
        owner=minder.window,
        alone=True,
    )


def _put_back_now(minder: Minder, store: Store) -> None:
    passphrase, found = store.passphrase, away(store.path)
    minder.close()
    if found is not None:
        minder.tasks.run(
            away,
            found.copy,
            done=lambda left: minder.open(found.origin, passphrase) if left is None else None,
            failed=minder.failed,
            owner=minder.window,
            alone=True,
        )


def put_back_at_end(minder: Minder, store: Store) -> None:
    """Put a working copy that was just closed back on a worker, and take it away.

    Where it cannot be put back, that is told, and it stays for the next time.
    """
    if not store.read_only and away(store.path) is not None:
        minder.tasks.run(
            bring_back,
            store.path,
            store.passphrase,
            failed=minder.failed,
            owner=minder.window,
            words=_("Your work is put back where it came from."),
        )


def offer_working_copy(minder: Minder, path: Path, passphrase: str | None) -> bool:
    """Ask which to open where a file has a working copy that was not put back; return whether."""
    copy = copy_of_origin(path, working_folder())
    if copy is None:
        return False
    words = _(
        "You worked on a copy of {name} on this laptop, and it was not put back yet. "
        "Opening the copy goes on with that work."
    )
    minder.messages.ask(
        minder.window,
        _("There is a working copy"),
        words.format(name=path.name),
        _("Open the working copy"),
        _("Open this one"),
        lambda: minder.open(copy, passphrase),
        lambda: minder.open_here(path, passphrase),
    )
    return True


def may_leave(minder: Minder, opened: Opened, leave: Callable[[], object]) -> bool:
    """Return whether all is saved; where the disk does not take it, ask whether to `leave`."""
    standing = opened.work.signals.standing
    if not standing.unsaved or standing.retry():
        return True
    words = _("{unsaved}. Free some space or put the disk back, or leave without them.")
    minder.messages.ask(
        minder.window,
        _("Not all is saved"),
        words.format(unsaved=standing.unsaved),
        _("Leave without them"),
        _("Stay here"),
        leave,
    )
    return False
