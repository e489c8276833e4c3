"""Where PartnerDesk keeps what belongs to this laptop: the system's folder, or beside the program.

A file called `portable.txt` beside the program, as on a stick, keeps everything there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

MARKER = "portable.txt"
KEPT = "partnerdesk-data"
"""The folder beside a portable program."""


def home() -> Path:
    """Return the folder for settings, lists, practice copies and the log of faults.

    PARTNERDESK_HOME, or beside a portable program, or the system's own.
    """
    chosen = os.environ.get("PARTNERDESK_HOME")
    if chosen:
        return Path(chosen)
    if is_portable():
        return program_folder() / KEPT
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA", Path.home()))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "partnerdesk"


def is_portable() -> bool:
    """Return whether the marker stands beside the program."""
    return (program_folder() / MARKER).is_file()


def suggested_folder() -> Path:
    """Return the folder that is offered for new files: a person's own, or beside the program."""
    return program_folder() if is_portable() else Path.home()


def program_folder() -> Path:
    """Return the folder of the packed program, or that of the checkout."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).parent
    return Path(__file__).parents[1]


def stay_beside() -> None:
    """Let libraries keep their caches beside a portable program, too; before any is loaded."""
    if is_portable():
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            os.environ[name] = str(home() / "system")
