"""From blocks to pages: what goes where, and the drawing of every page."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from partnerdesk import pace
from partnerdesk.charter.typeset.blocks import Block, NewPage
from partnerdesk.charter.typeset.canvas import TaggedCanvas


@dataclass(frozen=True)
class Frame:
    """The room for text on every page, in points from the lower left corner."""

    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True)
class Placed:
    """One block on a page; `down` is how far below the top of the frame it begins."""

    block: Block
    down: float


Page = list[Placed]
_CHAIN = 16

Decoration = Callable[[TaggedCanvas, int, int], None]


def paginate(blocks: Sequence[Block], frame: Frame) -> list[Page]:
    """Return the blocks on pages; blocks that are kept with the next are never left behind."""
    pages: list[Page] = [[]]
    used = last = 0.0
    waiting = deque(blocks)
    while waiting:
        pace.tell(0.0)
        block = waiting.popleft()
        page = pages[-1]
        if isinstance(block, NewPage):
            if page:
                pages.append([])
                used = last = 0.0
            continue
        gap = max(block.before, last) if page else 0.0
        room = frame.height - used - gap
        stuck = all(above.block.keep for above in page)
        placed, rest = _fit(block, waiting, frame, room, stuck, empty=not page)
        if placed:
            page.append(Placed(placed, used + gap))
            used, last = used + gap + placed.height(frame.width), placed.after
        if rest:
            waiting.appendleft(rest)
            pages.append([])
            used = last = 0.0
    return [page for page in pages if page]


def _fit(
    block: Block, after: Iterable[Block], frame: Frame, room: float, stuck: bool, empty: bool
) -> tuple[Block | None, Block | None]:
    """Return what goes on this page and what is left for the next.

    On a page that holds nothing yet but what is kept with this block (`stuck`), waiting for
    the next page would not help.
    """
    if not stuck and _needed(block, list(islice(after, _CHAIN)), frame.width) > room + 1e-6:
        return None, block
    if block.height(frame.width) <= room + 1e-6:
        return block, None
    parts = block.split(frame.width, room, frame.height)
    if parts:
        return parts
    return (block, None) if empty else (None, block)


def _needed(block: Block, after: Sequence[Block], width: float) -> float:
    """Return the least height that keeps the block with what it must not be parted from."""
    if not block.keep or not after:
        return block.least(width)
    gap = max(block.after, after[0].before)
    return block.height(width) + gap + _needed(after[0], after[1:], width)


def anchors(pages: Sequence[Page]) -> dict[str, int]:
    """Return the page (from 1) on which each named block begins."""
    return {
        placed.block.anchor: at
        for at, page in enumerate(pages, 1)
        for placed in page
        if placed.block.anchor
    }


def draw(
    pages: Sequence[Page],
    canvas: TaggedCanvas,
    frame: Frame,
    under: Decoration,
    over: Decoration,
) -> None:
    """Draw every page: `under` first, then the text, then `over`; both get (index, count)."""
    for at, page in enumerate(pages):
        pace.tell(at / len(pages))
        under(canvas, at, len(pages))
        for placed in page:
            top = frame.bottom + frame.height - placed.down
            placed.block.draw(canvas, frame.left, top, frame.width)
        over(canvas, at, len(pages))
        canvas.showPage()
