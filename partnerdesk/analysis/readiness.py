"""What an organisation should work on first, and where others see it differently."""

from __future__ import annotations

NORMAL_PRACTICE = 3


def priority(importance: float, maturity: float) -> float:
    """Return importance x max(0, 3 - maturity), 0 to 12, from two answers of 0..4.

    Maturity 3 is normal practice with time and money, so nothing is urgent from there on.
    The rule is our own design choice.
    """
    return importance * max(0, NORMAL_PRACTICE - maturity)


def blind_spot(maturity: float, others_view: float) -> bool:
    """Return whether others see this at least one step lower than the organisation does."""
    return others_view - maturity <= -1


def hidden_strength(maturity: float, others_view: float) -> bool:
    """Return whether others see this at least one step higher than the organisation does."""
    return others_view - maturity >= 1
