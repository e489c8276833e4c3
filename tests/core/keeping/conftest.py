"""A file with a little of everything, and a clock that tests set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from partnerdesk.store import Store, create_store

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "garden.pdesk"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with create_store(path, clock=lambda: NOON) as made:
        with made.transaction("Set up") as t:
            t.insert("partner", {"id": "p", "name": "Garden"})
            t.insert("session", {"id": "s", "title": "First"})
            t.insert("round", {"id": "r"})
            t.insert("response", {"id": "x", "round_id": "r", "value": {"choice": 1}})
        yield made
