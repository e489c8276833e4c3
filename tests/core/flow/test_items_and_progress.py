"""Lists are fixed once they were asked about; the workshop always knows what comes next."""

from __future__ import annotations

import pytest

from partnerdesk.errors import UserError
from partnerdesk.flow import items, rounds, values
from partnerdesk.flow.progress import (
    Place,
    current_activity,
    postpone_activity,
    progress,
    resume_activity,
)
from partnerdesk.flow.record import record
from partnerdesk.model.guide import Guide
from partnerdesk.store import Store


def test_an_item_keeps_its_place_its_words_and_its_details(lake: Store, standard: Guide) -> None:
    first = items.add_item(lake, standard, "goals", " <b>ماء</b> ", {"authors": ["north"]})
    items.add_item(lake, standard, "goals", "Second")
    items.change_item(lake, standard, first, details={"sustain": "x\x07y"})
    assert [(i.text, dict(i.details)) for i in values.items(lake, "goals")] == [
        ("<b>ماء</b>", {"sustain": "xy"}),
        ("Second", {}),
    ]


@pytest.mark.parametrize(("name", "text"), [("goals", " "), ("goals", "\x00"), ("dreams", "x")])
def test_an_empty_item_or_an_unknown_list_is_refused(
    lake: Store, standard: Guide, name: str, text: str
) -> None:
    with pytest.raises(UserError):
        items.add_item(lake, standard, name, text)
    assert lake.rows("item") == []


def test_an_item_can_be_added_but_not_removed_after_the_reveal(
    lake: Store, standard: Guide
) -> None:
    one = items.add_item(lake, standard, "decisions", "Who is hired")
    round_id = rounds.open_round(lake, standard, "decision_ladder")
    rounds.submit_answer(lake, standard, round_id, "p-north", None)
    rounds.reveal_round(lake, standard, round_id, incomplete=True)
    with pytest.raises(UserError, match="stay"):
        items.remove_item(lake, standard, one)
    items.add_item(lake, standard, "decisions", "Who signs")
    items.change_item(lake, standard, one, text="Who is hired", details={"x": 1})
    found = rounds.summary(lake, standard, values.rounds(lake, "decision_ladder")[0])
    assert found.passes == 1


def test_a_removed_item_comes_back_in_its_place(lake: Store, standard: Guide) -> None:
    one = items.add_item(lake, standard, "goals", "First")
    items.add_item(lake, standard, "goals", "Second")
    items.remove_item(lake, standard, one)
    assert [i.text for i in values.items(lake, "goals")] == ["Second"]
    lake.undo()
    assert [i.text for i in values.items(lake, "goals")] == ["First", "Second"]


def test_exactly_one_activity_is_now(lake: Store, standard: Guide) -> None:
    seen = []
    while (now := current_activity(lake, standard)) is not None:
        every = [a for stage in progress(lake, standard) for a in stage.activities]
        assert [a.activity.id for a in every if a.place is Place.NOW] == [now.activity.id]
        seen.append(now.activity.id)
        postpone_activity(lake, standard, now.activity.id, "Not today.")
    assert seen == [a.id for a in standard.activities()]
    assert all(stage.place is Place.DONE for stage in progress(lake, standard))
    resume_activity(lake, seen[3])
    again = current_activity(lake, standard)
    assert again is not None
    assert again.activity.id == seen[3]


@pytest.mark.parametrize(("activity", "reason"), [("terms", " "), ("terms", "\0"), ("none", "x")])
def test_nothing_is_put_off_without_a_reason(
    lake: Store, standard: Guide, activity: str, reason: str
) -> None:
    with pytest.raises(UserError, match="reason"):
        postpone_activity(lake, standard, activity, reason)
    assert record(lake, standard).postponed == {}


def test_a_closed_round_is_done_and_a_new_one_makes_it_current(
    lake: Store, standard: Guide
) -> None:
    first = standard.activities()[0].id
    round_id = rounds.open_round(lake, standard, first)
    rounds.submit_answer(lake, standard, round_id, "p-north", None)
    with pytest.raises(UserError, match="step"):
        rounds.close_round(lake, round_id)
    rounds.reveal_round(lake, standard, round_id, incomplete=True)
    rounds.close_round(lake, round_id)
    now = current_activity(lake, standard)
    assert now is not None
    assert now.activity.id != first
    rounds.open_round(lake, standard, first)
    now = current_activity(lake, standard)
    assert now is not None
    assert now.activity.id == first
