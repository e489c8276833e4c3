"""Contacts are shown before they come, in whatever encoding, and come as one step."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.errors import UserError
from partnerdesk.exchange.contacts import (
    MOST_CELLS,
    add_contacts,
    fitted_to,
    initials,
    preview_of,
    read_contacts,
    told,
    with_initials,
)
from partnerdesk.flow import values, written
from tests.core.exchange.mergers import everything, first

PLAIN = "Name,Organisation,Role,Language\r\nAmina Diallo,North,Chair,fr\r\n李雷,South,,zh\r\n"

VCARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Amina Dia\r\n llo\r\nORG:North\\, Ltd;Water\r\n"
    "item1.TITLE;TYPE=work:Chair\\nof all\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ouattara;Ang=C3=\r\n=A9lique\r\n"
    "ORG:South\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nORG:South\r\nEND:VCARD\r\n"
)


def code_of(data: bytes) -> str:
    with pytest.raises(UserError) as refused:
        preview_of(data, "people.csv")
    assert 5 <= len(refused.value.message.split()) <= 35
    return refused.value.code


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_the_encoding_is_found_and_told(encoding: str, name: str) -> None:
    found = preview_of(PLAIN.encode(encoding), "people.csv")
    assert found.encoding == name
    assert [c.name for c in found.contacts] == ["Amina Diallo", "李雷"]
    assert name in next(iter(told(found)))


def test_what_is_no_utf_8_is_read_as_latin_1() -> None:
    found = preview_of("Prénom;Nom;Fonction\nAngélique;Ouattara;Présidente".encode("latin-1"), "x")
    assert found.encoding == "latin-1"
    assert (found.contacts[0].name, found.contacts[0].role) == ("Angélique Ouattara", "Présidente")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    found = preview_of(PLAIN.replace(",", separator).encode(), "x")
    assert dict(found.mapping) == {"name": 0, "organisation": 1, "role": 2, "language": 3}
    assert found.first[0] == ("Amina Diallo", "North", "Chair", "fr")
    assert found.organisations == ("North", "South")


def test_a_mapping_by_hand_replaces_the_guess() -> None:
    text = b"who,where\nAmina,North\n"
    assert dict(preview_of(text, "x").mapping) == {"name": 0}
    found = preview_of(text, "x", {"name": 0, "organisation": 1})
    assert found.contacts[0].organisation == "North"
    with pytest.raises(UserError, match="column"):
        preview_of(text, "x", {"name": 2})
    with pytest.raises(UserError, match="column"):
        preview_of(text, "x", {"age": 0})


def test_vcards_of_all_versions_are_read() -> None:
    found = preview_of(VCARD.encode(), "people.vcf")
    assert found.form == "vcard"
    assert [(c.name, c.organisation, c.role) for c in found.contacts] == [
        ("Amina Diallo", "North, Ltd", "Chair of all"),
        ("Angélique Ouattara", "South", ""),
    ]
    assert [(f.line, f.reason) for f in found.faults] == [(14, "there is no name")]


def test_rows_without_a_name_are_faults_with_their_lines() -> None:
    text = 'Name,Role\n"Two\nlines",x\n\n ,x\n' + "x" * 201 + ",y\nz," + "c" * 40_000 + "\n"
    found = preview_of(text.encode(), "x")
    assert [c.name for c in found.contacts] == ["Two lines"]
    assert [f.line for f in found.faults] == [5, 6, 7]


def test_people_come_as_one_step_and_go_as_one() -> None:
    store = first()
    before = everything(store)
    found = preview_of(PLAIN.encode(), "x")
    assert len(add_contacts(store, found)) == 2
    people = {p.name: p for p in values.participants(store)}
    assert people["李雷"].partner_id == "south"
    assert (people["Amina Diallo"].role, people["Amina Diallo"].language) == ("Chair", "fr")
    assert len({row["position"] for row in store.rows("participant")}) == 4
    store.undo()
    assert everything(store) == before


def test_who_is_here_already_or_belongs_to_nobody_is_told_and_left_out() -> None:
    store = first()
    text = "Name,Org\nnorth ONE,North\nA,East\nB,South\nb,south\n"
    found = preview_of(text.encode(), "x")
    fitted = fitted_to(store, found)
    assert [c.name for c in fitted.contacts] == ["B"]
    assert [f.line for f in fitted.faults] == [2, 3, 5]
    assert len(add_contacts(store, found, {"East": "north"})) == 2
    with pytest.raises(UserError, match="Nobody"):
        add_contacts(store, found)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"Name\n", b"BEGIN:VCARD\nFN:A\n"])
def test_a_file_without_contacts_is_refused(data: bytes) -> None:
    assert code_of(data) == "contacts"


def test_limits_hold_before_much_work_is_done(tmp_path: Path) -> None:
    start = time.process_time()
    assert code_of(b"Name,b\n" + b"x,y\n" * (MOST_CELLS // 2)) == "cells"
    assert code_of(b"a," * (MOST_CELLS + 1)) == "cells"
    assert time.process_time() - start < 1
    path = tmp_path / "large.csv"
    path.write_bytes(b"x" * (10 * 2**20 + 1))
    with pytest.raises(UserError, match="10 MB"):
        read_contacts(path)
    cells = b"Name,b\n" + b"x,y\n" * (MOST_CELLS // 2 - 1)
    assert len(preview_of(cells, "x").contacts) == MOST_CELLS // 2 - 1


CARD = b"BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:%s\nEND:VCARD\n"


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)), st.booleans())
def test_any_bytes_give_a_preview_or_one_sentence(data: bytes, card: bool) -> None:
    try:
        found = preview_of(CARD % data if card else data, "x")
    except UserError as refused:
        assert refused.code == "contacts"  # noqa: PT017  # or it reads
    else:
        assert all(c.name == written.name(c.name, "") for c in found.contacts)


def test_people_come_by_their_initials_where_that_is_wished() -> None:
    rows = "Name,Organisation\nAmina Diallo,North\nAli Dia,North\nÉlise Okoro,South\n李雷,South\n"
    found = with_initials(preview_of(rows.encode(), "people.csv"))
    assert [c.name for c in found.contacts] == ["A. D.", "A. D. 2", "É. O.", "李."]
    store = first()
    add_contacts(store, fitted_to(store, found))
    names = {p.name for p in values.participants(store)}
    assert {"A. D.", "A. D. 2", "É. O.", "李."} <= names


def test_marks_stay_with_the_letter_of_an_initial() -> None:
    assert initials("e\u0301lise नीलम") == "E\u0301. नी."
