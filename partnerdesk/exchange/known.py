"""The ceremonies that this laptop held: the list by which a charter is recognised later."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from partnerdesk.exchange.files import write_whole

FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def home() -> Path:
    """Return the folder for what belongs to this laptop: PARTNERDESK_HOME, or the system's own."""
    chosen = os.environ.get("PARTNERDESK_HOME")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA", Path.home()))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "partnerdesk"


def known_here() -> frozenset[str]:
    """Return the fingerprints of the ceremonies held on this laptop; none where no list is."""
    try:
        return frozenset(FINGERPRINT.findall(_list().read_text("utf-8", "replace")))
    except OSError:
        return frozenset()


def remember(fingerprint: str) -> None:
    """Add a ceremony to this laptop's list; raises EnvironmentProblem on a full disk."""
    known = known_here() | {fingerprint}
    _list().parent.mkdir(parents=True, exist_ok=True)
    write_whole(_list(), "".join(f"{one}\n" for one in sorted(known)).encode())


def _list() -> Path:
    return home() / "known-charters.txt"
