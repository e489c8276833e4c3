"""A revealed round: lines of dots, widest differences first, then words, numbers, questions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.summary import Line, Quote, Summary
from partnerdesk.language import _, ngettext
from partnerdesk.model.guide import Attribution
from partnerdesk.model.partnership import Partner
from ui.kinds.lines import LineRow, beside_text, figures, marks_of, rule
from ui.theme import em, sized, spaced
from ui.widgets.buttons import QuietButton
from ui.widgets.dots import Legend
from ui.widgets.icons import IconMark
from ui.widgets.marks import PartnerMark
from ui.widgets.text import Body, Caption, Heading, Lead, SayThis

WIDEST = 3
"""So many lines stand out before the others follow in small."""
MOST = 10
"""So many lines are there at once; the others open by a button."""


class Results(QWidget):
    """What one revealed round shows, from the widest differences to the questions to ask."""

    def __init__(
        self,
        setting: Setting,
        summary: Summary,
        *,
        first: Sequence[QWidget] = (),
        quotes: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Show `summary`; pictures in `first` stand above the lines, and may have the quotes."""
        super().__init__(parent)
        self.setAccessibleName(_("What we answered"))
        self._column = QVBoxLayout(self)
        spaced(self._column, 24)
        self._column.addWidget(_counted(setting, summary))
        for part in (*first, *_parts(setting, summary, quotes)):
            self._column.addWidget(part)
        self._column.addStretch(1)


class _Rest(QWidget):
    """The lines whose answers lie closest together, behind a button."""

    def __init__(self, setting: Setting, lines: Sequence[Line]) -> None:
        super().__init__()
        self._setting, self._lines = setting, lines
        self._column = QVBoxLayout(self)
        spaced(self._column, 2, (8, 0))
        text = ngettext("Show {n} more line", "Show {n} more lines", len(lines))
        self._button = QuietButton(text.format(n=len(lines)), "down")
        self._button.clicked.connect(self._open)
        self._column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)

    def _open(self) -> None:
        rows = [LineRow(self._setting, shown, small=True) for shown in self._lines]
        self._button.hide()
        for row in ruled(rows):
            self._column.addWidget(row)
        rows[0].setFocus(Qt.FocusReason.OtherFocusReason)


def results(setting: Setting, summary: Summary, parent: QWidget | None = None) -> QWidget:
    """Return the view of a round whose kind has no picture of its own."""
    return Results(setting, summary, parent=parent)


def part(title: str, rows: Sequence[QWidget], note: str = "", gap: float = 8) -> QWidget:
    """Return a part of a page: a heading, a small note, and rows under them."""
    made = QWidget()
    made.setAccessibleName(title)
    column = QVBoxLayout(made)
    spaced(column, gap)
    column.addWidget(Heading(title))
    if note:
        column.addWidget(Caption(note))
    for row in rows:
        column.addWidget(row)
    return made


def ruled(rows: Sequence[QWidget]) -> list[QWidget]:
    """Return `rows` with a hairline above each."""
    return [one for row in rows for one in (rule(), row)]


def titled(title: str, below: QWidget, partner: Partner | None = None, note: str = "") -> QWidget:
    """Return `below` under a bold line with the mark of `partner`, and a small note at the end."""
    made = QWidget()
    made.setAccessibleName(title)
    column = QVBoxLayout(made)
    spaced(column, 6, (8, 0))
    column.addLayout(_marked(title, partner))
    column.addWidget(below)
    if note:
        column.addWidget(Caption(note))
    return made


def short(partner: Partner) -> str:
    """Return the name by which a partner is spoken of."""
    return partner.short or partner.name


def legend(setting: Setting, *, arrow: bool = False, ring: bool = False) -> QWidget:
    """Return which mark is which partner, or that answers are shown without names."""
    if setting.attribution is not Attribution.ORGANISATION:
        return Caption(_("Shown without names, as agreed before."))
    named = [(partner.index, short(partner)) for partner in setting.partners]
    return Legend(named, arrow=arrow, ring=ring)


