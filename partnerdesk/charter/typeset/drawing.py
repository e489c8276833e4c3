"""Drawings for charts: boxes, lines and words, in points from the lower left corner."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from partnerdesk.charter.typeset import shape
from partnerdesk.charter.typeset.canvas import TaggedCanvas
from partnerdesk.charter.typeset.objects import colour, number


@dataclass(frozen=True)
class Box:
    """A rectangle with an edge, filled where `fill` is a colour."""

    x: float
    y: float
    width: float
    height: float
    ink: str
    fill: str = ""
    thick: float = 1.1

    def mirrored(self, width: float) -> Box:
        """Return the box as it stands in a mirror."""
        return replace(self, x=width - self.x - self.width)

    def draw(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw it in a drawing whose corner is at (x, y)."""
        edges = (x + self.x, y + self.y, self.width, self.height)
        fill = f"{colour(self.fill)} rg " if self.fill else ""
        box = f"{' '.join(map(number, edges))} re {'B' if self.fill else 'S'}"
        canvas.paint(f"q {fill}{colour(self.ink)} RG {number(self.thick)} w {box} Q")


@dataclass(frozen=True)
class Stroke:
    """A straight line between two points."""

    start: tuple[float, float]
    end: tuple[float, float]
    ink: str
    thick: float = 0.8

    def mirrored(self, width: float) -> Stroke:
        """Return the line as it stands in a mirror."""
        start, end = ((width - x, y) for x, y in (self.start, self.end))
        return replace(self, start=start, end=end)

    def draw(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw it in a drawing whose corner is at (x, y)."""
        first, last = (
            f"{number(x + right)} {number(y + up)}" for right, up in (self.start, self.end)
        )
        pen = f"{colour(self.ink)} RG {number(self.thick)} w"
        canvas.paint(f"q {pen} {first} m {last} l S Q")


@dataclass(frozen=True)
class Words:
    """One line of text that begins at (x, y), or ends there where `ends` is true."""

    x: float
    y: float
    text: str
    size: float
    ink: str
    bold: bool = False
    ends: bool = False

    def mirrored(self, width: float) -> Words:
        """Return the words on the other side, still to be read."""
        return replace(self, x=width - self.x, ends=not self.ends)

    def draw(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw them in a drawing whose corner is at (x, y)."""
        line = shape.visual_order(shape.runs(shape.plain(self.text, self.bold))[0])
        left = x + self.x - (line.width * self.size if self.ends else 0.0)
        canvas.show_line(line, left, y + self.y, self.size, self.ink)


Part = Box | Stroke | Words


@dataclass
class Drawing:
    """Parts on a ground of this size, drawn one after the other."""

    width: float
    height: float
    parts: list[Part] = field(default_factory=list)

    def add(self, *parts: Part) -> None:
        """Add parts over those that are there."""
        self.parts += parts

    def mirrored(self) -> Drawing:
        """Return the drawing for those who read from the right; words stay readable."""
        return replace(self, parts=[part.mirrored(self.width) for part in self.parts])

    def draw(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        """Draw all parts, with the lower left corner at (x, y)."""
        for part in self.parts:
            part.draw(canvas, x, y)
