"""A lake partnership of three partners with one person each, and the standard guide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerdesk.flow import setup
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.model.guide import Guide
from partnerdesk.model.partnership import Authority
from partnerdesk.store import Store


@pytest.fixture(scope="session")
def standard() -> Guide:
    """Return the standard guide, read once."""
    return built_in_guide()


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Store]:
    """Yield an open file with partners north, south and east, and a person p-... of each."""
    with setup.new_partnership(tmp_path / "lake.pdesk", "Lake") as opened:
        for partner in ("north", "south", "east"):
            setup.add_partner(opened, partner.title(), id=partner)
            setup.add_participant(
                opened, partner, f"{partner} person", id=f"p-{partner}", authority=Authority.BINDS
            )
        yield opened
