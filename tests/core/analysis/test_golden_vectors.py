"""Every golden vector of the method's part F."""

from __future__ import annotations

import pytest

from partnerdesk.analysis import (
    allocation,
    anonymity,
    balance,
    betweenness,
    closeness,
    concentration,
    dependence,
    health,
    influence,
    krippendorff,
    ladder,
    prediction,
    promises,
    ranking,
    readiness,
    trust,
)
from partnerdesk.analysis.adoption import AdoptionState, adoption


def spread_out(counts: list[int], low: int = 0) -> list[int]:
    return [low + step for step, count in enumerate(counts) for _ in range(count)]


def test_consensus_gives_the_published_value() -> None:
    values = spread_out([30, 40, 210, 130, 530, 50, 10], low=1)
    assert closeness.consensus(values, 1, 7) == pytest.approx(0.7256876, abs=1e-7)


@pytest.mark.parametrize(
    ("counts", "consensus", "leik", "r_wg"),
    [
        ([0, 0, 0, 0, 6], 1, 1, 1),
        ([3, 0, 0, 0, 3], 0, 0, -1.40),
        ([1, 1, 2, 1, 1], 0.5283, 0.50, 0.00),
        ([0, 1, 2, 2, 1], 0.6455, 0.5833, 0.45),
        ([0, 0, 1, 4, 1], 0.8617, 0.8333, 0.80),
        ([2, 0, 0, 1, 3], 0.1572, 0.25, -0.95),
        ([1, 0, 0, 0, 5], 0.3500, 0.6667, -0.33),
    ],
)
def test_three_indexes_of_closeness_give_the_golden_values(
    counts: list[int], consensus: float, leik: float, r_wg: float
) -> None:
    values = spread_out(counts)
    assert closeness.consensus(values, 0, 4) == pytest.approx(consensus, abs=5e-5)
    assert closeness.leik(counts) == pytest.approx(leik, abs=5e-5)
    assert closeness.r_wg(values, 5) == pytest.approx(r_wg, abs=5e-3)


@pytest.mark.parametrize(
    ("options", "expected"), [(3, 0.3333), (4, 0.3685), (5, 0.4340), (8, 0.4769)]
)
def test_an_even_spread_has_a_consensus_of_its_own(options: int, expected: float) -> None:
    assert closeness.even_spread(options) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("index", "word"),
    [
        (0.80, "close together"),
        (0.79, "mostly together"),
        (0.60, "mostly together"),
        (0.59, "mixed"),
        (0.45, "mixed"),
        (0.44, "far apart"),
    ],
)
def test_the_words_of_five_options_follow_the_bands(index: float, word: str) -> None:
    assert closeness.closeness_word(index, 5) == word


@pytest.mark.parametrize("options", [2, 3, 4, 6, 8])
def test_an_even_spread_is_far_apart_on_every_scale(options: int) -> None:
    assert closeness.closeness_word(closeness.even_spread(options), options) == "far apart"
    assert closeness.closeness_word(1.0, options) == "close together"


@pytest.mark.parametrize(("people", "index"), [(6, 0.77), (8, 0.81), (12, 0.87)])
def test_one_person_two_steps_off_is_flagged_though_the_index_is_high(
    people: int, index: float
) -> None:
    values = [2] * (people - 1) + [4]
    assert closeness.consensus(values, 0, 4) == pytest.approx(index, abs=5e-3)
    assert closeness.lone_dissent(values)
    assert [closeness.stands_apart(value, values) for value in (2, 4)] == [False, True]


def test_one_step_off_is_no_dissent() -> None:
    assert not closeness.lone_dissent([2, 2, 2, 3])


def test_kendalls_w_of_full_rankings() -> None:
    raters = [[1, 2, 3, 4, 5, 6], [2, 1, 3, 4, 6, 5], [1, 3, 2, 5, 4, 6]]
    assert ranking.kendall_w(raters) == pytest.approx(0.873, abs=5e-4)


def test_kendalls_w_of_tied_scores() -> None:
    raters = [[5, 4, 4, 2, 1], [5, 5, 3, 2, 2], [4, 5, 3, 3, 1], [5, 3, 4, 2, 1]]
    assert ranking.kendall_w(raters) == pytest.approx(0.8651, abs=5e-5)


