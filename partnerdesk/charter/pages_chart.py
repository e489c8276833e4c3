"""Bars of decision power, now and as wanted: drawn from agreed levels only."""

from __future__ import annotations

from collections.abc import Sequence

from partnerdesk.charter.pages_look import GUTTER, HEADING, META, Pages, together
from partnerdesk.charter.typeset.blocks import EDGE, TEXT, TEXT2, Figure
from partnerdesk.charter.typeset.drawing import Box, Drawing, Words
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


def _drawing(pages: Pages, chart: LadderChart, width: float) -> Drawing:
    drawing = Drawing(width, _ROW * len(chart.bars) + 22)
    _key(pages, drawing, GUTTER)
    for at, bar in enumerate(chart.bars):
        _pair(pages, drawing, chart, bar, _ROW * (len(chart.bars) - 1 - at) + 18)
    return drawing.mirrored() if pages.right else drawing


def _pair(pages: Pages, drawing: Drawing, chart: LadderChart, bar: LadderBar, y: float) -> None:
    party = pages.charter.party(bar.party)
    ink = COLOURS[party.index % len(COLOURS)] if party else TEXT2
    left = GUTTER + _NAME
    room = drawing.width - left - _NUMBER
    drawing.add(Words(GUTTER, y + 9, bar.name, 9.5, TEXT))
    for value, up, fill in ((bar.today, 14.0, ink), (bar.wanted, 0.0, "")):
        length = room * value / chart.top if chart.top else 0.0
        drawing.add(
            Box(left, y + up, max(length, 0.5), _BAR, ink, fill),
            Words(left + length + 6, y + up + 2.2, str(value), 8.5, TEXT),
        )


def _key(pages: Pages, drawing: Drawing, left: float) -> None:
    at = left + _NAME
    today, wanted = pages.words(lambda: _("today")), pages.words(lambda: _("wanted"))
    for words, fill in ((today, EDGE), (wanted, "")):
        drawing.add(Box(at, 1, 16, _BAR, EDGE, fill), Words(at + 22, 3.2, words, 8.5, TEXT))
        at += 80 * len(pages.codes)
