"""The two questions of a ceremony that cannot be taken back: freeze the text, stop the signing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from partnerdesk.language import _
from ui.views.workplace import Hall


def ask_freeze(hall: Hall, window: QWidget, number: int, then: Callable[[], object]) -> None:
    """Ask whether the text is fixed as version `number`."""
    hall.messages.ask(
        window,
        _("Freeze version {n}?").format(n=number),
        _(
            "The text is fixed as it stands. Nothing in it can change while it is signed. "
            "To change anything later, you freeze a new version."
        ),
        _("Freeze it"),
        _("Keep editing"),
        then,
    )


def ask_stop(hall: Hall, window: QWidget, number: int, then: Callable[[], object]) -> None:
    """Ask whether nobody shall sign version `number` any more."""
    hall.messages.ask(
        window,
        _("Stop signing version {n}?").format(n=number),
        _(
            "The key is destroyed, and nobody can sign this version any more. "
            "What was signed stays on record. You can freeze a new version."
        ),
        _("Stop signing"),
        _("Keep signing"),
        then,
    )
