"""The state of a partnership by its lowest answer, never by an average."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum


class HealthState(Enum):
    """A light: red from an answer of 1 or less, amber 2, green from 3."""

    RED = 0
    AMBER = 1
    GREEN = 2


@dataclass(frozen=True)
class Health:
    """The worst partner's state, each partner's own, and which partners have the worst."""

    state: HealthState
    of_partner: Mapping[str, HealthState]
    worst: tuple[str, ...]


def health_state(answers: Sequence[float]) -> HealthState:
    """Return the state by the lowest of at least one answer of 0..4 (method.md, F18)."""
    lowest = min(answers)
    if lowest <= 1:
        return HealthState.RED
    return HealthState.AMBER if lowest < 3 else HealthState.GREEN


def partnership_health(answers: Mapping[str, Sequence[float]]) -> Health | None:
    """Return the health over all partners that answered, or None where none did."""
    states = {partner: health_state(given) for partner, given in answers.items() if given}
    if not states:
        return None
    worst = min(states.values(), key=lambda state: state.value)
    return Health(worst, states, tuple(p for p, state in states.items() if state is worst))
