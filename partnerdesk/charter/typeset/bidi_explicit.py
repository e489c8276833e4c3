"""The explicit part of UAX #9: isolates, embeddings and overrides (BD9, P2, X1 to X8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

ISOLATES = frozenset(("LRI", "RLI", "FSI"))
DROPPED = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "BN"))
_MAX_DEPTH = 125
_OVERRIDE = {"RLO": "R", "LRO": "L"}


def isolate_pairs(classes: Sequence[str]) -> dict[int, int]:
    """Map each isolate initiator to its PDI and each PDI back to it (rule BD9)."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for place, name in enumerate(classes):
        if name in ISOLATES:
            waiting.append(place)
        elif name == "PDI" and waiting:
            opener = waiting.pop()
            pairs[opener], pairs[place] = place, opener
        elif name == "B":
            waiting.clear()
    return pairs


def first_strong(classes: Sequence[str], pairs: dict[int, int], start: int, end: int) -> int | None:
    """Return 0 or 1 for the first strong character from `start`, or None (P2, P3)."""
    place = start
    while place < end:
        name = classes[place]
        if name in ("L", "R", "AL"):
            return int(name != "L")
        place = pairs.get(place, end) if name in ISOLATES else place
        place += 1
    return None


@dataclass
class _Status:
    """The directional status stack of rules X1 to X8, with its three counters."""

    base: int
    stack: list[tuple[int, str, bool]] = field(default_factory=list)
    over_isolates: int = 0
    over_embeddings: int = 0
    isolates: int = 0

    def __post_init__(self) -> None:
        """Begin with the paragraph itself."""
        self.stack.append((self.base, "", False))

    @property
    def level(self) -> int:
        """The level that a character gets here."""
        return self.stack[-1][0]

    @property
    def override(self) -> str:
        """The class that a character is forced to here, or ''."""
        return self.stack[-1][1]

    def embed(self, right: bool, override: str, isolate: bool) -> None:
        """Go one level in, or count the overflow (X2 to X5c)."""
        inner = (self.level + 1) | 1 if right else (self.level + 2) & ~1
        if inner <= _MAX_DEPTH and not self.over_isolates and not self.over_embeddings:
            self.isolates += isolate
            self.stack.append((inner, override, isolate))
        elif isolate:
            self.over_isolates += 1
        elif not self.over_isolates:
            self.over_embeddings += 1

    def end_isolate(self) -> None:
        """Leave the innermost isolate with all embeddings inside it (X6a)."""
        if self.over_isolates:
            self.over_isolates -= 1
        elif self.isolates:
            self.over_embeddings = 0
            while not self.stack[-1][2]:
                self.stack.pop()
            self.stack.pop()
            self.isolates -= 1

    def end_embedding(self) -> None:
        """Leave the innermost embedding, if it is not an isolate (X7)."""
        if self.over_isolates:
            return
        if self.over_embeddings:
            self.over_embeddings -= 1
        elif not self.stack[-1][2] and len(self.stack) >= 2:
            self.stack.pop()


def explicit_levels(
    classes: Sequence[str], types: list[str], pairs: dict[int, int], base: int
) -> list[int]:
    """Apply rules X1 to X8; overridden characters change their class in `types`."""
    status = _Status(base)
    levels = [base] * len(classes)
    for place, name in enumerate(classes):
        if name == "PDI":
            status.end_isolate()
        if name != "B":
            levels[place] = status.level
        if status.override and name not in DROPPED and name != "B":
            types[place] = status.override
        if name in ("RLE", "LRE", "RLO", "LRO"):
            status.embed(name[0] == "R", _OVERRIDE.get(name, ""), isolate=False)
        elif name in ISOLATES:
            status.embed(_opens_right(classes, pairs, place), "", isolate=True)
        elif name == "PDF":
            status.end_embedding()
    return levels


def _opens_right(classes: Sequence[str], pairs: dict[int, int], place: int) -> bool:
    if classes[place] != "FSI":
        return classes[place] == "RLI"
    return first_strong(classes, pairs, place + 1, pairs.get(place, len(classes))) == 1
