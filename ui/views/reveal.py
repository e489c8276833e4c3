"""Reveal: every answer as a dot, all at once, widest differences first, and what to ask."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.flow import values
from partnerdesk.flow.guides import activity_of
from partnerdesk.flow.progress import step_of
from partnerdesk.flow.rounds import (
    close_round,
    open_round,
    setting_of,
    start_agreeing,
    start_discussion,
    summary,
)
from partnerdesk.flow.voice import speaking_order
from partnerdesk.kinds.summary import Summary
from partnerdesk.language import _
from partnerdesk.model.round import Round, RoundState
from ui.kinds import TWINS
from ui.theme import spaced
from ui.views.place import Go, Place
from ui.views.rail import stage_rail
from ui.views.steps import step_names
from ui.views.view import RecordView
from ui.views.workplace import Workplace
from ui.widgets.buttons import PlainButton
from ui.widgets.dots import DotTrack
from ui.widgets.empty import EmptyState
from ui.widgets.frames import Scaffold, Side
from ui.widgets.text import Body, Caption, SayThis


class RevealView(RecordView):
    """Shows the last revealed round of an activity; `key` is the activity's id."""

    def __init__(self, work: Workplace, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(work, key, parent)
        self.activity = activity_of(work.guide, key)
        self.side = Side()
        self.page: Scaffold = self.framed(stage_rail(work, at=key), self.side)
        stage = work.guide.stage_of(key)
        self.page.header(stage.short if stage else "", self.activity.title)
        self.page.footer.set_back(_("Back"))
        self.page.footer.back_clicked.connect(self._on_back)
        self.page.footer.primary_clicked.connect(self._on_primary)
        self._again = PlainButton(_("Open a second round"), icon="undo")
        self._again.clicked.connect(self._on_again)
        self._shown: tuple[str, RoundState] | None = None
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the dots go to their places where the answers were just opened."""
        super().showEvent(event)
        fresh = self._shown is not None and self._shown[1] is RoundState.REVEALED
        if fresh and not event.spontaneous():
            for track in self.findChildren(DotTrack):
                track.reveal()

    def refresh(self) -> None:
        """Show the round again where it or its state is another."""
        round_ = self._round()
        if round_ is None or round_.state is RoundState.COLLECTING:
            self._show_nothing()
            return
        if self._shown is None or self._shown[0] != round_.id:
            self._show_answers(round_)
        self._shown = (round_.id, round_.state)
        self.page.set_steps(step_names(), step_of(round_).value)
        self.page.footer.set_primary(self._next_words(round_))

    def _round(self) -> Round | None:
        return values.latest_round(self.work.store, self.activity.id)

    def _show_nothing(self) -> None:
        if self._shown is None:
            words = _("The answers are sealed until the reveal.")
            self.page.sheet.addWidget(EmptyState("lock", words))
        self.page.footer.set_primary(_("Go on collecting"))

    def _show_answers(self, round_: Round) -> None:
        store, guide = self.work.store, self.work.guide
        found = summary(store, guide, round_)
        setting = setting_of(store, guide, self.activity, round_.attribution, round_=round_)
        self.page.sheet.addWidget(TWINS[self.activity.kind].results(setting, found, None))
        self.page.sheet.addWidget(self._again)
        self._again.setVisible(self.activity.kind != "consent")
        self.page.sheet.addStretch(1)
        self._fill_side(found)

    def _fill_side(self, found: Summary) -> None:
        order = speaking_order(self.work.store, self.work.guide)
        questions = [*found.questions, *self.activity.prompts]
        self.side.add(SayThis(questions[:1], title=_("Ask first")))
        if order:
            names = ", ".join(partner.short for partner in order)
            words = _("Those with least power speak first: {names}.")
            self.side.add(Caption(words.format(names=names)))
        self.side.add_line()
        if questions[1:]:
            self.side.add(_listed(questions[1:5]), _("Then ask"))

    def _next_words(self, round_: Round) -> str:
        if round_.state is RoundState.REVEALED:
            return _("Start the talk")
        if not self.activity.parts and self.activity.kind != "consent":
            return _("Close this activity") if not _is_done(round_) else _("Go on")
        return _("Write what you agree") if not _is_done(round_) else _("See what was agreed")

    def _on_primary(self) -> None:
        round_ = self._round()
        if round_ is None or round_.state is RoundState.COLLECTING:
            self.work.go(Place(Go.SESSION, self.activity.id))
        elif round_.state is RoundState.REVEALED:
            self.succeeds(start_discussion, self.work.store, round_.id, origin=self)
            self.refresh()
        elif self.activity.parts or self.activity.kind == "consent":
            self._to_agreement(round_)
        elif _is_done(round_) or self.succeeds(
            close_round, self.work.store, round_.id, origin=self
        ):
            self.work.go(Place(Go.SESSION))

    def _to_agreement(self, round_: Round) -> None:
        moves = not _is_done(round_) and round_.state is not RoundState.AGREEING
        if not moves or self.succeeds(start_agreeing, self.work.store, round_.id, origin=self):
            self.work.go(Place(Go.AGREE, self.activity.id))

    def _on_again(self) -> None:
        round_ = self._round()
        shown = round_.attribution if round_ else None
        opened = self.attempt(
            open_round,
            self.work.store,
            self.work.guide,
            self.activity.id,
            attribution=shown,
            origin=self,
        )
        if opened:
            self.work.go(Place(Go.SESSION, self.activity.id))

    def _on_back(self) -> None:
        self.work.go(Place(Go.SESSION, self.activity.id))


def _is_done(round_: Round) -> bool:
    return round_.state is RoundState.DONE


def _listed(questions: list[str]) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    spaced(column, 10)
    for question in questions:
        column.addWidget(Body(question))
    return made
