"""A preview says in plain words what comes in, and never what an answer holds."""

from __future__ import annotations

from partnerdesk.exchange.conflicts import Side
from partnerdesk.exchange.copies import copy_of
from partnerdesk.exchange.merge import plan
from partnerdesk.exchange.preview import (
    author_words,
    coming,
    conflict_title,
    lines_of,
    names_in,
    said_words,
    table_words,
)
from partnerdesk.flow import agree, rounds, setup
from partnerdesk.flow.agree import Support
from tests.core.exchange.mergers import GUIDE, LATER, TABLES, copied, first


def test_each_part_of_the_record_is_counted_and_named() -> None:
    ours = first("a")
    theirs = copied(ours, "b")
    setup.add_partner(theirs, "West", id="west")
    setup.change_partner(theirs, "north", mission="Water")
    agree.withdraw_clause(theirs, "clause")
    made = plan(copy_of(ours), copy_of(theirs))
    found = {one.what: (one.words, one.names) for one in coming(made, names_in(made))}
    assert found["Partners"] == ("1 new, 1 changed", ("West", "North"))
    assert found["Clauses"][0] == "1 changed"


def test_two_edits_of_one_field_stand_side_by_side_with_their_authors() -> None:
    ours = first("a")
    theirs = copied(ours, "b")
    setup.change_partner(ours, "north", mission="Fish")
    setup.change_partner(theirs, "north", mission="Water")
    made = plan(copy_of(ours), copy_of(theirs))
    (one,) = made.conflicts
    assert conflict_title(one, names_in(made)) == "Partner: North (mission)"
    assert [said_words(one, side) for side in Side] == ["Fish", "Water"]
    assert author_words(one.theirs).startswith("b, 2026-11-24 ")


def test_levels_of_consent_are_told_as_people_read_them() -> None:
    ours = first("a")
    theirs = copied(ours, "b")
    agree.record_consents(ours, "clause", {"north": Support(2, "")})
    agree.record_consents(theirs, "clause", {"north": Support(7, "Too late")})
    made = plan(copy_of(ours), copy_of(theirs))
    words = said_words(made.conflicts[0], Side.THEIRS)
    assert "level: 7" in words
    assert "reservation: Too late" in words
    assert "north" not in words.lower()


def test_an_answer_is_counted_and_never_shown() -> None:
    ours = first("a")
    round_id = rounds.open_round(ours, GUIDE, "mission_mirror")
    theirs = copied(ours, "b")
    for store in (ours, theirs):
        rounds.submit_answer(store, GUIDE, round_id, "north", None)
        rounds.reveal_round(store, GUIDE, round_id, incomplete=True)
    made = plan(copy_of(ours), copy_of(theirs))
    told = "\n".join(lines_of(made))
    answers = [one for one in made.conflicts if one.table == "response"]
    assert answers
    assert all("stays closed" in said_words(one, Side.OURS) for one in answers)
    assert "passed" not in told
    assert "nonce" not in told


def test_every_table_of_the_record_has_a_name_in_words() -> None:
    for table in (*TABLES, *LATER):
        assert table_words(table) != table
