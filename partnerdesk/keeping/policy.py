"""When a backup is made, and which ones stay: values in, values out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

OFTEN = timedelta(minutes=30)
MANY = 200
RECENT, DAILY, WEEKLY = 6, 12, 10


def due(last_at: datetime | None, last_edits: int, edits: int, now: datetime) -> bool:
    """Return whether a file with this many edits wants a backup now.

    True where something is new and the last backup is 30 minutes or 200 edits old, lies in the
    future (the clock was set back), or is not there.
    """
    if edits == last_edits or not edits:
        return False
    if last_at is None or now < last_at:
        return True
    return now - last_at >= OFTEN or abs(edits - last_edits) >= MANY


def kept(ats: Sequence[datetime]) -> frozenset[int]:
    """Return which backups stay, by their place in `ats`, which is in the order of the journal.

    The last 6; before them the last of each of 12 days; before them the last of each of 10 weeks.
    """
    places = list(reversed(range(len(ats))))
    recent, older = places[:RECENT], places[RECENT:]
    daily = list(_last_of_each(ats, older, lambda at: at.date().isoformat()))[:DAILY]
    days = {ats[place].date() for place in daily}
    before = [p for p in older if p < min(daily) and ats[p].date() not in days]
    weekly = _last_of_each(ats, before, _week)
    return frozenset([*recent, *daily, *list(weekly)[:WEEKLY]])


def _last_of_each(
    ats: Sequence[datetime], newest_first: Sequence[int], name: Callable[[datetime], str]
) -> Iterator[int]:
    seen: set[str] = set()
    for place in newest_first:
        if name(ats[place]) not in seen:
            seen.add(name(ats[place]))
            yield place


def _week(at: datetime) -> str:
    year, week, _day = at.isocalendar()
    return f"{year}-{week}"
