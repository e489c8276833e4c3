"""Each kind names every fault of an answer in a sentence, and asks about what it finds."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from partnerdesk.kinds import KINDS
from partnerdesk.kinds.checks import unended, within
from partnerdesk.kinds.summary import Summary
from partnerdesk.model.guide import Column, ColumnType, Item, Part, Scale
from partnerdesk.model.round import Response
from tests.core.kinds import sample_workshop as sample


def faults_of(name: str, *changes: tuple[tuple[str, ...], Any]) -> list[str]:
    """Return the faults of the first recorded answer after changing what lies at each path."""
    setting, responses = sample.ROUNDS[name]()
    answer: Any = deepcopy(responses[0].answer)
    for (*path, last), value in changes:
        place = answer
        for key in path:
            place = place[key]
        if value is None and last not in ("value",):
            del place[last]
        else:
            place[last] = value
    return KINDS[setting.activity.kind].check_answer(setting, "ingo", answer)


@pytest.mark.parametrize(
    ("name", "path", "value", "sentence"),
    [
        ("spectrum", ("start",), None, "“Start” has no answer yet."),
        ("spectrum", ("start", "now"), None, "“Start, now” has no answer yet."),
        ("spectrum", ("start", "now"), 3, "“Start, now”: choose a whole number from -2 to 2."),
        ("spectrum", ("start", "now"), True, "“Start, now”: choose a whole number from -2 to 2."),
        ("spectrum", ("other",), {}, "“other” is not asked about here."),
        ("pick_rank", ("picked",), ["learning"], "“More”: choose exactly 2 cards."),
        ("pick_rank", ("picked",), ["learning", "x"], "“x” is not asked about here."),
        (
            "pick_rank",
            ("picked",),
            ["learning", "safety"],
            "“Asked”: “Safety” is there more than once.",
        ),
        ("ladder", ("d1", "partners", "cbo"), None, "“D1, Kisumbe WUC” has no answer yet."),
        (
            "ladder",
            ("d1", "content", "cbo"),
            "no way",
            "“D1, Kisumbe WUC”: “no way” is not yes, no or pass.",
        ),
        ("ladder", ("d1", "partners", "x"), {}, "“D1, x” is not asked about here."),
        (
            "ladder",
            ("d1", "partners", "cbo", "actual"),
            5,
            "“D1, Kisumbe WUC, today”: choose a whole number from 0 to 4.",
        ),
        ("dependence", ("ingo",), {}, "“ingo” is not asked about here."),
        ("dependence", ("cbo",), None, "“Kisumbe WUC” has no answer yet."),
        (
            "dependence",
            ("cbo", "human", "value"),
            None,
            "“Kisumbe WUC, Human, rating”: choose a whole number from 0 to 4.",
        ),
        (
            "readiness",
            ("own", "S60", "evidence"),
            1,
            "“Northbridge, S60, evidence”: answer yes or no.",
        ),
        ("allocation", ("points", "g1"), 39, "The points add up to 101; they must add up to 100."),
        ("allocation", ("points", "g1"), -1, "“G1”: choose a whole number from 0 to 100."),
        (
            "allocation",
            ("points",),
            [],
            "“points”: the answer does not have the form that is asked for.",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(
    name: str, path: tuple[str, ...], value: Any, sentence: str
) -> None:
    assert faults_of(name, (path, value)) == [sentence]


def test_no_basis_is_an_answer_where_the_scale_has_it() -> None:
    assert faults_of("trust", (("cbo", "a1", "value"), None)) == []


def test_all_faults_are_told_at_once() -> None:
    found = faults_of(
        "spectrum", (("start", "now"), 9), (("proof", "wanted"), "x"), (("rules",), None)
    )
    assert len(found) == 3


def text_setting() -> Any:
    return sample.setting("text", ("power", "equity"), None, {"max": 10})


@pytest.mark.parametrize(
    ("answer", "faults"),
    [
        ({"power": "to do"}, []),
        ({"power": " ", "equity": ""}, ["Write a few words, or pass."]),
        ({"power": "far too long"}, ["“Power”: at most 10 characters."]),
        ({"power": 3}, ["“Power”: the answer does not have the form that is asked for."]),
        ({"x": "a"}, ["“x” is not asked about here."]),
    ],
)
def test_words_are_checked_for_length_and_place(answer: Any, faults: list[str]) -> None:
    assert KINDS["text"].check_answer(text_setting(), "ingo", answer) == faults


def test_words_are_shown_as_they_were_said() -> None:
    said = [
        Response("p6", "cbo", {"power": "Wer zahlt"}),
        Response("p1", "ingo", {"power": "<b>x</b>"}),
    ]
    shown = KINDS["text"].summarise(text_setting(), said)
    assert [(q.heading, q.text, q.partner_id) for q in shown.quotes] == [
        ("Power", "<b>x</b>", "ingo"),
        ("Power", "Wer zahlt", "cbo"),
    ]
    assert shown.questions == ("Nobody wrote about “Equity”. Why is that?",)


HABITS = Part(
    "habits",
    "Habits",
    (Column("text", "Habit"), Column("owner", "Who", ColumnType.PARTNER)),
)


def plan_setting() -> Any:
    setting = sample.setting("plan", (), None, {"propose": "habits"})
    return replace(setting, activity=replace(setting.activity, parts=(HABITS,)))


@pytest.mark.parametrize(
    ("answer", "faults"),
    [
        ({"rows": [{"text": "Call first"}]}, []),
        ({"rows": []}, ["Write at least one row, or pass."]),
        ({"rows": [{"text": " "}]}, ["“Habits, row 1” is empty."]),
        (
            {"rows": [{"text": "a", "owner": "x"}]},
            ["“Habits, row 1, Who”: “x” is not one of the choices."],
        ),
        (
            {"rows": [{"what": "a", "text": "b"}]},
            ["“Habits, row 1, what” is not asked about here."],
        ),
    ],
)
def test_proposed_rows_may_have_gaps_but_no_faults(answer: Any, faults: list[str]) -> None:
    assert KINDS["plan"].check_answer(plan_setting(), "ingo", answer) == faults


def test_proposals_are_shown_in_words() -> None:
    rows = {"rows": [{"text": "Call first", "owner": "cbo"}, {"text": "Eat together"}]}
    shown = KINDS["plan"].summarise(plan_setting(), [Response("p1", "ingo", rows)])
    assert [quote.text for quote in shown.quotes] == [
        "Call first · Kisumbe Water Users' Committee",
        "Eat together",
    ]


def consent_of(**levels: int) -> Summary:
    setting = sample.setting("consent", ("c1",), None)
    clause = Item("c1", "We share papers.", details={"affects": ["cbo"]})
    said = [
        Response(who, who, {"c1": {"level": level, "reservation": "Not yet." if level > 2 else ""}})
        for who, level in levels.items()
    ]
    return KINDS["consent"].summarise(replace(setting, items=(clause,)), said)


@pytest.mark.parametrize(
    ("levels", "state", "apart"),
    [
        ({"ingo": 1, "lngo": 2, "cbo": 2}, "adopted", 0),
        ({"ingo": 7, "lngo": 1, "cbo": 2}, "with_reservations", 1),
        ({"ingo": 1, "lngo": 1, "cbo": 5}, "open", 0),
        ({"ingo": 1, "lngo": 8, "cbo": 1}, "blocked", 1),
        ({"ingo": 1, "lngo": 1}, "pending", 0),
    ],
)
def test_a_clause_shows_where_it_stands(levels: dict[str, int], state: str, apart: int) -> None:
    shown = consent_of(**levels)
    data: Any = shown.data
    assert data["c1"] == {
        "state": state,
        "adopted": state in ("adopted", "with_reservations"),
        "levels": levels,
    }
    assert shown.lines[0].apart == apart
    assert len(shown.quotes) == sum(level > 2 for level in levels.values())


def test_the_partner_with_least_support_is_asked_what_it_needs() -> None:
    assert consent_of(ingo=1, lngo=1, cbo=5).questions == (
        "“We share papers”: what would Kisumbe WUC need to support it?",
    )
    assert consent_of(ingo=1, lngo=1, cbo=1).questions == ()


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ({"level": 1}, []),
        ({"level": 8, "reservation": "No."}, []),
        ({"level": 9}, ["“C1, level”: choose a whole number from 1 to 8."]),
        ({"reservation": "No."}, ["“C1, level” has no answer yet."]),
    ],
)
def test_a_level_is_needed_and_a_reservation_is_free(said: Any, faults: list[str]) -> None:
    setting = sample.setting("consent", ("c1",), None)
    assert KINDS["consent"].check_answer(setting, "ingo", {"c1": said}) == faults


def test_a_lone_dissenter_is_asked_and_not_averaged_away() -> None:
    setting = sample.setting("spectrum", ("start",), Scale(-2, 2))
    given = [("ingo", 1)] * 5 + [("cbo", -2)]
    answers = [
        Response(f"p{n}", who, {"start": {"now": v, "wanted": 1}})
        for n, (who, v) in enumerate(given)
    ]
    shown = KINDS["spectrum"].summarise(setting, answers)
    assert [dot for dot in shown.lines[0].dots if dot.apart] == [shown.lines[0].dots[-1]]
    assert shown.lines[0].dots[-1].partner_id == "cbo"
    assert shown.questions == (
        "“Start”: one answer from Kisumbe WUC stands apart. What do they see there?",
    )


@pytest.mark.parametrize(
    ("kind", "scale", "options", "fault"),
    [
        ("spectrum", None, {}, "“Asked” needs a scale."),
        ("ladder", Scale(4, 0), {}, "“Asked”: the scale must rise."),
        ("ladder", Scale(0, 4, ("a",)), {}, "“Asked”: the scale needs a word for each step."),
        ("pick_rank", None, {}, "“Asked” must say how many to choose."),
        ("pick_rank", None, {"rank": 5}, "“Asked” has too few cards."),
        ("grid", Scale(0, 4), {"about": "some"}, "“Asked, some” is not asked about here."),
        ("grid", Scale(0, 4), {"figures": "x"}, "“Asked, x” is not asked about here."),
        ("allocation", None, {"total": 0}, "“Asked” has no points to share."),
        ("text", None, {"max": 0}, "“Asked” leaves no room for words."),
        ("plan", None, {}, "“Asked” needs a table."),
        ("consent", Scale(0, 4), {}, "“Asked”: support goes from 1 to 8."),
    ],
)
def test_a_guide_that_cannot_work_is_told_so(
    kind: str, scale: Scale | None, options: dict[str, Any], fault: str
) -> None:
    setting = sample.setting(kind, ("start", "proof"), scale, options)
    assert KINDS[kind].check_activity(setting.activity) == [fault]


def test_a_sentence_inside_another_loses_its_full_stop() -> None:
    assert within("They do what they said, on time.", "LBFN") == (
        "They do what they said, on time, LBFN"
    )
    assert unended("हम मिलते हैं।") == "हम मिलते हैं"
    assert unended("...") == "..."
