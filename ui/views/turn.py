"""A private turn: the cover, the form of one person, and at once the cover for the next."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.errors import PartnerDeskError
from partnerdesk.flow import values
from partnerdesk.flow.guides import activity_of
from partnerdesk.flow.half_turns import half_of, keep_half
from partnerdesk.flow.rounds import (
    Turn,
    begin_turn,
    leave_turn,
    setting_of,
    submit_answer,
    turns,
)
from partnerdesk.guide import translated
from partnerdesk.kinds.base import Setting
from partnerdesk.language import (
    OWN_NAMES,
    ROOM,
    SCRIPTS,
    Tongue,
    _,
    reads_right,
    speak,
    speaking,
    spoken_in,
)
from partnerdesk.model.json import Json
from partnerdesk.model.names import badge_letters
from partnerdesk.model.partnership import Partner
from partnerdesk.model.round import Answer, RoundState
from ui import kinds
from ui.kinds import AnswerForm
from ui.kinds.half import fill, half
from ui.theme import load_fonts
from ui.views.place import Go, Place
from ui.views.turn_guard import forget_selection
from ui.views.turn_page import TurnPage
from ui.views.view import RecordView
from ui.views.workplace import Workplace
from ui.widgets.cover import Cover, HandOver, Picture
from ui.widgets.marks import Badge

LATER, BACK = "later", "back"


class TurnView(RecordView):
    """Asks one person after the other in private; `key` is "round_id/respondent".

    What is typed lives in the form alone and goes with it: into a sealed answer, or nowhere.
    """

    private = True

    def __init__(self, work: Workplace, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(work, key, parent)
        self._round_id, _slash, self._respondent = key.partition("/")
        self.round = values.round_of(work.store, self._round_id)
        self._partners = {p.id: p for p in values.partners(work.store)}
        self.cover: Cover | None = None
        self.turn_page: TurnPage | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._show_cover()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape take the laptop back."""
        if event.key() == Qt.Key.Key_Escape:
            self.take_back()
        else:
            super().keyPressEvent(event)

    def take_back(self) -> None:
        """Close the turn; a form that was opened asks first, since nothing of it is kept."""
        if self.turn_page is None:
            self._leave()
            return
        with speaking(None):
            self.work.messages.ask(
                self,
                _("Take the laptop back?"),
                _("What was typed in this turn is not kept. This person can answer later."),
                _("Take it back"),
                _("Go on with the turn"),
                self._leave,
            )

    def showEvent(self, event: QShowEvent) -> None:
        """Speak the person's language while the form shows."""
        super().showEvent(event)
        self._speak_as_shown()

    def hideEvent(self, event: QHideEvent) -> None:
        """Speak as the room does again, whatever ends the turn."""
        super().hideEvent(event)
        speak(None)

    def cover_up(self) -> bool:
        """Hide an open form, as it is, behind the cover of its person; return whether one is open.

        Whoever takes the cover away is asked for first, and never sees what is typed so far.
        """
        page, turn = self.turn_page, self._turn()
        if page is None or turn is None:
            return False
        speak(None)
        if self.cover is None:
            page.hide()
            self.cover = Cover(replace(self._hand_over(turn), ways=()))
            self.cover.opened.connect(self._on_uncovered)
            self._column.addWidget(self.cover)
            self.setFocusProxy(self.cover)
        return True

    def keep_half(self) -> bool:
        """Seal what is typed so far, for the same person to go on; return whether all of it is.

        It is only where a new form, filled with what was kept, holds the same.
        """
        page = self.turn_page
        if page is None:
            return True
        typed = half(page.form)
        if not fill(self._form(page.turn), typed):
            return False
        kept: dict[str, Json] = {"at": page.at, "typed": typed}
        try:
            keep_half(self.work.store, self._round_id, self._respondent, kept, origin=self)
        except PartnerDeskError:  # such as a full disk: the form stays where it is
            return False
        return True

    def _on_uncovered(self) -> None:
        """Go on with the form that was hidden."""
        page, cover, self.cover = self.turn_page, self.cover, None
        if page is None or cover is None:
            return
        self._speak_as_shown()
        cover.hide()
        self._column.removeWidget(cover)
        cover.deleteLater()
        page.show()
        self.setFocusProxy(page)
        page.form.setFocus()

    # --- what shows -----------------------------------------------------------------

    def _show_cover(self) -> None:
        """Cover everything for the person whose turn it is; without one, hand back."""
        speak(None)
        turn = self._turn()
        begun = turn is not None and self.succeeds(
            begin_turn, self.work.store, self._round_id, self._respondent, origin=self
        )
        if turn is None or not begun:
            self._show_hand_back()
            return
        cover = Cover(self._hand_over(turn))
        cover.opened.connect(self._show_form)
        cover.chosen.connect(self._on_way)
        self._show(cover)

    def _show_hand_back(self) -> None:
        """Ask for the laptop back, once nobody is next."""
        speak(None)
        name = _facilitator(self.work) or _("the facilitator")
        cover = Cover(
            HandOver(
                name=name,
                partner=0,
                face="",
                lead=_("Give the laptop back to"),
                hold=_("{name}: hold Space for one second").format(name=name),
                partners=self._indices(),
                notes=(("lock", _("All answers so far are sealed")),),
            )
        )
        _put_away(cover)
        cover.opened.connect(self._to_session)
        self._show(cover)

    def _show_form(self) -> None:
        turn = self._turn()
        if turn is None:
            self._show_hand_back()
            return
        with speaking(self._tongue(turn)):
            page = self._form_page(turn)
        before = half_of(self.work.store, self._round_id, self._respondent) or {}
        typed, at = before.get("typed"), before.get("at")
        if isinstance(typed, dict):
            fill(page.form, typed)
        self._show(page)
        self._speak_as_shown()
        page.show_page(at if isinstance(at, int) and at < page.form.page_count() else 0)

    def _form(self, turn: Turn) -> AnswerForm:
        """Return the empty form of one person, in the language that is spoken now."""
        activity = activity_of(self.work.guide, self.round.activity)
        setting = setting_of(self.work.store, self.work.guide, activity, self.round.attribution)
        return kinds.TWINS[activity.kind].form(_in_words(setting), turn.partner_id, None)

    def _form_page(self, turn: Turn) -> TurnPage:
        """Return the page of one person, in the language that is spoken now."""
        form = self._form(turn)
        page = TurnPage(turn, self._badge(turn), form)
        page.setLayoutDirection(_direction(turn.language or ROOM.code))
        page.answered.connect(lambda: self._on_answer(form.answer()))
        page.passed.connect(lambda: self._on_answer(None))
        return page

    def _show(self, part: Cover | TurnPage) -> None:
        """Show `part` alone."""
        self._clear()
        self.cover = part if isinstance(part, Cover) else None
        self.turn_page = part if isinstance(part, TurnPage) else None
        self._column.addWidget(part)
        part.show()
        self.setFocusProxy(part)
        if self.cover is not None:
            self.cover.setFocus()

    def _clear(self) -> None:
        """Let go of what shows, with all that it held, and speak as the room does."""
        speak(None)
        for old in (self.cover, self.turn_page):
            if old is not None:
                old.hide()
                self._column.removeWidget(old)
                old.setParent(None)
                old.deleteLater()
        self.cover, self.turn_page = None, None
        forget_selection()

    def _hand_over(self, turn: Turn) -> HandOver:
        load_fonts(SCRIPTS.get(turn.language, ""))
        second, second_hold = second_lines(turn)
        return HandOver(
            second=second,
            second_hold=second_hold,
            name=turn.name,
            partner=self._partner(turn).index,
            face=turn.picture or badge_letters(turn.name),
            lead=_("Give the keyboard to"),
            hold=_("{name}: hold Space for one second").format(name=turn.name.split()[0]),
            partners=self._indices(),
            notes=(("lock", _("Answers so far are sealed")),),
            ways=((LATER, _("Later")), (BACK, _("Back to the session"))),
        )

    def _speak_as_shown(self) -> None:
        """Speak the language of the person whose form is open, or the room's."""
        turn = self._turn() if self.turn_page and not self.cover else None
        speak(self._tongue(turn) if turn else None)

    def _tongue(self, turn: Turn) -> Tongue | None:
        """Return the person's language, or None where it is the room's or has no words here."""
        known = turn.language in OWN_NAMES and turn.language != ROOM.code
        return spoken_in(turn.language) if known else None

    def _badge(self, turn: Turn) -> Badge:
        face = turn.picture or badge_letters(turn.name)
        return Badge(self._partner(turn).index, face, 48, name=turn.name)

    # --- what is done -----------------------------------------------------------------

    def _on_answer(self, answer: Answer | None) -> None:
        """Seal an answer or a pass, and hand on; a faulty answer stays in its form."""
        store, guide = self.work.store, translated(self.work.guide, _)
        if self.succeeds(
            submit_answer, store, guide, self._round_id, self._respondent, answer, origin=self
        ):
            self._hand_on()

    def _hand_on(self) -> None:
        following = self._following()
        if following is None:
            self._show_hand_back()
            return
        self._respondent = following.respondent
        self._show_cover()

    def _on_way(self, way: str) -> None:
        if way == LATER and self._following() is not None:
            self._hand_on()
        else:
            self._leave()

    def _leave(self) -> None:
        self.succeeds(leave_turn, self.work.store, self._round_id, origin=self)
        self._to_session()

    def _to_session(self) -> None:
        self._clear()
        self.work.go(Place(Go.SESSION, self.round.activity))

    # --- who ----------------------------------------------------------------------------

    def _turn(self) -> Turn | None:
        """Return the turn of the person on the cover, or None where nobody can answer."""
        if values.round_of(self.work.store, self._round_id).state is not RoundState.COLLECTING:
            return None
        asked = turns(self.work.store, self.round)
        return next((turn for turn in asked if turn.respondent == self._respondent), None)

    def _following(self) -> Turn | None:
        """Return who waits after the present person, from the top again after the last."""
        asked = turns(self.work.store, self.round)
        at = next((n for n, t in enumerate(asked) if t.respondent == self._respondent), -1)
        others = [*asked[at + 1 :], *asked[: max(0, at)]]
        return next((turn for turn in others if not turn.received), None)

    def _partner(self, turn: Turn) -> Partner:
        return self._partners[turn.partner_id]

    def _indices(self) -> tuple[int, ...]:
        return tuple(partner.index for partner in self._partners.values())


def _put_away(cover: Cover) -> None:
    """Take the picture off a cover for somebody who belongs to no partner."""
    shelf = QWidget(cover)
    shelf.hide()
    for picture in cover.findChildren(Picture):
        picture.setParent(shelf)


def second_lines(turn: Turn) -> tuple[str, str]:
    """Return both lines of the cover in the person's own language, '' where there are none."""
    if turn.language == ROOM.code or turn.language not in OWN_NAMES:
        return "", ""
    with speaking(spoken_in(turn.language)):
        give, hold = _("Give the keyboard to {name}"), _("Hold Space for one second")
    return give.format(name=turn.name), hold


def _in_words(setting: Setting) -> Setting:
    """Return what is asked in the language that is spoken now; the partners' words stay."""
    return replace(
        setting,
        activity=translated(setting.activity, _),
        items=tuple(translated(item, _) for item in setting.items),
    )


def _direction(code: str) -> Qt.LayoutDirection:
    right = reads_right(code)
    return Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight


def _facilitator(work: Workplace) -> str:
    named = (session.facilitator for session in reversed(values.sessions(work.store)))
    return next((name for name in named if name), "")
