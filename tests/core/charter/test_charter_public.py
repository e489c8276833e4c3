"""The public version: nobody's name, nobody's contact, and the way to the full charter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import page as validator
import pypdfium2
import pytest

from partnerdesk.charter.canonical import canonical, from_json
from partnerdesk.charter.compose import compose
from partnerdesk.charter.plain import plain_text
from partnerdesk.charter.public import names_left, people_of, public_version
from partnerdesk.charter.render import render
from partnerdesk.model.charter import Charter, CharterStatus, Seal
from partnerdesk.model.enclosures import Contact, Enclosures, RepairStep
from partnerdesk.model.options import ANNEXES, CharterOptions
from partnerdesk.model.record import Record

WORDS = ("harbour", "maize", "seven", "lantern", "river", "mango", "bell", "thread")
SEAL = Seal("ab" * 32, "0123456789abcdef" * 4, WORDS, "ef" * 32)
ENCLOSED = Enclosures(
    repair_plan=(RepairStep("Say sorry at the lake"),),
    contacts=(Contact("Wanjiru Kamau", "", "Nurse", "+000 555 0101"),),
)
PEOPLE_MAKE_MISTAKES = "Rose Anyango calls the meeting, and Marit de Wolff's office pays."


@pytest.fixture(scope="module")
def record(workshop_a: Record) -> Record:
    """Return the workshop with a clause that names people."""
    first = replace(workshop_a.clauses[0], text=PEOPLE_MAKE_MISTAKES)
    return replace(workshop_a, clauses=(first, *workshop_a.clauses[1:]))


@pytest.fixture(scope="module")
def full(record: Record) -> Charter:
    """Return the full charter with all annexes."""
    options = CharterOptions(annexes=ANNEXES)
    return compose(record, status=CharterStatus.SIGNED, options=options, enclosures=ENCLOSED)


@pytest.fixture(scope="module")
def public(record: Record, full: Charter) -> Charter:
    """Return its public version."""
    return public_version(full, WORDS, people_of(record, ENCLOSED))


@pytest.fixture(scope="module")
def printed(public: Charter) -> bytes:
    """Return the public version as PDF."""
    return render(public, None)


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [document[at].get_textpage().get_text_bounded() for at in range(len(document))]
    document.close()
    return texts


def test_no_name_of_a_person_is_left_in_the_data_or_in_the_text(
    record: Record, public: Charter
) -> None:
    for name in people_of(record, ENCLOSED):
        assert name.encode() not in canonical(public)
        assert name not in plain_text(public)


def test_no_id_of_a_person_is_left(record: Record, public: Charter) -> None:
    data = canonical(public).decode()
    assert not [p.id for p in record.participants if f'"{p.id}"' in data]


def test_roles_and_organisations_stay(record: Record, public: Charter) -> None:
    text = plain_text(public)
    assert all(partner.name in text for partner in record.partners)
    assert "Chair: may bind the partner" in text
    assert "[Chair, Kisumbe WUC] calls the meeting, and [Country director, Northbridge]'s" in text


def test_contacts_and_the_repair_plan_are_left_out(full: Charter, public: Charter) -> None:
    assert full.section("H")
    assert not public.section("H")
    assert b"0101" not in canonical(public)
    assert b"Say sorry" not in canonical(public)


def test_what_was_agreed_is_the_same(full: Charter, public: Charter) -> None:
    assert [(c.number, c.state) for c in public.clauses()] == [
        (c.number, c.state) for c in full.clauses()
    ]
    assert public.clauses()[1:] == full.clauses()[1:]
    assert from_json(canonical(public)) == public


def test_nobody_can_sign_it(public: Charter, printed: bytes) -> None:
    assert public.signature_blocks() == ()
    assert render(public, SEAL) == printed
    assert b"/AcroForm" not in printed


def test_cover_and_every_page_say_what_it_is_and_lead_to_the_full_charter(printed: bytes) -> None:
    texts = pages_of(printed)
    assert "public version, without names of people" in texts[0]
    assert all("Public version of: harbour maize seven lantern" in text for text in texts)
    assert not any("DRAFT" in text for text in texts)
    assert all(word in texts[-1] for word in WORDS)


def test_the_public_version_of_a_draft_is_still_a_draft(workshop_a: Record) -> None:
    charter = compose(workshop_a, options=CharterOptions(public=True))
    assert (charter.public, charter.full_words) == (True, ())
    assert all("DRAFT" in text for text in pages_of(render(charter, None)))


def test_a_part_of_a_name_that_stands_alone_is_told(record: Record, public: Charter) -> None:
    people = people_of(record)
    assert "Rose" not in names_left(public, people)
    assert names_left(replace(public, title="The lake of Rose"), people) == ("Rose",)


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_the_public_version_is_valid(printed: bytes, profile: str, tmp_path: Path) -> None:
    file = tmp_path / "public.pdf"
    file.write_bytes(printed)
    assert " 0 failed" in str(validator.validate_pdf(str(file), profile=profile))
