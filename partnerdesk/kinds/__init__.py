"""The kinds of input that an activity can ask with, by the name that guides use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from partnerdesk.kinds.allocation import Allocation
from partnerdesk.kinds.base import Kind
from partnerdesk.kinds.consent import Consent
from partnerdesk.kinds.grid import Grid
from partnerdesk.kinds.ladder import Ladder
from partnerdesk.kinds.pick_rank import PickRank
from partnerdesk.kinds.plan import Plan
from partnerdesk.kinds.spectrum import Spectrum
from partnerdesk.kinds.text import Text

_ALL: tuple[Kind, ...] = (
    Spectrum(),
    PickRank(),
    Ladder(),
    Grid(),
    Allocation(),
    Plan(),
    Text(),
    Consent(),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
