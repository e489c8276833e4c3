"""How close together answers on one scale lie, and which of them stand apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log2
from statistics import fmean, median, variance

from partnerdesk.language import _

__all__ = [
    "APART",
    "closeness_word",
    "consensus",
    "even_spread",
    "leik",
    "lone_dissent",
    "median",
    "r_wg",
    "stands_apart",
]

APART = 2.0
_CLOSE, _MOSTLY, _MIXED = 0.80, 0.60, 0.45  # for five options; other scales are fitted to these
_FIVE = 5


def consensus(values: Sequence[float], low: float, high: float) -> float:
    """Return the Tastle-Wierman consensus of `values`, 1 identical to 0 split at the two ends.

    Cns = 1 + sum p_i log2(1 - |x_i - mean| / (high - low)), over the range of the scale.
    `values` holds at least one answer within the scale. Source: Tastle and Wierman (2007).
    """
    if high <= low:
        return 1.0
    middle, n, width = fmean(values), len(values), high - low
    return 1.0 + sum(
        count / n * log2(1.0 - abs(value - middle) / width)
        for value, count in Counter(values).items()
    )


def stands_apart(value: float, values: Sequence[float], steps: float = APART) -> bool:
    """Return whether `value` lies `steps` or more from the median of `values`.

    It stands beside every consensus: in a large group one person far off hardly lowers it.
    """
    return abs(value - median(values)) >= steps


def lone_dissent(values: Sequence[float], steps: float = APART) -> bool:
    """Return whether any answer stands apart from the median."""
    return any(stands_apart(value, values, steps) for value in values)


def even_spread(options: int) -> float:
    """Return the consensus of one answer on each of `options` steps."""
    return consensus(range(options), 0, options - 1)


def closeness_word(index: float, options: int) -> str:
    """Return words for a consensus on a scale of `options` steps.

    For five steps: from 0.80 close, 0.60 mostly, 0.45 mixed. Other lengths keep the same
    places between their even spread and 1. The bands are our own design choice.
    """
    if index >= _threshold(_CLOSE, options):
        return _("close together")
    if index >= _threshold(_MOSTLY, options):
        return _("mostly together")
    if index >= _threshold(_MIXED, options):
        return _("mixed")
    return _("far apart")


def leik(counts: Sequence[int]) -> float:
    """Return Leik's consensus 1 - D of the answers counted on each step, low to high.

    D = 2 sum d_i / (m - 1), where d_i is F_i below one half and 1 - F_i above, F_i cumulative.
    Source: Leik (1966).
    """
    total, running, distance = sum(counts), 0, 0.0
    for count in counts:
        running += count
        share = running / total
        distance += share if share < 0.5 else 1.0 - share
    return 1.0 - 2.0 * distance / (len(counts) - 1)


def r_wg(values: Sequence[float], options: int) -> float:
    """Return r_wg = 1 - s^2 / ((A^2 - 1) / 12) of at least two answers on A = `options` steps.

    A negative number means more divided than chance. Source: James, Demaree and Wolf (1984).
    """
    return 1.0 - variance(values) / ((options**2 - 1) / 12)


def _threshold(of_five: float, options: int) -> float:
    even, even_of_five = even_spread(options), even_spread(_FIVE)
    return even + (1.0 - even) * (of_five - even_of_five) / (1.0 - even_of_five)
