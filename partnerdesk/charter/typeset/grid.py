"""Tables that break well: rows stay whole, the head repeats, columns give way to long words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from partnerdesk.charter.typeset import shape
from partnerdesk.charter.typeset.blocks import EDGE, LINE, TEXT, Block, Text
from partnerdesk.charter.typeset.canvas import TaggedCanvas
from partnerdesk.charter.typeset.objects import Name, colour, number
from partnerdesk.charter.typeset.shape import Span
from partnerdesk.charter.typeset.structure import Element

_PAD_X, _PAD_Y = 10.0, 4.5
_WIDEST_SHARE = 0.45
_BREAKABLE_SHARE = 0.5
_FIRST_COLUMN = 84.0
_KEPT_WHOLE = 200.0
_FEWEST_ROWS = 2
_PROSE = 8


@dataclass(frozen=True)
class GridRow:
    """One row: a paragraph for each column, or None where the cell above reaches down here.

    `element` is the row's TR, where the row is part of a structure.
    """

    cells: tuple[Text | None, ...]
    element: Element | None = None

    @property
    def joined(self) -> bool:
        """Whether the row hangs together with the row above."""
        return None in self.cells


@dataclass
class Grid(Block):
    """A table with a head row that repeats on every page it reaches.

    The structure (Table, TR, TH, TD) is there already: the cells' paragraphs lie in it. `parent`
    is the element that the Table lies in, where a head that repeats may be read once more.
    """

    head: GridRow
    rows: Sequence[GridRow]
    right: bool = False
    indent: float = 0.0
    after: float = 14.0
    continued: bool = False
    parent: Element | None = None
    _widths: dict[float, list[float]] = field(default_factory=dict)

    def widths(self, width: float) -> list[float]:
        """Return the columns' widths, made once from all rows: pages must agree."""
        if width not in self._widths:
            columns = [
                [row.cells[at] for row in (self.head, *self.rows)]
                for at in range(len(self.head.cells))
            ]
            room = width - self.indent
            least = [_widest(column, shape.longest_word) for column in columns]
            natural = [_widest(column, shape.runs_width) for column in columns]
            least[0] = max(least[0], min(natural[0], _FIRST_COLUMN))
            self._widths[width] = share_width(room, least, natural)
        return self._widths[width]

    def height(self, width: float) -> float:
        """Return the height of the head and all rows."""
        return sum(self._row_height(row, width) for row in (self.head, *self.rows))

    def least(self, width: float) -> float:
        """Return the height of the head and the first rows; a short table stays whole."""
        if self.height(width) <= _KEPT_WHOLE:
            return self.height(width)
        first = self._groups()[0] if self.rows else []
        return sum(self._row_height(row, width) for row in (self.head, *first))

    def split(self, width: float, room: float, whole: float) -> tuple[Block, Block] | None:
        """Return the rows that fit and the rest; a row higher than half a page may break."""
        left = room - self._row_height(self.head, width)
        fitting: list[GridRow] = []
        waiting = list(self.rows)
        for group in self._groups():
            height = sum(self._row_height(row, width) for row in group)
            if height > left:
                parts = self._broken(group, width, left, whole)
                fitting += parts[:1]
                waiting = [*parts[1:], *waiting[len(group) :]] if parts else waiting
                break
            left -= height
            fitting += group
            waiting = waiting[len(group) :]
        if not fitting and room > whole * _BREAKABLE_SHARE:
            fitting = self._head_of(width, left)
            waiting = list(self.rows[len(fitting) :])
        if not fitting or not waiting:
            return None
        return self._part(fitting, self.continued, 0.0), self._part(waiting, True, self.after)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the head, then the rows with hairlines.

        On later pages the head is an artifact. One as long as a sentence begins a table of its
        own instead, since nothing that long should be hidden from who listens.
        """
        again = self._read_again() if self.continued else None
        self._draw_row(canvas, again or self.head, x, top, width, self.continued and not again)
        top -= self._row_height(self.head, width)
        edges = [(top, 0.0, (TEXT, 0.9))]
        for row, following in zip_longest(self.rows, self.rows[1:]):
            self._draw_row(canvas, row, x, top, width, repeated=False)
            top -= self._row_height(row, width)
            inset = self.widths(width)[0] if following and following.joined else 0.0
            edges.append((top, inset, (LINE, 0.5)))
        edges[-1] = (top, 0.0, (EDGE, 0.7))
        with canvas.artifact():
            length = width - self.indent
            start = x if self.right else x + self.indent
            for y, inset, pen in edges:
                side = start if self.right else start + inset
                canvas.paint(_rule(side, y, length - inset, pen))

    def _read_again(self) -> GridRow | None:
        """Return a long head as the first row of a table of its own, or None.

        This page's rows and those after them move into that table. A row that began on the page
        before, or lies under a cell of that page, stays where it is: nothing may come between.
        """
        words = sum(len(cell.words.split()) for cell in self.head.cells if cell)
        first = self.rows[0].element
        if self.parent is None or first is None or words < _PROSE:
            return None
        if self.rows[0].joined or any(first.marked()):
            return None
        place, table, at = next(
            (place, table, at)
            for place, table in enumerate(self.parent.kids)
            if isinstance(table, Element)
            for at, kid in enumerate(table.kids)
            if kid is first
        )
        row = Element("TR")
        self.parent.kids.insert(place + 1, replace(table, kids=[row, *table.kids[at:]]))
        table.kids = table.kids[:at]
        cells = []
        for cell in self.head.cells:
            head = row.add("TH", owner="Table", attributes={"Scope": Name("Column")})
            cells.append(cell and replace(cell, element=head.add("P")))
        return GridRow(tuple(cells), row)

    def _groups(self) -> list[list[GridRow]]:
        """Return the rows that must stay together.

        These are the rows under one cell, and a first or last row that would stand alone.
        """
        groups: list[list[GridRow]] = []
        for row in self.rows:
            if row.joined and groups:
                groups[-1].append(row)
            else:
                groups.append([row])
        if len(groups) > _FEWEST_ROWS and len(groups[-1]) == 1:
            groups[-2:] = [groups[-2] + groups[-1]]
        if len(groups) > _FEWEST_ROWS and len(groups[0]) == 1:
            groups[:2] = [groups[0] + groups[1]]
        return groups

    def _head_of(self, width: float, room: float) -> list[GridRow]:
        """Return the rows that fit where even the first group is too high for a page."""
        fitting = []
        for row in self.rows:
            room -= self._row_height(row, width)
            if room < 0:
                break
            fitting.append(row)
        return fitting

    def _broken(
        self, group: list[GridRow], width: float, room: float, whole: float
    ) -> list[GridRow]:
        """Return the first row of a group in two pieces, where it is too high to be kept."""
        if self._row_height(group[0], width) <= whole * _BREAKABLE_SHARE:
            return []
        parts = self._split_row(group[0], width, room)
        return [*parts, *group[1:]] if parts else []

    def _part(self, rows: Sequence[GridRow], continued: bool, after: float) -> Grid:
        return replace(self, rows=rows, continued=continued, after=after)

    def _row_height(self, row: GridRow, width: float) -> float:
        pairs = zip(row.cells, self.widths(width), strict=True)
        return max(cell.height(one - _PAD_X) for cell, one in pairs if cell) + 2 * _PAD_Y

    def _split_row(self, row: GridRow, width: float, room: float) -> list[GridRow]:
        heads: list[Text | None] = []
        tails: list[Text | None] = []
        for cell, one in zip(row.cells, self.widths(width), strict=True):
            parts = self._split_cell(cell, one - _PAD_X, room - 2 * _PAD_Y)
            if parts is None:
                return []
            heads.append(parts[0])
            tails.append(parts[1])
        return [GridRow(tuple(heads), row.element), GridRow(tuple(tails), row.element)]

    def _split_cell(
        self, cell: Text | None, width: float, room: float
    ) -> tuple[Text | None, Text | None] | None:
        if cell is None:
            return None, None
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
            if repeated and cell:
                with canvas.artifact("Pagination"):
                    cell.show(*place)
            elif cell:
                cell.draw(*place)
            at += -one if self.right else one


def share_width(width: float, least: Sequence[float], natural: Sequence[float]) -> list[float]:
    """Return column widths that fill `width`, between the longest word's and one line's.

    Long text gives way first: a column asks for at most a part of the width.
    """
    least = [min(one, width * _WIDEST_SHARE) for one in least]
    if sum(least) >= width:
        return [width * one / sum(least) for one in least]
    asked = [
        max(low, min(high, width * _WIDEST_SHARE)) for low, high in zip(least, natural, strict=True)
    ]
    if sum(asked) <= width:
        wish = [max(high - one, 0.0) for high, one in zip(natural, asked, strict=True)]
        more = _fair_shares(width - sum(asked), wish)
        met = [one + part for one, part in zip(asked, more, strict=True)]
        return [one * width / sum(met) for one in met]
    wish = [high - low for low, high in zip(least, asked, strict=True)]
    more = _fair_shares(width - sum(least), wish)
    return [low + part for low, part in zip(least, more, strict=True)]


def _fair_shares(spare: float, wishes: Sequence[float]) -> list[float]:
    """Share out `spare`: small wishes are met in full, the large ones get equal parts."""
    shares = [0.0] * len(wishes)
    by_size = sorted(range(len(wishes)), key=wishes.__getitem__)
    for met, at in enumerate(by_size):
        shares[at] = min(wishes[at], spare / (len(wishes) - met))
        spare -= shares[at]
    return shares


def _widest(cells: Sequence[Text | None], measure: Callable[[Sequence[Span], str], float]) -> float:
    widths = (measure(one.spans, one.language) * one.style.size for one in cells if one)
    return max(widths, default=0.0) + _PAD_X + 0.1


def _rule(x: float, y: float, width: float, pen: tuple[str, float]) -> str:
    """Return a horizontal line in a colour and a thickness."""
    ink, thick = pen
    ends = f"{number(x)} {number(y)} m {number(x + width)} {number(y)} l"
    return f"q {colour(ink)} RG {number(thick)} w {ends} S Q"
