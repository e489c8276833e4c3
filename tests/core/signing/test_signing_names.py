"""Any name that a person has can be certified, and is shown in full."""

from __future__ import annotations

import pytest
from asn1crypto import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.signing.authority import certified_name

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
