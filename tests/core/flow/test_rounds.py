"""A round: sealed until the reveal, fixed after it, opened again only as a second round."""

from __future__ import annotations

import gettext
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerdesk.errors import UserError
from partnerdesk.flow import rounds, setup, values
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.items import add_item, change_item
from partnerdesk.language import Tongue, speaking
from partnerdesk.model.guide import Guide
from partnerdesk.model.round import Answer, RoundState
from partnerdesk.store import Store

CANARY = -2


@pytest.fixture
def guide() -> Guide:
    return built_in_guide()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = setup.new_partnership(tmp_path / "a.pdesk", "Lake")
    for partner in ("north", "south"):
        setup.add_partner(opened, partner.title(), id=partner)
    for person, partner in (("p1", "north"), ("p2", "north"), ("p3", "south")):
        setup.add_participant(opened, partner, person.upper(), id=person)
    yield opened
    opened.close()


def slid(guide: Guide, now: int = 0) -> Answer:
    activity = guide.activity("mindset")
    assert activity is not None
    return {item.id: {"now": now, "wanted": 1} for item in activity.items}


def opened_round(store: Store, guide: Guide) -> str:
    return rounds.open_round(store, guide, "mindset")


def test_nothing_of_an_answer_is_in_the_file_before_the_reveal(store: Store, guide: Guide) -> None:
    round_id = opened_round(store, guide)
    rounds.submit_answer(store, guide, round_id, "p1", slid(guide, CANARY))
    assert rounds.responses(store, values.round_of(store, round_id)) == ()
    dumped = json.dumps([store.rows("response"), [repr(e) for e in store.edits()]])
    assert "good_meeting" not in dumped
    assert store.path is not None
    assert b"good_meeting" not in store.path.read_bytes()


def test_only_the_count_is_visible(store: Store, guide: Guide) -> None:
    round_id = opened_round(store, guide)
    rounds.submit_answer(store, guide, round_id, "p1", slid(guide))
    rounds.submit_answer(store, guide, round_id, "p3", None)
    assert rounds.received(store, values.round_of(store, round_id)) == (2, 3)
    with pytest.raises(UserError, match="sealed"):
        rounds.summary(store, guide, values.round_of(store, round_id))


def test_the_reveal_waits_for_all_unless_the_room_goes_on(store: Store, guide: Guide) -> None:
    round_id = opened_round(store, guide)
    rounds.submit_answer(store, guide, round_id, "p1", slid(guide))
    with pytest.raises(UserError, match="1 of 3"):
        rounds.reveal_round(store, guide, round_id)
    rounds.reveal_round(store, guide, round_id, incomplete=True)
    assert values.round_of(store, round_id).state is RoundState.REVEALED


def test_after_the_reveal_all_answers_are_open_and_none_changes(store: Store, guide: Guide) -> None:
    round_id = opened_round(store, guide)
    for person in ("p1", "p2"):
        rounds.submit_answer(store, guide, round_id, person, slid(guide, CANARY))
    rounds.submit_answer(store, guide, round_id, "p3", None)
    rounds.reveal_round(store, guide, round_id)
    round_ = values.round_of(store, round_id)
    said = rounds.responses(store, round_)
    assert [one.respondent for one in said] == ["p1", "p2", "p3"]
    assert [one.partner_id for one in said] == ["north", "north", "south"]
    assert said[0].answer == slid(guide, CANARY)
    assert said[2].answer is None
    with pytest.raises(UserError, match="second round"):
        rounds.submit_answer(store, guide, round_id, "p1", slid(guide))
    assert store.undo_title() == ""
    assert rounds.unproven(store) == ()


