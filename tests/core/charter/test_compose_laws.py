"""Laws of composing: any agreed payload prints, reads back, and loses no partner's words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerdesk.charter.canonical import canonical, from_json
from partnerdesk.charter.completeness import completeness
from partnerdesk.charter.compose import compose
from partnerdesk.charter.fairness import fairness_notes
from partnerdesk.charter.plain import plain_text
from partnerdesk.charter.wording import isolated, listed, said
from partnerdesk.language import ROOM
from partnerdesk.model.charter import ClauseFate
from partnerdesk.model.json import Json, Row
from partnerdesk.model.record import Record
from partnerdesk.model.round import Agreement, Basis, Clause, ClauseType, Consent

QUICK = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
WORDS = st.text(max_size=8)
IDS = st.sampled_from(["ingo", "lngo", "cbo", "d1", "nobody", ""])
PLAIN: st.SearchStrategy[Json] = st.one_of(
    st.none(), st.booleans(), st.integers(-9, 99), st.floats(allow_nan=False), WORDS, IDS
)
VALUES = st.one_of(PLAIN, st.lists(PLAIN, max_size=2), st.dictionaries(IDS, PLAIN, max_size=2))
COLUMNS = ("decision", "partner", "actual", "wanted", "roles", "text", "deadline_days", "languages")
ROW: st.SearchStrategy[Row] = st.dictionaries(st.sampled_from(COLUMNS), VALUES, max_size=6)
PAYLOAD = st.one_of(PLAIN, ROW, st.lists(st.one_of(ROW, PLAIN), max_size=3))
LEVELS = st.integers(0, 8)


@QUICK
@given(payload=PAYLOAD)
@pytest.mark.parametrize(
    ("activity", "part"),
    [
        ("decision_ladder", "levels"),
        ("decision_rights", "rights"),
        ("repair", "protocol"),
        ("decision_ladder", "statements"),
    ],
)
def test_any_payload_makes_a_charter_that_reads_back(
    workshop_a: Record, activity: str, part: str, payload: Json
) -> None:
    agreement = Agreement("a", activity, {part: payload}, Basis.IMPORTED)
    record = replace(workshop_a, agreements=(agreement,))
    charter = compose(record)
    assert from_json(canonical(charter)) == charter
    assert plain_text(charter)
    assert len(completeness(record).points) == 42


@QUICK
@given(st.lists(st.tuples(LEVELS, LEVELS, LEVELS, WORDS, st.booleans()), max_size=6))
def test_each_clause_is_printed_once_with_every_word_that_was_said(
    workshop_a: Record, drawn: list[tuple[int, int, int, str, bool]]
) -> None:
    clauses = tuple(
        Clause(
            f"k{n}",
            f"C{1 + n % 18}",
            ClauseType.RULE,
            f"text {n}",
            ("cbo",),
            consents=(
                Consent("ingo", one),
                Consent("lngo", two),
                Consent("cbo", three, words, stale),
            ),
        )
        for n, (one, two, three, words, stale) in enumerate(drawn)
    )
    record = replace(workshop_a, clauses=clauses)
    charter = compose(record)
    entries = charter.clauses()
    assert sorted(entry.id for entry in entries) == sorted(clause.id for clause in clauses)
    assert len({entry.number for entry in entries}) == len(entries)
    kept = (ClauseFate.ADOPTED, ClauseFate.WITH_RESERVATIONS)
    for entry in entries:
        assert entry.number.startswith("C19.") is (entry.state not in kept)
    assert all(note.words for note in fairness_notes(record))


def test_words_against_the_line_are_isolated_inside_a_sentence_alone() -> None:
    assert isolated("Rose") == "Rose"
    assert isolated("\u0645\u064a\u0627\u0647") == "\u2068\u0645\u064a\u0627\u0647\u2069"
    assert listed(("A", "\u05d1")) == "A, \u2068\u05d1\u2069"
    assert said("{name} {{}}", name="{x}") == "{x} {}"


def test_in_a_charter_from_right_to_left_latin_words_are_isolated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ROOM, "code", "ar")
    assert isolated("Rose") == "\u2068Rose\u2069"
    assert isolated("\u0645\u064a\u0627\u0647") == "\u0645\u064a\u0627\u0647"
