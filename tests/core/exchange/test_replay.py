"""A replay writes all of a workshop or no file, and passes no fault on to the charter."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import resources
from partnerdesk.charter.canonical import canonical, from_json
from partnerdesk.charter.compose import compose
from partnerdesk.errors import InputErrors
from partnerdesk.exchange.folding import fold_of
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import workshop_of
from partnerdesk.flow import values
from partnerdesk.flow.agree import clauses
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.record import record
from partnerdesk.store import Store

RAW: dict[str, Any] = json.loads(resources.path("samples/workshop-a.json").read_text("utf-8"))
GUIDE = built_in_guide()


def replayed(value: dict[str, Any], path: Path) -> Store:
    return replay(workshop_of(value, GUIDE, "w.json"), GUIDE, path, practice=True)


def test_a_clause_keeps_an_origin_that_this_guide_does_not_have(tmp_path: Path) -> None:
    value = copy.deepcopy(RAW)
    value["clauses"][0]["origin"] = "astrology"
    value["clauses"][1]["origin"] = "decision_ladder"
    with replayed(value, tmp_path / "a.pdesk") as store:
        assert [c.origin for c in clauses(store)][:2] == ["astrology", "decision_ladder"]
        charter = compose(record(store, GUIDE))
        assert from_json(canonical(charter)) == charter


def test_a_charter_in_arabic_is_composed_and_kept(tmp_path: Path) -> None:
    value = copy.deepcopy(RAW)
    arabic = {"language": "ar", "title": "شراكة\u200f حوض البحيرة", "purpose": "ماء\x07 آمن"}
    value["partnership"].update(arabic)
    with replayed(value, tmp_path / "a.pdesk") as store:
        charter = compose(record(store, GUIDE))
        assert (charter.language, charter.purpose, charter.practice) == ("ar", "ماء آمن", True)
        assert from_json(canonical(charter)) == charter


def test_progress_rises_to_its_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    workshop = workshop_of(RAW, GUIDE, "w.json")
    place = tmp_path / "a.pdesk"
    with replay(workshop, GUIDE, place, progress=lambda *now: seen.append(now)) as store:
        assert len(values.rounds(store)) == len([r for r in workshop.rounds if r.answers])
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]


def test_a_replay_that_is_stopped_leaves_no_file(tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replay(workshop_of(RAW, GUIDE, "w.json"), GUIDE, tmp_path / "a.pdesk", progress=stop)
    assert list(tmp_path.glob("*.pdesk*")) == []


def same_item_id(value: dict[str, Any]) -> None:
    goals = next(r for r in value["rounds"] if r["activity"] == "goals")
    goals["goals"][0]["id"] = "d1"


def long_name(value: dict[str, Any]) -> None:
    value["partners"][0]["name"] = "x" * 500


def empty_name(value: dict[str, Any]) -> None:
    value["participants"][0]["name"] = "\x07 "


def strange_origin(value: dict[str, Any]) -> None:
    value["clauses"][0]["origin"] = 5


def nine_partners(value: dict[str, Any]) -> None:
    value["partners"] += [{"id": f"x{n}", "name": f"X {n}"} for n in range(6)]


FAULTS: list[tuple[Callable[[dict[str, Any]], None], str]] = [
    (same_item_id, "rounds[5].goals"),
    (long_name, "partners[0].name"),
    (empty_name, "participants[0].name"),
    (strange_origin, "clauses[0].origin"),
    (nine_partners, "partners"),
]


@pytest.mark.parametrize(("break_it", "place"), FAULTS, ids=lambda v: getattr(v, "__name__", v))
def test_what_the_file_could_not_hold_is_refused_before_it_is_made(
    break_it: Callable[[dict[str, Any]], None], place: str
) -> None:
    value = copy.deepcopy(RAW)
    break_it(value)
    with pytest.raises(InputErrors) as refused:
        workshop_of(value, GUIDE, "w.json")
    assert any(problem.startswith(f"{place}:") for problem in refused.value.problems)


@pytest.mark.parametrize("activity", [a.id for a in GUIDE.activities() if a.kind != "consent"])
def test_every_activity_of_the_guide_can_be_recorded(activity: str) -> None:
    found = GUIDE.activity(activity)
    assert found is not None
    assert fold_of(found) is not None
