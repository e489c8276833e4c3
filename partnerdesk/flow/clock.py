"""The time of day as the record writes it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """Return this moment in UTC as ISO text, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
