"""What is being written survives as typed; a clause says only what can be read and can stand."""

from __future__ import annotations

import pytest

from partnerdesk.errors import UserError
from partnerdesk.flow import agree
from partnerdesk.flow.agree import Support
from partnerdesk.flow.drafts import Draft, draft_of, keep_draft
from partnerdesk.flow.values import rounds
from partnerdesk.model.guide import Guide
from partnerdesk.model.round import Basis, ClauseType
from partnerdesk.store import Store

RED_LINES = {"red_lines": [{"partner": "south", "text": "No pictures of children."}]}
LEVELS = {"north": Support(1), "south": Support(2), "east": Support(3, "قريباً <b>")}


def test_a_draft_comes_back_as_it_was_typed(lake: Store) -> None:
    draft = Draft({"red_lines": [{"text": "half a senten"}]}, LEVELS)
    assert draft_of(lake, "values") is None
    keep_draft(lake, "values", draft)
    assert draft_of(lake, "values") == draft


def test_the_same_draft_again_writes_nothing(lake: Store) -> None:
    for _again in range(2):
        keep_draft(lake, "values", Draft({"red_lines": [{"text": "x\x07"}]}))
    count = lake.head().count
    keep_draft(lake, "values", Draft({"red_lines": [{"text": "x\x07"}]}))
    assert lake.head().count == count


def test_an_adopted_agreement_takes_its_draft_away_and_undo_brings_it_back(
    lake: Store, standard: Guide
) -> None:
    keep_draft(lake, "values", Draft(RED_LINES))
    blocked = {**LEVELS, "east": Support(8)}
    agree.record_agreement(lake, standard, "values", RED_LINES, blocked)
    assert draft_of(lake, "values") is not None
    agree.record_agreement(lake, standard, "values", RED_LINES, LEVELS)
    assert draft_of(lake, "values") is None
    lake.undo()
    assert draft_of(lake, "values") == Draft(RED_LINES)


def test_an_agreement_may_come_from_a_recorded_workshop(lake: Store, standard: Guide) -> None:
    agree.record_agreement(lake, standard, "values", RED_LINES, {}, basis=Basis.IMPORTED)
    assert agree.adopted_of(lake, "values") is not None
    assert rounds(lake) == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "\x00 "},
        {"section": "C99"},
        {"date": "soon"},
        {"affects": ["nobody"]},
        {"owner": "nobody"},
    ],
)
def test_a_clause_that_cannot_stand_is_refused(lake: Store, fields: dict[str, object]) -> None:
    one = agree.propose_clause(lake, "C9", ClauseType.RULE, "We share.")
    before = agree.clauses(lake)
    with pytest.raises(UserError):
        agree.change_clause(lake, one, **fields)  # type: ignore[arg-type]  # JSON
    assert agree.clauses(lake) == before


def test_a_clause_of_no_known_type_never_gets_into_the_file(lake: Store) -> None:
    one = agree.propose_clause(lake, "C9", ClauseType.RULE, "We share.")
    with pytest.raises(ValueError, match="nonsense"):
        agree.change_clause(lake, one, type="nonsense")
    assert agree.clauses(lake)[0].type is ClauseType.RULE


def test_a_clause_for_a_stranger_is_refused(lake: Store) -> None:
    for named in ({"affects": ["nobody"]}, {"owner": "nobody"}, {"date": "1.1.2027"}):
        with pytest.raises(UserError):
            agree.propose_clause(lake, "C9", ClauseType.RULE, "We share.", **named)  # type: ignore[arg-type]  # mixed
    assert lake.rows("clause") == []


def test_spaces_around_words_make_no_answer_stale(lake: Store) -> None:
    one = agree.propose_clause(lake, "C9", ClauseType.RULE, "We share.")
    agree.record_consents(lake, one, LEVELS)
    agree.change_clause(lake, one, text=" We share.\x07 ")
    assert not any(c.stale for c in agree.clauses(lake)[0].consents)


def test_a_reservation_keeps_every_word(lake: Store) -> None:
    said = "  Not   like this;\n<b>never</b> — أبداً \u202e "
    one = agree.propose_clause(lake, "C9", ClauseType.RULE, "We share.")
    agree.record_consents(lake, one, {"north": Support(6, said)})
    assert agree.clauses(lake)[0].consents[0].reservation == said
