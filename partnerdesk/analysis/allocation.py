"""The weight of something to which people gave points, with an equal voice for each partner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean


def party_equal(points: Mapping[str, Sequence[float]]) -> float | None:
    """Return the mean of the partners' means, so that each partner counts once.

    `points` maps a partner to its people's points; partners without any are left out.
    None where nobody answered.
    """
    means = [fmean(given) for given in points.values() if given]
    return fmean(means) if means else None


def head_equal(points: Mapping[str, Sequence[float]]) -> float | None:
    """Return the mean over all people, so that each person counts once; None without any."""
    given = [one for of_partner in points.values() for one in of_partner]
    return fmean(given) if given else None
