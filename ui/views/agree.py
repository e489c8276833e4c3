"""Agree: what is written together, and where each partner stands; objections keep it open."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from partnerdesk.analysis.adoption import Adoption
from partnerdesk.flow import values
from partnerdesk.flow.agree import (
    Support,
    adoption_of,
    agreements,
    level_words,
    propose_suggested,
    record_agreement,
    support_adoption,
)
from partnerdesk.flow.drafts import Draft, draft_of, keep_draft
from partnerdesk.flow.guides import activity_of
from partnerdesk.flow.rounds import close_round, setting_of
from partnerdesk.flow.voice import speaking_order
from partnerdesk.kinds.tables import check_payload
from partnerdesk.language import _, ngettext
from partnerdesk.model.json import Json
from partnerdesk.model.round import Agreement, Basis, RoundState, Rule
from ui.views.agree_clauses import ClauseStands
from ui.views.agree_levels import LevelsEditor
from ui.views.agree_rule import RulePanel
from ui.views.agree_tables import editor_of
from ui.views.place import Go, Place
from ui.views.rail import stage_rail
from ui.views.steps import step_names
from ui.views.view import RecordView
from ui.views.workplace import Workplace
from ui.widgets.banner import Banner
from ui.widgets.frames import Side
from ui.widgets.text import Body, SayThis

AGREE_STEP, CHARTER_STEP = 3, 4
CONSENT = "consent"


class AgreeView(RecordView):
    """Writes the agreement of one activity; `key` is the activity's id."""

    def __init__(self, work: Workplace, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(work, key, parent)
        self.activity = activity_of(work.guide, key)
        self.side = Side()
        self.rule = RulePanel()
        self.page = self.framed(stage_rail(work, at=key), self.side)
        stage = work.guide.stage_of(key)
        self.page.header(stage.short if stage else "", self.activity.title)
        self.page.footer.set_back(_("Back to the talk"))
        self.page.footer.back_clicked.connect(lambda: work.go(Place(Go.REVEAL, key)))
        self.page.footer.primary_clicked.connect(self._on_primary)
        self._fill_side()
        self._clauses = ClauseStands(work) if self.activity.kind == CONSENT else None
        if self._clauses is not None:
            self.page.sheet.addWidget(self._clauses)
            self._clauses.chosen.connect(self._show_clause)
            self._clauses.choose(0)
        else:
            self._build_tables()
        self.page.sheet.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Show the step and what comes next; the fields keep what is being typed."""
        done = self._recorded()
        self.page.set_steps(step_names(), CHARTER_STEP if done else AGREE_STEP)
        if self._clauses is not None:
            self._clauses.refresh()
            self.page.footer.set_primary(_("Go to the charter"))
            return
        self._show_next()

    def closing(self) -> None:
        """Keep what is typed before another place shows."""
        if self._clauses is None:
            for editor in self._editors:
                editor.flush()
            self.levels.flush()
            self._keep()

    def _build_tables(self) -> None:
        store, activity = self.work.store, self.activity
        setting = setting_of(store, self.work.guide, activity, activity.attribution)
        draft = draft_of(store, activity.id) or _begun(self._agreement())
        self._setting = setting
        self._editors = [editor_of(part, setting, draft.payload) for part in activity.parts]
        for editor in self._editors:
            editor.changed.connect(self._on_edited)
            self.page.sheet.addWidget(editor)
        if not self._editors:
            self.page.sheet.addWidget(Body(_("There is nothing to write down here.")))
        order = speaking_order(store, self.work.guide)
        self.levels = LevelsEditor(order, level_words(self.work.guide), draft.supports)
        self.levels.changed.connect(self._on_edited)
        self.page.sheet.addWidget(self.levels)

    def _fill_side(self) -> None:
        self.side.add(self.rule, _("The rule, fixed before asking"))
        if self.activity.prompts:
            self.side.add_line()
            prompt = self.activity.prompts[-1:]
            self.side.add(SayThis(prompt, title=_("Ask before you record it")))

    def _agreement(self) -> Agreement | None:
        recorded = agreements(self.work.store)
        return next((a for a in recorded if a.activity == self.activity.id), None)

    def _recorded(self) -> bool:
        """Return whether what the fields hold is recorded and adopted."""
        if self._clauses is not None:
            last = values.latest_round(self.work.store, self.activity.id)
            return last is not None and last.state is RoundState.DONE
        agreement = self._agreement()
        if agreement is None or draft_of(self.work.store, self.activity.id) is not None:
            return False
        return adoption_of(self.work.store, agreement).adopted

    def _draft(self) -> Draft:
        payload: dict[str, Json] = {e.part.id: e.value() for e in self._editors}
        return Draft({k: v for k, v in payload.items() if v}, self.levels.supports())

    def _keep(self) -> None:
        draft, agreement = self._draft(), self._agreement()
        same = agreement is not None and draft == _begun(agreement)
        begun = draft_of(self.work.store, self.activity.id) is not None
        if (draft.payload or draft.supports) and (begun or not same):
            self.succeeds(keep_draft, self.work.store, self.activity.id, draft, origin=self)

    def _on_edited(self) -> None:
        self._keep()
        self.refresh()

    def _show_next(self) -> None:
        if self._recorded():
            self.rule.show_adoption(self._verdict())
            self.page.footer.set_primary(_("Go on"))
            return
        draft = self._draft()
        self.rule.show_adoption(self._verdict())
        faults = check_payload(self.activity, draft.payload, self._setting)
        missing = self.levels.missing()
        why = faults[0] if faults else missing
        self.page.footer.set_primary(_("Record this agreement"), not why, why)

    def _verdict(self) -> Adoption:
        agreement = self._agreement()
        if agreement is not None and agreement.basis is Basis.IMPORTED and self._recorded():
            return adoption_of(self.work.store, agreement)
        return support_adoption(self.work.store, self.levels.supports())

    def _on_primary(self) -> None:
        if self._clauses is not None:
            self._close_clauses()
        elif self._recorded():
            self.work.go(Place(Go.SESSION))
        else:
            self._record()

    def _record(self) -> None:
        draft = self._draft()
        result = self.attempt(
            record_agreement,
            self.work.store,
            self.work.guide,
            self.activity.id,
            draft.payload,
            draft.supports,
            origin=self,
        )
        if result is None:
            return
        if not result.adopted:
            words = _("An objection keeps this open. The levels and words are on record.")
            self.page.set_banner(Banner(words, kind="note"))
        else:
            self._write_clauses()
        self.refresh()

    def _write_clauses(self) -> None:
        made = self.attempt(
            propose_suggested, self.work.store, self.work.guide, self.activity.id, origin=self
        )
        words = _("Recorded. It goes into the charter.")
        if made:
            text = ngettext(
                "Recorded. {n} clause was written for the charter.",
                "Recorded. {n} clauses were written for the charter.",
                len(made),
            )
            words = text.format(n=len(made))
        self.page.set_banner(Banner(words, kind="good"))

    def _show_clause(self, result: Adoption, rule: Rule) -> None:
        self.rule.show_rule(rule)
        self.rule.show_adoption(result)

    def _close_clauses(self) -> None:
        last = values.latest_round(self.work.store, self.activity.id)
        closable = last is not None and last.state not in (RoundState.COLLECTING, RoundState.DONE)
        if last is not None and closable:
            self.succeeds(close_round, self.work.store, last.id, origin=self)
        self.work.go(Place(Go.CHARTER))


def _begun(agreement: Agreement | None) -> Draft:
    """Return the recorded agreement as it stands in the fields, or an empty draft."""
    if agreement is None:
        return Draft()
    supports: Mapping[str, Support] = {
        c.partner_id: Support(c.level, c.reservation) for c in agreement.consents
    }
    return Draft(agreement.payload, supports)
