"""Two texts side by side that break over pages together: one text in two languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from partnerdesk.charter.typeset.blocks import Block, Text
from partnerdesk.charter.typeset.canvas import TaggedCanvas


@dataclass
class Beside(Block):
    """Two paragraphs in two columns of one width; the first is at the start side.

    `indent` is the room for the label of the first one; `right` says that the page reads from
    right to left.
    """

    texts: Sequence[Text]
    indent: float = 0.0
    gutter: float = 16.0
    right: bool = False

    def __post_init__(self) -> None:
        """Take the room that the texts want around them."""
        first = self.texts[0]
        self.before, self.after, self.keep = first.before, first.after, first.keep
        self.anchor = first.anchor

    def height(self, width: float) -> float:
        """Return the height of the higher text."""
        return max(text.height(room) for text, room in self._rooms(width))

    def least(self, width: float) -> float:
        """Return the height of the smallest first piece of both."""
        return max(text.least(room) for text, room in self._rooms(width))

    def split(self, width: float, room: float, whole: float) -> tuple[Block, Block] | None:
        """Return the lines of both that fit and the others, or None to stay in one."""
        heads: list[Text] = []
        tails: list[Text] = []
        for text, one in self._rooms(width):
            parts = _parts(text, one, room)
            if parts is None:
                return None
            heads.append(parts[0])
            tails.append(parts[1])
        return replace(self, texts=heads), replace(self, texts=tails)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw both from the top."""
        (first, room), (second, other) = self._rooms(width)
        far = x + room + self.gutter
        first.draw(canvas, x + other + self.gutter if self.right else x, top, room)
        second.draw(canvas, x if self.right else far, top, other)

    def _rooms(self, width: float) -> list[tuple[Text, float]]:
        half = (width - self.indent - self.gutter) / 2
        return [(self.texts[0], half + self.indent), (self.texts[1], half)]


def _parts(text: Text, width: float, room: float) -> tuple[Text, Text] | None:
    """Return a text in two pieces; one that fits leaves an empty second piece."""
    if text.height(width) <= room + 1e-6:
        return text, replace(text, spans=(), label=(), anchor="", _lines=[], _frozen=True)
    parts = text.split(width, room, room)
    if parts and isinstance(parts[0], Text) and isinstance(parts[1], Text):
        return parts[0], parts[1]
    return None
