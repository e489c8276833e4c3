"""The parts that a page is filled with: text, gaps, drawings, columns; each knows its height."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from partnerdesk.charter.typeset import bidi, shape
from partnerdesk.charter.typeset.canvas import TaggedCanvas
from partnerdesk.charter.typeset.drawing import Drawing
from partnerdesk.charter.typeset.fields import SignatureField
from partnerdesk.charter.typeset.objects import Name, array, colour, number
from partnerdesk.charter.typeset.shape import Line, Span
from partnerdesk.charter.typeset.structure import Element

TEXT, TEXT2, LINE, EDGE, INK, NOW = "23211E", "59554E", "DBD7CD", "817B72", "2C3054", "F2B632"
_CAP_HEIGHT = 0.714
_FEWEST_LINES = 2


@dataclass(frozen=True)
class Style:
    """How text looks and how much room it wants, in points."""

    size: float
    leading: float
    bold: bool = False
    ink: str = TEXT
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    align: str = "start"

    def kept(self) -> Style:
        """Return the style of a line that must stay with the next."""
        return replace(self, keep=True, after=0.0)

    def scaled(self, factor: float) -> Style:
        """Return the style for larger print."""
        return replace(
            self,
            size=self.size * factor,
            leading=self.leading * factor,
            before=self.before * factor,
            after=self.after * factor,
        )


class Block:
    """One part of the flow; `keep` holds it together with the part after it."""

    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    anchor: str = ""

    def height(self, width: float) -> float:
        """Return the height in points at this width."""
        raise NotImplementedError

    def least(self, width: float) -> float:
        """Return the height of the smallest first piece."""
        return self.height(width)

    def split(self, width: float, room: float, whole: float) -> tuple[Block, Block] | None:
        """Return a first piece no higher than `room` and the rest, or None to stay in one."""
        return None

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw with the upper left corner at (x, top)."""
        raise NotImplementedError


