"""What every test may rely on: no screen, a home of its own, and a log that stays quiet."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is first imported

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has its own PARTNERDESK_HOME, so that none sees a person's settings."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("PARTNERDESK_HOME", str(folder))
    return folder


@pytest.fixture
def expected_log() -> None:
    """Ask for this where a warning in the log is what the test is about."""


@pytest.fixture(autouse=True)
def _quiet_log(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    yield
    if "expected_log" in request.fixturenames:
        return
    loud = [r for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
    assert not loud, [f"{record.name}: {record.getMessage()}" for record in loud]
