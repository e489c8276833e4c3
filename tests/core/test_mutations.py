"""The tests with changed bytes notice what takes too long."""

from __future__ import annotations

import time

import pytest

from tests.core.mutations import soon


def _busy(seconds: float) -> None:
    start = time.process_time()
    while time.process_time() - start < seconds:
        pass


def test_what_takes_too_long_is_noticed() -> None:
    """The control: did a changed file take too long, the tests of files and guides would fail."""
    with soon(60):
        _busy(0.02)
    with pytest.raises(AssertionError), soon(0.02):
        _busy(0.02)
