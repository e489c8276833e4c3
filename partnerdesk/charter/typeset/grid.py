"""Tables that break well: rows stay whole, the head repeats, columns give way to long words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from partnerdesk.charter.typeset import shape
from partnerdesk.charter.typeset.blocks import EDGE, LINE, TEXT, Block, Text
from partnerdesk.charter.typeset.canvas import TaggedCanvas
from partnerdesk.charter.typeset.objects import colour, number

_PAD_X, _PAD_Y = 10.0, 4.5
_WIDEST_SHARE = 0.45
_BREAKABLE_SHARE = 0.5


@dataclass(frozen=True)
class GridRow:
    """One row: a paragraph for each column."""

    cells: tuple[Text, ...]


@dataclass
class Grid(Block):
    """A table with a head row that repeats on every page it reaches.

    The structure (Table, TR, TH, TD) is there already: the cells' paragraphs lie in it.
    """

    head: GridRow
    rows: Sequence[GridRow]
    weights: Sequence[float]
    right: bool = False
    indent: float = 0.0
    after: float = 14.0
    continued: bool = False
    _widths: dict[float, list[float]] = field(default_factory=dict)

    def widths(self, width: float) -> list[float]:
        """Return the columns' widths: by weight, but no narrower than their longest words."""
        if width not in self._widths:
            least = [self._least_width(at, width) for at in range(len(self.weights))]
            self._widths[width] = share_width(width - self.indent, self.weights, least)
        return self._widths[width]

    def height(self, width: float) -> float:
        """Return the height of the head and all rows."""
        return sum(self._row_height(row, width) for row in (self.head, *self.rows))

    def least(self, width: float) -> float:
        """Return the height of the head and the first row."""
        return sum(self._row_height(row, width) for row in (self.head, *self.rows[:1]))

    def split(self, width: float, room: float, whole: float) -> tuple[Block, Block] | None:
        """Return the rows that fit and the rest; a row higher than half a page may break."""
        left = room - self._row_height(self.head, width)
        count = 0
        for row in self.rows:
            if self._row_height(row, width) > left:
                break
            left -= self._row_height(row, width)
            count += 1
        rows = list(self.rows)
        if count < len(rows) and self._row_height(rows[count], width) > whole * _BREAKABLE_SHARE:
            parts = self._split_row(rows[count], width, left)
            if parts:
                rows[count : count + 1] = parts
                count += 1
        if not count or count == len(rows):
            return None
        return self._part(rows[:count], self.continued, 0.0), self._part(
            rows[count:], True, self.after
        )

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the head, as an artifact on later pages, then the rows with hairlines."""
        self._draw_row(canvas, self.head, x, top, width, repeated=self.continued)
        top -= self._row_height(self.head, width)
        edges = [(top, (TEXT, 0.9))]
        for row in self.rows:
            self._draw_row(canvas, row, x, top, width, repeated=False)
            top -= self._row_height(row, width)
            edges.append((top, (LINE, 0.5)))
        edges[-1] = (top, (EDGE, 0.7))
        with canvas.artifact():
            start, length = x if self.right else x + self.indent, width - self.indent
            canvas.paint("\n".join(_rule(start, y, length, edge) for y, edge in edges))

    def _part(self, rows: Sequence[GridRow], continued: bool, after: float) -> Grid:
        return replace(self, rows=rows, continued=continued, after=after)

    def _least_width(self, column: int, width: float) -> float:
        cells = [row.cells[column] for row in (self.head, *self.rows)]
        widest = max(
            shape.longest_word(cell.spans, cell.language) * cell.style.size for cell in cells
        )
        return min(widest + _PAD_X + 0.1, width * _WIDEST_SHARE)

    def _row_height(self, row: GridRow, width: float) -> float:
        pairs = zip(row.cells, self.widths(width), strict=True)
        return max(cell.height(one - _PAD_X) for cell, one in pairs) + 2 * _PAD_Y

    def _split_row(self, row: GridRow, width: float, room: float) -> list[GridRow] | None:
        heads, tails = [], []
        for cell, one in zip(row.cells, self.widths(width), strict=True):
            parts = self._split_cell(cell, one - _PAD_X, room - 2 * _PAD_Y)
            if parts is None:
                return None
            heads.append(parts[0])
            tails.append(parts[1])
        return [GridRow(tuple(heads)), GridRow(tuple(tails))]

    def _split_cell(self, cell: Text, width: float, room: float) -> tuple[Text, Text] | None:
        if cell.height(width) <= room:
            return cell, replace(cell, spans=(), _lines=[], _frozen=True)
        parts = cell.split(width, room, room)
        if parts and isinstance(parts[0], Text) and isinstance(parts[1], Text):
            return parts[0], parts[1]
        return None

    def _draw_row(
        self,
        canvas: TaggedCanvas,
        row: GridRow,
        x: float,
        top: float,
        width: float,
        repeated: bool,
    ) -> None:
        at = x + width - self.indent if self.right else x + self.indent
        for cell, one in zip(row.cells, self.widths(width), strict=True):
            left = at - one if self.right else at
            start = left + _PAD_X if self.right else left
            place = (canvas, start, top - _PAD_Y, one - _PAD_X)
            if repeated:
                with canvas.artifact("Pagination"):
                    cell.show(*place)
            else:
                cell.draw(*place)
            at += -one if self.right else one


def share_width(width: float, weights: Sequence[float], least: Sequence[float]) -> list[float]:
    """Return widths in proportion to `weights`, each at least its `least` while that fits."""
    if sum(least) >= width:
        return [width * one / sum(least) for one in least]
    fixed: dict[int, float] = {}
    while True:
        free = width - sum(fixed.values())
        total = sum(weight for at, weight in enumerate(weights) if at not in fixed)
        short = {
            at: least[at]
            for at, weight in enumerate(weights)
            if at not in fixed and free * weight / total < least[at]
        }
        if not short:
            break
        fixed |= short
    return [
        fixed.get(at, free * weight / total if total else 0.0) for at, weight in enumerate(weights)
    ]


def _rule(x: float, y: float, width: float, pen: tuple[str, float]) -> str:
    """Return a horizontal line in a colour and a thickness."""
    ink, thick = pen
    ends = f"{number(x)} {number(y)} m {number(x + width)} {number(y)} l"
    return f"q {colour(ink)} RG {number(thick)} w {ends} S Q"
