"""Names of files, and letters for badges, that come from names."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from unicodedata import category

LONGEST = 120


def file_name(title: str) -> str:
    """Return a file name for a partnership called `title`: letters and digits of any script.

    It is at most 120 bytes before its ending, and no name that a system keeps for itself.
    """
    words = "".join(c if c.isalnum() or category(c)[0] == "M" else " " for c in title).split()
    name = "-".join(words)[:60].encode()[:LONGEST].decode("utf-8", "ignore")
    reserved = re.fullmatch(r"(?i)con|prn|aux|nul|(com|lpt)\d", name)
    return (f"{name}-1" if reserved else name or "partnership") + ".pdesk"


def unused(path: Path, exists: Callable[[Path], bool] = Path.exists) -> Path:
    """Return `path`, with a number added where a file of that name exists."""
    number, free = 1, path
    while exists(free):
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def badge_letters(name: str) -> str:
    """Return the first letters of the first and the last word of a name, for a badge."""
    words = name.split()
    return "".join(first_letter(word) for word in words[:1] + words[1:][-1:])


def first_letter(word: str) -> str:
    """Return the first letter of a word as a capital, with the marks that belong to it."""
    behind = takewhile(lambda char: category(char)[0] == "M", word[1:])
    return word[:1].upper() + "".join(behind)
