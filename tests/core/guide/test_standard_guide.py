"""The standard guide can be read aloud in a village, and holds everything the workshop needs."""

from __future__ import annotations

import re
import statistics
import time
import tomllib
from string import Formatter

import pytest

from partnerdesk.guide import standard_guide
from partnerdesk.guide.read import read_guide
from partnerdesk.guide.words import _texts
from partnerdesk.kinds import KINDS
from partnerdesk.model.guide import Activity, Attribution, Guide, Respondents
from resources import path

GUIDE: Guide = standard_guide(
    kinds=KINDS, check_activity=lambda one: KINDS[one.kind].check_activity(one)
)
ACTIVITIES = GUIDE.activities()
TEXTS = [
    (f"{file.name}: {place}", text)
    for file in sorted(path("guide").glob("*.toml"))
    for place, text in _texts(tomllib.loads(file.read_text(encoding="utf-8")), "", False)
]
LONGEST_SENTENCE = 20
LONGER_ON_PURPOSE: frozenset[str] = frozenset()
JARGON = re.compile(
    r"\b(users?|respondents?|stakeholders?|beneficiar\w+|empower\w*|leverag\w+|capacit\w+|"
    r"synerg\w+|modalit\w+|framework\w*|implement\w*|facilitat\w+|deliverables?|outputs?|"
    r"outcomes?|indicators?|methodolog\w+|paradigm\w*|holistic\w*|sustainab\w+|intervention\w*|"
    r"target group\w*|equal partners?|utili[sz]\w+|parameter\w*|click\w*|please note)\b",
    re.IGNORECASE,
)
IDS = {
    "ST0": ["ground_rules"],
    "ST1": ["terms", "mission_mirror", "mindset"],
    "ST2": ["values"],
    "ST3": ["decision_ladder", "dependence", "four_r"],
    "ST4": ["goals", "contributions"],
    "ST5": ["decision_rights"],
    "ST6": ["trust", "repair"],
    "ST7": ["readiness"],
    "ST8": ["walking_away", "clause_consent"],
    "ST9": ["health_check", "reflection"],
}
ITEMS = {
    "mindset": "start bring plans_fail good_meeting horizon proof rules why_partner",
    "dependence": "material_financial human intellectual legitimacy networks",
    "four_r": "rights responsibilities returns",
    "trust": "a1 a2 a3 b1 b2 b3 i1 i2 i3 v1 s1",
    "readiness": "S60 S61 S66 S68 S72 S73 S77 S80 S82 S91",
}
COUNTS = {"ground_rules": 12, "values": 30, "health_check": 20, "terms": 3}
SCALES = {
    "mindset": (-2, 2),
    "decision_ladder": (0, 4),
    "dependence": (0, 4),
    "four_r": (0, 5),
    "trust": (0, 4),
    "readiness": (0, 4),
    "clause_consent": (1, 8),
    "health_check": (0, 4),
}


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?])\s+", text) if one]


def by_id(activity: Activity) -> str:
    return activity.id


def get(activity_id: str) -> Activity:
    activity = GUIDE.activity(activity_id)
    assert activity is not None
    return activity


def test_there_are_ten_stages_with_their_activities() -> None:
    assert {stage.id: [a.id for a in stage.activities] for stage in GUIDE.stages} == IDS
    assert all(stage.title and stage.short and stage.purpose for stage in GUIDE.stages)


@pytest.mark.parametrize("activity", ACTIVITIES, ids=by_id)
def test_each_activity_has_what_a_facilitator_needs(activity: Activity) -> None:
    assert activity.purpose
    assert activity.question
    assert len(activity.steps) >= 3
    assert all(step.say and step.text for step in activity.steps)
    assert 3 <= len(activity.prompts) <= 6
    assert all("?" in prompt or prompt.endswith(".") for prompt in activity.prompts)
    assert activity.sections or activity.id == "goals"


@pytest.mark.parametrize("activity", ACTIVITIES, ids=by_id)
def test_the_steps_take_as_long_as_the_activity(activity: Activity) -> None:
    assert sum(step.minutes for step in activity.steps) == activity.minutes


