"""Partners, people and sessions: any words in any script, and no gap in the record."""

from __future__ import annotations

import pytest

from partnerdesk.errors import UserError
from partnerdesk.flow import agree, rounds, setup, values
from partnerdesk.model.guide import Guide
from partnerdesk.model.partnership import Authority
from partnerdesk.model.round import ClauseType, RoundState
from partnerdesk.store import Store

LONG = "Ministry " * 40


@pytest.mark.parametrize(
    "name", ["<b>Lake</b> & 'co'", "شراكة الماء", "झील", "\u202eekal", "=1+1", "{x} %s", "🌍"]
)
def test_a_name_is_kept_as_it_was_typed(lake: Store, name: str) -> None:
    setup.change_partnership(lake, title=name)
    partner = setup.add_partner(lake, name)
    setup.add_participant(lake, partner, name)
    assert values.partnership(lake).title == name
    assert values.partners(lake)[-1].name == values.participants(lake)[-1].name == name


@pytest.mark.parametrize("name", ["North\n East", " North\tEast ", "Nor\x07th\x00 East\ud800"])
def test_what_no_page_can_show_is_left_out_of_a_name(lake: Store, name: str) -> None:
    setup.change_partner(lake, "north", name=name, mission="two\nlines\x1b")
    assert values.partners(lake)[0].name == "North East"
    assert values.partners(lake)[0].mission == "two\nlines"


@pytest.mark.parametrize("name", ["", "  ", "\n", "\x00\x07", LONG])
def test_an_empty_or_endless_name_is_refused(lake: Store, name: str) -> None:
    before = lake.head()
    for act in (
        lambda: setup.change_partnership(lake, title=name),
        lambda: setup.add_partner(lake, name),
        lambda: setup.change_partner(lake, "north", name=name),
        lambda: setup.add_participant(lake, "north", name),
        lambda: setup.change_participant(lake, "p-north", name=name),
    ):
        with pytest.raises(UserError):
            act()
    assert lake.head() == before


def test_a_ninth_partner_is_refused(lake: Store) -> None:
    for number in range(4, 9):
        setup.add_partner(lake, f"Partner {number}")
    with pytest.raises(UserError, match="eight"):
        setup.add_partner(lake, "Partner 9")
    assert [p.index for p in values.partners(lake)] == list(range(8))


def test_a_removed_partner_takes_its_people_and_undo_brings_them_back(lake: Store) -> None:
    setup.remove_partner(lake, "south")
    assert [p.id for p in values.participants(lake)] == ["p-north", "p-east"]
    assert [p.index for p in values.partners(lake)] == [0, 1]
    lake.undo()
    assert [p.id for p in values.partners(lake)] == ["north", "south", "east"]
    assert len(values.participants(lake)) == 3


def test_a_partner_that_a_clause_names_stays(lake: Store) -> None:
    agree.propose_clause(lake, "C9", ClauseType.RULE, "We share.", affects=["south"])
    with pytest.raises(UserError, match="Clauses"):
        setup.remove_partner(lake, "south")
    setup.remove_partner(lake, "east")


def test_a_partner_stays_once_a_round_was_opened(lake: Store, standard: Guide) -> None:
    rounds.open_round(lake, standard, "terms")
    with pytest.raises(UserError, match="once a round"):
        setup.remove_partner(lake, "south")


def test_a_partner_without_people_keeps_the_workshop_from_starting(lake: Store) -> None:
    assert setup.can_start(lake)
    west = setup.add_partner(lake, "West")
    assert not setup.can_start(lake)
    setup.add_participant(lake, west, "Wena", present=0)
    assert not setup.can_start(lake)


def test_an_observer_is_here_but_binds_nobody(lake: Store) -> None:
    setup.change_participant(lake, "p-east", authority=Authority.OBSERVES)
    points = dict(setup.ready_points(lake))
    assert points["Each partner has someone here"]
    assert not points["Each partner has someone who can bind it"]


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (setup.change_partner, "nobody"),
        (setup.remove_partner, "nobody"),
        (setup.change_participant, "nobody"),
        (setup.remove_participant, "nobody"),
        (setup.change_session, "nothing"),
    ],
)
def test_what_is_gone_is_told_in_words(lake: Store, command: object, key: str) -> None:
    with pytest.raises(UserError, match="no longer"):
        command(lake, key)  # type: ignore[operator]  # each takes a store and a key


@pytest.mark.parametrize("day", ["2027-02-31", "tomorrow", "31.1.2027", "2027-1-1"])
def test_a_date_that_is_none_is_refused(lake: Store, day: str) -> None:
    session = values.sessions(lake)[0].id
    with pytest.raises(UserError, match="not a date"):
        setup.change_session(lake, session, date=day)
    with pytest.raises(UserError, match="not a date"):
        setup.change_partnership(lake, bid_date=day)


def test_a_date_is_kept_in_one_form(lake: Store) -> None:
    setup.change_partnership(lake, bid_date="20270131")
    assert values.partnership(lake).bid_date == "2027-01-31"
    setup.change_partnership(lake, bid_date="")
    assert values.partnership(lake).bid_date == ""


def test_a_second_session_leaves_earlier_rounds_as_they_were(lake: Store, standard: Guide) -> None:
    round_id = rounds.open_round(lake, standard, "terms")
    rounds.submit_answer(lake, standard, round_id, "p-north", None)
    rounds.reveal_round(lake, standard, round_id, incomplete=True)
    with lake.transaction("Add session") as t:
        t.insert("session", {"id": "second", "position": 1, "title": "Second day"})
    setup.change_session(lake, "second", place="Nakuru", date="2027-02-01")
    assert [s.place for s in values.sessions(lake)] == ["", "Nakuru"]
    assert values.round_of(lake, round_id).state is RoundState.REVEALED
    rounds.open_round(lake, standard, "terms")
    assert [r.number for r in values.rounds(lake, "terms")] == [1, 2]
