"""How one partner's people see another's ability, benevolence and integrity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from partnerdesk.language import _

DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "a": ("a1", "a2", "a3"),
    "b": ("b1", "b2", "b3"),
    "i": ("i1", "i2", "i3"),
}
ENOUGH = 2


@dataclass(frozen=True)
class Trust:
    """One direction: `dims` a, b, i (only those with a basis), their mean, and the lowest.

    `mean` and `floor` are None where nobody had a basis for any dimension.
    """

    dims: Mapping[str, float]
    mean: float | None
    floor: float | None


def direction(ratings: Sequence[Mapping[str, float | None]]) -> Trust:
    """Return the trust of the raters, one mapping of item to 0..4 (None: no basis) for each.

    Per rater a dimension is the mean of its answered items if at least two of three are
    answered; the dimension is the mean over raters. Items: Mayer, Davis and Schoorman (1995)
    adapted, not validated.
    """
    dims = {
        name: fmean(seen)
        for name, items in DIMENSIONS.items()
        if (
            seen := [
                one for one in (_of_rater(rating, items) for rating in ratings) if one is not None
            ]
        )
    }
    if not dims:
        return Trust({}, None, None)
    return Trust(dims, fmean(dims.values()), min(dims.values()))


def reciprocity(there: Trust, back: Trust) -> float | None:
    """Return |mean there - mean back| in steps, or None where one direction has no basis."""
    if there.mean is None or back.mean is None:
        return None
    return abs(there.mean - back.mean)


def trust_word(floor: float) -> str:
    """Return words for the lowest dimension: below 1.5 fragile, to 2.5 uneven, else workable."""
    if floor < 1.5:
        return _("fragile")
    return _("uneven") if floor <= 2.5 else _("workable")


def _of_rater(rating: Mapping[str, float | None], items: Sequence[str]) -> float | None:
    answered = [value for item in items if (value := rating.get(item)) is not None]
    return fmean(answered) if len(answered) >= ENOUGH else None
