"""Bars of agreed figures: each with its words and its number, so that no colour is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partnerdesk.charter.pages_look import GUTTER, HEADING, META, SIZES, Pages, together
from partnerdesk.charter.typeset import shape
from partnerdesk.charter.typeset.blocks import EDGE, LINE, TEXT, TEXT2, Figure
from partnerdesk.charter.typeset.drawing import Box, Drawing, Stroke, Words
from partnerdesk.charter.typeset.marks import COLOURS
from partnerdesk.model.bars import Bar, BarChart, BarGroup

_ROW, _BAR, _LABEL, _NUMBER, _NAME = 18.0, 10.0, 190.0, 46.0, 16.0
_STRIPE = 3.5
_PAGE_EDGE = 66.0


def add_bars(pages: Pages, charts: Sequence[BarChart]) -> None:
    """Add a chart, given once for each language: a drawing for each group of bars."""
    pages.write(together([chart.title for chart in charts]), HEADING, "H3", indent=GUTTER)
    width = SIZES.get(pages.charter.page, SIZES["A4"])[0] - 2 * _PAGE_EDGE
    for groups in zip(*(chart.groups for chart in charts), strict=True):
        told = [group.description for group in groups]
        alt = together([f"{group.name}. {group.description}" for group in groups])
        element = pages.parent.add("Figure", alt=alt)
        drawing = _drawing(pages, groups, charts[0].top, width)
        pages.add(Figure(element, drawing, before=4, after=2, keep=True))
        pages.tell(told, META, indent=GUTTER)


def _drawing(pages: Pages, groups: Sequence[BarGroup], top: int, width: float) -> Drawing:
    rows = list(zip(*(group.bars for group in groups), strict=True))
    drawing = Drawing(width, _ROW * len(rows) + _NAME)
    name = together([group.name for group in groups])
    drawing.add(Words(GUTTER, drawing.height - 11, name, 9.5, TEXT, bold=True))
    for at, bars in enumerate(rows):
        y = drawing.height - _NAME - _ROW * (at + 1) + 3
        label = together([bar.name for bar in bars])
        drawing.add(Words(GUTTER, y + 2, _cut(label), 8.5, TEXT))
        _bar(drawing, pages, bars[0], at, (y, top))
    return drawing.mirrored() if pages.right else drawing


def _cut(label: str) -> str:
    """Return a label that fits its room; the words below the bars have it in full."""
    while shape.runs_width(shape.plain(label)) * 8.5 > _LABEL - 8 and len(label) > 1:
        label = label.removesuffix("…")[:-1].rstrip() + "…"
    return label


def _bar(drawing: Drawing, pages: Pages, bar: Bar, at: int, place: tuple[float, int]) -> None:
    """Draw a filled, an outlined or a striped bar, where its scale ends, and its number."""
    y, top = place
    left = GUTTER + _LABEL
    room = drawing.width - left - _NUMBER
    length = max(room * bar.value / top if top else 0.0, 0.5)
    ink = _ink(pages, bar.party)
    drawing.add(
        Stroke((left, y), (left + room, y), LINE),
        Stroke((left + room, y), (left + room, y + _BAR), EDGE),
        Box(left, y, length, _BAR, ink, ink if at % 3 == 0 else ""),
    )
    if at % 3 == 2:
        drawing.add(*_stripes(left, y, length, ink))
    drawing.add(Words(left + room + 6, y + 1.8, f"{bar.value} / {top}", 8.5, TEXT))


def _ink(pages: Pages, party_id: str) -> str:
    party = pages.charter.party(party_id)
    return COLOURS[party.index % len(COLOURS)] if party else TEXT2


def _stripes(x: float, y: float, length: float, ink: str) -> Iterator[Stroke]:
    for step in range(1, int(length / _STRIPE) + 1):
        at = x + step * _STRIPE
        yield Stroke((at, y), (at, y + _BAR), ink)
