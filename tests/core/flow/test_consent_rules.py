"""Consent is asked under a rule fixed before, of clauses that two partners wrote or confirmed."""

from __future__ import annotations

import pytest

from partnerdesk.analysis.adoption import AdoptionState, adoption
from partnerdesk.errors import UserError
from partnerdesk.flow import agree, rounds, setup, values
from partnerdesk.flow.agree import Support
from partnerdesk.flow.asked import words_asked
from partnerdesk.flow.colleagues import colleagues_of
from partnerdesk.flow.consents import clauses_to_ask, unanswered
from partnerdesk.flow.manner import manner_of, suggested_speakers
from partnerdesk.flow.record import record
from partnerdesk.model.guide import Guide
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Authority
from partnerdesk.model.round import Clause, ClauseType, Manner, Rule
from partnerdesk.store import Store

PARTNERS = ("north", "south", "east")
CONSENT = "clause_consent"


def clause(store: Store, *keys: str, affects: tuple[str, ...] = ()) -> str:
    return agree.propose_clause(
        store, "C9", ClauseType.RULE, "We share.", keys=keys, affects=affects
    )


def ask(store: Store, guide: Guide, manner: Manner, *levels: int) -> Clause:
    """Ask the three partners about all clauses under `manner` and return the first clause."""
    round_id = rounds.open_round(store, guide, CONSENT, manner=manner)
    said = words_asked(store, round_id)
    for partner, level in zip(PARTNERS, levels, strict=True):
        answer: dict[str, Json] = {one: {"level": level} for one in said}
        rounds.submit_answer(store, guide, round_id, partner, answer)
    rounds.reveal_round(store, guide, round_id, incomplete=True)
    return agree.clauses(store)[0]


@pytest.mark.parametrize(
    ("rule", "levels", "state"),
    [
        (Rule.DEFAULT, (7, 2, 1), AdoptionState.WITH_RESERVATIONS),
        (Rule.UNANIMITY, (1, 2, 2), AdoptionState.ADOPTED),
        (Rule.UNANIMITY, (1, 3, 2), AdoptionState.WITH_RESERVATIONS),
        (Rule.UNANIMITY, (1, 2, 4), AdoptionState.OPEN),
        (Rule.UNANIMITY, (1, 2, 8), AdoptionState.BLOCKED),
        (Rule.CONSENT, (1, 5, 4), AdoptionState.ADOPTED),
        (Rule.CONSENT, (6, 2, 1), AdoptionState.OPEN),
        (Rule.CONSENT, (8, 2, 1), AdoptionState.BLOCKED),
        (Rule.MAJORITY, (1, 2, 8), AdoptionState.WITH_RESERVATIONS),
        (Rule.MAJORITY, (1, 5, 1), AdoptionState.OPEN),
        (Rule.MAJORITY, (1, 4, 4), AdoptionState.OPEN),
        (Rule.MAJORITY, (1, 8, 1), AdoptionState.BLOCKED),
    ],
)
def test_a_text_is_adopted_by_the_rule_that_was_fixed(
    rule: Rule, levels: tuple[int, ...], state: AdoptionState
) -> None:
    given = dict(zip("ABC", levels, strict=True))
    assert adoption(given, ["B"], frozenset(), "ABC", rule).state is state


def test_the_rule_of_a_round_decides_about_its_clauses(lake: Store, standard: Guide) -> None:
    clause(lake, "north", "south")
    found = ask(lake, standard, Manner(Rule.UNANIMITY), 1, 1, 4)
    assert found.rule is Rule.UNANIMITY
    assert not agree.clause_adoption(found, PARTNERS).adopted
    assert record(lake, standard).rounds[-1].manner == Manner(Rule.UNANIMITY)


def test_another_rule_needs_a_new_round_that_asks_again(lake: Store, standard: Guide) -> None:
    one = clause(lake, "north", "south")
    ask(lake, standard, Manner(), 1, 1, 5)
    assert clauses_to_ask(lake) == []
    assert [row["id"] for row in clauses_to_ask(lake, Rule.UNANIMITY)] == [one]
    with pytest.raises(UserError, match="nothing to ask"):
        rounds.open_round(lake, standard, CONSENT)
    found = ask(lake, standard, Manner(Rule.UNANIMITY), 1, 1, 5)
    assert not agree.clause_adoption(found, PARTNERS).adopted


def test_a_round_that_is_still_sealed_changes_no_rule(lake: Store, standard: Guide) -> None:
    clause(lake, "north", "south")
    ask(lake, standard, Manner(), 1, 1, 5)
    rounds.open_round(lake, standard, CONSENT, manner=Manner(Rule.UNANIMITY))
    assert agree.clauses(lake)[0].rule is Rule.DEFAULT


def test_faces_stand_for_four_of_the_levels_and_no_other_is_taken(
    lake: Store, standard: Guide
) -> None:
    one = clause(lake, "north", "south")
    round_id = rounds.open_round(lake, standard, CONSENT, manner=Manner(faces=True))
    with pytest.raises(UserError):
        rounds.submit_answer(lake, standard, round_id, "north", {one: {"level": 2}})
    for partner, level in zip(PARTNERS, (1, 3, 7), strict=True):
        rounds.submit_answer(lake, standard, round_id, partner, {one: {"level": level}})
    assert lake.rows("consent") == []
    rounds.reveal_round(lake, standard, round_id)
    assert [c.level for c in agree.clauses(lake)[0].consents] == [1, 3, 7]


