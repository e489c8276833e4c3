"""Bars of decision power, now and as wanted: drawn from agreed levels only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partnerdesk.charter.pages_look import GUTTER, HEADING, META, Pages, together
from partnerdesk.charter.pages_mirror import mirrored
from partnerdesk.charter.typeset.blocks import EDGE, TEXT, TEXT2, Figure
from partnerdesk.charter.typeset.marks import COLOURS
from partnerdesk.language import _
from partnerdesk.model.charter import LadderBar, LadderChart

_ROW, _BAR, _NAME, _NUMBER = 38.0, 11.0, 150.0, 30.0


def add_ladder(pages: Pages, charts: Sequence[LadderChart]) -> None:
    """Add the paired bars: filled is today, outlined is wanted; numbers stand at their ends."""
    chart = charts[0]
    told = [one.description for one in charts]
    size = pages.charter.page
    width = 595.0 - 2 * 66.0 if size != "Letter" else 612.0 - 2 * 66.0
    pages.write(together([one.title for one in charts]), HEADING, "H3", indent=GUTTER)
    element = pages.parent.add("Figure", alt=together(told))
    pages.add(Figure(element, _drawing(pages, chart, width), before=4, after=6, keep=True))
    pages.tell(told, META, indent=GUTTER)


def _drawing(pages: Pages, chart: LadderChart, width: float) -> Any:
    from reportlab.graphics.shapes import Drawing

    drawing = Drawing(width, _ROW * len(chart.bars) + 22)
    _key(pages, drawing, GUTTER)
    for at, bar in enumerate(chart.bars):
        _pair(pages, drawing, chart, bar, _ROW * (len(chart.bars) - 1 - at) + 18)
    return mirrored(drawing) if pages.right else drawing


def _pair(pages: Pages, drawing: Any, chart: LadderChart, bar: LadderBar, y: float) -> None:
    from reportlab.lib.colors import HexColor

    party = pages.charter.party(bar.party)
    ink = HexColor(f"#{COLOURS[party.index % len(COLOURS)]}" if party else f"#{TEXT2}")
    left = GUTTER + _NAME
    room = drawing.width - left - _NUMBER
    _words(drawing, GUTTER, y + 9, bar.name, 9.5)
    for value, up, fill in ((bar.today, 14.0, ink), (bar.wanted, 0.0, None)):
        length = room * value / chart.top if chart.top else 0.0
        _bar(drawing, left, y + up, max(length, 0.5), fill, ink)
        _words(drawing, left + length + 6, y + up + 2.2, str(value), 8.5)


def _bar(drawing: Any, x: float, y: float, length: float, fill: Any, ink: Any) -> None:
    from reportlab.graphics.shapes import Rect

    drawing.add(Rect(x, y, length, _BAR, fillColor=fill, strokeColor=ink, strokeWidth=1.1))


def _key(pages: Pages, drawing: Any, left: float) -> None:
    from reportlab.lib.colors import HexColor

    grey = HexColor(f"#{EDGE}")
    at = left + _NAME
    today, wanted = pages.words(lambda: _("today")), pages.words(lambda: _("wanted"))
    for words, fill in ((today, grey), (wanted, None)):
        _bar(drawing, at, 1, 16, fill, grey)
        _words(drawing, at + 22, 3.2, words, 8.5)
        at += 80 * len(pages.codes)


def _words(drawing: Any, x: float, y: float, words: str, size: float) -> None:
    from reportlab.graphics.shapes import String
    from reportlab.lib.colors import HexColor

    from partnerdesk.charter.typeset.canvas import REGULAR

    ink = HexColor(f"#{TEXT}")
    drawing.add(String(x, y, words, fontName=REGULAR, fontSize=size, fillColor=ink))
