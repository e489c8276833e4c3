"""Locks the window: covers it at once, and ends the process where it holds a key.

A file with a passphrase is saved and closed; a new process of this program asks for the
passphrase, and this one ends, so that no memory holds the key. What the new one must know
travels through a pipe, and neither a disk nor a list of processes sees it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from partnerdesk.errors import PartnerDeskError
from partnerdesk.language import _
from partnerdesk.places import program_folder
from partnerdesk.store import Store
from ui.keeping import LOCKED
from ui.mainwindow import MainWindow
from ui.tasks import Tasks, quietly
from ui.views.lock import Behind, LockView
from ui.views.place import Go, Place
from ui.views.turn import TurnView
from ui.views.workplace import Hall

Then = Callable[[], object]
ARGUMENT = "--locked"
LONGEST = 10_000
"""Milliseconds until this process ends, whether the new one shows its window or not."""
MOST_STATE = 10_000
"""Bytes of what a new process is told."""
SETTLE = 5_000
"""Milliseconds that work on a worker may take to finish before the new process starts."""

_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from partnerdesk import cli; "
    "sys.exit(cli.main())"
)


class Lockable(Protocol):
    """What the desk gives: its window, the open file, and opening it again."""

    window: MainWindow
    tasks: Tasks
    hall: Hall

    @property
    def store(self) -> Store | None:
        """Return the open store, or None at home."""

    @property
    def place(self) -> Place:
        """Return the place that shows."""

    @property
    def title(self) -> str:
        """Return the name of the partnership, '' at home."""

    @property
    def saved(self) -> bool:
        """Return whether the disk has taken every change, after one more try."""

    def forget_copied(self) -> None:
        """Take what this program copied off the clipboard."""

    def shut(self) -> None:
        """Close the file and show nothing of it."""

    def take_up(self, path: Path, passphrase: str, place: Place | None) -> None:
        """Open a file at `place`; raises PartnerDeskError."""

    def not_opened(self, path: Path, problem: PartnerDeskError, passphrase: str) -> None:
        """Tell why a file was not opened, and offer what can be done."""

    def go(self, place: Place) -> None:
        """Show another place."""

    def set_passphrase(self) -> None:
        """Lock the open file with a passphrase, or with another one."""


@dataclass(frozen=True)
class Locked:
    """What the new process is told: which file, at which place, in a window of which size."""

    path: str
    go: str = ""
    key: str = ""
    width: int = 0
    height: int = 0
    largest: bool = False

    @property
    def place(self) -> Place | None:
        """Return the place to go back to, or None for where the work stands."""
        known = {one.value: one for one in Go}
        return Place(known[self.go], self.key) if self.go in known else None


def lock(desk: Lockable) -> None:
    """Cover the window; then save, close, start anew and end where a file has a passphrase."""
    window = desk.window
    if window.covered is not None or isinstance(window.view, LockView):
        return
    put_away_boxes()
    desk.forget_copied()
    view, store = window.view, desk.store
    if view is not None:
        view.closing()
    form = isinstance(view, TurnView) and view.cover_up()
    kept = isinstance(view, TurnView) and store is not None and store.encrypted and view.keep_half()
    behind = _behind(store, turn=form and not kept, saved=desk.saved)
    cover = LockView(desk.hall, behind)
    window.cover(cover)
    if behind is Behind.CLOSING:
        QTimer.singleShot(0, cover, lambda: _end(desk))
        return
    cover.unlocked.connect(lambda typed: _uncover(desk, cover, typed))
    cover.chosen.connect(lambda: _uncover(desk, cover, "", desk.set_passphrase))


def resume(desk: Lockable, state: Locked) -> None:
    """Show the lock of a file that another process closed; its passphrase opens it again."""
    path = Path(state.path)
    page = LockView(desk.hall, Behind.LOCKED)
    page.unlocked.connect(lambda typed: _unlock(desk, page, state, typed))
    page.chosen.connect(lambda: desk.go(Place(Go.HOME)))
    desk.window.show_view(page, "")
    if not path.exists():
        page.refuse(_gone())


def read_state(stream: IO[bytes]) -> Locked | None:
    """Return what the process before told, or None where it told nothing that makes sense."""
    try:
        told = json.loads(stream.readline(MOST_STATE))
        plain = asdict(Locked(""))
        known = {name: told.get(name, value) for name, value in plain.items()}
    except (ValueError, AttributeError, OSError):
        return None
    sound = all(type(known[name]) is type(value) for name, value in plain.items())
    return Locked(**known) if sound and known["path"] else None


def say_shown() -> None:
    """Tell the process before that the lock shows, and need its pipe no more."""
    if sys.stdout is None:
        return
    sys.stdout.write("shown\n")
    sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def put_away_boxes() -> None:
    """Close every dialog and menu without an answer, and hide every window but the main one."""
    for top in QApplication.topLevelWidgets():
        if isinstance(top, QDialog):
            top.reject()
        elif isinstance(top, QMenu) or (top.isWindow() and not isinstance(top, MainWindow)):
            top.hide()


def start_again(state: Locked) -> subprocess.Popen[bytes]:
    """Start this program anew at the lock of a file; raises OSError."""
    around = {**os.environ, "PYINSTALLER_RESET_ENVIRONMENT": "1"}
    child = subprocess.Popen(  # noqa: S603  # our own program, with fixed arguments
        command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=around
    )
    assert child.stdin is not None
    child.stdin.write(json.dumps(asdict(state)).encode() + b"\n")
    child.stdin.close()
    return child


def command() -> list[str]:
    """Return how this program is started at the lock, packed or from its checkout."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "run", ARGUMENT]
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); from partnerdesk import cli; cli.main()"
    )
    alone = ["-I"] if sys.flags.isolated else []
    return [sys.executable, *alone, "-c", code, str(program_folder()), "run", ARGUMENT]


