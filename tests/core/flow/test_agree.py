"""Agreements and clauses stand only with each partner's recorded consent to their words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerdesk.errors import InputErrors, UserError
from partnerdesk.flow import agree, rounds, setup, values
from partnerdesk.flow.agree import Support
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.record import record
from partnerdesk.model.guide import Guide
from partnerdesk.model.round import ClauseType
from partnerdesk.store import Store

BOTH = ("north", "south")
PAYLOAD = {"red_lines": [{"partner": "south", "text": "No pictures of children."}]}
FULL = {
    "behaviours": [
        {
            "value": "honesty",
            "seen_when": "We say bad news.",
            "broken_when": "We hide it.",
            "owner": "north",
        }
    ],
    **PAYLOAD,
}


@pytest.fixture
def guide() -> Guide:
    return built_in_guide()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = setup.new_partnership(tmp_path / "a.pdesk", "Lake")
    for partner in ("north", "south", "east"):
        setup.add_partner(opened, partner.title(), id=partner)
        setup.add_participant(opened, partner, partner, id=f"p-{partner}")
    yield opened
    opened.close()


def levels(*each: int) -> dict[str, Support]:
    return {p: Support(n) for p, n in zip(("north", "south", "east"), each, strict=True)}


def test_an_agreement_needs_every_partner(store: Store, guide: Guide) -> None:
    with pytest.raises(UserError, match="East"):
        agree.record_agreement(
            store, guide, "values", FULL, {"north": Support(1), "south": Support(1)}
        )
    assert agree.agreements(store) == ()


def test_an_objection_keeps_an_agreement_open_and_its_words_are_kept(
    store: Store, guide: Guide
) -> None:
    supports = {**levels(1, 1, 1), "east": Support(8, "Not  like this; <b>never</b>.")}
    assert not agree.record_agreement(store, guide, "values", FULL, supports).adopted
    found = record(store, guide)
    assert found.agreements == ()
    assert found.open_agreements[0].consents[2].reservation == "Not  like this; <b>never</b>."


def test_a_faulty_table_is_refused_with_every_fault(store: Store, guide: Guide) -> None:
    broken = {"red_lines": [{"partner": "nobody", "text": ""}, {"text": 3}]}
    with pytest.raises(InputErrors) as refused:
        agree.record_agreement(store, guide, "values", broken, levels(1, 1, 1))
    assert len(refused.value.problems) >= 2


def test_an_agreement_suggests_clauses_with_their_origin_once(store: Store, guide: Guide) -> None:
    agree.record_agreement(store, guide, "values", FULL, levels(1, 2, 3))
    made = agree.propose_suggested(store, guide, "values")
    assert made
    assert {c.origin for c in agree.clauses(store)} == {"values"}
    assert any("No pictures of children." in c.text for c in agree.clauses(store))
    assert agree.propose_suggested(store, guide, "values") == ()


def test_an_edited_clause_makes_earlier_answers_stale(store: Store) -> None:
    clause_id = agree.propose_clause(store, "C9", ClauseType.RULE, "We share.", affects=["south"])
    agree.record_consents(store, clause_id, levels(1, 1, 1))
    partners = ["north", "south", "east"]
    assert agree.clause_adoption(agree.clauses(store)[0], partners).adopted
    agree.change_clause(store, clause_id, text="We share all.")
    assert not agree.clause_adoption(agree.clauses(store)[0], partners).adopted
    store.undo()
    assert agree.clause_adoption(agree.clauses(store)[0], partners).adopted


def test_the_consent_round_is_sealed_and_asks_only_what_changed(store: Store, guide: Guide) -> None:
    one = agree.propose_clause(store, "C9", ClauseType.RULE, "We share.", keys=BOTH)
    two = agree.propose_clause(store, "C10", ClauseType.RULE, "We pay.", keys=BOTH)
    first = rounds.open_round(store, guide, "clause_consent")
    for partner in ("north", "south", "east"):
        said = {key: {"level": 2, "reservation": ""} for key in (one, two)}
        rounds.submit_answer(store, guide, first, partner, said)
    assert store.rows("consent") == []
    rounds.reveal_round(store, guide, first)
    assert [len(c.consents) for c in agree.clauses(store)] == [3, 3]
    agree.change_clause(store, two, text="We pay at once.", keys=BOTH)
    activity = guide.activity("clause_consent")
    assert activity is not None
    assert [item.id for item in rounds.asked_items(store, activity)] == [two]
    assert values.latest_round(store, "clause_consent") is not None


@pytest.mark.parametrize(("section", "words"), [("C21", "x"), ("", "x"), ("C3", "  ")])
def test_a_clause_needs_a_section_and_words(store: Store, section: str, words: str) -> None:
    with pytest.raises(UserError):
        agree.propose_clause(store, section, ClauseType.RULE, words)
    assert store.rows("clause") == []


@pytest.mark.parametrize("level", [0, 9, -1])
def test_a_level_is_one_to_eight(store: Store, level: int) -> None:
    clause_id = agree.propose_clause(store, "C9", ClauseType.RULE, "We share.")
    with pytest.raises(UserError):
        agree.record_consents(store, clause_id, {"north": Support(level)})
    assert store.rows("consent") == []