def test_a_second_round_leaves_the_first_as_it_was(store: Store, guide: Guide) -> None:
    first = opened_round(store, guide)
    with pytest.raises(UserError, match="open already"):
        opened_round(store, guide)
    rounds.submit_answer(store, guide, first, "p1", slid(guide, 2))
    rounds.reveal_round(store, guide, first, incomplete=True)
    second = opened_round(store, guide)
    assert [r.number for r in values.rounds(store, "mindset")] == [1, 2]
    rounds.submit_answer(store, guide, second, "p1", slid(guide, 1))
    assert rounds.responses(store, values.round_of(store, first))[0].answer == slid(guide, 2)


def test_one_change_before_the_reveal_replaces_the_answer(store: Store, guide: Guide) -> None:
    round_id = opened_round(store, guide)
    rounds.submit_answer(store, guide, round_id, "p1", slid(guide, 1))
    rounds.submit_answer(store, guide, round_id, "p1", slid(guide, 2))
    assert rounds.received(store, values.round_of(store, round_id))[0] == 1
    rounds.reveal_round(store, guide, round_id, incomplete=True)
    assert rounds.responses(store, values.round_of(store, round_id))[0].answer == slid(guide, 2)


@pytest.mark.parametrize("answer", [{}, {"start": {"now": 9, "wanted": 0}}, {"nonsense": 1}])
def test_a_faulty_answer_is_refused_and_nothing_is_kept(
    store: Store, guide: Guide, answer: Answer
) -> None:
    round_id = opened_round(store, guide)
    with pytest.raises(UserError):
        rounds.submit_answer(store, guide, round_id, "p1", answer)
    assert store.rows("response") == []


def test_a_stranger_cannot_answer(store: Store, guide: Guide) -> None:
    round_id = opened_round(store, guide)
    with pytest.raises(UserError, match="not asked"):
        rounds.begin_turn(store, round_id, "nobody")


def test_an_open_turn_survives_a_restart_without_a_word_of_it(store: Store, guide: Guide) -> None:
    round_id = opened_round(store, guide)
    rounds.begin_turn(store, round_id, "p2")
    assert values.round_of(store, round_id).holder == "p2"
    rounds.submit_answer(store, guide, round_id, "p2", None)
    assert values.round_of(store, round_id).holder == ""


def test_a_list_is_fixed_once_people_answer_about_it(store: Store, guide: Guide) -> None:
    item = add_item(store, guide, "decisions", "Who is hired")
    change_item(store, guide, item, text="Whom we hire")
    rounds.open_round(store, guide, "decision_ladder")
    with pytest.raises(UserError, match="stay"):
        change_item(store, guide, item, text="Something else")
    with pytest.raises(UserError, match="Reveal"):
        add_item(store, guide, "decisions", "Another")


def test_an_empty_list_cannot_be_asked_about(store: Store, guide: Guide) -> None:
    with pytest.raises(UserError, match="list"):
        rounds.open_round(store, guide, "decision_ladder")


def test_a_round_under_a_pin_reveals_with_it_alone(store: Store, guide: Guide) -> None:
    round_id = rounds.open_round(store, guide, "mindset", pin="1234")
    rounds.submit_answer(store, guide, round_id, "p1", slid(guide), pin="1234")
    with pytest.raises(UserError, match="PIN"):
        rounds.reveal_round(store, guide, round_id, incomplete=True)
    rounds.reveal_round(store, guide, round_id, incomplete=True, pin="1234")
    assert len(rounds.responses(store, values.round_of(store, round_id))) == 1


class Loud(gettext.NullTranslations):
    """A language in which every word is marked."""

    def gettext(self, message: str) -> str:
        """Return the marked message."""
        return f"!{message}"


def test_the_journal_is_in_the_rooms_language_whoever_speaks(store: Store, guide: Guide) -> None:
    round_id = opened_round(store, guide)
    before = len(list(store.edits()))
    with speaking(Tongue("xx", Loud())):
        rounds.begin_turn(store, round_id, "p1")
        rounds.leave_turn(store, round_id)
        rounds.submit_answer(store, guide, round_id, "p1", None)
    titles = [edit.title for edit in store.edits()][before:]
    assert titles == ["Begin turn", "Leave turn", "Receive answer"]
