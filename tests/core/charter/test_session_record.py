"""The session record says who, what was done, decided and left open, and never who said what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import page as validator
import pypdfium2
import pytest

from partnerdesk.charter.session_record import session_pdf, session_record
from partnerdesk.cli import main
from partnerdesk.copies import session_record_of
from partnerdesk.errors import InputErrors
from partnerdesk.model.record import Record
from partnerdesk.model.round import Matter


def read(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_it_is_valid_for_archives_and_readers(
    workshop_a: Record, profile: str, tmp_path: Path
) -> None:
    file = tmp_path / "record.pdf"
    file.write_bytes(session_record_of(workshop_a))
    assert " 0 failed" in str(validator.validate_pdf(str(file), profile=profile))


def test_the_same_record_gives_the_same_bytes(workshop_a: Record) -> None:
    assert session_record_of(workshop_a) == session_record_of(workshop_a)


def test_it_tells_who_was_there_what_was_decided_and_the_journal(workshop_a: Record) -> None:
    text = read(session_record_of(workshop_a))
    session = workshop_a.sessions[-1]
    for words in (session.place, session.facilitator, *(p.name for p in workshop_a.participants)):
        assert words in text
    assert "Adopted" in text
    one = workshop_a.rounds[0]
    assert f"{one.received} of {one.expected}" in text
    head = workshop_a.journal
    assert head.hash in "".join(text.split())
    pages = text.count("Page ")
    assert text.count(f"Journal: {head.count} entries, the last is {head.hash[:16]}") == pages


def test_what_stays_open_has_owner_and_date(workshop_a: Record) -> None:
    matter = Matter("m", "Who keeps the pump keys?", workshop_a.partners[0].id, "2027-02-01")
    activity = workshop_a.guide.activities()[0]
    text = read(
        session_record_of(
            replace(workshop_a, matters=(matter,), postponed={activity.id: "No time today"})
        )
    )
    assert "Who keeps the pump keys?" in text
    assert "1 February 2027" in text
    assert "No time today" in text


def test_an_empty_session_says_so(workshop_a: Record) -> None:
    empty = replace(workshop_a, rounds=(), agreements=(), clauses=(), open_agreements=())
    text = read(session_pdf(session_record(empty)))
    for words in ("No round was held", "Nothing was decided", "Nothing was left open"):
        assert words in text


def test_a_level_stands_with_nobodys_name(workshop_a: Record) -> None:
    said = [c.reservation for clause in workshop_a.clauses for c in clause.consents]
    text = " ".join(read(session_record_of(workshop_a)).split())
    assert any(said)
    assert all(words not in text for words in said if words)


def test_what_no_font_has_is_told(workshop_a: Record) -> None:
    about = replace(workshop_a.partnership, title="Lake \U0001f600")
    with pytest.raises(InputErrors):
        session_record_of(replace(workshop_a, partnership=about))


def test_the_command_line_writes_it(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "lake.pdesk")]) == 0
    assert main(["session-record", str(tmp_path / "lake.pdesk"), str(tmp_path / "r.pdf")]) == 0
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
