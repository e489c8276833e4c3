"""The annexes as the partners choose them, and the other choices for a charter."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from partnerdesk.charter.canonical import canonical, digest, from_json
from partnerdesk.charter.compose import compose
from partnerdesk.charter.preview import page_count
from partnerdesk.charter.render import render
from partnerdesk.errors import InputErrors
from partnerdesk.model.charter import Charter, LadderChart, Paragraph, Section, Table
from partnerdesk.model.enclosures import (
    Channel,
    Contact,
    Enclosures,
    LinkedContract,
    RepairStep,
)
from partnerdesk.model.options import ANNEXES, CharterOptions
from partnerdesk.model.record import Record

ALL = CharterOptions(annexes=ANNEXES)
ENCLOSED = Enclosures(
    repair_plan=(RepairStep("Meet at the lake and listen", "lngo", "2027-01-10", "done"),),
    budget_principle="Half of each budget is spent by those who live at the lake.",
    contracts=(LinkedContract("Grant 12", ("ingo", "lngo"), "Money for pumps", "2026-12-01"),),
    contacts=(Contact("Akinyi Odhiambo", "lngo", "Director", "+000 555 0101"),),
    channels=(Channel("Harm to children", "Box at the clinic", "The nurse", 3, outside=True),),
)


@pytest.fixture(scope="module")
def whole(workshop_a: Record) -> Charter:
    """Return the charter of the workshop with all annexes."""
    first = replace(workshop_a.clauses[0], origin="values")
    record = replace(workshop_a, clauses=(first, *workshop_a.clauses[1:]))
    return compose(record, options=ALL, enclosures=ENCLOSED)


def annex(charter: Charter, code: str) -> Section:
    """Return an annex that must be there."""
    return next(one for one in charter.annexes if one.code == code)


def titles(charter: Charter, code: str) -> list[str]:
    """Return the titles of an annex's tables."""
    return [block.title for block in annex(charter, code).blocks if isinstance(block, Table)]


def test_all_chosen_annexes_stand_in_order(whole: Charter) -> None:
    assert tuple(one.code for one in whole.annexes) == ANNEXES
    assert from_json(canonical(whole)) == whole


def test_an_annex_that_nobody_chose_or_that_is_empty_is_left_out(workshop_a: Record) -> None:
    charter = compose(workshop_a, options=CharterOptions(annexes=("G", "C")))
    assert [one.code for one in charter.annexes] == ["C"]
    assert compose(workshop_a, options=CharterOptions(annexes=())).annexes == ()


def test_usual_choices_leave_every_byte_as_it_was(workshop_a: Record) -> None:
    usual = compose(workshop_a, options=CharterOptions(), enclosures=ENCLOSED)
    assert digest(usual) == digest(compose(workshop_a))
    assert "scale" not in json.loads(canonical(usual))


def test_annex_a_says_where_each_clause_came_from(whole: Charter) -> None:
    assert titles(whole, "A") == ["Where each clause came from"]
    (table,) = (block for block in annex(whole, "A").blocks if isinstance(block, Table))
    assert [cell.text for cell in table.rows[0].cells] == [
        "C3.1", whole.clauses()[0].type_words, "Values, in Workshop"
    ]  # fmt: skip


def test_annex_b_has_agreed_goals_and_contributions(whole: Charter) -> None:
    assert titles(whole, "B") == [
        "Goals, and how we see the result and the relationship",
        "Who brings what",
    ]


def test_annex_b_prints_no_goal_without_consent(workshop_a: Record) -> None:
    charter = compose(replace(workshop_a, agreements=()), options=ALL)
    assert charter.section("B") is None


def test_annex_c_has_the_matrix_and_the_ladder(whole: Charter) -> None:
    assert titles(whole, "C") == ["Decision ladder", "Decision rights"]
    assert any(isinstance(block, LadderChart) for block in annex(whole, "C").blocks)


def test_a_sealed_repair_plan_is_named_and_not_printed(workshop_a: Record, whole: Charter) -> None:
    assert "Repair plan" in titles(whole, "E")
    sealed = compose(workshop_a, options=ALL, enclosures=replace(ENCLOSED, sealed=True))
    assert "Repair plan" not in titles(sealed, "E")
    assert b"sealed" in canonical(sealed)
    assert b'listen"' not in canonical(sealed)


def test_contracts_contacts_and_channels_are_printed_as_enclosed(whole: Charter) -> None:
    assert titles(whole, "G") == ["Contracts beside this charter"]
    assert titles(whole, "H") == ["Whom to reach", "Where to complain or report harm"]
    data = canonical(whole).decode()
    assert all(words in data for words in ("Grant 12", "nowhere that we know of", "+000 555 0101"))
    assert "3 days" in data


def test_the_partners_own_words_say_what_the_charter_is_in_law(workshop_a: Record) -> None:
    charter = compose(workshop_a, options=CharterOptions(legal_nature="It binds us in honour."))
    signing = charter.section("C20")
    assert signing
    assert Paragraph("It binds us in honour.") in signing.blocks
    assert b"It makes no debt" not in canonical(charter)


def test_reading_aloud_is_attested_only_where_the_partners_want_it(workshop_a: Record) -> None:
    silent = compose(workshop_a, options=CharterOptions(read_aloud=False))
    assert b"aloud to" in canonical(compose(workshop_a))
    assert b"aloud to" not in canonical(silent)


def test_large_print_is_kept_in_the_charter_and_used_when_it_is_printed(workshop_a: Record) -> None:
    large = compose(workshop_a, options=CharterOptions(large_print=1.5))
    assert (large.scale, from_json(canonical(large)).scale) == (150, 150)
    usual = page_count(render(large, None, scale=1.0))
    assert page_count(render(large, None)) > usual == page_count(render(compose(workshop_a), None))


def test_a_size_of_print_beyond_the_limits_is_refused(workshop_a: Record) -> None:
    with pytest.raises(InputErrors):
        from_json(canonical(replace(compose(workshop_a), scale=900)))


@pytest.mark.parametrize(
    "wrong", [{"annexes": ("Z",)}, {"prevailing": "sw"}, {"large_print": 0.5}], ids=str
)
def test_choices_that_no_charter_can_have_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        CharterOptions(**wrong)  # type: ignore[arg-type]  # wrong on purpose
