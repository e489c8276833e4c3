"""The recorded workshop fits the standard guide: each answer, each table, each clause."""

from __future__ import annotations

import pytest

from partnerdesk.exchange.workshop import Workshop, read_workshop
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.guide import translated
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.tables import Suggested, check_payload, suggested_clauses
from partnerdesk.model.guide import Guide
from resources import path

GUIDE = built_in_guide()
WORKSHOP = read_workshop(path("samples/workshop-a.json"), GUIDE)
AGREED = {name: one for asked in WORKSHOP.rounds for name, one in asked.agreed.items()}


def setting(activity_id: str, guide: Guide = GUIDE, workshop: Workshop = WORKSHOP) -> Setting:
    activity = guide.activity(activity_id)
    assert activity is not None
    own = {asked.activity: asked.items for asked in workshop.rounds if asked.items}
    items_of = {a.id: a.items for a in guide.activities()}
    lists = {"decisions": own["decision_ladder"], "goals": own["goals"]}
    return Setting(
        activity, workshop.partners, activity.items, activity.attribution, items_of | lists
    )


def clauses(activity_id: str) -> tuple[Suggested, ...]:
    asked = setting(activity_id)
    return suggested_clauses(asked.activity, AGREED[activity_id], asked)


def test_every_agreement_of_the_workshop_has_its_tables_in_the_guide() -> None:
    assert set(AGREED) == {
        "values",
        "decision_ladder",
        "contributions",
        "decision_rights",
        "repair",
        "walking_away",
    }


@pytest.mark.parametrize("name", AGREED)
def test_an_agreed_table_has_no_faults(name: str) -> None:
    asked = setting(name)
    assert check_payload(asked.activity, AGREED[name], asked) == []


@pytest.mark.parametrize("name", AGREED)
def test_a_translated_guide_takes_the_same_tables(name: str) -> None:
    asked = setting(name, translated(GUIDE, str.swapcase))
    faults = check_payload(asked.activity, AGREED[name], asked)
    assert faults == []


def test_a_value_becomes_a_clause_that_reads_as_plain_sentences() -> None:
    first = clauses("values")[0]
    assert first.text == (
        "Honesty. We will see it when this is true: We share bad news within three days, "
        "before anyone asks. It is broken when this happens: A partner hears of a delay from "
        "the donor."
    )
    assert (first.section, first.owner) == ("C4", "ingo")


def test_a_red_line_becomes_a_clause_that_names_whose_line_it_is() -> None:
    assert clauses("values")[3].text == (
        "Kisumbe Water Users' Committee draws this line, and all of us keep it: "
        "Nobody photographs children at the taps."
    )


def test_a_power_statement_stays_word_for_word() -> None:
    texts = [one.text for one in clauses("decision_ladder")]
    assert "The Network carries the reporting, and is paid for none of it." in texts
    assert len(texts) == 3


@pytest.mark.parametrize("name", ["contributions", "decision_rights", "repair", "walking_away"])
def test_tables_that_are_printed_as_tables_suggest_no_clause(name: str) -> None:
    assert clauses(name) == ()