@pytest.mark.parametrize(
    ("metric", "expected"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_krippendorffs_alpha_gives_the_canonical_values(metric: str, expected: float) -> None:
    _ = None
    raters = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
    found = krippendorff.alpha(raters, krippendorff.Metric(metric))
    assert found == pytest.approx(expected, abs=5e-4)


def test_krippendorffs_alpha_is_undefined_when_all_answer_the_same() -> None:
    assert krippendorff.alpha([[2, 2, 2], [2, 2, 2], [2, None, 2]]) is None


@pytest.mark.parametrize(
    ("totals", "expected"),
    [([4, 3, 1, 1], 0.4074), ([2, 2, 2, 2], 0), ([4, 0, 0, 0], 1), ([0, 0, 0], 0)],
)
def test_gini_gives_the_golden_values(totals: list[int], expected: float) -> None:
    assert concentration.gini(totals) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(("totals", "expected"), [([4, 3, 1, 1], 0.1111), ([4, 0, 0, 0], 1)])
def test_hhi_gives_the_golden_values(totals: list[int], expected: float) -> None:
    assert concentration.hhi(totals) == pytest.approx(expected, abs=5e-5)


def test_the_worked_ladder_gives_its_figures() -> None:
    actual = {"ingo": [4, 4, 3, 4, 4], "lngo": [2, 1, 3, 1, 2], "cbo": [0, 0, 1, 0, 1]}
    wanted = {"ingo": [3] * 5, "lngo": [3] * 5, "cbo": [2] * 5}
    totals = [sum(levels) for levels in actual.values()]
    assert totals == [19, 9, 2]
    assert concentration.gini(totals) == pytest.approx(0.5667, abs=5e-5)
    assert concentration.gini([15, 15, 10]) == pytest.approx(0.125)
    gaps = [ladder.participation_gap(actual[p], wanted[p]) for p in actual]
    assert gaps == pytest.approx([-0.8, 1.2, 1.6])
    assert ladder.participation_share(actual["ingo"]) == pytest.approx(0.95)


def test_net_power_can_be_with_the_poorer_side() -> None:
    lngo_on_ingo, ingo_on_lngo = [4, 1, 1, 1, 3], [0, 3, 4, 4, 2]
    assert dependence.net_power(lngo_on_ingo, ingo_on_lngo) == pytest.approx(-0.6)
    assert dependence.mutual_dependence(lngo_on_ingo, ingo_on_lngo) == pytest.approx(2.3)


def test_mactor_gives_the_golden_values() -> None:
    found = influence.mactor([[0, 4, 3, 2], [1, 0, 1, 2], [1, 2, 0, 3], [0, 1, 2, 0]])
    assert [one.influence for one in found] == [20, 10, 12, 8]
    assert [one.dependence for one in found] == [6, 14, 13, 17]
    forces = [one.force for one in found]
    assert forces == pytest.approx([2.208, 0.598, 0.827, 0.367], abs=5e-4)


@pytest.mark.parametrize(
    ("rights", "responsibilities", "returns", "burden", "say"),
    [(5, 2, 4, 2, 3), (2, 4, 2, -2, -2), (1, 4, 1, -3, -3)],
)
def test_four_r_gives_burden_and_say(
    rights: int, responsibilities: int, returns: int, burden: int, say: int
) -> None:
    assert balance.burden(responsibilities, returns) == burden
    assert balance.say(rights, responsibilities) == say


def rating(a: list[float], b: list[float], i: list[float]) -> dict[str, float | None]:
    dims = {"a": a, "b": b, "i": i}
    return {f"{name}{n}": value for name, row in dims.items() for n, value in enumerate(row, 1)}


def test_trust_shows_its_lowest_dimension_and_the_gap_between_directions() -> None:
    there = trust.direction([rating([3, 4], [2, 2], [2, 3])])
    back = trust.direction([rating([4, 4], [3, 4], [4, 4])])
    assert dict(there.dims) == {"a": 3.5, "b": 2.0, "i": 2.5}
    assert there.mean == pytest.approx(2.667, abs=5e-4)
    assert (there.floor, back.floor) == (2.0, 3.5)
    assert back.mean == pytest.approx(3.833, abs=5e-4)
    assert trust.reciprocity(there, back) == pytest.approx(1.167, abs=5e-4)


def test_a_dimension_needs_two_answered_items() -> None:
    seen = trust.direction([{"a1": 4, "a2": None, "a3": None, "b1": 2, "b2": 4, "b3": None}])
    assert dict(seen.dims) == {"b": 3.0}
    nothing = trust.direction([{"a1": 4}])
    assert (nothing.mean, nothing.floor) == (None, None)
    assert trust.reciprocity(seen, nothing) is None


@pytest.mark.parametrize(
    ("floor", "word"), [(1.4, "fragile"), (1.5, "uneven"), (2.5, "uneven"), (2.6, "workable")]
)
def test_the_word_for_trust_follows_the_floor(floor: float, word: str) -> None:
    assert trust.trust_word(floor) == word


def test_perception_gap_and_prediction_error() -> None:
    assert ladder.perception_gap([1, 2], 3) == -1.5
    assert prediction.prediction_error({"a": 1, "b": 4, "c": 0}, {"a": 2, "b": 1}) == 2.0
    assert prediction.prediction_error({"a": 1}, {}) is None


def test_overlap_of_four_shared_out_of_ten() -> None:
    assert ranking.overlap("abcdefg", "abcdxyz") == pytest.approx(0.40)


@pytest.mark.parametrize(
    ("importance", "maturity", "expected"), [(4, 1, 8), (3, 3, 0), (2, 0, 6), (4, 4, 0)]
)
def test_readiness_priority(importance: int, maturity: int, expected: int) -> None:
    assert readiness.priority(importance, maturity) == expected


def test_blind_spots_and_hidden_strengths_are_one_step_apart() -> None:
    assert readiness.blind_spot(3, 2)
    assert not readiness.blind_spot(3, 3)
    assert readiness.hidden_strength(2, 3)
    assert not readiness.hidden_strength(2, 2)


@pytest.mark.parametrize(
    ("levels", "state"),
    [
        ((1, 2, 2), AdoptionState.ADOPTED),
        ((1, 3, 3), AdoptionState.WITH_RESERVATIONS),
        ((1, 5, 2), AdoptionState.OPEN),
        ((7, 2, 1), AdoptionState.WITH_RESERVATIONS),
        ((7, 2, 6), AdoptionState.OPEN),
        ((1, 2, 8), AdoptionState.BLOCKED),
        ((1, 2, 0), AdoptionState.PENDING),
    ],
)
def test_a_clause_is_adopted_by_the_rule(
    levels: tuple[int, int, int], state: AdoptionState
) -> None:
    verdict = adoption(dict(zip("ABC", levels, strict=True)), ["B"], frozenset(), "ABC")
    assert verdict.state is state
    assert verdict.adopted == (not verdict.reasons)


def test_a_stale_or_missing_level_leaves_a_clause_pending() -> None:
    stale = adoption({"A": 1, "B": 1, "C": 8}, ["B"], {"A"}, "ABC")
    missing = adoption({"A": 1, "B": 1}, ["B"], (), "ABC")
    assert stale.state is missing.state is AdoptionState.PENDING
    assert stale.reasons == ("The words changed after 1 partner answered.",)
    assert missing.reasons == ("1 partner has not answered yet.",)


@pytest.mark.parametrize(
    ("sizes", "k", "groups", "pooled"),
    [
        ({"A": 4, "B": 3, "C": 1}, 3, ("A",), True),
        ({"A": 5, "B": 4, "C": 2}, 3, ("A",), True),
        ({"A": 6, "B": 5, "C": 2, "D": 2}, 3, ("A", "B"), True),
        ({"A": 6, "B": 5, "C": 1, "D": 1}, 3, ("A",), True),
        ({"A": 3, "B": 3}, 5, (), True),
        ({"A": 2, "B": 2}, 5, (), False),
    ],
)
def test_small_groups_and_their_remainder_stay_hidden(
    sizes: dict[str, int], k: int, groups: tuple[str, ...], pooled: bool
) -> None:
    assert anonymity.shown_groups(sizes, k) == anonymity.Shown(groups, pooled)


def test_nothing_is_shown_that_would_give_one_person_away() -> None:
    assert anonymity.may_compare(["p1", "p2"], ["p2", "p1"], changed=2)
    assert not anonymity.may_compare(["p1", "p2"], ["p1", "p2"], changed=1)
    assert not anonymity.may_compare(["p1", "p2"], ["p1"], changed=0)
    assert anonymity.may_show_counts([4, 4, 4])
    assert not anonymity.may_show_counts([4, 3, 4])


def test_promises_count_half_when_partly_kept_and_leave_out_what_was_renegotiated() -> None:
    mark = promises.Mark
    owner = [mark.KEPT, mark.KEPT, mark.PARTLY, mark.NOT_KEPT, mark.RENEGOTIATED]
    receiver = [mark.KEPT, mark.PARTLY, mark.NOT_KEPT, mark.NOT_KEPT, mark.RENEGOTIATED]
    assert promises.promises_kept(owner) == 0.625
    assert promises.promise_gap(owner, receiver) == 0.25
    assert promises.promises_kept([mark.RENEGOTIATED]) is None


def test_the_node_that_joins_the_others_stands_between_two_pairs() -> None:
    links = [("0", "1"), ("0", "2"), ("0", "3"), ("2", "3")]
    assert betweenness.betweenness(links) == {"0": 2.0, "1": 0.0, "2": 0.0, "3": 0.0}


def test_two_equal_ways_share_their_path() -> None:
    links = [("a", "b"), ("b", "d"), ("a", "c"), ("c", "d")]
    assert betweenness.betweenness(links) == dict.fromkeys("abcd", 0.5)


def test_health_follows_the_lowest_answer_and_the_worst_partner() -> None:
    found = health.partnership_health({"a": [4, 3, 3], "b": [4, 4, 2], "c": [4, 1], "d": []})
    state = health.HealthState
    assert found == health.Health(
        state.RED, {"a": state.GREEN, "b": state.AMBER, "c": state.RED}, ("c",)
    )


def test_each_partner_counts_once_however_many_people_it_sends() -> None:
    points = {"many": [10, 20, 30], "one": [60], "none": list[float]()}
    assert allocation.party_equal(points) == 40
    assert allocation.head_equal(points) == 30
    assert allocation.party_equal({}) is allocation.head_equal({}) is None
