"""Pages and tables: everything is placed once, in order, and headings are never left behind."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.charter.typeset import bidi
from partnerdesk.charter.typeset.blocks import Block, Gap, NewPage, Stack, Style, Text
from partnerdesk.charter.typeset.canvas import TaggedCanvas
from partnerdesk.charter.typeset.flow import Frame, Page, anchors, paginate
from partnerdesk.charter.typeset.grid import Grid, GridRow, share_width
from partnerdesk.charter.typeset.shape import plain
from partnerdesk.charter.typeset.structure import Element

FRAME = Frame(50, 50, 300, 200)
BODY = Style(10, 15)


@dataclass
class Box(Block):
    """A part of a given height that counts instead of drawing."""

    size: float
    keep: bool = False

    def height(self, width: float) -> float:
        return self.size

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        raise AssertionError


def text(words: str) -> Text:
    return Text(Element("P"), plain(words), BODY)


def row(*cells: str | None) -> GridRow:
    return GridRow(tuple(None if cell is None else text(cell) for cell in cells))


def placed(pages: list[Page]) -> list[Block]:
    return [one.block for page in pages for one in page]


boxes = st.builds(Box, st.floats(5, 180), st.booleans())


@given(st.lists(boxes, min_size=1, max_size=30))
def test_every_block_is_placed_once_in_order_and_inside_the_frame(blocks: list[Box]) -> None:
    pages = paginate(blocks, FRAME)
    assert [id(block) for block in placed(pages)] == [id(block) for block in blocks]
    for page in pages:
        assert all(one.down + one.block.height(300) <= FRAME.height + 1e-6 for one in page)


@given(st.lists(st.builds(Box, st.floats(5, 30)), min_size=1, max_size=30), st.integers(0, 29))
def test_a_heading_is_never_the_last_of_a_page(blocks: list[Box], at: int) -> None:
    heading = Box(20, keep=True)
    blocks.insert(min(at, len(blocks) - 1), heading)
    pages = paginate(blocks, FRAME)
    assert all(page[-1].block is not heading for page in pages)


def test_a_long_paragraph_breaks_between_lines_and_never_leaves_one_alone() -> None:
    pages = paginate([Box(160), text("word " * 60)], FRAME)
    counts = [
        len(one.block.lines(300)) for page in pages for one in page if type(one.block) is Text
    ]
    assert len(pages) == 2
    assert min(counts) >= 2
    assert sum(counts) == len(text("word " * 60).lines(300))


def test_a_new_page_begins_where_it_is_asked_for_but_not_twice() -> None:
    pages = paginate([Box(10), NewPage(), NewPage(), Box(10)], FRAME)
    assert [len(page) for page in pages] == [1, 1]


def test_a_block_higher_than_the_page_is_placed_all_the_same() -> None:
    assert len(paginate([Box(900), Box(10)], FRAME)) == 2


def test_names_lead_to_the_page_where_they_begin() -> None:
    named = text("Here")
    named.anchor = "s1"
    assert anchors(paginate([Box(190), named], FRAME)) == {"s1": 2}


def test_a_stack_is_as_high_as_its_parts_and_the_room_between() -> None:
    upper, lower = Gap(10), Gap(20)
    upper.after, lower.before = 4, 6
    assert Stack([upper, lower]).height(300) == 36


def test_a_table_repeats_its_head_and_keeps_rows_whole() -> None:
    grid = Grid(row("A", "B"), [row(str(at), "x") for at in range(30)])
    parts = [block for block in placed(paginate([grid], FRAME)) if isinstance(block, Grid)]
    assert [part.continued for part in parts] == [False] + [True] * (len(parts) - 1)
    assert sum(len(part.rows) for part in parts) == 30
    assert all(part.height(300) <= FRAME.height for part in parts)
    assert len(parts[-1].rows) >= 2


def test_rows_under_one_cell_stay_together() -> None:
    rows = [
        row("a", "b", "c", "1") if at % 3 == 0 else row(None, "b", "c", "2") for at in range(12)
    ]
    parts = [
        block
        for block in placed(paginate([Grid(row(*"ABCD"), rows)], FRAME))
        if isinstance(block, Grid)
    ]
    assert len(parts) > 1
    assert not any(part.rows[0].joined for part in parts)


def test_a_cell_longer_than_a_page_goes_on_over_pages() -> None:
    pages = paginate([Grid(row("A", "B"), [row("x", "word " * 400), row("y", "z")])], FRAME)
    assert len(pages) > 2
    for page in pages:
        assert all(one.block.height(300) <= FRAME.height + 1e-6 for one in page)


def test_a_cell_over_many_pages_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "مياه water " * 3000
    looked_at: list[str] = []
    resolve = bidi.resolve

    def watched(told: str, base: int | None = None) -> tuple[list[int], int]:
        looked_at.append(told)
        return resolve(told, base)

    monkeypatch.setattr(bidi, "resolve", watched)
    pages = paginate([Grid(row("A", "B"), [row("x", words), row("y", "z")])], FRAME)
    assert len(pages) > 40
    assert looked_at.count(words) <= 2


widths = st.lists(st.tuples(st.floats(10, 200), st.floats(10, 900)), min_size=1, max_size=9)


@given(widths, st.floats(200, 700))
def test_columns_fill_the_width_exactly(pairs: list[tuple[float, float]], width: float) -> None:
    least, natural = [min(pair) for pair in pairs], [max(pair) for pair in pairs]
    shares = share_width(width, least, natural)
    assert sum(shares) == pytest.approx(width)
    assert all(share > 0 for share in shares)


def test_a_short_column_is_not_wrapped_for_the_sake_of_a_long_one() -> None:
    shares = share_width(400, [30, 40], [90, 4000])
    assert shares[0] == pytest.approx(90)