def test_a_workshop_fits_into_one_long_day_with_readiness_done_before() -> None:
    together = [a.minutes for a in ACTIVITIES if a.stage not in ("ST7", "ST9")]
    assert sum(together) <= 7.5 * 60


def test_no_sentence_is_longer_than_twenty_words() -> None:
    long = {
        place: one
        for place, text in TEXTS
        if text not in LONGER_ON_PURPOSE
        for one in sentences(text)
        if len(one.split()) > LONGEST_SENTENCE
    }
    assert not long


def test_no_text_uses_the_jargon_of_offices() -> None:
    assert not {place: text for place, text in TEXTS if JARGON.search(text)}


def test_every_text_is_plain_running_text() -> None:
    odd = re.compile(r"[;—–*<>]|\.\.\.|\s\s|\n")
    assert not {place: text for place, text in TEXTS if odd.search(text) or text != text.strip()}


def test_half_of_all_spoken_sentences_have_at_most_twelve_words() -> None:
    said = [one for a in ACTIVITIES for step in a.steps for one in sentences(step.say)]
    asked = [one for a in ACTIVITIES for prompt in a.prompts for one in sentences(prompt)]
    assert statistics.median(len(one.split()) for one in said + asked) <= 12


def test_no_text_comes_twice_in_what_is_read_aloud() -> None:
    said = [step.say for a in ACTIVITIES for step in a.steps]
    assert len(said) == len(set(said))


@pytest.mark.parametrize("name", ITEMS)
def test_the_items_have_the_ids_that_the_figures_need(name: str) -> None:
    assert [item.id for item in get(name).items] == ITEMS[name].split()


@pytest.mark.parametrize("name", COUNTS)
def test_the_decks_are_complete(name: str) -> None:
    assert len({item.text for item in get(name).items}) == COUNTS[name]


@pytest.mark.parametrize("name", SCALES)
def test_every_step_of_every_scale_has_a_word_of_its_own(name: str) -> None:
    scale = get(name).scale
    assert scale is not None
    assert (scale.low, scale.high) == SCALES[name]
    assert len(set(scale.words)) == scale.high - scale.low + 1


def test_both_ends_of_every_slider_are_named_and_neither_is_called_good() -> None:
    assert all(item.low and item.high for item in get("mindset").items)
    ends = " ".join(f"{item.low} {item.high}" for item in get("mindset").items)
    assert not re.search(r"\b(better way|bad|wrong|only|merely|rigid|modern|old)\b", ends)


def test_partners_answer_with_one_voice_where_the_method_says_so() -> None:
    one_voice = {a.id for a in ACTIVITIES if a.respondents is Respondents.PARTNERS}
    assert one_voice == {"mission_mirror", "readiness", "clause_consent"}


def test_personal_answers_are_pooled() -> None:
    pooled = {a.id for a in ACTIVITIES if a.attribution is Attribution.POOLED}
    assert pooled == {"ground_rules", "reflection"}


def test_the_decisions_that_are_always_checked_are_suggestions_and_never_filled_in() -> None:
    decisions = GUIDE.item_list("decisions")
    assert decisions is not None
    assert len(decisions.suggestions) == 5
    ladder = get("decision_ladder")
    assert ladder.items == ()
    writing, showing = ladder.steps[0].text, ladder.steps[1].text
    assert "first, each alone" in writing
    assert showing.startswith("Only now")


def test_every_clause_sentence_uses_words_that_the_row_must_have() -> None:
    for activity in ACTIVITIES:
        for part in activity.parts:
            used = {name for _t, name, _s, _c in Formatter().parse(part.sentence) if name}
            needed = {column.id for column in part.columns if column.required}
            assert used <= needed, (activity.id, part.id)


def test_every_table_says_where_the_charter_prints_it() -> None:
    assert all(part.section for activity in ACTIVITIES for part in activity.parts)


def test_the_standard_guide_is_read_once_and_fast() -> None:
    began = time.perf_counter()
    read_guide(path("guide"), kinds=KINDS)
    assert time.perf_counter() - began < 0.3
    assert standard_guide(kinds=KINDS) is standard_guide(kinds=KINDS)
