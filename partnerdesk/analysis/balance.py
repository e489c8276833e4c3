"""The balance of rights, responsibilities and returns, each 0 to 5 for one partner.

Source: the 4R framework (Dubois; IIED power tools), used here without relationships.
"""

from __future__ import annotations


def burden(responsibilities: float, returns: float) -> float:
    """Return returns minus responsibilities, -5 to 5: below 0 one carries more than one gets."""
    return returns - responsibilities


def say(rights: float, responsibilities: float) -> float:
    """Return rights minus responsibilities, -5 to 5: below 0 duties outweigh the say in them."""
    return rights - responsibilities
