"""How far each partner supports each clause, a clause a page; revealed with every reservation."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from partnerdesk.analysis.adoption import AdoptionState
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import dig, level
from partnerdesk.kinds.consent import FACES, LONGEST, SUPPORT, TALK, face_words
from partnerdesk.kinds.lines import step_word
from partnerdesk.kinds.summary import Line, Summary
from partnerdesk.language import _
from partnerdesk.model.guide import Item
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Partner
from ui.kinds.base import AnswerForm, Twin, merged
from ui.kinds.lines import beside_text
from ui.kinds.page import Asked
from ui.kinds.private import PrivateText, refusal
from ui.kinds.results import Results, part, ruled, short
from ui.theme import Type, spaced
from ui.widgets.faces import FaceChoice
from ui.widgets.marks import PartnerMark
from ui.widgets.radio import RadioRow
from ui.widgets.support import Quote, SupportChoice
from ui.widgets.text import Body, Caption, Words

RESERVES = 3
"""From this level on the person is asked for the reservation."""


def form(setting: Setting, own: str, parent: QWidget | None = None) -> AnswerForm:
    """Return the private form: each clause with eight levels in words."""
    return AnswerForm([_Clause(setting, item) for item in setting.items], merged, parent)


def results(setting: Setting, summary: Summary, parent: QWidget | None = None) -> QWidget:
    """Return the view of a revealed round: where each clause stands, and with whom."""
    rows = [_standing(setting, summary, shown) for shown in summary.lines]
    first = (part(_("Where each clause stands"), ruled(rows)),) if rows else ()
    return Results(setting, summary, first=first, quotes=not rows, parent=parent)


class _Clause(Asked):
    """One clause."""

    def __init__(self, setting: Setting, item: Item) -> None:
        super().__init__(item.text, setting.activity.question, kind=Type.H1_COMPACT)
        self._item = item.id
        self._levels: RadioRow = SupportChoice(item.text, setting.scale.words)
        if setting.manner.faces:
            self._levels = FaceChoice(item.text, face_words(), FACES)
        self._levels.chosen.connect(self._on_chosen)
        self._words = PrivateText(_("Our reservation"), lines=3)
        self._words.textChanged.connect(self.changed)
        self._asked = _labelled(self._words)
        self._asked.hide()
        self.add(self._levels)
        self.add(self._asked)
        self.end()

    def done(self) -> bool:
        """Return whether a level is chosen; the reservation may stay empty."""
        return self._levels.value is not None and len(self._reservation()) <= LONGEST

    def answer(self) -> dict[str, Json]:
        """Return {clause: {"level": 1 to 8, "reservation": words}}."""
        return {self._item: {"level": self._levels.value, "reservation": self._reservation()}}

    def _reservation(self) -> str:
        return self._words.words() if self._reserves() else ""

    def _reserves(self) -> bool:
        return self._levels.value is not None and self._levels.value >= RESERVES

    def _on_chosen(self, _level: int) -> None:
        appears = self._reserves() and self._asked.isHidden()
        self._asked.setVisible(self._reserves())
        if appears:
            QTimer.singleShot(0, self._asked, self._bring_into_view)
        self.changed.emit()

    def _bring_into_view(self) -> None:
        area = self.findChild(QScrollArea)
        if area is not None:
            area.ensureWidgetVisible(self._asked, 0, 0)


def state_words(state: str) -> tuple[str, str]:
    """Return the state of a clause in words, and the tone that goes with them."""
    return {
        AdoptionState.ADOPTED.value: (_("Adopted"), "good"),
        AdoptionState.WITH_RESERVATIONS.value: (_("Adopted with reservations"), "now_text"),
        AdoptionState.BLOCKED.value: (_("Blocked"), "stop"),
        AdoptionState.PENDING.value: (_("Not all have answered"), "text2"),
    }.get(state, (_("Open: talk again"), "text2"))


def _labelled(words: PrivateText) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    spaced(column, 6)
    label = Body(_("What is your reservation?"), strong=True)
    label.setBuddy(words)
    column.addWidget(label)
    column.addWidget(words)
    column.addWidget(refusal(words))
    column.addWidget(Caption(_("It is kept word for word. You may leave it empty.")))
    return made


def _standing(setting: Setting, summary: Summary, shown: Line) -> QWidget:
    made = QWidget()
    made.setAccessibleName(shown.label)
    column = QVBoxLayout(made)
    spaced(column, 10, (10, 0))
    column.addWidget(Body(shown.label, strong=True))
    words, tone = state_words(str(dig(summary.data, shown.key, "state")))
    column.addWidget(Words(words, Type.BODY_BOLD, tone=tone))
    for partner in setting.partners:
        column.addWidget(_support(setting, summary, shown, partner))
    return made


def _support(setting: Setting, summary: Summary, shown: Line, partner: Partner) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    spaced(row, 10, (0, 0, 0, 4))
    row.addWidget(beside_text(PartnerMark(partner.index, 16)), 0, Qt.AlignmentFlag.AlignTop)
    said = QVBoxLayout()
    spaced(said, 6)
    support = level(SUPPORT, dig(summary.data, shown.key, "levels", partner.id))
    standing = step_word(setting.scale, support) if support else _("no answer yet")
    strong = support is not None and support >= TALK
    said.addWidget(Body(f"{short(partner)}  {standing}", strong=strong))
    for quote in summary.quotes:
        if quote.heading == shown.label and quote.partner_id == partner.id:
            said.addWidget(Quote(quote.text))
    colleagues = dig(summary.data, shown.key, "colleagues", partner.id)
    for one in colleagues if isinstance(colleagues, list) else []:
        said.addWidget(_colleague(setting, partner, one))
    row.addLayout(said, 1)
    return made


def _colleague(setting: Setting, partner: Partner, said: Json) -> QWidget:
    """Return where a colleague stands: a smaller dot beside the partner's own level."""
    made = QWidget()
    row = QHBoxLayout(made)
    spaced(row, 8)
    row.addWidget(beside_text(PartnerMark(partner.index, 10)), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    spaced(words, 4)
    standing = step_word(setting.scale, level(SUPPORT, dig(said, "level")) or 0)
    words.addWidget(Caption(_("A colleague: {level}").format(level=standing)))
    reservation = str(dig(said, "said") or "")
    if reservation:
        words.addWidget(Quote(reservation))
    row.addLayout(words, 1)
    return made


TWIN = Twin(form, results)