def test_a_partner_stands_where_its_spokesperson_put_it(lake: Store, standard: Guide) -> None:
    setup.add_participant(lake, "north", "Nell", id="p-nell")
    one = clause(lake, "north", "south")
    manner = Manner(speakers=suggested_speakers(lake), colleagues=True)
    round_id = rounds.open_round(lake, standard, CONSENT, manner=manner)
    asked = rounds.turns(lake, values.round_of(lake, round_id))
    assert [(t.respondent, t.name) for t in asked] == [
        ("north", "north person"),
        ("p-nell", "Nell"),
        ("south", "south person"),
        ("east", "east person"),
    ]
    for who, level in (("p-nell", 8), ("north", 2), ("south", 1), ("east", 1)):
        answer: dict[str, Json] = {one: {"level": level, "reservation": f"from {who}"}}
        rounds.submit_answer(lake, standard, round_id, who, answer)
    rounds.reveal_round(lake, standard, round_id)
    found = agree.clauses(lake)[0]
    assert [c.level for c in found.consents] == [2, 1, 1]
    assert agree.clause_adoption(found, PARTNERS).adopted
    shown = rounds.summary(lake, standard, values.round_of(lake, round_id))
    assert shown.data[one]["levels"] == {"north": 2, "south": 1, "east": 1}  # type: ignore[index, call-overload]  # a mapping of clauses
    assert shown.data[one]["colleagues"] == {"north": [{"level": 8, "said": "from p-nell"}]}  # type: ignore[index, call-overload]  # as above
    assert colleagues_of(lake, standard, found) == {"north": (8,)}
    assert sorted(dot.value for dot in shown.lines[0].dots) == [1, 1, 2, 8]


def test_who_only_observes_cannot_speak_for_a_partner(lake: Store, standard: Guide) -> None:
    clause(lake, "north", "south")
    setup.add_participant(lake, "north", "Nell", id="p-nell", authority=Authority.OBSERVES)
    for person in ("p-nell", "p-south", "nobody"):
        with pytest.raises(UserError, match="speak"):
            rounds.open_round(lake, standard, CONSENT, manner=Manner(speakers={"north": person}))
    assert lake.rows("round") == []


def test_a_manner_that_nobody_chose_is_the_usual_one(lake: Store) -> None:
    assert manner_of(lake, "") == manner_of(lake, "no such round") == Manner()


def test_a_clause_is_a_draft_until_a_second_partner_confirms_it(
    lake: Store, standard: Guide
) -> None:
    one = clause(lake, "north")
    agree.confirm_clause(lake, one, "north")
    assert agree.clauses(lake)[0].keys == ("north",)
    with pytest.raises(UserError, match="nothing to ask"):
        rounds.open_round(lake, standard, CONSENT)
    assert unanswered(lake) == 1
    agree.confirm_clause(lake, one, "east")
    assert agree.clauses(lake)[0].keys == ("north", "east")
    assert [row["id"] for row in clauses_to_ask(lake)] == [one]
    lake.undo()
    assert clauses_to_ask(lake) == []


def test_a_change_takes_back_what_was_confirmed_of_other_words(lake: Store) -> None:
    one = clause(lake, "north", "east")
    agree.change_clause(lake, one, text="We share half.", keys=["south"])
    assert agree.clauses(lake)[0].keys == ("south",)
    agree.change_clause(lake, one, text="We share it all.")
    assert agree.clauses(lake)[0].keys == ()
    lake.undo()
    assert agree.clauses(lake)[0].keys == ("south",)


def test_recorded_consents_confirm_the_words_that_they_were_given_for(lake: Store) -> None:
    one = clause(lake)
    agree.record_consents(lake, one, {"north": Support(1), "south": Support(2)})
    assert agree.clauses(lake)[0].keys == ("north", "south")
    assert [row["id"] for row in clauses_to_ask(lake)] == [one]


def test_everybodys_consent_to_an_agreement_confirms_its_clauses(
    lake: Store, standard: Guide
) -> None:
    payload: dict[str, Json] = {"red_lines": [{"partner": "south", "text": "No pictures."}]}
    each = {partner: Support(1) for partner in PARTNERS}
    agree.record_agreement(lake, standard, "values", payload, each)
    agree.propose_suggested(lake, standard, "values")
    assert [c.keys for c in agree.clauses(lake)] == [PARTNERS]
    each["east"] = Support(8)
    payload = {"red_lines": [{"partner": "south", "text": "No names."}]}
    agree.record_agreement(lake, standard, "values", payload, each)
    agree.propose_suggested(lake, standard, "values")
    assert agree.clauses(lake)[1].keys == ()


def test_a_partner_that_is_not_here_confirms_nothing(lake: Store) -> None:
    one = clause(lake)
    with pytest.raises(UserError, match="partner"):
        agree.confirm_clause(lake, one, "west")
    with pytest.raises(UserError, match="partner"):
        clause(lake, "west")
    assert len(lake.rows("clause")) == 1
