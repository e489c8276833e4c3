"""The poster: one page whatever the charter holds, valid for archives and readers, and true."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import page as validator
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerdesk.charter.compose import compose
from partnerdesk.charter.poster import SIZES, poster
from partnerdesk.charter.poster_words import LONGEST, Part, parts_of
from partnerdesk.charter.typeset.shape import Span
from partnerdesk.model.charter import (
    Charter,
    ClauseEntry,
    Definitions,
    Paragraph,
    PartyEntry,
    Seal,
    Section,
)
from partnerdesk.model.options import CharterOptions
from partnerdesk.model.record import Record

WORDS = ("harbour", "maize", "seven", "lantern", "river", "mango", "bell", "thread")
SEAL = Seal("ab" * 32, "0123456789abcdef" * 4, WORDS, "ef" * 32)
ARABIC = "يتفق الشركاء كل 12 شهراً مع (WaterAid)."


@pytest.fixture(scope="module")
def charter(workshop_a: Record) -> Charter:
    return compose(workshop_a, charter_id="019a-lake")


def read(pdf: bytes) -> str:
    """Return the text of a PDF of one page, all of it inside the paper's edges."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        words = document[0].get_textpage()
        width, height = document[0].get_size()
        boxes = [words.get_rect(at) for at in range(words.count_rects())]
        edge = 20.0
        assert all(
            left > edge and bottom > edge and right < width - edge and top < height - edge
            for left, bottom, right, top in boxes
        )
        return " ".join(words.get_text_bounded().replace("\ufffe", "-").split())
    finally:
        document.close()


def filled(
    charter: Charter, count: int, length: int, parties: int, word: str = "water "
) -> Charter:
    """Return a charter whose every part has `count` items of about `length` characters."""
    text = (word * length)[:length]
    sample = replace(charter.clauses()[0], text=text, date="2027-01-01")
    goals = tuple(Definitions(text, ()) for _one in range(count))
    clauses: tuple[ClauseEntry, ...] = (sample,) * count
    sections = (
        Section("C6", "Goals", goals),
        Section("C9", "Deciding", clauses),
        Section("C11", "Law", clauses),
    )
    names = tuple(PartyEntry(f"p{n}", n, text, text[:9]) for n in range(parties))
    return replace(charter, title=text, purpose=text, sections=sections, parties=names, annexes=())


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("seal", [SEAL, None])
def test_a_poster_is_valid(
    charter: Charter, seal: Seal | None, profile: str, tmp_path: Path
) -> None:
    file = tmp_path / "poster.pdf"
    file.write_bytes(poster(charter, seal, page="A3"))
    assert " 0 failed" in str(validator.validate_pdf(str(file), profile=profile))


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_full_poster_from_right_to_left_is_valid(
    charter: Charter, profile: str, tmp_path: Path
) -> None:
    file = tmp_path / "poster.pdf"
    full = replace(filled(charter, 30, 200, 9, f"{ARABIC} "), language="ar")
    file.write_bytes(poster(full, None))
    assert " 0 failed" in str(validator.validate_pdf(str(file), profile=profile))


def test_it_tells_partners_goals_decisions_red_lines_and_dates(charter: Charter) -> None:
    told = read(poster(charter, SEAL))
    assert charter.title in told
    assert all(party.name in told for party in charter.parties)
    assert "Decisions about Kisumbe's taps need the Committee's consent." in told
    assert "Nobody photographs children at the taps." in told
    assert "31 January 2027: " in told
    assert "Which villages are covered: consent" in told
    assert "harbour maize seven lantern" in told


def test_what_is_not_adopted_and_who_signs_are_not_on_the_wall(charter: Charter) -> None:
    told = read(poster(charter, None))
    assert "fundraising" not in told
    assert not [b.name for b in charter.signature_blocks() if b.name in told]
    assert "Draft: nobody has signed this text." in told


def test_the_same_charter_gives_the_same_bytes(charter: Charter) -> None:
    assert poster(charter, SEAL) == poster(charter, SEAL)
    assert poster(charter, SEAL) != poster(charter, None)


@pytest.mark.parametrize("page", sorted(SIZES))
def test_it_is_one_page_of_the_size_that_is_asked_for(charter: Charter, page: str) -> None:
    document = pypdfium2.PdfDocument(poster(charter, None, page=page))
    assert document[0].get_size() == pytest.approx(SIZES[page], abs=0.1)
    assert len(document) == 1
    document.close()


def test_what_has_no_room_is_counted_and_no_item_is_cut(charter: Charter) -> None:
    told = read(poster(filled(charter, 40, 150, 3), None))
    assert "more in the charter" in told
    whole = ("water " * 150)[:150].strip()
    shown = told.count(whole)
    assert shown > 0
    for part in parts_of(filled(charter, 40, 150, 3)):
        assert len(part.items) + part.more in (0, 40, 80)


def test_an_item_too_long_for_a_wall_is_only_counted(charter: Charter) -> None:
    goals = parts_of(filled(charter, 2, LONGEST + 1, 1))[0]
    assert (goals.items, goals.rest) == ((), "2 in the charter")
    assert Part("Goals", ()).rest == "Nothing has been agreed here yet."
    assert Part("Goals", ((Span("a"),),)).cut(1).rest == ""


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 60),
    st.integers(0, 700),
    st.integers(0, 40),
    st.sampled_from(["water ", "W", "Ж ", f"{ARABIC} ", "पारदर्शिता "]),
    st.sampled_from(sorted(SIZES)),
)
def test_no_charter_is_too_much_for_one_page(
    charter: Charter, count: int, length: int, parties: int, word: str, page: str
) -> None:
    read(poster(filled(charter, count, length, parties, word), None, page=page))


def test_dates_that_have_passed_are_left_out_and_the_others_stand_in_order(
    charter: Charter,
) -> None:
    first = charter.clauses()[0]
    dates = ("2031-05-01", "2020-01-01", "2030-01-01", "")
    made = tuple(replace(first, text=f"By {day}", date=day) for day in dates)
    only = replace(charter, sections=(Section("C11", "Law", (*made, Paragraph("x"))),))
    told = ["".join(span.text for span in item) for item in parts_of(only)[3].items]
    assert told == ["1 January 2030: By 2030-01-01", "1 May 2031: By 2031-05-01"]


def test_a_charter_in_two_languages_has_a_poster_in_each(workshop_a: Record) -> None:
    first = replace(workshop_a.clauses[0], translations={"ar": ARABIC})
    record = replace(workshop_a, clauses=(first, *workshop_a.clauses[1:]))
    both = compose(record, options=CharterOptions(languages=("en", "ar")))
    assert read(poster(both, None)) != ""
    assert poster(both, None) != poster(both, None, language="ar")
