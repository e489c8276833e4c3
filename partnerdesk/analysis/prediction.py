"""How well one side guessed the other's answers."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean


def prediction_error(predicted: Mapping[str, float], actual: Mapping[str, float]) -> float | None:
    """Return the mean of |predicted - actual| over the items in both, in steps; 0 is a full hit.

    None where no item is in both (method.md, F11).
    """
    shared = [item for item in predicted if item in actual]
    return fmean(abs(predicted[one] - actual[one]) for one in shared) if shared else None
