"""An organisation's own guide runs from its list to the charter without a line of code."""

from __future__ import annotations

import re

import pytest

import resources
from partnerdesk.charter.compose import compose
from partnerdesk.errors import InputErrors, UserError
from partnerdesk.flow import agree, guides, rounds, values
from partnerdesk.flow.agree import Support
from partnerdesk.flow.items import add_item
from partnerdesk.flow.record import record
from partnerdesk.flow.results import results
from partnerdesk.model.guide import Guide
from partnerdesk.model.round import RoundState
from partnerdesk.store import Store

README = resources.path("guide/README.md").read_text("utf-8")
RIVER = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)[0]


def test_a_guide_of_ones_own_runs_as_a_round_end_to_end(lake: Store) -> None:
    guide = guides.add_guide(lake, "river.toml", RIVER)
    assert guides.guide_of(lake) == guide
    place = add_item(lake, guide, "places", "The old bridge")
    round_id = rounds.open_round(lake, guide, "river_walk")
    for number, person in enumerate(("p-north", "p-south", "p-east")):
        said = {key: {"now": number - 1, "wanted": 2} for key in ("spring", place)}
        rounds.submit_answer(lake, guide, round_id, person, said)
    rounds.reveal_round(lake, guide, round_id)
    assert results(lake, guide)["river_walk"]
    rounds.start_discussion(lake, round_id)
    rounds.start_agreeing(lake, round_id)
    promised = {"promises": [{"text": "We keep the bank clear.", "owner": "north", "date": ""}]}
    everyone = {p: Support(1) for p in ("north", "south", "east")}
    assert agree.record_agreement(lake, guide, "river_walk", promised, everyone).adopted
    assert values.round_of(lake, round_id).state is RoundState.DONE
    (clause,) = agree.propose_suggested(lake, guide, "river_walk")
    agree.record_consents(lake, clause, everyone)
    charter = compose(record(lake, guide))
    assert "We keep the bank clear." in repr([s for s in charter.sections if s.code == "C6"])


@pytest.mark.parametrize("written", ["", "id = ", RIVER.replace('"spectrum"', '"astrology"')])
def test_a_faulty_guide_is_refused_with_its_faults_and_nothing_is_added(
    lake: Store, written: str
) -> None:
    with pytest.raises(InputErrors) as refused:
        guides.add_guide(lake, "river.toml", written)
    assert refused.value.problems
    assert lake.rows("guide_text") == []


def test_the_same_guide_twice_is_refused(lake: Store) -> None:
    guides.add_guide(lake, "river.toml", RIVER)
    with pytest.raises(InputErrors):
        guides.add_guide(lake, "river.toml", RIVER)
    assert len(lake.rows("guide_text")) == 1


def test_an_activity_of_a_guide_that_is_not_here_is_told_in_words(
    lake: Store, standard: Guide
) -> None:
    with pytest.raises(UserError, match="river_walk"):
        rounds.open_round(lake, standard, "river_walk")
