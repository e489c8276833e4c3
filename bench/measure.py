"""Times two ways of doing the same thing turn by turn, so that a busy machine slows both."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

Act = Callable[[], Any]
Surroundings = dict[str, str]


@dataclass(frozen=True)
class Finding:
    """One line of the report: medians of ours and of the bare thing; `target` is their ratio."""

    name: str
    ours: float
    bare: float
    unit: str
    target: float

    @property
    def ratio(self) -> float:
        """Return how many times the bare thing ours costs."""
        return self.ours / self.bare

    def __str__(self) -> str:
        """Return the line as it is printed."""
        verdict = "met" if self.ratio <= self.target else "not met"
        figures = f"{self.ours:8.3f} / {self.bare:8.3f} {self.unit:3}"
        return f"{self.name:42} {figures} = {self.ratio:5.2f}  target <= {self.target}: {verdict}"


@dataclass(frozen=True)
class Figure:
    """One line of the report that stands alone: a figure and the most that it may be."""

    name: str
    value: float
    unit: str
    target: float

    def __str__(self) -> str:
        """Return the line as it is printed."""
        verdict = "met" if self.value <= self.target else "not met"
        return (
            f"{self.name:42} {self.value:19.3f} {self.unit:11}  target <= {self.target}: {verdict}"
        )


def seconds(act: Act) -> float:
    """Return how long one call takes, in seconds."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def interleaved(
    ours: Callable[[], float], bare: Callable[[], float], rounds: int
) -> tuple[float, float]:
    """Return the medians of two measures taken in turn, after one unmeasured round of each."""
    ours(), bare()
    pairs = [(ours(), bare()) for _ in range(rounds)]
    return median(p[0] for p in pairs), median(p[1] for p in pairs)


def compiled(folder: Path) -> Surroundings:
    """Return this environment with compiled code kept in `folder`, as it is kept at a user's.

    A first round, which is not measured, compiles.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str((folder / "bytecode").absolute())}
