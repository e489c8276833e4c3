"""How unevenly something is held between partners."""

from __future__ import annotations

from collections.abc import Sequence


def gini(totals: Sequence[float]) -> float:
    """Return the Gini index corrected for small n: 0 even, 1 where one partner holds all.

    G = sum |x_i - x_j| / (2 n^2 mean) * n / (n - 1), of totals that are not negative.
    Fewer than two totals, or only zeros, give 0. Sources: Gini (1912), Deltas (2003).
    """
    n, whole = len(totals), sum(totals)
    if n < 2 or whole == 0:
        return 0.0
    return sum(abs(one - other) for one in totals for other in totals) / (2 * (n - 1) * whole)


def hhi(totals: Sequence[float]) -> float:
    """Return the normalised Herfindahl-Hirschman index: 0 even, 1 where one holds all.

    (sum s^2 - 1/n) / (1 - 1/n) over the shares s. Fewer than two totals, or zeros, give 0.
    """
    n, whole = len(totals), sum(totals)
    if n < 2 or whole == 0:
        return 0.0
    return (sum((total / whole) ** 2 for total in totals) - 1 / n) / (1 - 1 / n)