class _Shown(QObject):
    """Says, on the thread of the window, that the new process shows its lock or has failed."""

    told = Signal()

    def wait(self, child: subprocess.Popen[bytes]) -> None:
        """Wait on a thread that keeps nobody from ending."""
        out = child.stdout
        assert out is not None

        def read() -> None:
            out.readline()
            self.told.emit()

        threading.Thread(target=read, daemon=True).start()


def _behind(store: Store | None, *, turn: bool, saved: bool) -> Behind:
    """Return what the lock is before; a process that holds more than its file must live on."""
    if store is None:
        return Behind.NOTHING
    if not store.encrypted:
        return Behind.PLAIN
    if turn:
        return Behind.TURN
    return Behind.CLOSING if saved else Behind.WAITING


def _end(desk: Lockable) -> None:
    """Close the file, and start the program anew once its backup is made and all else has ended."""
    store, window = desk.store, desk.window
    if store is None:
        return
    state, late = _state(desk, store), QTimer(window, singleShot=True)
    late.timeout.connect(lambda: _hand_over(window, state))

    def settled(_none: object) -> None:
        if late.isActive():
            late.stop()
            _hand_over(window, state)

    desk.shut()
    late.start(SETTLE)
    desk.tasks.run(quietly, done=settled, owner=window, alone=True)


def _hand_over(window: MainWindow, state: Locked) -> None:
    """Start the program anew, and end this process once the new one shows.

    Where somebody closed the window meanwhile, this process ends by itself.
    """
    if not window.isVisible():
        return
    try:
        child = start_again(state)
    except OSError:  # no new process: closed and ended is locked, too
        leave(window)
        return
    shown = _Shown(window)
    shown.told.connect(lambda: leave(window), Qt.ConnectionType.QueuedConnection)
    shown.wait(child)
    QTimer.singleShot(LONGEST, window, lambda: leave(window))


def leave(window: MainWindow) -> None:
    """End this process."""
    window.close()
    QApplication.quit()


def _state(desk: Lockable, store: Store) -> Locked:
    window, place = desk.window, desk.place
    turn = place.go is Go.TURN  # whose turn it is, the file knows best
    return Locked(
        path=str(store.path.absolute()),
        go="" if turn else place.go.value,
        key="" if turn else place.key,
        width=window.width(),
        height=window.height(),
        largest=window.isMaximized() or window.isFullScreen(),
    )


def _unlock(desk: Lockable, page: LockView, state: Locked, typed: str) -> None:
    path = Path(state.path)
    try:
        desk.take_up(path, typed, state.place)
    except PartnerDeskError as problem:
        if problem.code in LOCKED:
            page.refuse(_wrong())
        elif problem.code == "missing":
            page.refuse(_gone())
        else:
            desk.not_opened(path, problem, typed)


def _uncover(desk: Lockable, cover: LockView, typed: str, then: Then | None = None) -> None:
    store = desk.store
    asks = cover.behind in (Behind.TURN, Behind.WAITING)
    if asks and store is not None and not store.fits(typed):
        cover.refuse(_wrong())
        return
    desk.window.uncover(desk.title)
    if then is not None:
        then()


def _wrong() -> str:
    """Return what to say of a wrong passphrase: never the file's name, which anybody would see."""
    return _("This passphrase does not open it. Nothing was changed. Try again.")


def _gone() -> str:
    return _("The file is not where it was. Put the stick back, or close it here.")
