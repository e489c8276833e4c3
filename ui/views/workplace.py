"""What a view is given: nothing here is fetched from a global."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from ui.messages import Messages
from ui.tasks import Tasks
from ui.views.place import Place

if TYPE_CHECKING:
    from partnerdesk.model.guide import Guide
    from partnerdesk.store import Store
    from ui.signals import StoreSignals


class Files(Protocol):
    """What the desk can do with partnership files; each call comes back at once."""

    def open(self, path: Path, passphrase: str | None = None) -> None:
        """Open a partnership file and go to where its work stands."""

    def new(self, path: Path, title: str, passphrase: str | None = None) -> None:
        """Make a partnership file, locked where a passphrase is given, and go to Prepare."""

    def practice(self) -> None:
        """Open a fresh practice copy of the recorded workshop."""

    def close(self) -> None:
        """Close the file and go home."""

    def save_copy(self) -> None:
        """Ask for a name and write a copy of the open file there."""

    def lock(self) -> None:
        """Cover everything at once; a file with a passphrase is closed and asks for it."""


@dataclass(frozen=True)
class Hall:
    """What every view is given, with or without an open partnership.

    `go` shows another place, `menu` opens the main menu under a button.
    """

    tasks: Tasks
    messages: Messages
    files: Files
    go: Callable[[Place], None]
    menu: Callable[[QWidget], None]


@dataclass(frozen=True)
class Workplace(Hall):
    """What a view of an open partnership is given besides."""

    store: Store
    guide: Guide
    signals: StoreSignals
