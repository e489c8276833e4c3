"""Krippendorff's alpha: how far raters agree beyond chance, with missing answers allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from enum import Enum

Counts = Counter[float]
Distance = Callable[[float, float], float]


class Metric(Enum):
    """What the numbers mean: names, an order, or equal steps."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


def alpha(
    ratings: Sequence[Sequence[float | None]], metric: Metric = Metric.ORDINAL
) -> float | None:
    """Return alpha = 1 - D_observed / D_expected of one row for each rater, a column an item.

    None where it is undefined: no item rated twice, or all answers identical. Unstable for
    fewer than three raters or eight items. Source: Krippendorff, Content Analysis (2004).
    """
    units = [[one for one in unit if one is not None] for unit in zip(*ratings, strict=True)]
    paired = [unit for unit in units if len(unit) > 1]
    counts: Counts = Counter(value for unit in paired for value in unit)
    distance, n = _distance(metric, counts), counts.total()
    expected = _disagreement(counts, distance)
    if not expected:
        return None
    observed = sum(_disagreement(Counter(unit), distance) / (len(unit) - 1) for unit in paired)
    return 1.0 - (n - 1) * observed / expected


def _disagreement(counts: Counts, distance: Distance) -> float:
    return sum(n * m * distance(a, b) for a, n in counts.items() for b, m in counts.items())


def _distance(metric: Metric, counts: Counts) -> Distance:
    if metric is Metric.NOMINAL:
        return lambda a, b: float(a != b)
    if metric is Metric.INTERVAL:
        return lambda a, b: (a - b) ** 2
    return lambda a, b: _ordinal(a, b, counts)


def _ordinal(a: float, b: float, counts: Counts) -> float:
    low, high = min(a, b), max(a, b)
    between = sum(count for value, count in counts.items() if low <= value <= high)
    return (between - (counts[low] + counts[high]) / 2) ** 2
