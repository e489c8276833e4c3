"""Open matters have an owner and a date; signatories may take it home or ask a board: printed."""

from __future__ import annotations

from datetime import date

import pytest

from partnerdesk.charter.canonical import canonical, from_json
from partnerdesk.charter.compose import compose
from partnerdesk.charter.plain import plain_text
from partnerdesk.charter.render import missing_glyphs, render
from partnerdesk.errors import UserError
from partnerdesk.flow import agree, items, matters, rounds, setup, signatories, terms, values
from partnerdesk.flow.manner import suggested_speakers
from partnerdesk.flow.record import record
from partnerdesk.model.guide import Guide
from partnerdesk.model.partnership import Authority
from partnerdesk.model.round import ClauseType, Manner, Method, Rule, Standing
from partnerdesk.store import Store

TODAY = date(2026, 11, 24)


def printed(store: Store, guide: Guide) -> str:
    return plain_text(compose(record(store, guide)))


def test_an_open_matter_prints_with_its_owner_and_date_until_it_is_settled(
    lake: Store, standard: Guide
) -> None:
    one = matters.add_matter(lake, " Who keeps the boat? ", "south", "2027-01-31")
    assert values.matters(lake)[0].text == "Who keeps the boat?"
    words = printed(lake, standard)
    assert "Who keeps the boat?" in words
    assert "31 January 2027" in words
    matters.settle_matter(lake, one)
    assert "Who keeps the boat?" not in printed(lake, standard)
    assert values.matters(lake)[0].settled
    lake.undo()
    assert "Who keeps the boat?" in printed(lake, standard)


def test_a_partner_that_takes_a_question_on_stays(lake: Store) -> None:
    matters.add_matter(lake, "Who keeps the boat?", "south", "2027-01-31")
    with pytest.raises(UserError, match="questions speak of this partner"):
        setup.remove_partner(lake, "south")
    assert len(lake.rows("partner")) == 3


def test_only_an_open_matter_can_be_settled(lake: Store, standard: Guide) -> None:
    other = items.add_item(lake, standard, "decisions", "Who is hired")
    for key in (other, "nothing"):
        with pytest.raises(UserError, match="no longer"):
            matters.settle_matter(lake, key)
    assert lake.rows("item")[0]["details"] == {}


@pytest.mark.parametrize(
    ("words", "owner", "day"),
    [
        (" ", "south", "2027-01-31"),
        ("Who?", "", "2027-01-31"),
        ("Who?", "west", "2027-01-31"),
        ("Who?", "south", ""),
        ("Who?", "south", "soon"),
    ],
)
def test_an_open_matter_needs_words_an_owner_and_a_date(
    lake: Store, words: str, owner: str, day: str
) -> None:
    with pytest.raises(UserError):
        matters.add_matter(lake, words, owner, day)
    assert values.matters(lake) == ()


def test_who_takes_it_home_signs_within_seven_days(lake: Store, standard: Guide) -> None:
    one = signatories.add_signatory(lake, "p-north", Method.TYPED)
    terms.take_home(lake, one, TODAY)
    assert values.signatories(lake)[0].home_until == "2026-12-01"
    assert "north person takes this charter home before signing" in printed(lake, standard)
    terms.sign_today(lake, one)
    assert "takes this charter home" not in printed(lake, standard)
    with pytest.raises(UserError):
        terms.take_home(lake, one, TODAY, days=0)


def test_a_board_is_asked_by_a_day_and_then_has_consented(lake: Store, standard: Guide) -> None:
    setup.add_participant(lake, "east", "Esi", id="esi", authority=Authority.SUBJECT)
    one = signatories.add_signatory(lake, "esi", Method.DRAWN)
    assert "Esi signs subject to the consent of the board" in printed(lake, standard)
    terms.set_terms(lake, one, board=" The  elders ", board_due="2026-12-24")
    words = printed(lake, standard)
    assert "The elders of East is asked to consent to this charter by 24 December 2026." in words
    terms.set_terms(lake, one, ratified=True)
    words = printed(lake, standard)
    assert "The elders of East has consented to this charter." in words
    assert "Esi signs subject to" not in words


def test_a_charter_says_who_signs_as_a_person_or_as_a_witness(lake: Store, standard: Guide) -> None:
    first = signatories.add_signatory(lake, "p-north", Method.DRAWN)
    second = signatories.add_signatory(lake, "p-south", Method.TYPED)
    usual = canonical(compose(record(lake, standard), charter_id="x"))
    assert b"signs_as" not in usual
    terms.set_terms(lake, first, signs_as="personal")
    terms.set_terms(lake, second, signs_as="witness")
    made = compose(record(lake, standard), charter_id="x")
    assert [b.signs_as for b in made.signature_blocks()] == [Standing.PERSONAL, Standing.WITNESS]
    assert from_json(canonical(made)) == made
    text = printed(lake, standard)
    assert "Signs: for themselves, as a person" in text
    assert "Signs: as a witness, not as a party" in text
    assert "No signatory is named for" in text
    assert missing_glyphs(made) == ()
    assert render(made, None).startswith(b"%PDF")
    with pytest.raises(ValueError, match="king"):
        terms.set_terms(lake, first, signs_as="king")


def test_a_consent_needs_the_name_of_who_gave_it_and_a_real_day(lake: Store) -> None:
    one = signatories.add_signatory(lake, "p-north", Method.TYPED)
    with pytest.raises(UserError, match="Name the board"):
        terms.set_terms(lake, one, ratified=True)
    with pytest.raises(UserError, match="not a date"):
        terms.set_terms(lake, one, board_due="soon")
    assert lake.row("setting", f"terms:{one}") is None


def test_the_terms_go_with_the_signatory(lake: Store) -> None:
    one = signatories.add_signatory(lake, "p-north", Method.TYPED)
    terms.take_home(lake, one, TODAY)
    signatories.remove_signatory(lake, one)
    assert lake.row("setting", f"terms:{one}") is None
    lake.undo()
    assert values.signatories(lake)[0].home_until == "2026-12-01"


def test_the_rule_of_each_consent_round_prints_in_the_process_record(
    lake: Store, standard: Guide
) -> None:
    agree.propose_clause(lake, "C9", ClauseType.RULE, "We share.", keys=("north", "south"))
    manner = Manner(Rule.MAJORITY, faces=True, speakers=suggested_speakers(lake))
    rounds.open_round(lake, standard, "clause_consent", manner=manner)
    words = printed(lake, standard)
    assert "Rules of the consent rounds" in words
    assert "More than half are between 1 and 3" in words
    assert "four faces" in words
    assert "north person, south person, east person" in words
