"""Whatever people do on several laptops, copies that met hold the same, in any order of meeting."""

from __future__ import annotations

import os
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerdesk.exchange.copies import copy_of
from partnerdesk.exchange.merge import apply, plan
from partnerdesk.store import Store
from tests.core.exchange import mergers

MANY = 1000 if os.environ.get("PARTNERDESK_SOAK") else 200
THOROUGH = settings(
    max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
SEEDS = st.integers(0, 2**32)
STEPS = st.integers(-2, 2)


def walk(store: Store, random: Random, length: int = 8) -> Store:
    for _step in range(random.randrange(length)):
        mergers.act(store, random)
    return store


def laptops(seed: int, ticks: tuple[int, ...]) -> list[Store]:
    """Return copies that parted after a few edits and were worked on, on clocks of their own."""
    random = Random(seed)
    start = walk(mergers.first(), random, 6)
    return [
        walk(mergers.copied(start, name, random.choice((-60, 30, 60)), tick), random)
        for name, tick in zip("bcd", ticks, strict=False)
    ]


def same_again(store: Store, author: str = "x") -> Store:
    return mergers.copied(store, author, 90)


@THOROUGH
@given(SEEDS, STEPS, STEPS)
def test_two_copies_hold_the_same_whoever_merges(seed: int, one: int, other: int) -> None:
    b, c = laptops(seed, (one, other))
    ours, theirs = same_again(b), same_again(c)
    before = mergers.everything(ours)
    merge = mergers.merged(ours, c)
    mergers.merged(theirs, b)
    assert mergers.everything(ours) == mergers.everything(theirs)
    assert ours.check().problems == ()
    assert plan(copy_of(ours), copy_of(c)).is_empty
    assert apply(ours, plan(copy_of(ours), copy_of(c))) is None
    if not merge.is_empty:
        ours.undo()
        assert mergers.everything(ours) == before
        assert plan(copy_of(ours), copy_of(c)).changes == merge.changes


@THOROUGH
@given(SEEDS, STEPS, STEPS, STEPS)
def test_three_copies_hold_the_same_in_any_order(seed: int, x: int, y: int, z: int) -> None:
    b, c, d = laptops(seed, (x, y, z))
    left, inner = same_again(b), same_again(c)
    mergers.merged(left, c)
    mergers.merged(left, d)
    mergers.merged(inner, d)
    right = same_again(b)
    mergers.merged(right, inner)
    assert mergers.everything(left) == mergers.everything(right)
    assert left.check().problems == ()


@THOROUGH
@given(SEEDS, STEPS, STEPS)
def test_copies_that_merge_and_work_on_come_together(seed: int, x: int, y: int) -> None:
    random = Random(seed)
    b, c = laptops(seed, (x, y))
    for _round in range(3):
        one, other = random.sample((b, c), 2)
        mergers.merged(one, other)
        walk(one, random, 4)
        walk(other, random, 4)
    mergers.merged(b, c)
    mergers.merged(c, b)
    mergers.merged(b, c)
    assert mergers.everything(b) == mergers.everything(c)
    assert (b.check().problems, c.check().problems) == ((), ())
