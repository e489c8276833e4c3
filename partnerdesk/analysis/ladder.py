"""How far each partner takes part in decisions, on the ladder from 0 not informed to 4 decides."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

TOP_RUNG = 4


def participation_share(levels: Sequence[float], top: float = TOP_RUNG) -> float:
    """Return the mean rung over decisions as a share of the top rung, 0 to 1.

    Source: the Power Awareness Tool's levels of participation (Partos).
    """
    return fmean(levels) / top


def participation_gap(actual: Sequence[float], wanted: Sequence[float]) -> float:
    """Return the mean of wanted minus actual rungs over the same decisions, in rungs."""
    return fmean(after - before for before, after in zip(actual, wanted, strict=True))


def perception_gap(others: Sequence[float], own: float) -> float:
    """Return the mean of the others' scores of a partner minus its own score, in steps."""
    return fmean(others) - own
