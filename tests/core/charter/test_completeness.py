"""The 42 points and the fairness notes, on the recorded workshop and on nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from partnerdesk.charter.completeness import (
    POINTS,
    Completeness,
    Mark,
    PointState,
    completeness,
    point_words,
)
from partnerdesk.charter.fairness import fairness_notes
from partnerdesk.model.guide import Guide
from partnerdesk.model.partnership import Partnership
from partnerdesk.model.record import JournalHead, Record
from partnerdesk.model.round import Basis, Clause, ClauseType, Consent

MISSING, PARTLY, COMPLETE = PointState.MISSING, PointState.PARTLY, PointState.COMPLETE
NOTHING = Record(
    Partnership(""), (), (), (), Guide("g", "G", "en", ()), {}, (), (), (), (),
    JournalHead(0, "", 0),
)  # fmt: skip


def states(found: Completeness) -> dict[str, PointState]:
    """Return the state of each point by its id."""
    return {point.id: point.state for point in found.points}


def test_there_are_42_points_in_the_groups_of_the_charter_page() -> None:
    assert Counter(group for _one, group, _section, _judge in POINTS) == {
        "who": 5, "why": 5, "power": 4, "what": 6, "how": 8,
        "protect": 4, "trust": 3, "review": 3, "change": 4,
    }  # fmt: skip
    ids = [one for one, _group, _section, _judge in POINTS]
    assert len(set(ids)) == 42
    assert set(ids) == set(point_words())


def test_a_record_of_nothing_misses_all_but_the_standing_procedure_for_changes() -> None:
    found = completeness(NOTHING)
    assert [p.id for p in found.points if p.state is not MISSING] == ["amend"]
    assert found.share == pytest.approx(1 / 42)


@pytest.mark.parametrize(
    ("point", "state"),
    [
        ("descriptions", COMPLETE),
        ("authority", COMPLETE),
        ("voices", MISSING),
        ("context", COMPLETE),
        ("values", COMPLETE),
        ("own_goals", MISSING),
        ("statements", COMPLETE),
        ("mapped", COMPLETE),
        ("rebalancing", PARTLY),
        ("indicators", COMPLETE),
        ("contributions", COMPLETE),
        ("decision_table", COMPLETE),
        ("money", PARTLY),
        ("safeguarding", MISSING),
        ("local_law", PARTLY),
        ("repair", COMPLETE),
        ("forum", COMPLETE),
        ("dates", MISSING),
        ("walking_away", COMPLETE),
        ("obligations", PARTLY),
    ],
)
def test_each_point_of_the_recorded_workshop_stands_as_agreed(
    workshop_a: Record, point: str, state: PointState
) -> None:
    assert states(completeness(workshop_a))[point] is state


def test_a_clause_that_is_not_adopted_covers_nothing(workshop_a: Record) -> None:
    blocked = tuple(
        replace(c, consents=(*c.consents[:2], replace(c.consents[2], level=8)))
        for c in workshop_a.clauses
    )
    found = states(completeness(replace(workshop_a, clauses=blocked)))
    assert found["money"] is MISSING
    assert found["rebalancing"] is MISSING


def test_a_table_without_consent_covers_nothing(workshop_a: Record) -> None:
    waiting = tuple(replace(a, basis=Basis.CONSENT) for a in workshop_a.agreements)
    found = states(completeness(replace(workshop_a, agreements=waiting)))
    assert {found[one] for one in ("mapped", "repair", "walking_away", "goals")} == {MISSING}


def test_what_the_partners_say_goes_before_the_judgement(workshop_a: Record) -> None:
    before = completeness(workshop_a)
    mark = Mark(PointState.NOT_RELEVANT, "No data is collected.")
    found = completeness(workshop_a, {"data": mark})
    (data,) = (point for point in found.points if point.id == "data")
    assert (data.state, data.reason) == (PointState.NOT_RELEVANT, "No data is collected.")
    assert found.share > before.share


def test_counts_add_up_to_all_points(workshop_a: Record) -> None:
    found = completeness(workshop_a)
    assert sum(found.count(state) for state in PointState) == 42
    assert {p.section for p in found.of_section("C11")} == {"C11"}
    assert 0 < found.share < 1


def test_the_recorded_workshop_is_asked_for_the_missing_date_and_about_one_burden(
    workshop_a: Record,
) -> None:
    notes = [(note.code, note.clause) for note in fairness_notes(workshop_a)]
    assert notes == [("no_date", "c8"), ("one_bound", "")]


def test_a_commitment_of_nobody_that_touches_nobody_is_asked_about() -> None:
    clause = Clause("c", "C9", ClauseType.COMMITMENT, "It shall be done.")
    codes = {note.code for note in fairness_notes(replace(NOTHING, clauses=(clause,)))}
    assert codes == {"no_owner", "no_date", "no_one_affected", "no_exit"}


def test_reservations_of_one_partner_alone_raise_the_question(workshop_a: Record) -> None:
    clauses = tuple(
        replace(c, consents=(Consent("cbo", 3, "Too fast."),)) for c in workshop_a.clauses
    )
    notes = fairness_notes(replace(workshop_a, clauses=clauses))
    assert any(n.code == "one_reserved" and "Kisumbe WUC" in n.words for n in notes)
