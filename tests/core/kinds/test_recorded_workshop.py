"""The recorded workshop gives the figures that were computed independently."""

from __future__ import annotations

from typing import Any

import pytest

from partnerdesk.analysis.adoption import adoption
from partnerdesk.kinds import KINDS
from partnerdesk.kinds.ladder import agreed_figures
from partnerdesk.kinds.summary import Summary
from tests.core.kinds import sample_workshop as sample

FIGURES = {
    "spectrum": "mindset",
    "pick_rank": "values_borda",
    "dependence": "net_power",
    "four_r": "four_r",
    "allocation": "goal_weight_party_equal",
    "readiness": "readiness_priority",
}


def summary(name: str) -> Summary:
    setting, responses = sample.ROUNDS[name]()
    return KINDS[setting.activity.kind].summarise(setting, responses)


def assert_same(found: Any, wanted: Any, place: str = "") -> None:
    """Compare every number to 1e-6; the found figures may hold more keys."""
    if isinstance(wanted, dict):
        for key, value in wanted.items():
            assert_same(found[key], value, f"{place}/{key}")
    elif isinstance(wanted, list):
        assert len(found) == len(wanted), place
        for number, value in enumerate(wanted):
            assert_same(found[number], value, f"{place}/{number}")
    elif isinstance(wanted, str | bool):
        assert found == wanted, place
    else:
        assert found == pytest.approx(wanted, abs=1e-6), place


@pytest.mark.parametrize("name", sample.ROUNDS)
def test_every_recorded_answer_is_sound(name: str) -> None:
    setting, responses = sample.ROUNDS[name]()
    kind = KINDS[setting.activity.kind]
    assert kind.check_activity(setting.activity) == []
    assert [kind.check_answer(setting, r.partner_id, r.answer or {}) for r in responses] == [
        [] for _r in responses
    ]


@pytest.mark.parametrize("name", FIGURES)
def test_a_kind_gives_the_figures_of_the_recorded_workshop(name: str) -> None:
    wanted = sample.expected()[FIGURES[name]]
    found = summary(name).data
    assert len(found) == len(wanted)
    assert_same(found, wanted)


def test_points_stand_in_the_order_of_first_appearance() -> None:
    data: Any = summary("pick_rank").data
    wanted = sample.expected()["values_borda"]
    assert {who: list(points) for who, points in data.items()} == {
        who: list(points) for who, points in wanted.items()
    }


def test_trust_gives_directions_and_gaps() -> None:
    data: Any = summary("trust").data
    for key in ("trust", "reciprocity_gap"):
        assert set(data[key]) == set(sample.expected()[key])
        assert_same(data[key], sample.expected()[key])


def test_the_charters_ladder_comes_from_the_agreed_levels() -> None:
    levels = sample.round_of("decision_ladder")["agreed"]
    found = agreed_figures(levels, [partner.id for partner in sample.partners()])
    assert set(found) == set(sample.expected()["ladder"])
    assert_same(found, sample.expected()["ladder"])


def test_clauses_are_adopted_as_recorded() -> None:
    ids = [partner.id for partner in sample.partners()]
    found = [
        {
            "clause": clause["id"],
            "adopted": adoption(
                {said["partner"]: said["level"] for said in clause["consents"]},
                clause["affects"],
                frozenset(),
                ids,
            ).adopted,
        }
        for clause in sample.recorded()["clauses"]
    ]
    assert found == sample.expected()["clauses"]


@pytest.mark.parametrize("name", sample.ROUNDS)
def test_every_answer_is_a_dot_of_its_partner(name: str) -> None:
    _setting, responses = sample.ROUNDS[name]()
    shown = summary(name)
    assert shown.answers == len(responses)
    assert shown.passes == 0
    assert {d.partner_id for line in shown.lines for d in line.dots} == {"ingo", "lngo", "cbo"}
    assert shown.questions
    spreads = [round(line.spread, 9) for line in shown.lines]
    assert spreads == sorted(spreads, reverse=True)
    for line in shown.lines:
        assert set(line.dots) <= {dot for tally in line.working for dot in tally.dots}
        assert all(line.low <= dot.value <= line.high for dot in line.dots)
        assert all(figure.words for figure in line.figures)
