"""Whether data in clear should go to a folder: what sends it on by itself is told first."""

from __future__ import annotations

from pathlib import Path

from partnerdesk.keeping.spot import Medium, spot_of
from partnerdesk.language import _


def warning(path: Path, *, locked: bool) -> str:
    """Return why a file in clear had better not go to a path, '' for no reason.

    `locked` says that the partnership it comes from has a passphrase.
    """
    spot, parts = spot_of(path), []
    if spot.medium is Medium.CLOUD:
        words = _("{service} seems to send on what is in this folder. The data may leave.")
        parts.append(words.format(service=spot.name))
    elif spot.medium is Medium.NETWORK:
        parts.append(_("This folder is on the network: others may read what is put there."))
    if locked:
        parts.append(open_words())
    return " ".join(parts)


def open_words() -> str:
    """Return what is to be known of what leaves a locked partnership in clear."""
    return _("The partnership is locked; what leaves here is not. Anybody can read it.")
