"""Garbage is collected between events, on the thread of the window."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from ui.collector import Collector


class Knot:
    """Holds itself."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture
def collector(qapp: QObject) -> Iterator[Collector]:
    made = Collector(qapp)
    yield made
    made.deleteLater()


def test_python_does_not_collect_by_itself(collector: Collector) -> None:
    knot = weakref.ref(Knot())
    kept = [[] for _n in range(5000)]
    assert not gc.isenabled()
    assert knot() is not None
    assert len(kept) == 5000


def test_a_look_collects_what_is_due(collector: Collector) -> None:
    knot = weakref.ref(Knot())
    kept = [[] for _n in range(5000)]
    collector.look()
    assert knot() is None
    assert len(kept) == 5000
