"""The revealed decision ladder: for each decision and partner a cell, today and wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import dig
from partnerdesk.kinds.summary import Summary
from partnerdesk.language import _
from partnerdesk.model.guide import Item
from partnerdesk.model.partnership import Partner
from ui.kinds.results import Results, part, short
from ui.theme import line, spaced
from ui.widgets.bars import LadderCell
from ui.widgets.marks import PartnerMark
from ui.widgets.text import Body, Caption

MIDDLE = Qt.AlignmentFlag.AlignCenter


def results(setting: Setting, summary: Summary, parent: QWidget | None = None) -> QWidget:
    """Return the view of a revealed ladder: its cells, then every answer."""
    cells = (_cells(setting, summary),) if dig(summary.data, "means") else ()
    return Results(setting, summary, first=cells, parent=parent)


def least_first(setting: Setting, summary: Summary) -> list[Partner]:
    """Return the partners, the one that takes part least today first."""

    def total(partner: Partner) -> float:
        found = (_rung(summary, item, partner, "actual") for item in setting.items)
        return sum(one for one in found if one is not None)

    return sorted(setting.partners, key=total)


def _cells(setting: Setting, summary: Summary) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    spaced(grid, 10)
    grid.setColumnStretch(0, 1)
    partners = least_first(setting, summary)
    for column, partner in enumerate(partners, 1):
        grid.addWidget(PartnerMark(partner.index, 16), 0, column, MIDDLE)
        grid.addWidget(_centred(short(partner)), 1, column)
        grid.setColumnMinimumWidth(column, 0)
    for place, item in enumerate(setting.items):
        grid.addWidget(line(), 2 * place + 2, 0, 1, len(partners) + 1)
        grid.addWidget(Body(item.text), 2 * place + 3, 0)
        for column, partner in enumerate(partners, 1):
            grid.addWidget(_cell(setting, summary, item, partner), 2 * place + 3, column, MIDDLE)
    return part(
        _("Who takes part, decision by decision"), [made], _("Filled: today. Outlined: wanted.")
    )


def _cell(setting: Setting, summary: Summary, item: Item, partner: Partner) -> QWidget:
    name = _("{decision}, {partner}").format(decision=item.text, partner=short(partner))
    today, wanted = (_rung(summary, item, partner, end) for end in ("actual", "wanted"))
    rungs = setting.scale.high - setting.scale.low
    return LadderCell(name, partner.index, today, wanted, rungs=rungs)


def _rung(summary: Summary, item: Item, partner: Partner, end: str) -> float | None:
    found = dig(summary.data, "means", item.id, partner.id, end)
    return float(found) if isinstance(found, int | float) else None


def _centred(words: str) -> Caption:
    made = Caption(words)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return made
