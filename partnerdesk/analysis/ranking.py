"""What people put first: points of each choice, shared choices, and agreement of rankings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

PICKED = 0.5
TOP = 7


@dataclass(frozen=True)
class Ranking:
    """One person's choice: `ranked` best first, and `picked` others without an order."""

    ranked: tuple[str, ...]
    picked: tuple[str, ...] = ()


def borda(rankings: Sequence[Ranking]) -> dict[str, float]:
    """Return each choice's points: n for the first of n ranked down to 1, 0.5 for a pick.

    The keys stand in the order in which the choices first appear. Source: Borda (1781).
    """
    points: dict[str, float] = {}
    for ranking in rankings:
        for place, choice in enumerate(ranking.ranked):
            points[choice] = points.get(choice, 0) + len(ranking.ranked) - place
        for choice in ranking.picked:
            points[choice] = points.get(choice, 0) + PICKED
    return points


def top(points: Mapping[str, float], count: int = TOP) -> tuple[str, ...]:
    """Return the `count` choices with the most points; equal points keep their order."""
    return tuple(sorted(points, key=lambda choice: -points[choice])[:count])


def overlap(one: Collection[str], other: Collection[str]) -> float:
    """Return the Jaccard overlap of two sets, shared over distinct: 0 none to 1 the same.

    Two empty sets share nothing, so they give 0. Source: Jaccard (1901).
    """
    distinct = set(one) | set(other)
    return len(set(one) & set(other)) / len(distinct) if distinct else 0.0


def kendall_w(scores: Sequence[Sequence[float]]) -> float | None:
    """Return Kendall's W, corrected for ties, of one row of scores for each rater.

    W = 12 S / (m^2 (n^3 - n) - m sum T), with T = sum (t^3 - t) for each rater's ties.
    It is None for fewer than two raters or items, or where every rater ties every item.
    Source: Kendall and Babington Smith (1939).
    """
    m, n = len(scores), len(scores[0]) if scores else 0
    ties = sum(t * t * t - t for row in scores for t in Counter(row).values())
    whole = m * m * (n * n * n - n) - m * ties
    if m < 2 or whole == 0:
        return None
    sums: list[float] = [sum(column) for column in zip(*map(_ranks, scores), strict=True)]
    middle = sum(sums) / n
    return 12 * sum((one - middle) ** 2 for one in sums) / whole


def _ranks(scores: Sequence[float]) -> list[float]:
    counts = Counter(scores)
    below = {score: sum(counts[s] for s in counts if s < score) for score in counts}
    return [below[score] + (counts[score] + 1) / 2 for score in scores]
