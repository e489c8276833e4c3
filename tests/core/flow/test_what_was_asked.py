"""An answer stands for what was read, and a round counts those who were asked: nothing later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerdesk.errors import UserError
from partnerdesk.exchange.recent import Recent, remember_recent
from partnerdesk.flow import agree, progress, rounds, setup, values
from partnerdesk.flow.agree import Support
from partnerdesk.flow.consents import clauses_to_ask
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.items import add_item
from partnerdesk.flow.record import record
from partnerdesk.flow.results import results
from partnerdesk.flow.signatories import add_signatory
from partnerdesk.flow.voice import speaking_order
from partnerdesk.model.guide import Guide
from partnerdesk.model.round import Answer, ClauseType, Entry, Method, Round
from partnerdesk.store import Store

PARTNERS = ("north", "south", "east")
CANARY = "CanaryWord"


@pytest.fixture
def guide() -> Guide:
    return built_in_guide()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = setup.new_partnership(tmp_path / "a.pdesk", "Lake")
    for partner in PARTNERS:
        setup.add_partner(opened, partner.title(), id=partner)
        setup.add_participant(opened, partner, partner, id=f"p-{partner}")
    yield opened
    opened.close()


def clause(store: Store, words: str) -> str:
    return agree.propose_clause(
        store, "C9", ClauseType.RULE, words, affects=["south"], keys=PARTNERS[:2]
    )


def level(number: int, reservation: str = "") -> dict[str, object]:
    return {"level": number, "reservation": reservation}


def say(store: Store, guide: Guide, round_id: str, who: str, answer: object) -> None:
    rounds.submit_answer(store, guide, round_id, who, answer)  # type: ignore[arg-type]  # JSON


def latest(store: Store, activity: str) -> Round:
    found = values.latest_round(store, activity)
    assert found is not None
    return found


def told(guide: Guide, words: str = "We mean it.") -> Answer:
    activity = guide.activity("terms")
    assert activity is not None
    return {activity.items[0].id: words}


def test_a_level_is_given_for_the_words_that_were_read(store: Store, guide: Guide) -> None:
    one = clause(store, "We share.")
    round_id = rounds.open_round(store, guide, "clause_consent")
    say(store, guide, round_id, "north", {one: level(1)})
    agree.change_clause(store, one, text="North decides alone.", keys=PARTNERS[:2])
    for partner in ("south", "east"):
        say(store, guide, round_id, partner, {one: level(1)})
    rounds.reveal_round(store, guide, round_id)
    (found,) = agree.clauses(store)
    assert [c.stale for c in found.consents] == [True, True, True]
    assert not agree.clause_adoption(found, PARTNERS).adopted
    assert [row["id"] for row in clauses_to_ask(store)] == [one]


def test_a_revealed_consent_round_still_shows_what_it_asked(store: Store, guide: Guide) -> None:
    one, two = clause(store, "We share."), clause(store, "We pay.")
    round_id = rounds.open_round(store, guide, "clause_consent")
    for partner in PARTNERS:
        say(store, guide, round_id, partner, {one: level(2), two: level(3, "Soon.")})
    rounds.reveal_round(store, guide, round_id)
    shown = rounds.summary(store, guide, latest(store, "clause_consent"))
    assert {line.label for line in shown.lines} == {"We share.", "We pay."}
    agree.change_clause(store, two, text="We pay at once.", keys=PARTNERS[:2])
    again = rounds.summary(store, guide, latest(store, "clause_consent"))
    assert {line.label for line in again.lines} == {"We share.", "We pay."}


def test_a_second_consent_round_asks_only_the_changed_clause(store: Store, guide: Guide) -> None:
    one, two = clause(store, "We share."), clause(store, "We pay.")
    first = rounds.open_round(store, guide, "clause_consent")
    for partner in PARTNERS:
        say(store, guide, first, partner, {one: level(2), two: level(8, "Never.")})
    rounds.reveal_round(store, guide, first)
    agree.change_clause(store, two, text="We pay at once.", keys=PARTNERS[:2])
    second = rounds.open_round(store, guide, "clause_consent")
    with pytest.raises(UserError):
        say(store, guide, second, "north", {one: level(1), two: level(1)})
    for partner in PARTNERS:
        say(store, guide, second, partner, {two: level(1)})
    rounds.reveal_round(store, guide, second)
    assert [[c.level for c in one.consents] for one in agree.clauses(store)] == [[2] * 3, [1] * 3]
    with pytest.raises(UserError, match="nothing to ask"):
        rounds.open_round(store, guide, "clause_consent")


def test_a_clause_withdrawn_or_added_meanwhile_does_not_change_the_question(
    store: Store, guide: Guide
) -> None:
    one, two = clause(store, "We share."), clause(store, "We pay.")
    round_id = rounds.open_round(store, guide, "clause_consent")
    say(store, guide, round_id, "north", {one: level(1), two: level(1)})
    agree.withdraw_clause(store, two)
    late = clause(store, "We rest.")
    for partner in ("south", "east"):
        say(store, guide, round_id, partner, {one: level(1), two: level(2)})
    rounds.reveal_round(store, guide, round_id)
    assert [row["id"] for row in clauses_to_ask(store)] == [late]
    agree.restore_clause(store, two)
    assert len(agree.clauses(store)[1].consents) == 3


def test_newer_words_answered_openly_are_not_overwritten_by_the_reveal(
    store: Store, guide: Guide
) -> None:
    one = clause(store, "We share.")
    round_id = rounds.open_round(store, guide, "clause_consent")
    say(store, guide, round_id, "north", {one: level(8, "No.")})
    agree.change_clause(store, one, text="We share half.", keys=PARTNERS[:2])
    agree.record_consents(store, one, {p: Support(1) for p in PARTNERS})
    rounds.reveal_round(store, guide, round_id, incomplete=True)
    (found,) = agree.clauses(store)
    assert agree.clause_adoption(found, PARTNERS).adopted


def test_who_comes_later_was_not_asked(store: Store, guide: Guide) -> None:
    round_id = rounds.open_round(store, guide, "terms")
    for partner in PARTNERS:
        say(store, guide, round_id, f"p-{partner}", told(guide))
    rounds.reveal_round(store, guide, round_id)
    setup.add_partner(store, "West", id="west")
    setup.add_participant(store, "west", "Wena", id="p-west")
    setup.change_participant(store, "p-north", present=False)
    assert rounds.received(store, latest(store, "terms")) == (3, 3)
    assert record(store, guide).rounds[0].expected == 3
    assert len(rounds.responses(store, latest(store, "terms"))) == 3


def test_who_was_asked_and_silent_may_leave_without_changing_the_count(
    store: Store, guide: Guide
) -> None:
    round_id = rounds.open_round(store, guide, "terms")
    say(store, guide, round_id, "p-north", told(guide))
    rounds.reveal_round(store, guide, round_id, incomplete=True)
    setup.remove_participant(store, "p-east")
    assert rounds.received(store, latest(store, "terms")) == (1, 3)


def test_no_partner_comes_in_while_people_answer(store: Store, guide: Guide) -> None:
    round_id = rounds.open_round(store, guide, "terms")
    with pytest.raises(UserError, match="Reveal"):
        setup.add_partner(store, "West")
    say(store, guide, round_id, "p-north", None)
    rounds.reveal_round(store, guide, round_id, incomplete=True)
    setup.add_partner(store, "West")
    assert len(values.partners(store)) == 4


def test_a_partner_that_comes_later_breaks_no_figure(store: Store, guide: Guide) -> None:
    activity = guide.activity("four_r")
    assert activity is not None
    round_id = rounds.open_round(store, guide, "four_r")
    shares = {p: {i.id: {"value": 3} for i in activity.items} for p in PARTNERS}
    for partner in PARTNERS:
        say(store, guide, round_id, f"p-{partner}", shares)
    rounds.reveal_round(store, guide, round_id)
    setup.add_partner(store, "West", id="west")
    assert json.dumps(results(store, guide), allow_nan=False)
    assert len(speaking_order(store, guide)) == 4


def test_a_partner_without_people_has_a_voice_in_rounds_of_partners(
    store: Store, guide: Guide
) -> None:
    setup.add_partner(store, "West", id="west")
    one = clause(store, "We share.")
    round_id = rounds.open_round(store, guide, "clause_consent")
    for partner in (*PARTNERS, "west"):
        rounds.begin_turn(store, round_id, partner)
        say(store, guide, round_id, partner, {one: level(1)})
    rounds.reveal_round(store, guide, round_id)
    assert agree.clause_adoption(agree.clauses(store)[0], (*PARTNERS, "west")).adopted


def test_who_is_marked_away_in_an_open_turn_can_still_finish(store: Store, guide: Guide) -> None:
    round_id = rounds.open_round(store, guide, "terms")
    rounds.begin_turn(store, round_id, "p-east")
    setup.change_participant(store, "p-east", present=False)
    say(store, guide, round_id, "p-east", told(guide))
    assert rounds.received(store, latest(store, "terms")) == (1, 3)
    with pytest.raises(UserError, match="away"):
        setup.remove_participant(store, "p-east")


def test_paper_typed_in_for_one_keeps_the_open_turn_of_another(store: Store, guide: Guide) -> None:
    round_id = rounds.open_round(store, guide, "terms")
    rounds.begin_turn(store, round_id, "p-east")
    rounds.submit_answer(store, guide, round_id, "p-north", told(guide), entry=Entry.PAPER)
    assert latest(store, "terms").holder == "p-east"


def test_nobody_changes_sides_after_answering(store: Store, guide: Guide) -> None:
    setup.change_participant(store, "p-east", partner_id="south")
    setup.change_participant(store, "p-east", partner_id="east")
    round_id = rounds.open_round(store, guide, "terms")
    say(store, guide, round_id, "p-east", told(guide))
    with pytest.raises(UserError):
        setup.change_participant(store, "p-east", partner_id="south")
    with pytest.raises(UserError):
        setup.change_participant(store, "p-north", partner_id="nobody")


@pytest.mark.parametrize("role", ["read_by", "witness"])
def test_who_reads_aloud_or_witnesses_stays(store: Store, role: str) -> None:
    add_signatory(store, "p-north", Method.DRAWN, **{role: "p-east"})
    with pytest.raises(UserError):
        setup.remove_participant(store, "p-east")


def test_an_opened_activity_is_no_longer_put_off(store: Store, guide: Guide) -> None:
    progress.postpone_activity(store, guide, "terms", "Nobody is rested.")
    progress.postpone_activity(store, guide, "terms", "The interpreter is ill.")
    assert record(store, guide).postponed == {"terms": "The interpreter is ill."}
    rounds.open_round(store, guide, "terms")
    assert record(store, guide).postponed == {}
    store.undo()
    assert record(store, guide).postponed == {"terms": "The interpreter is ill."}


def test_a_blocked_ladder_gives_no_figures_and_no_order(store: Store, guide: Guide) -> None:
    item = add_item(store, guide, "decisions", "Who is hired")
    levels = [
        {"decision": item, "partner": p, "actual": n, "wanted": 2} for n, p in enumerate(PARTNERS)
    ]
    usual = speaking_order(store, guide)
    blocked = {p: Support(8 if p == "east" else 1) for p in PARTNERS}
    agree.record_agreement(store, guide, "decision_ladder", {"levels": levels}, blocked)
    assert "ladder" not in results(store, guide)
    assert speaking_order(store, guide) == usual
    agreed = {p: Support(1) for p in PARTNERS}
    agree.record_agreement(store, guide, "decision_ladder", {"levels": levels}, agreed)
    assert [p.id for p in speaking_order(store, guide)] == ["north", "south", "east"]


def test_nothing_of_an_answer_shows_anywhere_before_the_reveal(
    store: Store, guide: Guide, home: Path
) -> None:
    round_id = rounds.open_round(store, guide, "terms")
    say(store, guide, round_id, "p-north", told(guide, CANARY))
    one = clause(store, "We share.")
    second = rounds.open_round(store, guide, "clause_consent")
    say(store, guide, second, "north", {one: level(6, CANARY)})
    remember_recent(Recent(str(store.path), "Lake", stage="ST1"))
    copy = store.path.with_name("copy.pdesk")
    store.copy_to(copy)
    seen = [
        repr([store.rows("response"), list(store.edits()), results(store, guide)]),
        repr([record(store, guide), progress.progress(store, guide), store.undo_title()]),
        *(p.read_bytes().decode("latin-1") for p in (store.path, copy, home / "recent.json")),
    ]
    assert not any(CANARY in text for text in seen)
    rounds.reveal_round(store, guide, second, incomplete=True)
    assert CANARY in repr(record(store, guide).clauses)


@pytest.mark.parametrize("words", ["No.", "No. " * 60])
def test_a_pass_is_as_long_as_a_reservation(store: Store, guide: Guide, words: str) -> None:
    one = clause(store, "We share.")
    round_id = rounds.open_round(store, guide, "clause_consent")
    say(store, guide, round_id, "north", {one: level(6, words)})
    say(store, guide, round_id, "south", None)
    assert len({len(str(row["sealed"])) for row in store.rows("response")}) == 1
