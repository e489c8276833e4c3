"""Any workshop that can be imported gives a whole file, finite figures and a charter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from partnerdesk.charter.canonical import canonical, from_json
from partnerdesk.charter.compose import compose
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import workshop_of
from partnerdesk.flow.record import record
from partnerdesk.flow.results import results
from partnerdesk.flow.rounds import summary, unproven
from partnerdesk.flow.values import rounds
from tests.core.exchange.workshops import GUIDE, workshops


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(value=workshops())
def test_any_workshop_replays_into_finite_figures_and_a_charter(
    value: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "any.pdesk"
    path.unlink(missing_ok=True)
    with replay(workshop_of(value, GUIDE, "any.json"), GUIDE, path) as store:
        json.dumps(results(store, GUIDE), allow_nan=False)
        for one in rounds(store):
            json.dumps(summary(store, GUIDE, one).data, allow_nan=False, default=dict)
        charter = compose(record(store, GUIDE))
        assert from_json(canonical(charter)) == charter
        assert store.check().problems == ()
        assert unproven(store) == ()
