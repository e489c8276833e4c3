"""From one version to the next: what changed, how it is printed, and how a charter ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import page as validator
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.charter.canonical import canonical, from_json
from partnerdesk.charter.compare import compare, word_runs
from partnerdesk.charter.compose import compose
from partnerdesk.charter.plain import plain_text
from partnerdesk.charter.public import people_of, public_version
from partnerdesk.charter.render import render
from partnerdesk.charter.statement import closing_statement
from partnerdesk.model.changes import ChangeKind, ClauseChange, WordFate, WordRun
from partnerdesk.model.charter import Charter, CharterKind, CharterStatus, Notice, Seal
from partnerdesk.model.closing import Closing, Ending, Obligation
from partnerdesk.model.enclosures import Contact, Enclosures
from partnerdesk.model.options import CharterOptions
from partnerdesk.model.record import Record
from partnerdesk.model.round import Clause, ClauseType, Consent

WORDS = ("harbour", "maize", "seven", "lantern", "river", "mango", "bell", "thread")
SEAL = Seal("ab" * 32, "01" * 32, WORDS, "ef" * 32)
PROFILES = ("3a", "ua1")


def next_record(record: Record) -> Record:
    """Return the record months later: each of the five ways to change happened once."""
    clauses = list(record.clauses)
    clauses[0] = replace(clauses[0], text=clauses[0].text.replace("safe water", "clean water"))
    clauses[2] = replace(clauses[2], section="C8")
    levels = [replace(c, level=3, reservation="Only by day.") for c in clauses[5].consents[:1]]
    clauses[5] = replace(clauses[5], consents=(*levels, *clauses[5].consents[1:]))
    del clauses[6]
    yes = tuple(Consent(partner.id, 1) for partner in record.partners)
    new = Clause("c9", "C18", ClauseType.RULE, "Others may join us.", ("cbo",), consents=yes)
    agreements = tuple(a for a in record.agreements if a.activity != "contributions")
    return replace(record, clauses=(*clauses, new), agreements=agreements, version=2)


@pytest.fixture(scope="module")
def old(workshop_a: Record) -> Charter:
    """Return version 1."""
    return compose(workshop_a, status=CharterStatus.SIGNED)


@pytest.fixture(scope="module")
def new(workshop_a: Record, old: Charter) -> Charter:
    """Return version 2 with its page of changes."""
    return compose(next_record(workshop_a), status=CharterStatus.SIGNED, previous=old)


@pytest.fixture(scope="module")
def printed(new: Charter) -> bytes:
    """Return version 2 as PDF."""
    return render(new, SEAL)


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page, with single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [document[at].get_textpage().get_text_bounded() for at in range(len(document))]
    document.close()
    return [" ".join(text.split()) for text in texts]


def valid(pdf: bytes, profile: str, folder: Path) -> bool:
    """Return whether a file keeps the profile."""
    file = folder / "charter.pdf"
    file.write_bytes(pdf)
    return " 0 failed" in str(validator.validate_pdf(str(file), profile=profile))


def test_each_kind_of_change_is_found(old: Charter, new: Charter) -> None:
    found = compare(old, new)
    assert (found.before, found.after) == (1, 2)
    kinds = {one.id: (one.before, one.after, set(one.kinds)) for one in found.clauses}
    assert kinds == {
        "c1": ("C3.1", "C3.1", {ChangeKind.CHANGED}),
        "c3": ("C9.1", "C8.1", {ChangeKind.MOVED}),
        "c6": ("C13.1", "C13.1", {ChangeKind.LEVELS}),
        "c9": ("", "C18.1", {ChangeKind.ADDED}),
        "c7": ("C17.1", "", {ChangeKind.WITHDRAWN}),
    }


def test_a_changed_clause_shows_the_very_words(old: Charter, new: Charter) -> None:
    changed = next(one for one in compare(old, new).clauses if one.id == "c1")
    assert [run for run in changed.runs if run.fate is not WordFate.KEPT] == [
        WordRun(" safe", WordFate.TAKEN),
        WordRun(" clean", WordFate.ADDED),
    ]


def test_changed_support_is_told_with_its_reservation(old: Charter, new: Charter) -> None:
    changed = next(one for one in compare(old, new).clauses if one.id == "c6")
    (level,) = changed.levels
    assert (level.party, level.after, level.reservation) == ("ingo", 3, "Only by day.")
    assert level.before != level.after


def test_a_clause_with_another_owner_or_date_is_changed(workshop_a: Record, old: Charter) -> None:
    first = replace(workshop_a.clauses[0], date="2029-01-01")
    new = compose(replace(workshop_a, clauses=(first, *workshop_a.clauses[1:])))
    (change,) = compare(old, new).clauses
    assert change.kinds == (ChangeKind.CHANGED,)
    assert [(fact.before, fact.after) for fact in change.facts] == [("", "1 January 2029")]


def test_tables_and_cover_are_compared_too(old: Charter, new: Charter) -> None:
    texts = compare(old, replace(new, purpose="Fish")).texts
    assert ("", "Purpose", "Fish") in [(t.where, t.title, t.after) for t in texts]
    assert [t for t in texts if t.where == "C7" and "village meeting" in t.before and not t.after]


def test_the_same_charter_has_no_changes(old: Charter) -> None:
    assert compare(old, old).same


@settings(max_examples=60, derandomize=True, deadline=None)
@given(*[st.lists(st.sampled_from(["a", "b", " ", "\n", "cd", "."])).map("".join)] * 2)
def test_the_runs_hold_both_texts(old: str, new: str) -> None:
    runs = word_runs(old, new)
    assert "".join(run.text for run in runs if run.fate is not WordFate.ADDED) == old
    assert "".join(run.text for run in runs if run.fate is not WordFate.TAKEN) == new


def test_the_new_version_carries_the_changes_as_data(new: Charter) -> None:
    assert from_json(canonical(new)) == new
    (section,) = new.changes
    assert section.title == "What changed since version 1"
    assert sum(isinstance(block, ClauseChange) for block in section.blocks) == 5


def test_the_new_version_prints_the_changes_before_its_sections(printed: bytes) -> None:
    texts = pages_of(printed)
    assert "What changed since version 1" in texts[1]
    page = texts[2]
    assert page.startswith("What changed since version 1 5 clauses differ.")
    assert "Now: We come together so that clean water" in page
    assert "Only by day." in page


def test_the_plain_text_tells_the_changes(new: Charter) -> None:
    text = plain_text(new)
    assert "C8.1  Moved\n" in text
    assert "Number before: C9.1" in text


def test_a_version_without_changes_says_so(workshop_a: Record, old: Charter) -> None:
    charter = compose(workshop_a, previous=old, version=2)
    assert charter.changes[0].blocks == (Notice("Nothing that we agreed has changed."),)


def test_a_public_version_tells_no_changed_contact(workshop_a: Record) -> None:
    enclosed = Enclosures(contacts=(Contact("Wanjiru Kamau", "", "Nurse", "+000 555 0101"),))
    options = CharterOptions(annexes=("H",))
    old = compose(workshop_a, options=options)
    new = compose(workshop_a, options=options, enclosures=enclosed, previous=old)
    assert b"0101" in canonical(replace(new, annexes=()))
    public = public_version(new, (), people_of(workshop_a, enclosed))
    assert b"0101" not in canonical(public)


def test_a_superseded_version_says_so_on_every_page_and_takes_no_signature(old: Charter) -> None:
    pdf = render(old, SEAL, superseded_by=2)
    texts = pages_of(pdf)
    assert all("SUPERSEDED" in text for text in texts)
    assert "Superseded by version 2" in texts[0]
    assert b"/AcroForm" not in pdf


@pytest.mark.parametrize("profile", PROFILES)
def test_changes_and_superseded_prints_are_valid(
    old: Charter, printed: bytes, profile: str, tmp_path: Path
) -> None:
    assert valid(printed, profile, tmp_path)
    assert valid(render(old, SEAL, superseded_by=2), profile, tmp_path)


CLOSING = Closing(
    Ending.ONE_LEAVES,
    "2028-05-01",
    "The work at the lake goes on in the hands of the Committee.",
    version=2,
    words=("harbour", "maize"),
    leaver="ingo",
    successor="Kisumbe WUC",
    reached=("All eleven taps run.",),
    learnt=("Ask the elders first.",),
    obligations=(Obligation("Pays for work done", "ingo", "the pump attendants", "2028-06-01"),),
    told=("The village meeting of 3 April.",),
    survives=("Data stay with the Committee.",),
    quiet=True,
)


@pytest.fixture(scope="module")
def statement(workshop_a: Record) -> Charter:
    """Return a closing statement."""
    return closing_statement(workshop_a, CLOSING, status=CharterStatus.SIGNED)


def test_a_closing_statement_says_all_that_is_settled(statement: Charter) -> None:
    text = plain_text(statement)
    for words in ("One partner leaves", "All eleven taps run.", "Pays for work done",
                  "1 June 2028", "3 April", "Data stay", "We blame nobody", "public silence",
                  "harbour maize"):  # fmt: skip
        assert words in text
    assert statement.kind is CharterKind.CLOSING
    assert from_json(canonical(statement)) == statement


def test_a_closing_statement_is_signed_by_the_same_people(
    workshop_a: Record, statement: Charter
) -> None:
    assert len(statement.signature_blocks()) == len(workshop_a.signatories)
    texts = pages_of(render(statement, SEAL))
    assert "Closing statement of a partnership" in texts[0]
    assert "section S6" in texts[0]


@pytest.mark.parametrize("ending", Ending)
def test_each_kind_of_ending_names_its_gaps(workshop_a: Record, ending: Ending) -> None:
    statement = closing_statement(workshop_a, Closing(ending))
    section = statement.section("S2")
    assert section
    gaps = [block for block in section.blocks if isinstance(block, Notice)]
    assert len(gaps) == (1 if ending in (Ending.COMPLETED, Ending.BROKEN) else 2)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_closing_statement_is_valid(statement: Charter, profile: str, tmp_path: Path) -> None:
    assert valid(render(statement, SEAL), profile, tmp_path)
