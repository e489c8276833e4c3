"""Points shared out in private; revealed as bars for each partner and as dots."""

from __future__ import annotations

from statistics import fmean

from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.kinds.allocation import TOTAL
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import option
from partnerdesk.kinds.summary import Line, Summary
from partnerdesk.language import _
from partnerdesk.model.json import Json
from ui.kinds.base import AnswerForm, Twin, merged
from ui.kinds.page import Asked
from ui.kinds.private import keep_private
from ui.kinds.results import Results, part, ruled, short, titled
from ui.widgets.bars import Bar, Bars
from ui.widgets.points import Points, Share


def form(setting: Setting, own: str, parent: QWidget | None = None) -> AnswerForm:
    """Return the private form: one page, with what is left always in words."""
    return AnswerForm([_Sharing(setting)], merged, parent)


def results(setting: Setting, summary: Summary, parent: QWidget | None = None) -> QWidget:
    """Return the view of a revealed round: how much each partner gives each thing."""
    rows = [_bars(setting, shown) for shown in _weightiest(summary) if _sides(shown)]
    note = _("Mean points of each partner's people.")
    first = (part(_("What matters to whom"), ruled(rows), note),) if rows else ()
    return Results(setting, summary, first=first, parent=parent)


class _Sharing(Asked):
    """All points on one page."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting.activity.title, setting.activity.question)
        shares = [Share(item.id, item.text) for item in setting.items]
        total = option(setting.activity, "total", TOTAL)
        self._points = Points(setting.activity.title, shares, total=total)
        self._points.changed.connect(self.changed)
        for number in self._points.findChildren(QLineEdit):
            keep_private(number)
        self.add(self._points)
        self.end()

    def done(self) -> bool:
        """Return whether all points are given, and no more."""
        return self._points.complete

    def answer(self) -> dict[str, Json]:
        """Return {"points": {item: points}}."""
        return {"points": dict(self._points.values)}


def _weightiest(summary: Summary) -> list[Line]:
    return sorted(summary.lines, key=lambda shown: -(shown.middle or 0))


def _sides(shown: Line) -> dict[str, float]:
    sides = dict.fromkeys(dot.partner_id for dot in shown.dots if dot.partner_id)
    return {
        side: fmean(dot.value for dot in shown.dots if dot.partner_id == side) for side in sides
    }


def _bars(setting: Setting, shown: Line) -> QWidget:
    means = _sides(shown)
    bars = [
        Bar(short(partner), means[partner.id], partner.index, f"{means[partner.id]:.0f}")
        for partner in setting.partners
        if partner.id in means
    ]
    weight = _("Weight {n}: each partner counts once.").format(n=f"{shown.middle or 0:.1f}")
    return titled(shown.label, Bars(shown.label, bars, shown.high, thick=10), note=weight)


TWIN = Twin(form, results)
