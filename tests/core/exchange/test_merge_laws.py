"""Whatever people do on several laptops, copies that met hold the same, in any order of meeting."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from partnerdesk.errors import UserError
from partnerdesk.exchange import merge
from partnerdesk.exchange.conflicts import Conflict, Side
from partnerdesk.exchange.copies import copy_of
from partnerdesk.exchange.merge import apply, plan
from partnerdesk.flow import rounds, values
from partnerdesk.model.round import RoundState
from partnerdesk.store import Store
from tests.core.exchange import mergers
from tests.core.exchange.mergers import GUIDE

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
    made = mergers.merged(ours, c)
    mergers.merged(theirs, b)
    assert mergers.everything(ours) == mergers.everything(theirs)
    assert ours.check().problems == ()
    assert plan(copy_of(ours), copy_of(c)).is_empty
    assert apply(ours, plan(copy_of(ours), copy_of(c))) is None
    if not made.is_empty:
        ours.undo()
        assert mergers.everything(ours) == before
        assert plan(copy_of(ours), copy_of(c)).changes == made.changes


def test_copies_that_take_their_own_word_last_would_be_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: were edits put in the order of arrival, copies would not hold the same."""
    monkeypatch.setattr(merge, "_in_order", lambda ours, theirs: [*ours, *theirs])

    def differ(seed: int) -> bool:
        b, c = laptops(seed, (1, 1))
        ours, theirs = same_again(b), same_again(c)
        mergers.merged(ours, c)
        mergers.merged(theirs, b)
        return mergers.everything(ours) != mergers.everything(theirs)

    assert any(differ(seed) for seed in range(100))


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
@example(681717248, 0, 0)  # a partner that came back for a person, who was then taken out
@example(28994037, 0, 0)  # a word typed over one that came in, taken back, and then the merge
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


Wrote = dict[tuple[str, str], dict[str, object] | None]


def _wrote(store: Store, known: set[str]) -> Wrote:
    """Return what a copy last wrote in each row since it parted, None where it took the row out."""
    found: Wrote = {}
    for edit in store.edits():
        for change in edit.changes if edit.id not in known else ():
            place = (change.table, change.key)
            if change.after is None:
                found[place] = None
            else:
                found[place] = (found.get(place) or {}) | change.after
    return found


def _unseen(b: Store, c: Store, together: Store, conflicts: Iterable[Conflict]) -> list[str]:
    """Return what either copy wrote that neither stands after a merge nor is shown to choose."""
    known = {edit.id for edit in b.edits()} & {edit.id for edit in c.edits()}
    shown = {(one.table, key) for one in conflicts for key in (one.key, one.other_key)}
    columns = {(one.table, one.key, one.column) for one in conflicts}
    found = []
    for (table, key), wrote in (*_wrote(b, known).items(), *_wrote(c, known).items()):
        row = together.row(table, key)
        if wrote is None or (row is None and (table, key) in shown):
            continue
        if row is None:
            twins = [{**one, "id": key} for one in together.rows(table)]
            found += (
                [] if any(wrote.items() <= twin.items() for twin in twins) else [f"{table} {key}"]
            )
            continue
        found += [
            f"{table} {key} {column}"
            for column, value in wrote.items()
            if row[column] != value and not {(table, key, column), (table, key, "")} & columns
        ]
    return found


@THOROUGH
@given(SEEDS, STEPS, STEPS)
def test_no_edit_of_either_copy_is_lost(seed: int, one: int, other: int) -> None:
    """What a copy wrote stands, or is shown side by side with what stands in its place."""
    b, c = laptops(seed, (one, other))
    together = same_again(b)
    assert _unseen(b, c, together, mergers.merged(together, c).conflicts) == []


def test_an_edit_that_a_merge_leaves_out_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: were one row not written that came in, the test above would notice."""
    real = merge.difference
    monkeypatch.setattr(merge, "difference", lambda before, after: real(before, after)[:-1])

    def loses(seed: int) -> bool:
        b, c = laptops(seed, (1, 1))
        together = same_again(b)
        return _unseen(b, c, together, mergers.merged(together, c).conflicts) != []

    assert any(loses(seed) for seed in range(100))


def _ask(store: Store, random: Random) -> None:
    """Do one thing in a round: open one, answer, or reveal with whoever has answered."""
    every = values.rounds(store)
    with suppress(UserError):
        if not every or not random.randrange(6):
            rounds.open_round(store, GUIDE, random.choice(("mindset", "mission_mirror")))
            return
        one = random.choice(every)
        if random.randrange(3):
            who = random.choice(("north-1", "south-1"))
            rounds.submit_answer(store, GUIDE, one.id, who, None)
        else:
            rounds.reveal_round(store, GUIDE, one.id, incomplete=True)


Answer = tuple[object, object]


def _opened(store: Store) -> set[str]:
    return {str(row["id"]) for row in store.rows("response") if row["nonce"]}


def _answered(store: Store, *, opened: bool = False) -> set[Answer]:
    """Return who answered what: whose answer, not which, of a person who answered twice."""
    rows = (row for row in store.rows("response") if row["nonce"] or not opened)
    return {(row["round_id"], row["respondent"]) for row in rows}


@settings(THOROUGH, max_examples=MANY // 2)
@given(SEEDS, STEPS, STEPS)
@example(18, 0, 0)  # a person who answered the same round on both laptops
@example(793, 0, 0)  # and one whose first answer was revealed on one, the second on the other
def test_a_merge_opens_no_answer_and_closes_no_reveal(seed: int, x: int, y: int) -> None:
    random = Random(seed)
    start = mergers.first()
    for _step in range(random.randrange(4)):
        _ask(start, random)
    b, c = mergers.copied(start, "b", 30, x), mergers.copied(start, "c", 60, y)
    for store in (b, c):
        for _step in range(random.randrange(6)):
            mergers.act(store, random)
            _ask(store, random)
    before, answered, shown = _opened(b), _answered(b), _answered(b, opened=True)
    sealed = {one.id for one in values.rounds(b) if one.state is RoundState.COLLECTING}
    choosing = same_again(b)
    made = mergers.merged(b, c)
    assert _opened(b) <= before | _opened(c)
    assert shown <= _answered(b, opened=True)
    assert before <= _opened(b) | {one.key for one in made.conflicts}
    assert answered <= _answered(b)
    apply(choosing, made, {one.id: Side.OURS for one in made.conflicts})
    assert before <= _opened(choosing)
    for one in values.rounds(b):
        assert one.id in sealed or one.state is not RoundState.COLLECTING
    assert b.check().problems == ()
    assert plan(copy_of(b), copy_of(c)).is_empty


@pytest.mark.soak
@pytest.mark.skipif(MANY == 200, reason="a big run")
def test_a_hundred_thousand_edits_merge_in_ten_seconds() -> None:
    ours = mergers.first()
    theirs = mergers.copied(ours, "b")
    for number in range(100_000):
        with theirs.transaction("Change") as t:
            t.upsert("item", {"id": f"i{number % 30_000}", "list": "goals", "text": f"{number}"})
    start = time.process_time()
    mergers.merged(ours, theirs)
    assert time.process_time() - start < 10
    assert len(ours.rows("item")) == 30_001
