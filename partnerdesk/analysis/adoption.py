"""Whether a text is adopted, from each partner's level of support."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from partnerdesk.language import _, ngettext
from partnerdesk.model.round import Rule

ENDORSES, AGREES_LAST, SUPPORTS_LAST, BLOCKS = 1, 3, 4, 8
RESERVED = frozenset({3, 6, 7, 8})
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
    rule: Rule = Rule.DEFAULT,
) -> Adoption:
    """Return the verdict from each partner's level, 1 endorses to 8 blocks, by `rule`.

    DEFAULT: no 8, at most one 6 or 7, and every affected partner at 1 to 4. UNANIMITY: every
    partner at 1 to 3. CONSENT: nobody objects, so every partner at 1 to 5. MAJORITY: more than
    half of the partners at 1 to 3, and every affected partner at 1 to 4; others' 8 is printed.
    A level of 3 or from 6 makes it adopted with reservations. Until all `expected` and
    `affected` partners answered to the text as it now reads, it is pending; a partner in
    `stale` answered to earlier words. Rules: method.md F14 and ST8; scale: Kaner's gradients.
    """
    touched = tuple(dict.fromkeys(affected))
    asked = dict.fromkeys((*expected, *touched))
    given = {p: levels[p] for p in asked if ENDORSES <= levels.get(p, 0) <= BLOCKS}
    waiting = _waiting(len(asked) - len(given), sum(p in stale for p in given))
    if waiting or not given:
        return Adoption(AdoptionState.PENDING, waiting)
    objections = tuple(_OBJECTIONS[rule](given, touched))
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


def _by_default(given: Mapping[str, int], affected: Iterable[str]) -> Iterator[str]:
    yield from _blocked(given)
    if sum(level in DISAGREES for level in given.values()) > 1:
        yield _("More than one partner disagrees.")
    yield from _unsupported(given, affected)


def _by_unanimity(given: Mapping[str, int], _affected: Iterable[str]) -> Iterator[str]:
    yield from _blocked(given)
    if any(AGREES_LAST < level < BLOCKS for level in given.values()):
        yield _("Not every partner agrees.")


def _by_consent(given: Mapping[str, int], _affected: Iterable[str]) -> Iterator[str]:
    yield from _blocked(given)
    if any(level in DISAGREES for level in given.values()):
        yield _("A partner objects.")


def _by_majority(given: Mapping[str, int], affected: Iterable[str]) -> Iterator[str]:
    if 2 * sum(level <= AGREES_LAST for level in given.values()) <= len(given):
        yield _("Not more than half of the partners agree.")
    yield from _unsupported(given, affected)


def _blocked(given: Mapping[str, int]) -> Iterator[str]:
    if BLOCKS in given.values():
        yield _("A partner blocks it.")


def _unsupported(given: Mapping[str, int], affected: Iterable[str]) -> Iterator[str]:
    if any(given[partner] > SUPPORTS_LAST for partner in affected):
        yield _("A partner that it affects does not support it.")


_OBJECTIONS: Mapping[Rule, Callable[[Mapping[str, int], Iterable[str]], Iterator[str]]] = {
    Rule.DEFAULT: _by_default,
    Rule.UNANIMITY: _by_unanimity,
    Rule.CONSENT: _by_consent,
    Rule.MAJORITY: _by_majority,
}
