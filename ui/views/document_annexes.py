"""Annexes: which go into the charter, and which figures all partners let show."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.charter.figures import chart_of
from partnerdesk.charter.source import Source
from partnerdesk.charter.wording import section_title
from partnerdesk.flow.choices import choose_annexes
from partnerdesk.flow.figures import FigureState, let_show
from partnerdesk.language import _, ngettext
from partnerdesk.model.guide import Guide
from partnerdesk.model.options import ANNEXES
from partnerdesk.model.partnership import Partner
from partnerdesk.store import Store
from ui.theme import em, spaced
from ui.views.document_part import Part, flowing, listed, row_of
from ui.views.document_state import DocumentState
from ui.widgets.check import BETWEEN, BOX, CheckBox
from ui.widgets.marks import PartnerMark
from ui.widgets.text import Body, Caption, Heading


class AnnexPart(Part):
    """Chooses annexes, and takes each partner's word on each figure."""

    def build(self) -> None:
        """Show the eight annexes, then the figures."""
        self.say(_("An annex with nothing to say is left out by itself."))
        listed(self.column, [self._annex(code) for code in ANNEXES])
        self.column.addWidget(Heading(_("Figures from private answers")))
        self.say(_("A figure is printed only when every partner lets it show."))
        if not self.state.figures:
            self.say(_("None yet. They come from revealed rounds about need, say, work and trust."))
        listed(self.column, [self._figure(one) for one in self.state.figures])

    def _annex(self, code: str) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        spaced(column, 0)
        box = CheckBox(f"{code}  {section_title(code)}")
        box.setChecked(code in self.state.record.options.annexes)
        box.clicked.connect(lambda on: self._choose(code, on))
        column.addWidget(box)
        about = annex_words(code)
        if code not in self.state.filled:
            about = _("{about} Nothing to print yet.").format(about=about)
        box.setAccessibleDescription(about)
        row = QHBoxLayout()
        spaced(row, 0)
        row.addSpacing(em(BOX + BETWEEN))
        row.addWidget(Caption(about), 1)
        column.addLayout(row)
        return made

    def _choose(self, code: str, on: bool) -> None:
        chosen = {*self.state.record.options.annexes} - {code} | ({code} if on else set())
        self.asked.emit(partial(choose_annexes, codes=sorted(chosen)))

    def _figure(self, figure: FigureState) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        spaced(column, 6)
        title = _(figure.activity.title)
        column.addWidget(Body(title, strong=True))
        chart = chart_of(Source(self.state.record), figure.activity, figure.rows)
        for group in chart.groups:
            one = len({bar.party for bar in group.bars}) == 1
            words = f"{group.name}: {group.description}" if one else group.description
            column.addWidget(Caption(words))
        partners = self.state.record.partners
        column.addWidget(Caption(_stand(figure, len(partners)), tone=_tone(figure, len(partners))))
        boxes = (self._consent(figure, partner, title) for partner in partners)
        column.addWidget(flowing(*boxes, gap=20))
        return made

    def _consent(self, figure: FigureState, partner: Partner, title: str) -> QWidget:
        made = QWidget()
        box = CheckBox(partner.short)
        box.setChecked(partner.id in figure.agreed)
        words = _("{partner} lets this figure show: {title}")
        box.setAccessibleName(words.format(partner=partner.name, title=title))
        box.clicked.connect(lambda on: self.asked.emit(_let(self.state, figure, partner.id, on)))
        row = row_of(PartnerMark(partner.index, 16), box, gap=8, stretch=1)
        made.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        return made


def _let(state: DocumentState, figure: FigureState, partner: str, on: bool) -> object:
    guide: Guide = state.record.guide

    def command(store: Store, *, origin: object = None) -> None:
        let_show(store, guide, figure.activity.id, partner, on, figure.digest, origin=origin)

    return command


def _stand(figure: FigureState, count: int) -> str:
    if len(figure.agreed) == count:
        return _("Every partner lets it show, so it is printed.")
    if figure.stale:
        return _("The numbers are new since partners agreed. Ask each of them again.")
    return ngettext(
        "{n} of {count} partners lets it show. It is not printed.",
        "{n} of {count} partners let it show. It is not printed.",
        len(figure.agreed),
    ).format(n=len(figure.agreed), count=count)


def _tone(figure: FigureState, count: int) -> str:
    return "good" if len(figure.agreed) == count else "now_text" if figure.stale else "text2"


def annex_words(code: str) -> str:
    """Return in a sentence what an annex holds."""
    return {
        "A": _("Agreed words, and the activity from which each clause came."),
        "B": _("All goals in one table, and who brings what."),
        "C": _("Who decides what, the ladder, and figures that all let show."),
        "D": _("Every commitment: who does it, and by when."),
        "E": _("The agreed way of repair, and a plan under way."),
        "F": _("Sessions, people, rounds and counts; nobody's answers."),
        "G": _("How we treat money, and contracts beside the charter."),
        "H": _("Whom to reach, and where anyone can complain."),
    }[code]


def annexes_summary(state: DocumentState) -> str:
    """Return which annexes are chosen, for the overview."""
    chosen = [code for code in ANNEXES if code in state.record.options.annexes]
    return ", ".join(section_title(code) for code in chosen) or _("None")
