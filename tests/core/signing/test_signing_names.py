"""Any name that a person has can be certified, and is shown in full."""

from __future__ import annotations

import hashlib
import json

import pytest
from asn1crypto import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.signing.authority import Authority, certified_name, new_authority
from partnerdesk.signing.lookalike import mixed
from partnerdesk.signing.report import Known, Report, Verdict, told
from partnerdesk.signing.sign import sign
from partnerdesk.signing.verify import verify
from partnerdesk.signing.words import fingerprint
from tests.core.signing.ceremony import AT, codes, outlines, prepared, request

MIXED = "منظمة 12 Northbridge"


@settings(max_examples=300)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=90).filter(str.strip))
def test_every_name_can_be_compared_by_whoever_reads_the_certificate(name: str) -> None:
    certified = certified_name(name)
    assert len(certified.encode()) <= 64
    if certified:
        assert x509.Name.build({"common_name": certified}).hashable


@pytest.mark.parametrize("name", ["Rose Anyango", "روز أنيانغو", "आकिनी वेरे", "የውሃ ኮሚቴ"])
def test_a_name_in_one_direction_is_certified_as_it_is(name: str) -> None:
    assert certified_name(name) == name


def test_a_name_in_two_directions_is_certified_by_its_digest() -> None:
    assert certified_name(MIXED).startswith("sha256:")
    assert certified_name(MIXED) != certified_name(MIXED + "x")


def signed_as(name: str, authority: Authority, place: str) -> Report:
    """Return the report on a charter whose one place is for `place`, signed under `name`."""
    block = {"kind": "signature", "number": 1, "name": place, "method": "typed"}
    charter = json.dumps({"sections": [{"blocks": [block]}], "language": "en"}).encode()
    pdf = sign(prepared(1, charter), request(0, name=name), authority, outlines=outlines)
    value = fingerprint(hashlib.sha256(charter).hexdigest(), authority.certificate)
    return verify(pdf, Known(frozenset({value})))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Amina Odhiambo", set()),
        ("\u0410mina Odhiambo", {"mixed-letters", "other-name"}),  # a Cyrillic letter
        ("Amina \u202eobmaihdO", {"hidden-marks", "other-name"}),
        ("Amina Odhiamb\u03bf", {"mixed-letters", "other-name"}),  # a Greek letter
        ("Amina\u200b Odhiambo", {"hidden-marks", "other-name"}),
        ("Bahati Were", {"other-name"}),
    ],
)
def test_a_look_alike_is_pointed_out(name: str, found: set[str], authority: Authority) -> None:
    report = signed_as(name, authority, "Amina Odhiambo")
    assert codes(report) == found
    assert report.verdict is Verdict.UNCHANGED
    assert "\u202e" not in told(report)


def test_a_look_alike_from_another_ceremony_is_never_unchanged(known: Known) -> None:
    other = new_authority("Lake Basin Charter", AT)
    pdf = sign(prepared(1), request(0, name="Am\u0456na Odhiambo"), other, outlines=outlines)
    report = verify(pdf, known)
    assert report.verdict is Verdict.CANNOT_TELL
    assert codes(report) == {"unknown", "mixed-letters"}


@pytest.mark.parametrize(
    "name", ["Ngũgĩ wa Thiong'o", "Олена Koval", "王小明", "Ọlájùmọ̀kẹ́", "سليم Haddad"]
)
def test_an_honest_name_in_any_script_is_not(name: str) -> None:
    assert not mixed(name)
