"""The ceremony of the signing tests, held once: its authority, fingerprint and charters."""

from __future__ import annotations

import hashlib

import pytest

from partnerdesk.signing.authority import Authority, new_authority
from partnerdesk.signing.report import Known
from partnerdesk.signing.words import fingerprint
from tests.core.signing.ceremony import AT, CHARTER, signed


@pytest.fixture(scope="session")
def authority() -> Authority:
    """The authority of the test ceremony."""
    return new_authority("Lake Basin Charter, version 1", AT)


@pytest.fixture(scope="session")
def value(authority: Authority) -> str:
    """The fingerprint of the test ceremony."""
    return fingerprint(hashlib.sha256(CHARTER).hexdigest(), authority.certificate)


@pytest.fixture(scope="session")
def charters(authority: Authority) -> dict[tuple[int, int], bytes]:
    """Charters by (signed, prepared) fields."""
    states = ((1, 1), (2, 2), (3, 3), (4, 4), (1, 3), (0, 2))
    return {state: signed(authority, *state) for state in states}


@pytest.fixture(scope="session")
def known(value: str) -> Known:
    """A laptop that held the ceremony."""
    return Known(frozenset({value}))
