"""The partnerships that were opened on this laptop, newest first, so that home can show them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from partnerdesk.exchange.files import write_whole
from partnerdesk.exchange.known import home

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
    """Return the list, newest first; an unreadable list counts as empty."""
    try:
        rows = json.loads(_list().read_text("utf-8"))
        return tuple(Recent(**row) for row in rows)[:MOST]
    except (OSError, ValueError, TypeError):
        return ()


def remember_recent(one: Recent) -> None:
    """Put a partnership at the top of the list; raises EnvironmentProblem on a full disk."""
    _write((one, *(old for old in recent() if old.path != one.path)))


def forget_recent(path: str) -> None:
    """Take a partnership off the list; the file itself stays where it is."""
    _write(tuple(old for old in recent() if old.path != path))


def _write(rows: tuple[Recent, ...]) -> None:
    _list().parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(row) for row in rows[:MOST]], ensure_ascii=False, indent=1)
    write_whole(_list(), text.encode("utf-8"))


def _list() -> Path:
    return home() / "recent.json"
