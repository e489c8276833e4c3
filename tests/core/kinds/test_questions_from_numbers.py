"""The figures of a round raise questions for the room; they grade nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnerdesk.kinds import KINDS
from partnerdesk.kinds.summary import Figure, Summary
from partnerdesk.model.guide import Scale
from partnerdesk.model.round import Response
from tests.core.kinds import sample_workshop as sample


def summary(name: str) -> Summary:
    setting, responses = sample.ROUNDS[name]()
    return KINDS[setting.activity.kind].summarise(setting, responses)


def figure(shown: Summary, key: str) -> Figure:
    return next(one for one in shown.figures if one.key == key)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        (
            "dependence",
            "Northbridge needs Kisumbe WUC more than the other way round. Where does that show?",
        ),
        ("four_r", "Kisumbe WUC carries more than it gets back. What would even this out?"),
        ("trust", "Northbridge: what small thing could you do soon that Kisumbe WUC would notice?"),
        ("ladder", "“D2”: Kisumbe WUC is not content with its own part. What would be fair?"),
        (
            "readiness",
            "“S60”: Northbridge rates itself higher than others may. What have they seen?",
        ),
        (
            "pick_rank",
            "“Listening” is among the first five of Kisumbe WUC alone. "
            "How will the others protect it?",
        ),
    ],
)
def test_the_first_question_comes_from_the_figures(name: str, question: str) -> None:
    assert summary(name).questions[0] == question


@pytest.mark.parametrize("name", sample.ROUNDS)
def test_there_are_at_most_five_questions(name: str) -> None:
    assert 0 < len(summary(name).questions) <= 5


def test_trust_shows_its_lowest_dimension_in_words() -> None:
    shown = figure(summary("trust"), "trust:cbo->ingo")
    assert shown.value == pytest.approx(1.3333333)
    assert shown.words.startswith("Fragile. The lowest of: ability 1.3, benevolence 1.7")


def test_readiness_names_the_highest_priorities_first() -> None:
    shown = [one for one in summary("readiness").figures if one.key.startswith("priority:")]
    assert [one.value for one in shown] == [12, 9, 9, 8, 6]


def test_agreement_in_order_is_shown_only_for_whole_rankings() -> None:
    assert not [one for one in summary("pick_rank").figures if one.key == "kendall_w"]
    setting = sample.setting("pick_rank", ("a", "b", "c"), None, {"rank": 3})
    orders = [["a", "b", "c"], ["a", "c", "b"], ["a", "b", "c"]]
    said = [
        Response(f"p{n}", who, {"ranked": [*order], "picked": []})
        for n, (who, order) in enumerate(zip(("ingo", "lngo", "cbo"), orders, strict=True))
    ]
    shown = KINDS["pick_rank"].summarise(setting, said)
    assert figure(shown, "kendall_w").value == pytest.approx(7 / 9)


def test_counting_by_people_is_shown_where_it_turns_the_order() -> None:
    setting = sample.setting("allocation", ("g1", "g2"), None)
    points = [("ingo", 20), ("ingo", 20), ("ingo", 20), ("lngo", 90), ("cbo", 60)]
    said = [
        Response(f"p{n}", who, {"points": {"g1": given, "g2": 100 - given}})
        for n, (who, given) in enumerate(points)
    ]
    shown = KINDS["allocation"].summarise(setting, said)
    assert shown.data == {"g1": pytest.approx(170 / 3), "g2": pytest.approx(130 / 3)}
    assert shown.questions[0].startswith("Counted by people the goals stand in another order.")
    assert {one.key for one in shown.lines[0].figures} >= {"weight", "by_heads", "divergence"}


def test_how_others_see_a_partner_is_set_against_its_own_view() -> None:
    setting = sample.setting("ladder", ("d1", "d2", "d3"), Scale(0, 4))
    setting = replace(setting, partners=setting.partners[:2])

    def said(ingo: int) -> dict[str, object]:
        rungs = {"ingo": {"actual": ingo, "wanted": 2}, "lngo": {"actual": 1, "wanted": 2}}
        content = {"ingo": "yes", "lngo": "yes"}
        return {d: {"partners": rungs, "content": content} for d in ("d1", "d2", "d3")}

    answers = [Response("p1", "ingo", said(2)), Response("p3", "lngo", said(4))]  # type: ignore[arg-type]  # JSON
    shown = KINDS["ladder"].summarise(setting, answers)
    assert shown.questions[0].startswith("The others see Northbridge's part differently")
    assert isinstance(shown.data, dict)
    assert shown.data["perception_gap"]["d1"] == {"ingo": 2, "lngo": 0}
