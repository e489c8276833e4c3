"""Before freezing: who signs, how, in which order, and who reads the charter to whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from partnerdesk.charter.wording import method_words
from partnerdesk.flow.signatories import (
    add_signatory,
    change_signatory,
    move_signatory,
    remove_signatory,
    suggest_signatories,
)
from partnerdesk.language import _
from partnerdesk.model.partnership import Authority, Participant, Partner
from partnerdesk.model.round import Method, Signatory, Standing
from partnerdesk.store import Store
from ui.theme import Type, em, sized, spaced
from ui.views.prepare_fields import languages
from ui.views.sign_terms import TermsEditor
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.fields import ChoiceField, Field
from ui.widgets.marks import PartnerMark
from ui.widgets.text import Body, Caption, Lead, Words

Command = Callable[..., object]
"""A command on signatories that still needs the store and `origin`."""
FIELDS = ("method", "read_in", "read_by", "witness")


@dataclass(frozen=True)
class Signers:
    """Who may sign and who is named to, as the record has it."""

    partners: tuple[Partner, ...]
    people: tuple[Participant, ...]
    signatories: tuple[Signatory, ...]

    def person(self, signatory: Signatory) -> Participant:
        """Return the person behind a signatory."""
        return next(p for p in self.people if p.id == signatory.participant_id)

    def partner(self, person: Participant) -> Partner:
        """Return the partner for whom a person speaks."""
        return next(p for p in self.partners if p.id == person.partner_id)

    def free(self) -> tuple[Participant, ...]:
        """Return the people who may sign and are not named yet."""
        named = {s.participant_id for s in self.signatories}
        able = (p for p in self.people if p.authority is not Authority.OBSERVES)
        return tuple(p for p in able if p.id not in named)

    def uncovered(self) -> tuple[Partner, ...]:
        """Return the partners for whom nobody is named to sign as their organisation."""
        binding = (s for s in self.signatories if s.signs_as is Standing.ORGANISATION)
        covered = {self.person(s).partner_id for s in binding}
        return tuple(p for p in self.partners if p.id not in covered)

    def boards(self) -> tuple[str, ...]:
        """Return who must ask a board first, except the one who signs last."""
        people = [self.person(s) for s in self.signatories[:-1]]
        return tuple(p.name for p in people if p.authority is Authority.SUBJECT)


class SignerCard(QFrame):
    """One signatory; Alt+Up and Alt+Down move it. `asked` carries a Command."""

    asked = Signal(object)

    def __init__(
        self, signers: Signers, signatory: Signatory, place: int, parent: QWidget | None = None
    ) -> None:
        """Show who signs at `place`, from 0."""
        super().__init__(parent)
        self.setProperty("kind", "card-quiet")
        self.signatory, self._place = signatory, place
        person = signers.person(signatory)
        partner = signers.partner(person)
        self.setAccessibleName(f"{place + 1}. {person.name}, {partner.name}")
        column = QVBoxLayout(self)
        spaced(column, 10, (12, 16))
        column.addLayout(self._head(person, partner, len(signers.signatories)))
        self.fields = self._editors(signers, person)
        self._grid = QGridLayout()
        spaced(self._grid, 12)
        self._across = 0
        self._arrange()
        column.addLayout(self._grid)
        self.terms = TermsEditor(signatory, person)
        self.terms.asked.connect(self.asked)
        column.addWidget(self.terms)

    def every_field(self) -> dict[str, Field]:
        """Return the fields of this card by their names."""
        return {**self.fields, **self.terms.fields}

    def name_of(self, editor: QWidget) -> str:
        """Return the name of the field that `editor` belongs to, or that of the first."""
        fields = self.every_field().items()
        return next((name for name, field in fields if field.editor is editor), "method")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the four choices in one row where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        across = 4 if self.width() >= em(680) else 2
        if across == self._across:
            return
        self._across = across
        for n, name in enumerate(FIELDS):
            self._grid.addWidget(self.fields[name], n // across, n % across)
            self._grid.setColumnStretch(n, 1 if n < across else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move this signatory up or down."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(self._place + step)
        else:
            super().keyPressEvent(event)

    def _head(self, person: Participant, partner: Partner, count: int) -> QHBoxLayout:
        row, words = QHBoxLayout(), QVBoxLayout()
        spaced(row, 10)
        spaced(words, 0)
        number = Words(str(self._place + 1), Type.H2, digits=True, wrap=False)
        sized(number, 18, 0)
        row.addWidget(number)
        row.addWidget(PartnerMark(partner.index, 18))
        words.addWidget(Body(person.name, strong=True))
        about = ", ".join(part for part in (person.role, partner.name) if part)
        words.addWidget(Caption(about))
        if person.authority is Authority.SUBJECT:
            words.addWidget(Caption(_("Must ask a board before signing."), tone="now_text"))
        row.addLayout(words, 1)
        buttons = (
            ("up", _("{name} signs earlier"), -1, self._place > 0),
            ("down", _("{name} signs later"), 1, self._place < count - 1),
        )
        for icon, name, step, enabled in buttons:
            row.addWidget(self._mover(icon, name.format(name=person.name), step, enabled))
        remove = PlainButton(_("Remove"))
        remove.setAccessibleName(_("{name} does not sign").format(name=person.name))
        remove.clicked.connect(lambda _on=False: self._remove())
        row.addWidget(remove)
        return row

    def _mover(self, icon: str, name: str, step: int, enabled: bool) -> PlainButton:
        button = PlainButton("", icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setEnabled(enabled)
        place = self._place + step
        button.clicked.connect(lambda _on=False: self._move(place))
        return button

    def _editors(self, signers: Signers, person: Participant) -> dict[str, Field]:
        one = self.signatory
        others = [(p.id, p.name) for p in signers.people if p.id != person.id]
        nobody = [("", _("Nobody")), *others]
        alone = [("", _("Reads it alone")), *others]
        methods = [(m.value, method_words(m).capitalize()) for m in Method]
        made = {
            "method": Field(_("Signs by"), ChoiceField(methods, one.method.value)),
            "read_in": Field(_("Read in"), ChoiceField(languages(one.read_in), one.read_in)),
            "read_by": Field(_("Read aloud by"), ChoiceField(alone, one.read_by)),
            "witness": Field(_("Witness of the reading"), ChoiceField(nobody, one.witness)),
        }
        for name, field in made.items():
            field.committed.connect(lambda value, name=name: self._change(name, str(value)))
            field.editor.setAccessibleDescription(person.name)
        return made

    def _change(self, name: str, value: str) -> None:
        def change(store: Store, *, origin: object = None) -> None:
            change_signatory(store, self.signatory.id, origin=origin, **{name: value})

        self.asked.emit(change)

    def _move(self, place: int) -> None:
        self.asked.emit(partial(move_signatory, key=self.signatory.id, place=place))

    def _remove(self) -> None:
        self.asked.emit(partial(remove_signatory, key=self.signatory.id))


class SignerList(QWidget):
    """All signatories in order, and the way to add more; `asked` carries a Command."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._whole = QVBoxLayout(self)
        spaced(self._whole, 0, (0, 6, 8, 3))
        self._shown = QWidget()
        self._whole.addWidget(self._shown)
        self.cards: list[SignerCard] = []

    def show_signers(self, signers: Signers) -> None:
        """Show the signatories; the field that had the focus keeps it."""
        focus = _focus(self)
        focused = next((c.signatory.id for c in self.cards if c.isAncestorOf(focus)), "")
        name = next((c.name_of(focus) for c in self.cards if c.isAncestorOf(focus)), "method")
        at = focus.cursorPosition() if isinstance(focus, QLineEdit) else 0
        old, self._shown = self._shown, self._page(signers)
        self._whole.replaceWidget(old, self._shown)
        self._shown.show()
        old.hide()
        old.deleteLater()
        for card in self.cards:
            if card.signatory.id == focused:
                editor = card.every_field().get(name, card.fields["method"]).editor
                editor.setFocus()
                if isinstance(editor, QLineEdit):
                    editor.setCursorPosition(at)

    def _page(self, signers: Signers) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        spaced(column, 14)
        self.cards = []
        if not signers.signatories:
            column.addWidget(Lead(_("Nobody is named to sign yet."), tone="text2"))
        for place, signatory in enumerate(signers.signatories):
            card = SignerCard(signers, signatory, place)
            card.asked.connect(self.asked)
            self.cards.append(card)
            column.addWidget(card)
        for words in hints(signers):
            column.addWidget(Caption(words, tone="now_text"))
        column.addLayout(self._adding(signers))
        column.addStretch()
        return made

    def _adding(self, signers: Signers) -> QVBoxLayout:
        column = QVBoxLayout()
        spaced(column, 10)
        if signers.uncovered() and signers.free():
            suggest = QuietButton(_("Name one person for each partner"), "people")
            suggest.clicked.connect(lambda _on=False: self.asked.emit(suggest_signatories))
            column.addWidget(suggest, 0, Qt.AlignmentFlag.AlignLeading)
        free = signers.free()
        if free:
            names = [(p.id, f"{p.name}, {signers.partner(p).short}") for p in free]
            self.adder = Field(_("Somebody else signs too"), ChoiceField(names))
            self.adder.committed.connect(
                lambda value: self.asked.emit(
                    partial(add_signatory, participant_id=str(value), method=Method.DRAWN)
                )
            )
            column.addWidget(self.adder)
        return column


def hints(signers: Signers) -> Sequence[str]:
    """Return what to think of before freezing."""
    missing = [
        _("Nobody signs for {partner} yet.").format(partner=partner.name)
        for partner in signers.uncovered()
    ]
    waiting = [
        _("{name} must ask a board. Who signs last can do so on another day.").format(name=name)
        for name in signers.boards()
    ]
    return (*missing, *waiting)


def _focus(widget: QWidget) -> QWidget:
    return widget.window().focusWidget() or widget
