"""The Word file: every word of the charter, real styles, directions told, and never signed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.charter.compose import compose
from partnerdesk.charter.word import word
from partnerdesk.charter.word_paper import directed
from partnerdesk.model.charter import Charter, ClauseEntry, Seal, Section, SignatureBlock, Table
from partnerdesk.model.charter import Paragraph as Said
from partnerdesk.model.options import CharterOptions
from partnerdesk.model.record import Record

WORDS = ("harbour", "maize", "seven", "lantern", "river", "mango", "bell", "thread")
SEAL = Seal("ab" * 32, "0123456789abcdef" * 4, WORDS, "ef" * 32)
MARKUP = "<b>bold</b> & **stars** {HYPERLINK x} &lt; =1+1 %s {number}"
ARABIC = "يتفق الشركاء كل 12 شهراً مع (WaterAid)."
FORMATS = {"w:b", "w:i", "w:color", "w:sz", "w:rFonts", "w:u", "w:jc", "w:spacing", "w:ind"}


@pytest.fixture(scope="module")
def charter(workshop_a: Record) -> Charter:
    return compose(workshop_a, charter_id="019a-lake")


@pytest.fixture(scope="module")
def read(charter: Charter) -> Any:
    """Return the draft as python-docx reads it back."""
    return opened(word(charter, None))


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def texts(document: Any) -> str:
    cells = (c.text for t in document.tables for row in t.rows for c in row.cells)
    return "\n".join((*(p.text for p in document.paragraphs), *cells))


def saying(charter: Charter, text: str, language: str = "en") -> Charter:
    """Return a charter that says this in one section alone."""
    section = Section("C1", "Who", (Said(text),))
    return replace(charter, language=language, sections=(section,), annexes=(), changes=())


def paragraph(document: Any, beginning: str) -> Any:
    return next(p for p in document.paragraphs if p.text.startswith(beginning))


def test_every_clause_and_reservation_is_there_word_for_word(charter: Charter, read: Any) -> None:
    found = texts(read)
    clauses = charter.clauses()
    assert len(clauses) == 8
    assert all(clause.text in found for clause in clauses)
    said = [c.reservation for clause in clauses for c in clause.consents if c.reservation]
    assert said
    assert all(one in found for one in said)


def test_every_table_and_every_place_to_sign_is_there(charter: Charter, read: Any) -> None:
    parts = [b for s in (*charter.sections, *charter.annexes) for b in s.blocks]
    tables = [one for one in parts if isinstance(one, Table)]
    assert len(read.tables) == len(tables)
    for made, table in zip(read.tables, tables, strict=True):
        assert [c.text for c in made.rows[0].cells] == [c.text for c in table.columns]
        rows = [[c.text for c in row.cells] for row in made.rows][1:]
        assert rows == [[c.text for c in row.cells] for row in table.rows]
    assert all(b.name in texts(read) for b in parts if isinstance(b, SignatureBlock))


def test_the_head_of_a_table_repeats_and_has_a_name(read: Any) -> None:
    for table in read.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table.style.name == "Charter Table"


def test_titles_are_headings_and_reservations_have_a_style_of_their_own(
    charter: Charter, read: Any
) -> None:
    styles = {p.style.name for p in read.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Normal", "Reservation"} <= styles
    heads = [p.text for p in read.paragraphs if p.style.name == "Heading 1"]
    assert heads[: len(charter.sections)] == [f"{s.code}  {s.title}" for s in charter.sections]
    reserved = [p.text for p in read.paragraphs if p.style.name == "Reservation"]
    assert any("Our auditors must agree to the threshold." in text for text in reserved)


def test_no_word_is_formatted_by_hand(read: Any) -> None:
    body = read.element.body
    found = {tag for tag in FORMATS if body.findall(f".//{qn(tag)}")}
    assert not found


def test_each_page_says_that_it_is_not_signed(read: Any) -> None:
    footer = read.sections[0].footer
    lines = [p.text for p in footer.paragraphs]
    assert lines[0] == "Not signed. The signed charter is the PDF."
    assert "Lake Basin Water and Livelihoods Partnership" in lines[1]
    fields = [f.get(qn("w:instr")) for f in footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_draft_says_so_and_a_copy_tells_the_words_of_its_version(charter: Charter) -> None:
    draft, copy = texts(opened(word(charter, None))), texts(opened(word(charter, SEAL)))
    assert "Draft, not for signing" in draft
    assert " ".join(WORDS) in copy
    assert "Draft" not in copy


def test_the_same_charter_gives_the_same_bytes_whatever_the_clock_says(charter: Charter) -> None:
    first = word(charter, SEAL)
    assert word(charter, SEAL) == first
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2013" not in packed.read("docProps/core.xml")


def test_markup_stays_literal(charter: Charter) -> None:
    made = opened(word(saying(charter, MARKUP), None))
    assert MARKUP in [p.text for p in made.paragraphs]


def test_what_xml_cannot_hold_becomes_a_mark(charter: Charter) -> None:
    made = opened(word(saying(charter, "a\x00b\ud800c\x0bd\ufffee"), None))
    assert "a\ufffdb\ufffdc\ufffdd\ufffde" in texts(made)


def test_an_arabic_charter_runs_from_right_to_left(charter: Charter) -> None:
    made = opened(word(saying(charter, ARABIC, "ar"), None))
    told = next(p for p in made.paragraphs if "WaterAid" in p.text)
    assert told._p.pPr.find(qn("w:bidi")) is not None
    flags = {run.text: run._r.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None for run in told.runs}
    assert flags["WaterAid"] is False
    assert sum(flags.values()) == 2
    assert made.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert made.styles.element.find(f".//{qn('w:lang')}").get(qn("w:bidi")) == "ar"


def test_arabic_words_in_an_english_charter_are_told_alone(charter: Charter) -> None:
    made = opened(word(saying(charter, f"They say: {ARABIC}"), None))
    told = paragraph(made, "They say")
    assert told._p.pPr.find(qn("w:bidi")) is None
    assert any(run._r.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None for run in told.runs)
    alone = opened(word(saying(charter, "كل الشركاء"), None))
    assert paragraph(alone, "كل")._p.pPr.find(qn("w:bidi")) is not None


def test_a_second_language_follows_with_its_clauses_and_its_name(workshop_a: Record) -> None:
    first = replace(workshop_a.clauses[0], translations={"ar": ARABIC})
    record = replace(workshop_a, clauses=(first, *workshop_a.clauses[1:]))
    both = compose(record, options=CharterOptions(languages=("en", "ar")))
    made = opened(word(both, None))
    told = next(p for p in made.paragraphs if "WaterAid" in p.text and p.style.name == "Clause")
    assert told.text.endswith(ARABIC)
    languages = {lang.get(qn("w:bidi")) for lang in told._p.iter(qn("w:lang"))}
    assert languages == {"ar"}
    assert first.text in texts(made)


def test_large_print_and_the_page_are_styles_and_sections(charter: Charter) -> None:
    usual = opened(word(charter, None))
    large = opened(word(charter, None, page="Letter", scale=1.6))
    assert large.styles["Normal"].font.size.pt == pytest.approx(17, abs=0.5)
    assert usual.styles["Normal"].font.size.pt == pytest.approx(10.5)
    assert round(large.sections[0].page_width.inches, 2) == 8.5


def test_a_public_charter_never_names_a_seal(charter: Charter) -> None:
    public = replace(charter, public=True, full_words=())
    assert " ".join(WORDS) not in texts(opened(word(public, SEAL)))


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("aא1 .،(ग\u200d\n\u2068\u2069-"), max_size=30), st.booleans())
def test_directions_lose_no_letter(text: str, right: bool) -> None:
    def shown(parts: Iterator[tuple[str, bool]]) -> str:
        return "".join(words for words, _right in parts)

    assert shown(directed(text, right)) == text.replace("\u2068", "").replace("\u2069", "")


def test_a_clause_is_numbered_strongly_by_a_style(charter: Charter, read: Any) -> None:
    first: ClauseEntry = charter.clauses()[0]
    told = paragraph(read, first.number)
    assert told.style.name == "Clause"
    assert told.runs[0].style.name == "Strong"
