"""Whatever JSON comes in, a kind says what is wrong and never raises."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.kinds import KINDS
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.tables import check_payload, suggested_clauses
from partnerdesk.model.guide import Activity, Column, ColumnType, Part
from partnerdesk.model.round import Response
from tests.core.kinds import sample_workshop as sample

KEYS = st.sampled_from(
    [
        "ingo",
        "cbo",
        "own",
        "start",
        "d1",
        "a1",
        "S60",
        "points",
        "rows",
        "ranked",
        "picked",
        "now",
        "wanted",
        "partners",
        "content",
        "actual",
        "value",
        "level",
        "reservation",
        "g1",
        "t",
    ]
)
SCALARS = (
    st.none() | st.booleans() | st.integers(-9, 200) | st.floats() | st.text(max_size=5) | KEYS
)
GARBAGE = st.recursive(
    SCALARS,
    lambda one: st.lists(one, max_size=3) | st.dictionaries(KEYS, one, max_size=4),
    max_leaves=12,
)

EVERY_TYPE = Part(
    "rows",
    "Rows",
    tuple(
        Column(
            type_.value,
            type_.value,
            type_,
            choices=(("a1", "A one"),) * (type_.value == "choice"),
            items="asked",
        )
        for type_ in ColumnType
    ),
    clause="commitment",
    sentence="{partner} {text} {roles} {item} {level} {choice}.",
    grid=("item", "partner"),
)
FORM = replace(EVERY_TYPE, id="now", single=True, grid=None)


def plan() -> tuple[Setting, tuple[Response, ...]]:
    asked = sample.setting("plan", ("start", "d1"), None, {"propose": "rows"})
    return with_parts(asked), ()


def text() -> tuple[Setting, tuple[Response, ...]]:
    return sample.setting("text", ("start", "d1"), None), ()


def consent() -> tuple[Setting, tuple[Response, ...]]:
    return sample.setting("consent", ("start", "d1"), None), ()


def with_parts(setting: Setting) -> Setting:
    return replace(setting, activity=replace(setting.activity, parts=(EVERY_TYPE, FORM)))


SETTINGS = {**sample.ROUNDS, "plan": plan, "text": text, "consent": consent}


@pytest.mark.parametrize("name", SETTINGS)
@settings(max_examples=40, derandomize=True)
@given(garbage=GARBAGE)
def test_a_kind_answers_garbage_with_sentences(name: str, garbage: Any) -> None:
    setting, _responses = SETTINGS[name]()
    kind = KINDS[setting.activity.kind]
    faults = kind.check_answer(setting, "ingo", garbage)
    assert isinstance(garbage, dict) or faults
    assert all(isinstance(fault, str) and fault for fault in faults)
    shown = kind.summarise(setting, [Response("p1", "ingo", garbage)])
    assert shown.answers + shown.passes == 1


@pytest.mark.parametrize("name", sample.ROUNDS)
@settings(max_examples=25, derandomize=True)
@given(data=st.data())
def test_one_wrong_leaf_in_a_sound_answer_is_a_fault(name: str, data: st.DataObject) -> None:
    setting, responses = sample.ROUNDS[name]()
    sound = responses[0]
    wrong = data.draw(st.sampled_from(["x", 1000, -1000, 1.5, [], {}]))
    answer = spoiled(sound.answer, wrong, data)
    assert KINDS[setting.activity.kind].check_answer(setting, sound.partner_id, answer)


def spoiled(value: Any, wrong: Any, data: st.DataObject) -> Any:
    if not isinstance(value, dict | list) or not value:
        return wrong
    places = list(value) if isinstance(value, dict) else list(range(len(value)))
    place = data.draw(st.sampled_from(places))
    changed = value.copy()
    changed[place] = spoiled(value[place], wrong, data)
    return changed


@settings(max_examples=100, derandomize=True)
@given(garbage=GARBAGE)
def test_an_agreement_answers_garbage_with_sentences(garbage: Any) -> None:
    setting, _responses = plan()
    faults = check_payload(setting.activity, garbage, setting)
    assert isinstance(garbage, dict) or faults
    assert all(isinstance(fault, str) and fault for fault in faults)


@settings(max_examples=100, derandomize=True)
@given(rows=st.lists(st.dictionaries(st.sampled_from([t.value for t in ColumnType]), GARBAGE)))
def test_clauses_are_suggested_from_any_rows(rows: list[dict[str, Any]]) -> None:
    setting, _responses = plan()
    for one in suggested_clauses(setting.activity, {"rows": [*rows]}, setting):
        assert one.text
        assert one.owner == ""


def test_the_built_settings_are_sound() -> None:
    for name, build in SETTINGS.items():
        activity: Activity = build()[0].activity
        assert KINDS[activity.kind].check_activity(activity) == [], name