@dataclass
class Text(Block):
    """A paragraph of one element, with a label in the margin and a rule at the side if wanted.

    `right` says that the page reads from right to left: labels, indents and rules change sides.
    `label_element` tags the label by itself, as a list wants it; else it belongs to `element`.
    """

    element: Element
    spans: Sequence[Span]
    style: Style
    right: bool = False
    language: str = ""
    indent: float = 0.0
    label: Sequence[Span] = ()
    label_indent: float = 0.0
    label_element: Element | None = None
    rule: str = ""
    anchor: str = ""
    outline: tuple[int, str] | None = None
    _lines: list[Line] = field(default_factory=list)
    _base: int = 0
    _width: float = -1.0
    _frozen: bool = False

    def __post_init__(self) -> None:
        """Take the style's room, and tell readers the text where its order is not the page's.

        A piece of a broken text has all that from the whole.
        """
        self.before, self.after, self.keep = self.style.before, self.style.after, self.style.keep
        if self._frozen:
            return
        simple = not any(span.link or span.mark >= 0 for span in self.spans)
        if simple and not self.label and any(level & 1 for level in bidi.resolve(self.words)[0]):
            self.element.actual = self.element.actual or shape.readable(self.words)

    @property
    def words(self) -> str:
        """The text itself."""
        return "".join(span.text for span in self.spans)

    def lines(self, width: float) -> list[Line]:
        """Return the lines at this width."""
        if width != self._width and not self._frozen:
            room = (width - self.indent) / self.style.size
            base = 1 if self.right and bidi.is_all_isolates(self.words) else None
            self._lines, self._base = shape.lines(self.spans, room, base, self.language)
            self._width = width
        return self._lines

    def height(self, width: float) -> float:
        """Return the height of all lines."""
        return len(self.lines(width)) * self.style.leading

    def least(self, width: float) -> float:
        """Return the height of the first two lines, or of all where three or less."""
        count = len(self.lines(width))
        return (count if count <= _FEWEST_LINES + 1 else _FEWEST_LINES) * self.style.leading

    def split(self, width: float, room: float, whole: float) -> tuple[Block, Block] | None:
        """Return the lines that fit and the others; never one line alone."""
        lines = self.lines(width)
        fitting = min(int(room / self.style.leading + 1e-6), len(lines) - _FEWEST_LINES)
        if fitting < _FEWEST_LINES:
            return None
        head = replace(self, _lines=lines[:fitting], _frozen=True)
        tail = replace(self, _lines=lines[fitting:], _frozen=True)
        tail.label, tail.anchor, tail.outline = (), "", None
        head.after = tail.before = 0.0
        return head, tail

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the lines as content of the element."""
        if self.anchor:
            canvas.destination(self.anchor, top + 12, self.outline)
        if self.rule:
            self._draw_rule(canvas, x, top, width)
        if self.label_element:
            with canvas.mark(self.label_element):
                self._draw_label(canvas, x, top, width)
        with canvas.mark(self.element):
            if self.label and not self.label_element:
                self._draw_label(canvas, x, top, width)
            self.show(canvas, x, top, width)

    def show(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the lines into whatever marked content is open."""
        lines = self.lines(width)
        inner = width - self.indent
        left = x if self.right else x + self.indent
        for at, line in enumerate(lines):
            spare = inner - line.width * self.style.size
            shift = {"left": 0.0, "right": spare, "center": spare / 2}[self._side()]
            y = self._baseline(top) - at * self.style.leading
            canvas.show_line(line, left + shift, y, self.style.size, self.style.ink)

    def _side(self) -> str:
        if self.style.align in ("center", "left", "right"):
            return self.style.align
        to_right = self._base == 1 if len(self._lines) > 1 or self._frozen else self.right
        return "right" if to_right == (self.style.align == "start") else "left"

    def _baseline(self, top: float) -> float:
        return top - (self.style.leading + self.style.size * _CAP_HEIGHT) / 2

    def _draw_label(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the label, and a space after it so that it is not read as part of a word."""
        size = self.style.size
        shaped, _base = shape.runs([*self.label, Span(" ")], None, self.language)
        length = shape.runs_width(self.label, self.language) * size
        far = x + width - self.label_indent - length
        left = far if self.right else x + self.label_indent
        line = shape.visual_order(shaped)
        canvas.show_line(line, left, self._baseline(top), size, self.style.ink)

    def _draw_rule(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        height = self.height(width)
        side = x + width - self.indent + 9 if self.right else x + self.indent - 11
        box = " ".join(number(edge) for edge in (side, top - height + 1, 2.4, height - 2))
        with canvas.artifact():
            canvas.paint(f"q {colour(self.rule)} rg {box} re f Q")


@dataclass
class Gap(Block):
    """Empty room."""

    room: float

    def height(self, width: float) -> float:
        """Return the room."""
        return self.room

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw nothing."""


class NewPage(Block):
    """Begins a new page, unless one has just begun."""

    def height(self, width: float) -> float:
        """Return 0."""
        return 0.0

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw nothing."""


@dataclass
class Art(Block):
    """Decoration of a given height: `paint(x, top, width)` returns its path operators."""

    room: float
    paint: Callable[[float, float, float], str]
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def height(self, width: float) -> float:
        """Return the given height."""
        return self.room

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw it as an artifact."""
        with canvas.artifact():
            canvas.paint(self.paint(x, top, width))


@dataclass
class Figure(Block):
    """A drawing, ours or ReportLab's, with its words for those who do not see it."""

    element: Element
    drawing: Any
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def height(self, width: float) -> float:
        """Return the drawing's height."""
        return float(self.drawing.height)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw it, and note where it lies."""
        bottom = top - self.drawing.height
        edges = (x, bottom, x + self.drawing.width, top)
        self.element.attributes = {
            "BBox": array(number(edge) for edge in edges),
            "Placement": Name("Block"),
        }
        with canvas.mark(self.element):
            if isinstance(self.drawing, Drawing):
                self.drawing.draw(canvas, x, bottom)
            else:
                _draw_foreign(self.drawing, canvas, x, bottom)


def _draw_foreign(drawing: Any, canvas: TaggedCanvas, x: float, y: float) -> None:
    """Draw what ReportLab made; its own library of drawings loads here, on first use."""
    from reportlab.graphics import renderPDF

    renderPDF.draw(drawing, canvas, x, y)


@dataclass
class Field(Block):
    """The place of one signature: at most `size` wide and exactly as high."""

    element: Element
    name: str
    tooltip: str
    waiting: str
    size: tuple[float, float]
    right: bool = False
    on_paper: bool = False

    def height(self, width: float) -> float:
        """Return the height of the box."""
        return self.size[1]

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Prepare the field at the start side of the room."""
        left = x + width - self.size[0] if self.right else x
        box = (left, top - self.size[1], left + self.size[0], top)
        canvas.waiting_field(
            SignatureField(
                self.name,
                self.tooltip,
                self.waiting,
                canvas.page_index,
                box,
                self.element,
                self.on_paper,
            )
        )


@dataclass
class Stack(Block):
    """Blocks one under the other that stay on one page."""

    blocks: Sequence[Block]
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def height(self, width: float) -> float:
        """Return the sum of the heights and the room between."""
        inside = sum(block.height(width) for block in self.blocks)
        pairs = zip(self.blocks, self.blocks[1:], strict=False)
        return inside + sum(max(above.after, below.before) for above, below in pairs)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw them from the top."""
        above = 0.0
        for at, block in enumerate(self.blocks):
            top -= max(above, block.before) if at else 0.0
            block.draw(canvas, x, top, width)
            top -= block.height(width)
            above = block.after


@dataclass
class Columns(Block):
    """Stacks side by side on one page; a share of at most 1 is a part of the free width."""

    stacks: Sequence[tuple[float, Block]]
    gutter: float = 16.0
    right: bool = False
    indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def widths(self, width: float) -> list[float]:
        """Return each column's width: fixed ones in points, the others by their share."""
        free = width - self.indent - self.gutter * (len(self.stacks) - 1)
        free -= sum(share for share, _block in self.stacks if share > 1)
        return [share if share > 1 else share * free for share, _block in self.stacks]

    def height(self, width: float) -> float:
        """Return the height of the highest column."""
        widths = self.widths(width)
        return max(
            block.height(one) for one, (_share, block) in zip(widths, self.stacks, strict=True)
        )

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw each column from the top, the first at the start side."""
        at = x + width - self.indent if self.right else x + self.indent
        for one, (_share, block) in zip(self.widths(width), self.stacks, strict=True):
            left = at - one if self.right else at
            block.draw(canvas, left, top, one)
            at += (-1 if self.right else 1) * (one + self.gutter)
