"""A recorded workshop in which people left questions out is taken as it is."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

import resources
from partnerdesk.errors import InputErrors
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import workshop_of
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.results import results

RAW: dict[str, Any] = json.loads(resources.path("samples/workshop-a.json").read_text("utf-8"))


def thinned(seed: int) -> dict[str, Any]:
    """Return the workshop without a third of its answers; points still add to 100."""
    value, draw = copy.deepcopy(RAW), random.Random(seed)
    for round_ in value["rounds"]:
        if round_["activity"] != "goals":
            answers = round_.get("answers", [])
            round_["answers"] = [a for a in answers if draw.random() > 1 / 3]
    return value


@pytest.mark.parametrize("seed", range(4))
def test_gaps_are_no_fault_and_leave_figures_of_what_was_said(seed: int, tmp_path: Path) -> None:
    guide = built_in_guide()
    workshop = workshop_of(thinned(seed), guide, "thin.json")
    with replay(workshop, guide, tmp_path / "thin.pdesk") as store:
        text = json.dumps(results(store, guide), allow_nan=False)
        assert store.check().ok
    assert "goal_weight_party_equal" in text
    assert "net_power" in text


def test_a_gap_in_the_points_is_a_fault_since_they_must_add_up() -> None:
    value = copy.deepcopy(RAW)
    goals = next(r for r in value["rounds"] if r["activity"] == "goals")
    goals["answers"].pop()
    with pytest.raises(InputErrors, match="100"):
        workshop_of(value, built_in_guide(), "thin.json")
