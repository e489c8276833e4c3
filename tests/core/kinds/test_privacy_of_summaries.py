"""A revealed round shows no more than was declared before anyone answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from partnerdesk.kinds import KINDS
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.summary import Summary
from partnerdesk.model.guide import Attribution
from partnerdesk.model.round import Response
from tests.core.kinds import sample_workshop as sample


def shown(name: str, attribution: Attribution, count: int = 7, **options: int) -> Summary:
    setting, responses = sample.ROUNDS[name]()
    activity = replace(setting.activity, options={**setting.activity.options, **options})
    setting = replace(setting, activity=activity, attribution=attribution)
    return KINDS[activity.kind].summarise(setting, responses[:count])


@pytest.mark.parametrize("name", sample.ROUNDS)
def test_the_facilitators_round_shows_only_how_many_answered(name: str) -> None:
    summary = shown(name, Attribution.FACILITATOR)
    assert summary.answers == len(sample.ROUNDS[name]()[1])
    assert not summary.lines
    assert not summary.quotes
    assert not summary.figures
    assert not summary.data


@pytest.mark.parametrize("name", sample.ROUNDS)
def test_pooled_dots_belong_to_nobody(name: str) -> None:
    lines = shown(name, Attribution.POOLED, k=3).lines
    every = [*lines, *(tally for line in lines for tally in line.working)]
    assert {dot.partner_id for one in every for dot in one.dots} == {""}


@pytest.mark.parametrize("name", ["spectrum", "pick_rank", "ladder", "four_r"])
def test_pooled_numbers_name_no_side(name: str) -> None:
    setting, responses = sample.ROUNDS[name]()
    pooled = replace(setting, attribution=Attribution.POOLED)
    swapped = [
        replace(one, partner_id=other) for one, other in zip(responses, sides(), strict=True)
    ]
    kind = KINDS[setting.activity.kind]
    one, other = kind.summarise(pooled, responses), kind.summarise(pooled, swapped)
    assert one == other


def sides() -> list[str]:
    return ["cbo", "cbo", "ingo", "lngo", "ingo", "lngo", "lngo"]


@pytest.mark.parametrize("name", sample.ROUNDS)
def test_too_few_pooled_answers_are_not_shown(name: str) -> None:
    summary = shown(name, Attribution.POOLED, count=2, k=1)
    assert (summary.answers, summary.lines, dict(asked(summary.data))) == (2, (), {})
    assert summary.questions == (
        "Too few answered to show answers without names. Talk about it in person.",
    )


def asked(data: Any) -> Mapping[str, Any]:
    assert isinstance(data, Mapping)
    return data


def test_a_pooled_line_with_too_few_raters_stays_empty() -> None:
    lines = {line.key: line for line in shown("trust", Attribution.POOLED).lines}
    counts = {key.split("|")[0]: len(line.dots) for key, line in sorted(lines.items())}
    assert counts == {"cbo": 5, "ingo": 5, "lngo": 0}
    data: Any = shown("trust", Attribution.POOLED).data
    assert set(data["trust"]) == {"->cbo", "->ingo"}
    assert data["reciprocity_gap"] == {}


@pytest.mark.parametrize("name", sample.ROUNDS)
def test_the_order_of_answers_is_not_shown(name: str) -> None:
    setting, responses = sample.ROUNDS[name]()
    kind = KINDS[setting.activity.kind]
    for attribution in (Attribution.ORGANISATION, Attribution.POOLED):
        asked_so = replace(setting, attribution=attribution)
        one = kind.summarise(asked_so, responses)
        other = kind.summarise(asked_so, responses[::-1])
        assert [line.dots for line in one.lines] == [line.dots for line in other.lines]
        assert [line.working for line in one.lines] == [line.working for line in other.lines]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_round_where_all_pass_is_counted_and_empty(kind: str) -> None:
    setting: Setting = sample.setting(kind, ("start",), None)
    everyone = [Response("p1", "ingo", None), Response("p3", "lngo", None)]
    summary = KINDS[kind].summarise(setting, everyone)
    assert (summary.answers, summary.passes) == (0, 2)
    assert not [dot for line in summary.lines for dot in line.dots]
    assert not summary.quotes
