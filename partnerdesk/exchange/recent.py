"""The partnerships that were opened on this laptop, newest first, so that home can show them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from partnerdesk.exchange.files import write_here
from partnerdesk.places import home

MOST = 12


@dataclass(frozen=True)
class Recent:
    """One partnership as it stood when it was last open; `at` is ISO text in UTC."""

    path: str
    title: str
    partners: int = 0
    stage: str = ""
    place: str = ""
    at: str = ""
    practice: bool = False


def recent() -> tuple[Recent, ...]:
    """Return the list, newest first; what cannot be read of it is left out."""
    try:
        rows = json.loads(_list().read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return ()
    read = map(_read, rows) if isinstance(rows, list) else ()
    return tuple(one for one in read if one is not None)[:MOST]


def remember_recent(one: Recent) -> None:
    """Put a partnership at the top of the list; raises EnvironmentProblem on a full disk."""
    _write((one, *(old for old in recent() if old.path != one.path)))


def forget_recent(path: str) -> None:
    """Take a partnership off the list; the file itself stays where it is."""
    kept = recent()
    left = tuple(old for old in kept if old.path != path)
    if left != kept:
        _write(left)


def _read(row: object) -> Recent | None:
    """Return one line of the list, or None where it is not as this program writes it."""
    if not isinstance(row, dict) or not isinstance(row.get("path"), str):
        return None
    usual = asdict(Recent(path="", title=""))
    known = {name: row.get(name, value) for name, value in usual.items()}
    sound = all(type(known[name]) is type(value) for name, value in usual.items())
    return Recent(**known) if sound else None


def _write(rows: tuple[Recent, ...]) -> None:
    text = json.dumps([asdict(row) for row in rows[:MOST]], ensure_ascii=False, indent=1)
    write_here(_list(), text.encode("utf-8"))


def _list() -> Path:
    return home() / "recent.json"
