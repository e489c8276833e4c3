"""Laws that every figure keeps, whatever the answers are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.analysis import anonymity, closeness, concentration, ranking
from partnerdesk.analysis.adoption import adoption

ANSWERS = st.lists(st.integers(0, 4), min_size=1, max_size=15)
TOTALS = st.lists(st.integers(0, 40), min_size=2, max_size=8)


@settings(max_examples=60, derandomize=True)
@given(ANSWERS)
def test_consensus_lies_between_none_and_full_and_is_the_same_from_either_end(
    values: list[int],
) -> None:
    index = closeness.consensus(values, 0, 4)
    assert -1e-9 <= index <= 1
    assert closeness.consensus([4 - v for v in values], 0, 4) == pytest.approx(index)


@settings(max_examples=60, derandomize=True)
@given(TOTALS)
def test_concentration_lies_between_even_and_one_holder(totals: list[int]) -> None:
    for index in (concentration.gini(totals), concentration.hhi(totals)):
        assert -1e-9 <= index <= 1 + 1e-9


@settings(max_examples=60, derandomize=True)
@given(st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 9)), st.integers(1, 6))
def test_no_hidden_remainder_is_small_enough_to_subtract(sizes: dict[str, int], k: int) -> None:
    shown = anonymity.shown_groups(sizes, k)
    hidden = sum(n for group, n in sizes.items() if group not in shown.groups)
    assert all(sizes[group] >= k for group in shown.groups)
    assert not shown.groups or hidden == 0 or hidden >= k


@settings(max_examples=60, derandomize=True)
@given(st.lists(st.permutations(range(5)), min_size=2, max_size=6))
def test_kendalls_w_lies_between_none_and_full(raters: list[list[int]]) -> None:
    w = ranking.kendall_w(raters)
    assert w is not None
    assert -1e-9 <= w <= 1 + 1e-9


@settings(max_examples=100, derandomize=True)
@given(st.dictionaries(st.sampled_from("ABC"), st.integers(-1, 9)))
def test_a_text_that_is_not_adopted_always_says_why(levels: dict[str, int]) -> None:
    verdict = adoption(levels, ["B"], frozenset(), "ABC")
    assert verdict.adopted == (not verdict.reasons)


def test_kendalls_w_is_undefined_for_one_rater_or_only_ties() -> None:
    assert ranking.kendall_w([]) is None
    assert ranking.kendall_w([[1, 2, 3]]) is None
    assert ranking.kendall_w([[1, 1, 1], [2, 2, 2]]) is None


def test_points_keep_the_order_of_first_appearance() -> None:
    rankings = [ranking.Ranking(("b", "a"), ("c",)), ranking.Ranking(("a", "c"), ("d",))]
    points = ranking.borda(rankings)
    assert list(points.items()) == [("b", 2), ("a", 3), ("c", 1.5), ("d", 0.5)]
    assert ranking.top(points, 2) == ("a", "b")
    assert ranking.overlap((), ()) == 0.0
