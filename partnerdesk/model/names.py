"""Names of files that come from the names of partnerships."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def file_name(title: str) -> str:
    """Return a file name for a partnership called `title`: letters and digits of any script."""
    words = "".join(c if c.isalnum() else " " for c in title).split()
    return ("-".join(words)[:60] or "partnership") + ".pdesk"


def unused(path: Path, exists: Callable[[Path], bool] = Path.exists) -> Path:
    """Return `path`, with a number added where a file of that name exists."""
    number, free = 1, path
    while exists(free):
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
