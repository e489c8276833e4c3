"""Session: one activity from its first words to the reveal, with the one next step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.flow import values
from partnerdesk.flow.progress import current_activity, postpone_activity, resume_activity
from partnerdesk.flow.rounds import (
    CONSENT_KIND,
    close_round,
    open_round,
    reveal_round,
    setting_of,
)
from partnerdesk.flow.setup import change_participant
from partnerdesk.language import _, ngettext
from partnerdesk.model.round import USUAL_MANNER
from ui.actions import Actions, hint
from ui.theme import emf, spaced
from ui.views.place import Go, Place
from ui.views.rail import stage_rail
from ui.views.session_after import After, PutOff
from ui.views.session_list import ListEditor
from ui.views.session_manner import NextRound
from ui.views.session_people import TurnPanel
from ui.views.session_script import Asked, Doing, Script
from ui.views.session_state import (
    PLAN_KIND,
    Next,
    Standing,
    next_words,
    note_words,
    script_step,
    seconds_since,
    shown_words,
    standing,
)
from ui.views.steps import step_names
from ui.views.view import RecordView
from ui.views.workplace import Workplace
from ui.widgets.banner import Banner
from ui.widgets.buttons import PlainButton
from ui.widgets.flow import Flow
from ui.widgets.frames import STACKED, Columns, Side
from ui.widgets.timer import Timer

LEFT, RIGHT = 4, 3
"""How the sheet is split between the script and the people."""


class SessionView(RecordView):
    """Runs one activity; `key` is its id, or '' for the one that is current."""

    def __init__(self, work: Workplace, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(work, key, parent)
        self._chosen, self.asking = "", NextRound(work.store)
        self.now = self._read()
        self._at = script_step(self.now)
        self.side = Side()
        self.page = self.framed(stage_rail(work, at=self.now.activity.id), self.side)
        self.people: TurnPanel | None = None
        self.items: ListEditor | None = None
        self.ways: dict[str, PlainButton] = {}
        self._body: QWidget | None = None
        self._doing: QWidget | None = None
        self._start_timer()
        self.keys = Actions(self)
        self.keys.add("give", lambda: self._on_key(Next.GIVE))
        self.keys.add("reveal", lambda: self._on_key(Next.REVEAL))
        self.page.footer.set_back(_("Back"))
        self.page.footer.back_clicked.connect(self._on_back)
        self.page.footer.primary_clicked.connect(self._on_primary)
        self._show()

    def refresh(self) -> None:
        """Show what the record holds; the list keeps what is being typed."""
        listing = self.now.writes_list
        self.now = self._read()
        if listing and self.now.writes_list and self.items is not None:
            self.items.renew()
            self._show_next()
        else:
            self._show()

    def closing(self) -> None:
        """Keep what is typed into the list before another place shows."""
        if self.items is not None:
            self.items.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the words in the footer where there is no room for them."""
        super().resizeEvent(event)
        self._fit_note()

    def restyle(self) -> None:
        """Fit the page to the text size in use."""
        self._fit_note()

    # --- what shows -----------------------------------------------------------------

    def _read(self) -> Standing:
        store, guide, asking = self.work.store, self.work.guide, self.asking
        return standing(store, guide, self.key, self._chosen, rule=asking.rule, again=asking.again)

    def _show(self) -> None:
        """Build the page anew from how the activity stands."""
        now = self.now
        words = _("{stage}, {n} of {count}").format(
            stage=now.stage.short, n=now.number, count=len(now.stage.activities)
        )
        self.page.header(words, now.activity.title, shown_words(now.attribution))
        self.page.set_steps(step_names(), now.step)
        self.page.set_banner(self._banner())
        self._show_body()
        self._show_doing()
        self._show_next()
        self.setFocusProxy(self.items.entry if self.items else self.page.footer.primary)

    def _show_body(self) -> None:
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self.people, self.items, self.ways = None, None, {}
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        spaced(column, 20)
        shares = (RIGHT, LEFT) if self.now.writes_list else (LEFT, RIGHT)
        column.addWidget(Columns(self._left(), self._right(), shares=shares))
        column.addStretch(1)
        column.addWidget(self._way_row())
        self.page.sheet.addWidget(self._body, 1)

    def _left(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        spaced(column, 22)
        script = Script(self.now.activity.steps, self._at)
        script.moved.connect(self._on_script)
        column.addWidget(script)
        if self.now.activity.kind == CONSENT_KIND:
            column.addWidget(self.asking.widget(self.now, self._on_manner))
        items = () if self.now.writes_list else self.now.items
        column.addWidget(Asked(self.now.activity, items))
        column.addStretch(1)
        return box

    def _right(self) -> QWidget:
        now = self.now
        if now.next in (Next.RESULTS, Next.AGREE, Next.ON):
            return After(now)
        return self._list() if now.writes_list else self._turns()

    def _list(self) -> QWidget:
        asks = self.work.guide.item_list(self.now.activity.item_list)
        if asks is None:
            return QWidget()
        activity, store, guide = self.now.activity, self.work.store, self.work.guide
        setting = setting_of(store, guide, activity, activity.attribution)
        self.items = ListEditor(self, asks, setting)
        self.items.changed.connect(self._on_list)
        return self.items

    def _turns(self) -> QWidget:
        now, partners = self.now, {p.id: p for p in values.partners(self.work.store)}
        people = TurnPanel(now.turns, partners, now.next_turn, now.away, collecting=now.collecting)
        people.chosen.connect(self._on_choose)
        people.away.connect(lambda key: self._on_present(key, present=False))
        people.here.connect(lambda key: self._on_present(key, present=True))
        self.people = people
        return people

    def _show_doing(self) -> None:
        if self._doing is not None:
            self._doing.hide()
            self._doing.deleteLater()
        self._doing = Doing(self.now.activity, self._at)
        self.side.add(self._doing)

    def _start_timer(self) -> None:
        """Count from the opening of the round; an old round starts the time anew."""
        whole = self.now.activity.minutes * 60
        if not whole:
            return
        timer, gone = Timer(self.now.activity.minutes), 0.0
        if self.now.collecting and self.now.round is not None:
            gone = seconds_since(self.now.round.opened_at)
        if gone < 2 * whole:
            timer.set_minutes(self.now.activity.minutes, whole - gone)
        self.side.set_timer(timer)
        if not (self.now.done or self.now.postponed):
            timer.start()

    def _banner(self) -> Banner | None:
        if not self.now.postponed:
            return None
        words = _("Put off: {reason}").format(reason=self.now.postponed)
        banner = Banner(words, button=_("Take it up now"))
        banner.clicked.connect(self._on_resume)
        return banner

    # --- the other ways, and the one next step ------------------------------------------

    def _way_row(self) -> QWidget:
        ways = QWidget()
        row, now = Flow(ways, 8), self.now
        if now.collecting and now.next_turn is not None and now.received:
            self._way(row, "without", _("Reveal without the others"), "people", self._on_without)
        if now.next is Next.OPEN and now.activity.kind == PLAN_KIND:
            self._way(row, "together", _("Write it together at once"), "edit", self._on_together)
        if now.round is not None and not now.collecting and not now.again:
            if now.next is not Next.RESULTS:
                self._way(row, "results", _("See the answers"), "people", self._on_results)
            self._way(row, "again", _("Open a second round"), "undo", self._on_open)
        if now.next in (Next.RESULTS, Next.AGREE, Next.ON) or now.done:
            self._way(row, "paper", _("Session record"), "doc", self._on_paper)
        if now.done:
            leave = partial(self.work.go, Place(Go.LEAVE))
            self._way(row, "leave", _("Close the session"), "check", leave)
        if not (now.done or now.postponed or now.round):
            self._way(row, "put_off", _("Put this off"), "clock", self._on_put_off)
        return ways

    def _way(self, row: Flow, key: str, words: str, icon: str, act: Callable[[], None]) -> None:
        button = PlainButton(words, icon)
        button.clicked.connect(lambda: act())
        self.ways[key] = button
        row.addWidget(button)

    def _show_next(self) -> None:
        now, footer = self.now, self.page.footer
        why = now.why_not if now.next is Next.OPEN else ""
        footer.set_primary(self._next_words(), not why, why)
        self._fit_note()
        footer.set_keys([hint("give"), hint("reveal")] if now.collecting else [])
        self.keys.enable("give", now.next is Next.GIVE)
        self.keys.enable("reveal", now.next is Next.REVEAL)

    def _fit_note(self) -> None:
        """Say what the next step needs; where it is narrow, only what keeps it from being done."""
        footer = self.page.footer
        if footer.primary.isEnabled():
            wide = self.width() / emf(1) >= STACKED
            footer.set_note(note_words(self.now) if wide else "")

    def _next_words(self) -> str:
        if self.now.next is not Next.ON:
            return next_words(self.now)
        one = current_activity(self.work.store, self.work.guide)
        if one is None:
            return _("Go to the charter")
        return _("Go on to {activity}").format(activity=one.activity.title)

    # --- what is done -----------------------------------------------------------------

    def _on_primary(self) -> None:
        {
            Next.OPEN: self._on_open,
            Next.TOGETHER: self._on_together,
            Next.GIVE: self._on_give,
            Next.REVEAL: self._on_reveal,
            Next.RESULTS: self._on_results,
            Next.AGREE: self._on_together,
            Next.ON: self._go_on,
        }[self.now.next]()

    def _on_key(self, step: Next) -> None:
        if self.now.next is step:
            self._on_primary()

    def _on_open(self) -> None:
        self.closing()
        if self._asks_how():
            return
        now, shown = self.now, self.now.attribution
        if self.attempt(
            open_round,
            self.work.store,
            self.work.guide,
            now.activity.id,
            attribution=shown,
            manner=self.asking.manner or USUAL_MANNER,
            origin=self,
        ):
            self.asking = NextRound(self.work.store)
            self.now = self._read()
            self._at = script_step(self.now)
            self._again()

    def _asks_how(self) -> bool:
        """Show the choices of a further consent round first, and return whether that was due."""
        due = self.now.activity.kind == CONSENT_KIND and self.asking.panel is None
        if due:
            round_ = self.now.round
            if round_ is not None and not self.now.done:
                self.succeeds(close_round, self.work.store, round_.id, origin=self)
            self.asking.again = True
            self._again()
        return due

    def _on_manner(self, name: str) -> None:
        """Show what is asked under the choice just made; the keyboard stays there."""
        self._again()
        if self.asking.panel is not None:
            QTimer.singleShot(0, self.asking.panel, partial(self.asking.panel.focus, name))

    def _on_give(self) -> None:
        round_, turn = self.now.round, self.now.next_turn
        if round_ is not None and turn is not None:
            self.work.go(Place(Go.TURN, f"{round_.id}/{turn.respondent}"))

    def _on_reveal(self, *, incomplete: bool = False) -> None:
        round_ = self.now.round
        store, guide = self.work.store, self.work.guide
        if round_ is not None and self.succeeds(
            reveal_round, store, guide, round_.id, incomplete=incomplete, origin=self
        ):
            self._on_results()

    def _on_without(self) -> None:
        missing = len(self.now.turns) - self.now.received
        words = ngettext(
            "{count} answer is missing. After the reveal nobody can add to this round.",
            "{count} answers are missing. After the reveal nobody can add to this round.",
            missing,
        )
        self.work.messages.ask(
            self,
            _("Reveal without the others?"),
            words.format(count=missing),
            _("Reveal the answers"),
            _("Go on collecting"),
            lambda: self._on_reveal(incomplete=True),
        )

    def _on_results(self) -> None:
        self.work.go(Place(Go.REVEAL, self.now.activity.id))

    def _on_paper(self) -> None:
        self.work.go(Place(Go.PAPER))

    def _on_together(self) -> None:
        self.closing()
        self.work.go(Place(Go.AGREE, self.now.activity.id))

    def _go_on(self) -> None:
        one = current_activity(self.work.store, self.work.guide)
        self.work.go(Place(Go.SESSION, one.activity.id) if one else Place(Go.CHARTER))

    def _on_back(self) -> None:
        every = [a.id for a in self.work.guide.activities()]
        at = every.index(self.now.activity.id)
        self.work.go(Place(Go.SESSION, every[at - 1]) if at else Place(Go.PREPARE))

    def _on_put_off(self) -> None:
        if self._body is None or self._body.findChild(PutOff) is not None:
            return
        form = PutOff()
        form.chosen.connect(self._on_reason)
        form.left.connect(self._again)
        layout = self._body.layout()
        if layout is not None:
            layout.addWidget(form)
        form.reason.setFocus()
        QTimer.singleShot(0, form, lambda: self.page.scroll_to(form))

    def _on_reason(self, reason: str) -> None:
        work = self.work
        if self.succeeds(
            postpone_activity, work.store, work.guide, self.now.activity.id, reason, origin=self
        ):
            self._go_on()

    def _on_resume(self) -> None:
        if self.succeeds(resume_activity, self.work.store, self.now.activity.id, origin=self):
            self._again()

    def _on_choose(self, respondent: str) -> None:
        self._chosen = respondent
        self._again()

    def _on_present(self, respondent: str, *, present: bool) -> None:
        if self.succeeds(
            change_participant, self.work.store, respondent, present=present, origin=self
        ):
            self._again()

    def _on_list(self) -> None:
        self.now = self._read()
        self._show_next()

    def _on_script(self, at: int) -> None:
        self._at = at
        self._again()

    def _again(self) -> None:
        """Read and show again after something was done here."""
        self.now = self._read()
        self._show()
        if self.page.footer.primary.isEnabled():
            self.page.footer.primary.setFocus(Qt.FocusReason.OtherFocusReason)
