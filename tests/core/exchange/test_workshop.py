"""A recorded workshop is read whole or refused whole, with every fault and its place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import resources
from partnerdesk.errors import InputErrors, PartnerDeskError, UserError
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop, workshop_of
from partnerdesk.flow.guides import built_in_guide

SAMPLE = resources.path("samples/workshop-a.json")
RAW: dict[str, Any] = json.loads(SAMPLE.read_text("utf-8"))


def round_of(value: dict[str, Any], activity: str) -> dict[str, Any]:
    found: dict[str, Any] = next(r for r in value["rounds"] if r["activity"] == activity)
    return found


def unknown_partner(value: dict[str, Any]) -> None:
    value["participants"][2]["partner"] = "nobody"


def out_of_scale(value: dict[str, Any]) -> None:
    round_of(value, "mindset")["answers"][3]["now"] = 3


def points_not_100(value: dict[str, Any]) -> None:
    round_of(value, "goals")["answers"][0]["points"] += 1


def duplicate_answer(value: dict[str, Any]) -> None:
    answers = round_of(value, "trust")["answers"]
    answers.append(copy.deepcopy(answers[5]))


def wrong_version(value: dict[str, Any]) -> None:
    value["format"] = "partnerdesk-workshop/2"


def unknown_activity(value: dict[str, Any]) -> None:
    value["rounds"][0]["activity"] = "astrology"


def level_nine(value: dict[str, Any]) -> None:
    value["clauses"][1]["consents"][0]["level"] = 9


def boolean_level(value: dict[str, Any]) -> None:
    value["clauses"][1]["consents"][0]["level"] = True


def unknown_signatory(value: dict[str, Any]) -> None:
    value["signatories"][0]["participant"] = "p99"


def clause_twice(value: dict[str, Any]) -> None:
    value["clauses"].append(copy.deepcopy(value["clauses"][0]))


def wrong_list(value: dict[str, Any]) -> None:
    value["rounds"][0]["answers"] = "none"


def unknown_value_card(value: dict[str, Any]) -> None:
    round_of(value, "values")["answers"][0]["ranked"][0] = "greed"


def impossible_date(value: dict[str, Any]) -> None:
    value["clauses"][1]["date"] = "2027-02-31"


FAULTS: list[tuple[Callable[[dict[str, Any]], None], str]] = [
    (unknown_partner, "participants[2].partner"),
    (out_of_scale, "rounds[0].answers"),
    (points_not_100, "rounds[5].answers"),
    (duplicate_answer, "rounds[7].answers[154]"),
    (wrong_version, "format"),
    (unknown_activity, "rounds[0].activity"),
    (level_nine, "clauses[1].consents[0].level"),
    (boolean_level, "clauses[1].consents[0].level"),
    (unknown_signatory, "signatories[0].participant"),
    (clause_twice, "clauses"),
    (wrong_list, "rounds[0].answers"),
    (unknown_value_card, "rounds[1].answers"),
    (impossible_date, "clauses[1].date"),
]


@pytest.mark.parametrize(("break_it", "place"), FAULTS, ids=lambda v: getattr(v, "__name__", v))
def test_a_fault_is_refused_with_its_place_and_no_file_is_made(
    break_it: Callable[[dict[str, Any]], None], place: str, tmp_path: Path
) -> None:
    value = copy.deepcopy(RAW)
    break_it(value)
    with pytest.raises(InputErrors) as refused:
        workshop_of(value, built_in_guide(), "broken.json")
    assert any(problem.startswith(f"{place}:") for problem in refused.value.problems)
    assert list(tmp_path.iterdir()) == []


def test_all_faults_are_told_at_once() -> None:
    value = copy.deepcopy(RAW)
    unknown_partner(value)
    level_nine(value)
    impossible_date(value)
    with pytest.raises(InputErrors) as refused:
        workshop_of(value, built_in_guide(), "broken.json")
    assert len(refused.value.problems) >= 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[1, 2",
        b'{"format": NaN}',
        b"\xff\xfe{",
        b'{"a": 1, "a": 2}',
        b'{"format": "partnerdesk-workshop/1", "partnership": {"title": "\\ud800"}}',
        b"[" * 200_000,
        b"1" * 5_000,
        b"null",
        b"[]",
        b'{"format": "partnerdesk-workshop/1"}',
    ],
)
def test_broken_json_is_refused_in_a_sentence(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(data)
    with pytest.raises(InputErrors) as refused:
        read_workshop(path, built_in_guide())
    assert refused.value.message
    assert refused.value.problems


def test_fifty_megabytes_are_refused_before_they_are_parsed(tmp_path: Path) -> None:
    path = tmp_path / "big.json"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(UserError, match="larger than"):
        read_workshop(path, built_in_guide())


@pytest.mark.parametrize("name", ["missing.json", "folder"])
def test_no_file_and_a_folder_are_told_apart(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(PartnerDeskError) as refused:
        read_workshop(tmp_path / name, built_in_guide())
    assert refused.value.code == ("folder" if name == "folder" else "missing")


def test_a_replay_never_writes_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "there.pdesk"
    path.write_bytes(b"mine")
    guide = built_in_guide()
    with pytest.raises(UserError, match="exists"):
        replay(read_workshop(SAMPLE, guide), guide, path)
    assert path.read_bytes() == b"mine"
