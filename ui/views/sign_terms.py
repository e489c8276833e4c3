"""On what terms somebody signs: today or after taking it home, and which board must consent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from partnerdesk.flow.terms import USUAL_DAYS, set_terms, sign_today, take_home
from partnerdesk.language import _, ngettext
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Authority, Participant
from partnerdesk.model.round import Signatory, Standing
from partnerdesk.store import Store
from ui.theme import spaced
from ui.views.charter_clauses import day_words
from ui.widgets.check import CheckBox
from ui.widgets.fields import ChoiceField, DateField, Field, TextField
from ui.widgets.text import Caption

NOW, HOME = "now", "home"
BESIDE = 2


class TermsEditor(QWidget):
    """The terms of one signatory in words and fields; `asked` carries a command."""

    asked = Signal(object)

    def __init__(
        self,
        signatory: Signatory,
        person: Participant,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        """Show the terms; the board is asked about where the person must ask one."""
        super().__init__(parent)
        self._key, self._today = signatory.id, today
        self.fields: dict[str, Field] = {
            "when": Field(_("Signs when"), ChoiceField(_times(), _time(signatory)))
        }
        self.fields["signs_as"] = Field(
            _("Signs for"), ChoiceField(_standings(), signatory.signs_as.value)
        )
        self.ratified: CheckBox | None = None
        if person.authority is Authority.SUBJECT or signatory.board:
            self.fields["board"] = Field(_("Board that must consent"), TextField(signatory.board))
            self.fields["board_due"] = Field(_("It answers by"), DateField(signatory.board_due))
            self.ratified = self._box(signatory)
        self._lay_out(signatory, person)
        for name, field in self.fields.items():
            field.committed.connect(partial(self._change, name))
            field.editor.setAccessibleDescription(person.name)

    def _lay_out(self, signatory: Signatory, person: Participant) -> None:
        column, grid = QVBoxLayout(self), QGridLayout()
        spaced(column, 8)
        spaced(grid, 12)
        for place, field in enumerate(self.fields.values()):
            grid.addWidget(field, place // BESIDE, place % BESIDE)
            grid.setColumnStretch(place % BESIDE, 1)
        column.addLayout(grid)
        if self.ratified is not None:
            column.addWidget(self.ratified)
        for words in terms_words(signatory, person.name):
            column.addWidget(Caption(words, tone="now_text"))

    def _box(self, signatory: Signatory) -> CheckBox:
        box = CheckBox(_("The board has consented"))
        box.setChecked(signatory.ratified)
        box.setEnabled(bool(signatory.board))
        box.clicked.connect(lambda on: self._change("ratified", on))
        return box

    def _change(self, name: str, value: Json) -> None:
        def change(store: Store, *, origin: object = None) -> None:
            set_terms(store, self._key, origin=origin, **{name: value})

        if name != "when":
            self.asked.emit(change)
        elif value == HOME:
            self.asked.emit(partial(take_home, signatory_id=self._key, today=self._today()))
        else:
            self.asked.emit(partial(sign_today, signatory_id=self._key))


def terms_words(signatory: Signatory, name: str) -> tuple[str, ...]:
    """Return the terms of a signatory in sentences."""
    home = _("{name} takes it home and signs by {date}.")
    asked = _("{board} is asked to consent by {date}.")
    person = _("{name} signs for themselves, as a person.")
    facts = (
        (signatory.signs_as is Standing.PERSONAL, person, ""),
        (signatory.signs_as is Standing.WITNESS, _("{name} signs as a witness, not a party."), ""),
        (bool(signatory.home_until), home, signatory.home_until),
        (bool(signatory.board_due) and not signatory.ratified, asked, signatory.board_due),
        (signatory.ratified, _("{board} has consented."), ""),
    )
    board = signatory.board or _("The board")
    return tuple(
        words.format(name=name, board=board, date=day_words(day)) for on, words, day in facts if on
    )


def _standings() -> tuple[tuple[str, str], ...]:
    return (
        (Standing.ORGANISATION.value, _("The organisation")),
        (Standing.PERSONAL.value, _("Themselves, as a person")),
        (Standing.WITNESS.value, _("Nobody: a witness")),
    )


def _times() -> tuple[tuple[str, str], ...]:
    home = ngettext("Takes it home for {n} day", "Takes it home for {n} days", USUAL_DAYS)
    return (NOW, _("Today")), (HOME, home.format(n=USUAL_DAYS))


def _time(signatory: Signatory) -> str:
    return HOME if signatory.home_until else NOW
