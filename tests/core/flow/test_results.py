"""The figures of the recorded workshop are those that were computed independently."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import resources
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow.guides import built_in_guide, guide_of
from partnerdesk.flow.results import results
from partnerdesk.flow.rounds import unproven
from partnerdesk.store import open_store

EXPECTED = json.loads(resources.path("samples/workshop-a.expected.json").read_text("utf-8"))


def differences(expected: Any, found: Any, place: str = "") -> Iterator[str]:
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            yield f"{place}: {found!r}"
            return
        for key, value in expected.items():
            if key not in found:
                yield f"{place}.{key}: missing"
            else:
                yield from differences(value, found[key], f"{place}.{key}")
    elif isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            yield f"{place}: {found!r}"
            return
        for index, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(one, other, f"{place}[{index}]")
    elif isinstance(expected, bool) or not isinstance(expected, int | float):
        if found != expected:
            yield f"{place}: {found!r} is not {expected!r}"
    elif found != pytest.approx(expected, abs=1e-6):
        yield f"{place}: {found!r} is not {expected!r}"


def test_results_of_workshop_a_equal_the_expected_figures_after_reopening(tmp_path: Path) -> None:
    guide = built_in_guide()
    path = tmp_path / "a.pdesk"
    workshop = read_workshop(resources.path("samples/workshop-a.json"), guide)
    replay(workshop, guide, path).close()
    store = open_store(path)
    found = results(store, guide_of(store))
    assert list(differences(EXPECTED, found)) == []
    assert store.check().ok
    assert unproven(store) == ()
    store.close()
