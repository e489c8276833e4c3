"""A signing that waits for another day: locked under its PIN, and opened again with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from partnerdesk import ceremony
from partnerdesk.flow import pin
from partnerdesk.flow.versions import Version, authority_of, awaited_words
from partnerdesk.language import _
from partnerdesk.store import suggest_passphrase
from ui.tasks import Heard
from ui.views.sign_people import terms_of
from ui.views.workplace import Workplace
from ui.widgets.buttons import PlainButton
from ui.widgets.empty import EmptyState

WORDS = 3
"""How many random words are suggested as a PIN: 30 bits, of which each guess costs 0.2 s."""


class Signing(Protocol):
    """What the signing view gives: its file, its gate, its workers."""

    work: Workplace

    def work_on(
        self, work: Callable[..., object], *values: object, done: Heard, words: str
    ) -> None:
        """Do slow work with these words, and hear of its result."""

    def succeeds(self, command: Callable[..., object], *args: object, **kwargs: object) -> bool:
        """Run a command and return whether it went through."""

    def refresh(self) -> None:
        """Show where the signing stands."""


class Waits(EmptyState):
    """What shows while the signing is locked: how many are awaited, and who is next.

    Whoever has lost the PIN can still stop the signing, and freeze a new version.
    """

    stopping = Signal()

    def __init__(self, work: Workplace, version: Version) -> None:
        """Tell it of `version`."""
        words = _("{awaited}. The signing waits under its PIN.")
        said = [words.format(awaited=awaited_words(work.store, version))]
        block = ceremony.next_block(work.store, version)
        if block is not None:
            said.append(_("{name} signs next.").format(name=block.name))
            said.extend(terms_of(work.store, block))
        self.stop = PlainButton(_("Stop signing this version"))
        super().__init__("lock", "\n".join(said), self.stop)
        self.stop.clicked.connect(lambda _on=False: self.stopping.emit())


def ask_to_lock(view: Signing, window: QWidget, version: Version) -> None:
    """Ask for a PIN, and keep the key of `version` under it alone."""
    view.work.messages.type_passphrase(
        window,
        _("Lock the signing"),
        _(
            "Let somebody choose the PIN who does not own this laptop. Write it on paper: "
            "without it nobody can go on signing this version."
        ),
        _("Lock the signing"),
        partial(_lock, view, version),
        " ".join(suggest_passphrase("en").split()[:WORDS]),
    )


def ask_to_unlock(
    view: Signing, window: QWidget, version: Version, on_key: Callable[[bytes], object]
) -> None:
    """Ask for the PIN of `version` and give the key to `on_key`, which must forget it."""
    view.work.messages.type_passphrase(
        window,
        _("Unlock the signing"),
        _("Type the PIN that was written down when the signing was locked."),
        _("Unlock the signing"),
        lambda typed: view.work_on(
            pin.unlocked,
            pin.kept_key(view.work.store, version.id),
            typed,
            done=on_key,
            words=_("The signing is being unlocked."),
        ),
    )


def _lock(view: Signing, version: Version, typed: str) -> None:
    if not view.succeeds(pin.check_pin, typed):
        return
    _certificate, key = authority_of(view.work.store, version.id)
    view.work_on(
        pin.locked,
        key,
        typed,
        done=partial(_on_locked, view, version),
        words=_("The signing is being locked."),
    )


def _on_locked(view: Signing, version: Version, key: bytes) -> None:
    view.succeeds(pin.lock_signing, view.work.store, version.id, key, origin=view)
    view.refresh()
