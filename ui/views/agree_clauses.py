"""The clauses after the consent round: each text, and where every partner stands on it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.flow import values
from partnerdesk.flow.agree import clause_adoption, clauses, level_words
from partnerdesk.flow.colleagues import STOPS, colleagues_of
from partnerdesk.flow.voice import speaking_order
from partnerdesk.language import _
from partnerdesk.model.round import Clause, ClauseState
from ui.theme import Type, spaced
from ui.views.workplace import Workplace
from ui.widgets.banner import Banner
from ui.widgets.buttons import QuietButton
from ui.widgets.support import Support, SupportTable
from ui.widgets.text import Caption, Words


class ClauseStands(QWidget):
    """One clause at a time, with the way to the next; `chosen` carries adoption and rule."""

    chosen = Signal(object, object)

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._at = 0
        self._column = QVBoxLayout(self)
        spaced(self._column, 16)
        self._place = Caption("")
        self._before = QuietButton(_("Clause before"), icon="left")
        self._after = QuietButton(_("Next clause"), icon="right", icon_after=True)
        self._before.clicked.connect(lambda: self.choose(self._at - 1))
        self._after.clicked.connect(lambda: self.choose(self._at + 1))
        head = QHBoxLayout()
        spaced(head, 12)
        head.addWidget(self._place, 1)
        head.addWidget(self._before)
        head.addWidget(self._after)
        self._column.addLayout(head)
        self._body: QWidget | None = None

    def clauses(self) -> list[Clause]:
        """Return the clauses that are offered, in order."""
        return [c for c in clauses(self._work.store) if c.state is ClauseState.PROPOSED]

    def choose(self, at: int) -> None:
        """Show the clause at this place of the list, if there is one."""
        self._at = max(0, min(at, len(self.clauses()) - 1))
        self.refresh()

    def refresh(self) -> None:
        """Show the clause as the record has it now."""
        offered = self.clauses()
        if self._body is not None:
            self._body.setParent(None)
            self._body.deleteLater()
            self._body = None
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at < len(offered) - 1)
        if not offered:
            self._place.setText(_("No clause is proposed yet."))
            return
        clause = offered[self._at]
        words = _("Clause {n} of {all}, section {section}")
        self._place.setText(words.format(n=self._at + 1, all=len(offered), section=clause.section))
        self._body = self._shown(clause)
        self._column.addWidget(self._body)
        partners = [p.id for p in values.partners(self._work.store)]
        self.chosen.emit(clause_adoption(clause, partners), clause.rule)

    def _shown(self, clause: Clause) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        spaced(column, 20)
        well = QFrame()
        well.setProperty("kind", "well")
        inside = QVBoxLayout(well)
        spaced(inside, 8, (18, 22))
        inside.addWidget(Words(clause.text, Type.CLAUSE))
        about = self._about(clause)
        if about:
            inside.addWidget(Caption(about))
        column.addWidget(well)
        zones = (_("support"), _("step aside"), _("disagree"), _("block"))
        colleagues = colleagues_of(self._work.store, self._work.guide, clause)
        rows = self._rows(clause, colleagues)
        column.addWidget(SupportTable(_("How each stands"), zones, rows))
        for words in self._pauses(colleagues):
            column.addWidget(Banner(words, kind="note"))
        return body

    def _about(self, clause: Clause) -> str:
        names = {p.id: p.short for p in values.partners(self._work.store)}
        parts = []
        if clause.owner:
            parts.append(_("{name} carries it out").format(name=names[clause.owner]))
        if clause.date:
            parts.append(_("by {date}").format(date=clause.date))
        origin = self._work.guide.activity(clause.origin) if clause.origin else None
        if origin is not None:
            parts.append(_("from {activity}").format(activity=origin.title))
        return "   ".join(parts)

    def _pauses(self, colleagues: Mapping[str, tuple[int, ...]]) -> list[str]:
        """Return for each partner with a colleague at 8 that it should talk among itself first."""
        words = _("A colleague in {partner} cannot let it pass. {partner}: pause and talk first.")
        partners = values.partners(self._work.store)
        asked = [p.short for p in partners if STOPS in colleagues.get(p.id, ())]
        return [words.format(partner=name) for name in asked]

    def _rows(self, clause: Clause, colleagues: Mapping[str, tuple[int, ...]]) -> list[Support]:
        given = {c.partner_id: c for c in clause.consents}
        words = level_words(self._work.guide)
        rows = []
        for partner in speaking_order(self._work.store, self._work.guide):
            consent = given.get(partner.id)
            level = consent.level if consent and not consent.stale else None
            said = words[level - 1] if level and words else _("Not asked about these words yet")
            rows.append(
                Support(
                    name=partner.short,
                    partner=partner.index,
                    level=level,
                    words=said,
                    note=_note(clause, partner.id, colleagues.get(partner.id, ())),
                    reservation=consent.reservation if consent else "",
                )
            )
        return rows


def _note(clause: Clause, partner: str, colleagues: tuple[int, ...]) -> str:
    """Return whether a partner is touched, and at which levels its colleagues stand."""
    parts = [_("touched by it")] if partner in clause.affects else []
    if colleagues:
        levels = ", ".join(str(level) for level in colleagues)
        parts.append(_("colleagues: {levels}").format(levels=levels))
    return "; ".join(parts)
