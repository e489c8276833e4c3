"""Each kind of input as the window knows it: its private form and the view of its answers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ui.kinds import allocation, consent, grid, ladder, pick_rank, plan, spectrum, text
from ui.kinds.base import AnswerForm, Twin

__all__ = ["TWINS", "AnswerForm", "Twin"]

TWINS: Mapping[str, Twin] = MappingProxyType(
    {
        "spectrum": spectrum.TWIN,
        "pick_rank": pick_rank.TWIN,
        "ladder": ladder.TWIN,
        "grid": grid.TWIN,
        "allocation": allocation.TWIN,
        "plan": plan.TWIN,
        "text": text.TWIN,
        "consent": consent.TWIN,
    }
)
"""The twin of each kind in partnerdesk.kinds.KINDS, by its name."""
