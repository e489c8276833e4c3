"""Which numbers may be shown without showing what one person said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

DEFAULT_K = 5
SMALLEST_K = 3


@dataclass(frozen=True)
class Shown:
    """The groups that may be shown apart, and whether the whole may be shown at all."""

    groups: tuple[str, ...]
    pooled: bool


def shown_groups(sizes: Mapping[str, int], k: int = DEFAULT_K) -> Shown:
    """Return what may be shown of groups with these numbers of answers.

    Each shown group has at least `k` answers, and the hidden rest has none or at least `k`:
    else the next smallest group is hidden too, so that nothing can be found by subtraction.
    Source: the threshold and remainder rules of survey tools (method.md, F15).
    """
    if sum(sizes.values()) < k:
        return Shown((), pooled=False)
    shown = [group for group, size in sizes.items() if size >= k]
    while shown and 0 < _rest(sizes, shown) < k:
        shown.remove(min(reversed(shown), key=lambda group: sizes[group]))
    return Shown(tuple(shown), pooled=True)


def may_compare(before: Collection[str], after: Collection[str], changed: int) -> bool:
    """Return whether two pooled results may stand side by side.

    Not where someone came or left, and not where a single answer changed: the difference
    would be that person's answer. `before` and `after` are who answered.
    """
    return set(before) == set(after) and changed != 1


def may_show_counts(counts: Sequence[int]) -> bool:
    """Return whether the number of answers may be shown for each item.

    Not where the numbers differ: who passed on one item could be found from the others.
    """
    return len(set(counts)) <= 1


def _rest(sizes: Mapping[str, int], shown: Collection[str]) -> int:
    return sum(size for group, size in sizes.items() if group not in shown)
