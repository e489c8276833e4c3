"""The ceremonies that this laptop held: the list by which a charter is recognised later."""

from __future__ import annotations

import re
from pathlib import Path

from partnerdesk.errors import EnvironmentProblem
from partnerdesk.exchange.files import write_here
from partnerdesk.language import _
from partnerdesk.places import home

FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def known_here() -> frozenset[str]:
    """Return the fingerprints of the ceremonies held on this laptop; none where no list is."""
    try:
        return _kept()
    except OSError:
        return frozenset()


def remember(fingerprint: str) -> None:
    """Add a ceremony to this laptop's list.

    Raises EnvironmentProblem on a full disk, or where the list is there and cannot be read:
    it is never replaced by a shorter one.
    """
    try:
        known = _kept() | {fingerprint}
    except OSError as error:
        message = _("The list of known charters cannot be read: {why}. It stays as it is.")
        why = error.strerror or type(error).__name__
        raise EnvironmentProblem(message.format(why=why), code="read") from error
    write_here(_list(), "".join(f"{one}\n" for one in sorted(known)).encode())


def _kept() -> frozenset[str]:
    """Return the list, empty where there is none yet; raises OSError where it cannot be read."""
    try:
        lines = _list().read_text("utf-8", "replace").split()
    except FileNotFoundError:
        return frozenset()
    return frozenset(one for one in lines if FINGERPRINT.fullmatch(one))


def _list() -> Path:
    return home() / "known-charters.txt"
