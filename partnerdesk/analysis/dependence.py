"""Who needs whom: power as the other side of dependence."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean


def net_power(of_them_on_us: Sequence[float], of_us_on_them: Sequence[float]) -> float | None:
    """Return our net power over them, -4 to 4: mean dependence on us minus mean of ours on them.

    None where either side gave no answer. Source: Emerson, Power-Dependence Relations (1962).
    """
    if not of_them_on_us or not of_us_on_them:
        return None
    return fmean(of_them_on_us) - fmean(of_us_on_them)


def mutual_dependence(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Return the mean of both sides' mean dependence, 0 to 4, or None without answers."""
    return (fmean(one) + fmean(other)) / 2 if one and other else None
