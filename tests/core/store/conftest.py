"""Stores for tests: on disk in tmp_path, or in memory where a law is tried hundreds of times."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from partnerdesk.store import Store, create_store
from partnerdesk.store.connection import in_memory, migrate
from partnerdesk.store.edit import FORMAT

START = datetime(2026, 11, 24, 9, tzinfo=UTC)


def _ticking() -> Callable[[], datetime]:
    ticks = count()
    return lambda: START + timedelta(seconds=next(ticks))


def _numbered() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"id-{next(numbers):06}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "garden.pdesk"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with create_store(path, clock=_ticking(), new_id=_numbered()) as made:
        made.author = "ada"
        yield made


@pytest.fixture(scope="session")
def memory_store() -> Callable[[], Store]:
    """Make a store without a disk: the same code, and nothing to wait for."""

    def make() -> Store:
        connection = in_memory()
        migrate(connection)
        connection.execute("INSERT INTO identity VALUES ('file', ?, 'now')", (FORMAT,))
        return Store(
            connection, Path("memory"), read_only=False, clock=_ticking(), new_id=_numbered()
        )

    return make
