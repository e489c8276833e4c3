"""The Unicode bidirectional algorithm (UAX #9, revision 46): levels of a text, order of a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from partnerdesk.charter.typeset.bidi_classes import CLOSING, OPENING, bidi_class, same_bracket
from partnerdesk.charter.typeset.bidi_explicit import (
    DROPPED,
    ISOLATES,
    explicit_levels,
    first_strong,
    isolate_pairs,
)

REMOVED = -1
_MAX_BRACKETS = 63
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"))
_PLAIN = frozenset(("L", "EN", "ES", "ET", "CS", "NSM", "WS", "ON", "S", "B"))
_DIRECTION = {"L": "L", "R": "R", "EN": "R", "AN": "R"}


def resolve(text: str, base: int | None = None) -> tuple[list[int], int]:
    """Return the level of each character of one paragraph, and the paragraph's own level.

    `base` is 0 (left to right), 1 (right to left) or None (from the first strong character,
    rules P2 and P3). Characters that never show (rule X9) have level `REMOVED`.
    """
    levels, found = _resolved(text, base)
    return list(levels), found


@lru_cache(maxsize=4096)
def _resolved(text: str, base: int | None) -> tuple[tuple[int, ...], int]:
    """Return the same; a text is asked about again and again while its page is laid out."""
    classes = [bidi_class(character) for character in text]
    if base != 1 and _PLAIN.issuperset(classes):
        return (0,) * len(text), 0
    partner = isolate_pairs(classes)
    if base is None:
        base = first_strong(classes, partner, 0, len(classes)) or 0
    types = list(classes)
    levels = explicit_levels(classes, types, partner, base)
    for run in _isolating_runs(text, classes, types, levels, partner, base):
        _resolve_run(run, levels)
    return tuple(_line_ends(classes, levels, base)), base


def is_all_isolates(text: str) -> bool:
    """Return whether all letters stand in isolates, so that none gives `text` its direction."""
    classes = [bidi_class(character) for character in text]
    partner = isolate_pairs(classes)
    return bool(partner) and first_strong(classes, partner, 0, len(classes)) is None


def reorder(levels: Sequence[int]) -> list[int]:
    """Return the places of one line's items in visual order (rule L2), without the removed."""
    order = [place for place, level in enumerate(levels) if level >= 0]
    shown = [level for level in levels if level >= 0]
    lowest_odd = min((level for level in shown if level & 1), default=None)
    if lowest_odd is None:
        return order
    for level in range(max(shown), lowest_odd - 1, -1):
        _reverse_at(order, levels, level)
    return order


def _reverse_at(order: list[int], levels: Sequence[int], level: int) -> None:
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and levels[order[end]] >= level:
            end += 1
        order[start:end] = order[start:end][::-1]
        start = max(end, start + 1)


@dataclass
class _Run:
    """One isolating run sequence (BD13): its places, classes, level and surroundings."""

    places: list[int]
    types: list[str]
    classes: list[str]
    characters: list[str]
    level: int
    before: str
    after: str

    @property
    def inner(self) -> str:
        """The direction of the embedding."""
        return "R" if self.level & 1 else "L"


def _isolating_runs(
    text: str,
    classes: Sequence[str],
    types: Sequence[str],
    levels: Sequence[int],
    pairs: dict[int, int],
    base: int,
) -> list[_Run]:
    """Return the isolating run sequences of the paragraph (rule X10)."""
    kept = [place for place, name in enumerate(classes) if name not in DROPPED]
    rank = {place: at for at, place in enumerate(kept)}
    runs = []
    for places in _joined(_level_runs(kept, levels), classes, pairs):
        first, last = rank[places[0]], rank[places[-1]]
        level = levels[places[0]]
        left = levels[kept[first - 1]] if first else base
        closed = classes[places[-1]] in ISOLATES or last + 1 == len(kept)
        right = base if closed else levels[kept[last + 1]]
        runs.append(
            _Run(
                places,
                [types[place] for place in places],
                [classes[place] for place in places],
                [text[place] for place in places],
                level,
                "R" if max(level, left) & 1 else "L",
                "R" if max(level, right) & 1 else "L",
            )
        )
    return runs


