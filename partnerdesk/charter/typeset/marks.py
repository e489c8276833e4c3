"""The partners' marks and weaves as PDF operators: a colour, a shape and a pattern for each."""

from __future__ import annotations

from partnerdesk.charter.typeset.objects import colour, number

COLOURS = ("1F49CF", "B9661A", "124526", "561A75", "977448", "D25585", "363447", "3584C5")
_BOX = 20.0

# Shapes in a box of 20 units, y upwards, of equal visual weight.
_CIRCLE = (
    "18 10 m 18 14.418 14.418 18 10 18 c 5.582 18 2 14.418 2 10 c "
    "2 5.582 5.582 2 10 2 c 14.418 2 18 5.582 18 10 c h"
)
_SHAPES = (
    _CIRCLE,
    "2.8 2.8 14.4 14.4 re",
    "10 18.8 m 19 2.6 l 1 2.6 l h",
    "10 19.2 m 19.2 10 l 10 0.8 l 0.8 10 l h",
    "5.6 17.6 m 14.4 17.6 l 18.8 10 l 14.4 2.4 l 5.6 2.4 l 1.2 10 l h",
    "7 18.5 m 13 18.5 l 13 13 l 18.5 13 l 18.5 7 l 13 7 l 13 1.5 l 7 1.5 l 7 7 l 1.5 7 l "
    "1.5 13 l 7 13 l h",
    "10 1.2 m 1 17.4 l 19 17.4 l h",
    "5.4 1 9.2 18 re",
)
# Motifs in a unit square, y upwards: filled or stroked with the soft colour.
_WEAVES = (
    ".5 .8 m .8 .5 l .5 .2 l .2 .5 l h f",
    ".2 w -.25 .75 m .25 1.25 l S 0 0 m 1 1 l S .75 -.25 m 1.25 .25 l S",
    ".72 .5 m .72 .6215 .6215 .72 .5 .72 c .3785 .72 .28 .6215 .28 .5 c "
    ".28 .3785 .3785 .28 .5 .28 c .6215 .28 .72 .3785 .72 .5 c h f",
    ".2 w 0 .7 m .5 .25 l 1 .7 l S",
    ".25 w .5 0 m .5 1 l S",
    "0 .5 .5 .5 re f .5 0 .5 .5 re f",
    ".25 w 0 .5 m 1 .5 l S",
    ".2 w 0 1 m 1 0 l S",
)


def mark_operators(index: int, x: float, y: float, size: float) -> str:
    """Return the filled mark of the partner with this index, its lower left corner at (x, y)."""
    which = index % len(_SHAPES)
    scale = number(size / _BOX)
    return (
        f"q {colour(COLOURS[which])} rg {scale} 0 0 {scale} {number(x)} {number(y)} cm "
        f"{_SHAPES[which]} f Q"
    )


def selvedge_operators(
    indexes: tuple[int, ...], x: float, y: float, width: float, height: float, gap: float = 3.0
) -> str:
    """Return one woven band with an equal share for each partner, however rich."""
    share = (width - gap * (len(indexes) - 1)) / max(len(indexes), 1)
    return "\n".join(
        _weave(index, x + at * (share + gap), y, share, height) for at, index in enumerate(indexes)
    )


def _weave(index: int, x: float, y: float, width: float, height: float) -> str:
    """Return one partner's part of the band, in whole motifs."""
    which = index % len(_WEAVES)
    area = f"{number(x)} {number(y)} {number(width)} {number(height)} re"
    count = max(round(width / height), 1)
    step = width / count
    tiles = (
        f"q {number(step)} 0 0 {number(height)} {number(x + at * step)} {number(y)} cm "
        f"{_WEAVES[which]} Q"
        for at in range(count)
    )
    thread = colour(COLOURS[which])
    return "\n".join([f"q {area} W n {thread} rg {area} f 1 1 1 rg 1 1 1 RG", *tiles, "Q"])
