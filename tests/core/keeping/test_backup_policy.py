"""Backups are made when something is new, and thinned so that old days stay in reach."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.keeping import due, kept
from partnerdesk.keeping.policy import DAILY, RECENT, WEEKLY

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTES = st.lists(st.integers(1, 3000), max_size=200)


def test_nothing_new_wants_no_backup() -> None:
    assert not due(None, 0, 0, NOON)
    assert not due(NOON - timedelta(days=9), 5, 5, NOON)


def test_the_first_edit_wants_a_backup() -> None:
    assert due(None, 0, 1, NOON)


def test_half_an_hour_or_many_edits_want_a_backup() -> None:
    assert not due(NOON - timedelta(minutes=29), 5, 6, NOON)
    assert due(NOON - timedelta(minutes=30), 5, 6, NOON)
    assert not due(NOON, 5, 204, NOON)
    assert due(NOON, 5, 205, NOON)


def test_a_clock_set_back_never_stops_backups() -> None:
    assert due(NOON, 5, 6, NOON - timedelta(days=3650))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(MINUTES)
def test_the_last_six_stay_and_never_more_than_the_sum(minutes: list[int]) -> None:
    ats, at = [], NOON
    for step in minutes:
        at += timedelta(minutes=step)
        ats.append(at)
    stay = kept(ats)
    assert set(range(len(ats))[-RECENT:]) <= stay <= set(range(len(ats)))
    assert len(stay) <= RECENT + DAILY + WEEKLY
    assert len(stay) == len(ats) or len(stay) >= RECENT


@settings(max_examples=100, deadline=None, derandomize=True)
@given(MINUTES)
def test_thinning_after_each_backup_keeps_the_end_of_each_of_the_last_days(
    minutes: list[int],
) -> None:
    here: list[datetime] = []
    all_made, at = [], NOON
    for step in minutes:
        at += timedelta(minutes=step)
        all_made.append(at)
        here = [one for place, one in enumerate([*here, at]) if place in kept([*here, at])]
    days = sorted({one.date() for one in all_made})[-DAILY:]
    assert {one.date() for one in here} >= set(days)
    for day in days[:-RECENT]:
        assert max(one for one in all_made if one.date() == day) in here