def _level_runs(kept: Sequence[int], levels: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for place in kept:
        if runs and levels[runs[-1][-1]] == levels[place]:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _joined(
    runs: list[list[int]], classes: Sequence[str], pairs: dict[int, int]
) -> list[list[int]]:
    """Chain level runs over their isolates."""
    starting = {run[0]: run for run in runs}
    sequences = []
    for run in runs:
        if classes[run[0]] == "PDI" and run[0] in pairs:
            continue
        whole = list(run)
        while classes[whole[-1]] in ISOLATES and whole[-1] in pairs:
            whole += starting[pairs[whole[-1]]]
        sequences.append(whole)
    return sequences


def _resolve_run(run: _Run, levels: list[int]) -> None:
    _marks(run)
    _arabic_numbers(run)
    _separators(run)
    _terminators(run)
    _european_numbers(run)
    _brackets(run)
    _neutrals(run)
    _implicit_levels(run, levels)


def _marks(run: _Run) -> None:
    """W1: a mark takes the class of what it stands on."""
    before = run.before
    for at, name in enumerate(run.types):
        if name == "NSM":
            run.types[at] = "ON" if before in ISOLATES or before == "PDI" else before
        before = run.types[at]


def _arabic_numbers(run: _Run) -> None:
    """W2 and W3: digits after Arabic letters are Arabic numbers; then Arabic is R."""
    strong = run.before
    for at, name in enumerate(run.types):
        if name in ("L", "R", "AL"):
            strong = name
        if name == "EN" and strong == "AL":
            run.types[at] = "AN"
        elif name == "AL":
            run.types[at] = "R"


def _separators(run: _Run) -> None:
    """W4: one separator between two numbers belongs to them."""
    types = run.types
    for at in range(1, len(types) - 1):
        name, left, right = types[at], types[at - 1], types[at + 1]
        if left != right:
            continue
        if (name == "ES" and left == "EN") or (name == "CS" and left in ("EN", "AN")):
            types[at] = left


def _terminators(run: _Run) -> None:
    """W5: signs such as % beside a European number belong to it."""
    for start, end in _stretches(run.types, frozenset(("ET",))):
        beside = run.types[start - 1 : start] + run.types[end : end + 1]
        if "EN" in beside:
            run.types[start:end] = ["EN"] * (end - start)


def _european_numbers(run: _Run) -> None:
    """W6 and W7: leftover signs are neutral; digits after Latin letters are Latin."""
    strong = run.before
    for at, name in enumerate(run.types):
        if name in ("ES", "ET", "CS"):
            run.types[at] = "ON"
        elif name in ("L", "R"):
            strong = name
        elif name == "EN" and strong == "L":
            run.types[at] = "L"


def _brackets(run: _Run) -> None:
    """N0: a pair of brackets takes one direction together."""
    for opening, closing in _bracket_pairs(run):
        direction = _pair_direction(run, opening, closing)
        if direction:
            _give(run, opening, direction)
            _give(run, closing, direction)


def _bracket_pairs(run: _Run) -> list[tuple[int, int]]:
    waiting: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for at, character in enumerate(run.characters):
        if run.types[at] != "ON":
            continue
        if character in CLOSING:
            if len(waiting) == _MAX_BRACKETS:
                return []
            waiting.append((same_bracket(CLOSING[character]), at))
        elif character in OPENING:
            _close_bracket(waiting, pairs, same_bracket(character), at)
    return sorted(pairs)


def _close_bracket(
    waiting: list[tuple[str, int]], pairs: list[tuple[int, int]], closing: str, at: int
) -> None:
    for depth in range(len(waiting) - 1, -1, -1):
        if waiting[depth][0] == closing:
            pairs.append((waiting[depth][1], at))
            del waiting[depth:]
            return


def _pair_direction(run: _Run, opening: int, closing: int) -> str:
    inside = {_DIRECTION.get(name, "") for name in run.types[opening + 1 : closing]} - {""}
    if not inside:
        return ""
    if run.inner in inside:
        return run.inner
    earlier = (_DIRECTION.get(name, "") for name in reversed(run.types[:opening]))
    context = next((name for name in earlier if name), run.before)
    return context if context in inside else run.inner


def _give(run: _Run, at: int, direction: str) -> None:
    """Set a bracket's direction, and that of the marks that stand on it."""
    run.types[at] = direction
    for behind in range(at + 1, len(run.types)):
        if run.classes[behind] != "NSM":
            return
        run.types[behind] = direction


def _neutrals(run: _Run) -> None:
    """N1 and N2: neutrals between equal directions join them, others take the embedding's."""
    types = run.types
    for start, end in _stretches(types, _NEUTRAL):
        left = _DIRECTION[types[start - 1]] if start else run.before
        right = _DIRECTION[types[end]] if end < len(types) else run.after
        types[start:end] = [left if left == right else run.inner] * (end - start)


def _stretches(types: Sequence[str], names: frozenset[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = -1
    for at, name in enumerate([*types, ""]):
        if name in names:
            start = at if start < 0 else start
        elif start >= 0:
            found.append((start, at))
            start = -1
    return found


def _implicit_levels(run: _Run, levels: list[int]) -> None:
    """I1 and I2."""
    for place, name in zip(run.places, run.types, strict=True):
        if run.level & 1:
            levels[place] = run.level + (name != "R")
        else:
            levels[place] = run.level + {"L": 0, "R": 1}.get(name, 2)


def _line_ends(classes: Sequence[str], levels: list[int], base: int) -> list[int]:
    """L1: separators, and white space before them or at the end, go to the paragraph's level."""
    result = [
        REMOVED if name in DROPPED else level for name, level in zip(classes, levels, strict=True)
    ]
    trailing = True
    for place in range(len(classes) - 1, -1, -1):
        name = classes[place]
        if name in ("B", "S"):
            trailing = True
        elif name in DROPPED:
            continue
        elif name != "WS" and name not in ISOLATES and name != "PDI":
            trailing = False
        if trailing:
            result[place] = base
    return result
