"""Bars of agreed figures: each with its words and its number, so that no colour is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partnerdesk.charter.pages_look import GUTTER, HEADING, META, SIZES, Pages, together
from partnerdesk.charter.pages_mirror import mirrored
from partnerdesk.charter.typeset.blocks import EDGE, LINE, TEXT, TEXT2, Figure
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


def _drawing(pages: Pages, groups: Sequence[BarGroup], top: int, width: float) -> Any:
    from reportlab.graphics.shapes import Drawing

    rows = list(zip(*(group.bars for group in groups), strict=True))
    drawing = Drawing(width, _ROW * len(rows) + _NAME)
    name = together([group.name for group in groups])
    _words(drawing, GUTTER, drawing.height - 11, name, 9.5, bold=True)
    for at, bars in enumerate(rows):
        y = drawing.height - _NAME - _ROW * (at + 1) + 3
        label = together([bar.name for bar in bars])
        _words(drawing, GUTTER, y + 2, _cut(label), 8.5)
        _bar(drawing, pages, bars[0], at, (y, top))
    return mirrored(drawing) if pages.right else drawing


def _cut(label: str) -> str:
    """Return a label that fits its room; the words below the bars have it in full."""
    from partnerdesk.charter.typeset import shape

    while shape.runs_width(shape.plain(label)) * 8.5 > _LABEL - 8 and len(label) > 1:
        label = label.removesuffix("…")[:-1].rstrip() + "…"
    return label


def _bar(drawing: Any, pages: Pages, bar: Bar, at: int, place: tuple[float, int]) -> None:
    """Draw a filled, an outlined or a striped bar, where its scale ends, and its number."""
    y, top = place
    left = GUTTER + _LABEL
    room = drawing.width - left - _NUMBER
    length = max(room * bar.value / top if top else 0.0, 0.5)
    ink = _ink(pages, bar.party)
    _line(drawing, (left, y), (left + room, y), f"#{LINE}")
    _line(drawing, (left + room, y), (left + room, y + _BAR), f"#{EDGE}")
    _box(drawing, left, y, length, ink if at % 3 == 0 else None, ink)
    if at % 3 == 2:
        _stripes(drawing, left, y, length, ink)
    _words(drawing, left + room + 6, y + 1.8, f"{bar.value} / {top}", 8.5)


def _ink(pages: Pages, party_id: str) -> str:
    party = pages.charter.party(party_id)
    return f"#{COLOURS[party.index % len(COLOURS)]}" if party else f"#{TEXT2}"


def _box(drawing: Any, x: float, y: float, length: float, fill: str | None, ink: str) -> None:
    from reportlab.graphics.shapes import Rect
    from reportlab.lib.colors import HexColor

    filled = HexColor(fill) if fill else None
    edge = HexColor(ink)
    drawing.add(Rect(x, y, length, _BAR, fillColor=filled, strokeColor=edge, strokeWidth=1.1))


def _stripes(drawing: Any, x: float, y: float, length: float, ink: str) -> None:
    for step in range(1, int(length / _STRIPE) + 1):
        at = x + step * _STRIPE
        _line(drawing, (at, y), (at, y + _BAR), ink)


def _line(drawing: Any, start: tuple[float, float], end: tuple[float, float], ink: str) -> None:
    from reportlab.graphics.shapes import Line
    from reportlab.lib.colors import HexColor

    drawing.add(Line(*start, *end, strokeColor=HexColor(ink), strokeWidth=0.8))


def _words(drawing: Any, x: float, y: float, words: str, size: float, bold: bool = False) -> None:
    from reportlab.graphics.shapes import String
    from reportlab.lib.colors import HexColor

    from partnerdesk.charter.typeset.canvas import BOLD, REGULAR

    ink, font = HexColor(f"#{TEXT}"), BOLD if bold else REGULAR
    drawing.add(String(x, y, words, fontName=font, fontSize=size, fillColor=ink))
