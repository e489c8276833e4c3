"""Whether a text is adopted, from each partner's level of support."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from partnerdesk.language import _, ngettext

ENDORSES, SUPPORTS_LAST, BLOCKS = 1, 4, 8
RESERVED = frozenset({3, 6, 7})
DISAGREES = frozenset({6, 7})


class AdoptionState(Enum):
    """Where a text stands by the rule of adoption."""

    ADOPTED = "adopted"
    WITH_RESERVATIONS = "with_reservations"
    BLOCKED = "blocked"
    OPEN = "open"
    PENDING = "pending"


@dataclass(frozen=True)
class Adoption:
    """The verdict on one text, and a sentence for each reason that it is not adopted."""

    state: AdoptionState
    reasons: tuple[str, ...] = ()

    @property
    def adopted(self) -> bool:
        """Return whether the text binds, with or without printed reservations."""
        return self.state in (AdoptionState.ADOPTED, AdoptionState.WITH_RESERVATIONS)


def adoption(
    levels: Mapping[str, int],
    affected: Iterable[str],
    stale: Collection[str],
    expected: Iterable[str],
) -> Adoption:
    """Return the verdict from each partner's level, 1 endorses to 8 blocks.

    A text is adopted if there is no 8, at most one 6 or 7, and every affected partner is at
    1 to 4. A level of 3, 6 or 7 makes it adopted with reservations. Until all `expected` and
    `affected` partners answered to the text as it now reads, it is pending; a partner in
    `stale` answered to earlier words. Rule: our own; scale: Kaner's gradients of agreement.
    """
    touched = tuple(dict.fromkeys(affected))
    asked = dict.fromkeys((*expected, *touched))
    given = {p: levels[p] for p in asked if ENDORSES <= levels.get(p, 0) <= BLOCKS}
    waiting = _waiting(len(asked) - len(given), sum(p in stale for p in given))
    if waiting or not given:
        return Adoption(AdoptionState.PENDING, waiting)
    objections = _objections(given, touched)
    if objections:
        blocked = BLOCKS in given.values()
        return Adoption(AdoptionState.BLOCKED if blocked else AdoptionState.OPEN, objections)
    if RESERVED & set(given.values()):
        return Adoption(AdoptionState.WITH_RESERVATIONS)
    return Adoption(AdoptionState.ADOPTED)


def _waiting(missing: int, stale: int) -> tuple[str, ...]:
    reasons = []
    if missing:
        reasons.append(
            ngettext(
                "{n} partner has not answered yet.", "{n} partners have not answered yet.", missing
            ).format(n=missing)
        )
    if stale:
        reasons.append(
            ngettext(
                "The words changed after {n} partner answered.",
                "The words changed after {n} partners answered.",
                stale,
            ).format(n=stale)
        )
    return tuple(reasons)


def _objections(given: Mapping[str, int], affected: Iterable[str]) -> tuple[str, ...]:
    reasons = []
    if BLOCKS in given.values():
        reasons.append(_("A partner blocks it."))
    if sum(level in DISAGREES for level in given.values()) > 1:
        reasons.append(_("More than one partner disagrees."))
    if any(given[partner] > SUPPORTS_LAST for partner in affected):
        reasons.append(_("A partner that it affects does not support it."))
    return tuple(reasons)