def _marked(title: str, partner: Partner | None) -> QHBoxLayout:
    row = QHBoxLayout()
    spaced(row, 8)
    if partner is not None:
        row.addWidget(PartnerMark(partner.index, 16))
    row.addWidget(Body(title, strong=True), 1)
    return row


def _parts(setting: Setting, summary: Summary, quotes: bool) -> list[QWidget]:
    made = []
    if summary.lines:
        made.append(_lines(setting, summary.lines))
    if not (summary.lines or summary.quotes or summary.questions):
        made.append(Body(_("Nobody gave an answer that can be shown.")))
    if summary.quotes and quotes:
        made.append(quoted(setting, summary.quotes))
    if summary.figures:
        made.append(part(_("In numbers"), [figures(summary.figures)]))
    if summary.questions:
        made.append(SayThis(summary.questions, title=_("Questions to ask")))
    return made


def _counted(setting: Setting, summary: Summary) -> QWidget:
    answers = ngettext("{n} answer", "{n} answers", summary.answers).format(n=summary.answers)
    passes = ngettext("{n} pass", "{n} passes", summary.passes).format(n=summary.passes)
    said = {
        Attribution.ORGANISATION: _("Shown by organisation, as agreed before."),
        Attribution.POOLED: _("Shown without names, as agreed before."),
        Attribution.FACILITATOR: _("Only the facilitator reads these answers, as agreed before."),
    }
    made = QWidget()
    row = QHBoxLayout(made)
    spaced(row, 8)
    row.addWidget(IconMark("people", 18, "text2"), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(Caption(f"{answers}, {passes}. {said[setting.attribution]}"), 1)
    return made


def _lines(setting: Setting, lines: Sequence[Line]) -> QWidget:
    apart = any(shown.apart for shown in lines)
    arrow = any(shown.wanted is not None for shown in lines)
    wide = [shown for shown in lines[:WIDEST] if shown.spread > 0]
    title = _("Widest differences") if wide else _("Every answer")
    rows: list[QWidget] = [legend(setting, arrow=arrow, ring=apart)]
    rows += ruled([LineRow(setting, shown) for shown in wide])
    if wide and len(lines) > len(wide):
        rows.append(Body(_("Closer together"), strong=True))
    rows += ruled([LineRow(setting, shown, small=True) for shown in lines[len(wide) : MOST]])
    if len(lines) > MOST:
        rows.append(_Rest(setting, lines[MOST:]))
    return part(title, rows, gap=2)


def quoted(setting: Setting, quotes: Sequence[Quote], title: str = "") -> QWidget:
    """Return what was said, word for word, under what was asked, with the mark of each side."""
    rows: list[QWidget] = []
    for heading, said in groupby(quotes, key=lambda quote: quote.heading):
        rows.append(Body(heading, strong=True))
        rows += [_quote(setting, quote) for quote in said]
    return part(title or _("In our own words"), rows, gap=10)


def _quote(setting: Setting, quote: Quote) -> QWidget:
    names = {partner.id: short(partner) for partner in setting.partners}
    made, marks = QWidget(), marks_of(setting)
    row = QHBoxLayout(made)
    spaced(row, 12, (0, 0, 0, 4))
    if quote.partner_id in marks:
        mark = PartnerMark(marks[quote.partner_id], 16)
        row.addWidget(beside_text(mark), 0, Qt.AlignmentFlag.AlignTop)
    words = Lead(f"“{quote.text}”")
    words.setMaximumWidth(em(760))
    said = QVBoxLayout()
    spaced(said, 0)
    said.addWidget(words)
    if quote.partner_id in names:
        said.addWidget(Caption(names[quote.partner_id]))
    row.addLayout(said, 1)
    sized(made, 0, 28, least=True)
    return made
