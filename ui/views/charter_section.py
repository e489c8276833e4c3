"""One section of the charter: what was signed, its clauses, its tables, and what is missing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.charter.clauses import ADOPTED
from partnerdesk.charter.wording import section_title
from partnerdesk.flow.versions import Version
from partnerdesk.language import _, ngettext
from partnerdesk.model.charter import ClauseFate
from partnerdesk.model.round import ClauseState
from ui.theme import Type, line, spaced
from ui.views.charter_clauses import ClauseCard, question_note
from ui.views.charter_form import WRITABLE
from ui.views.charter_matters import MatterList
from ui.views.charter_state import CharterState, Shown
from ui.views.place import Go, Place
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.icons import IconMark
from ui.widgets.text import Body, Caption, Heading, Words


class SectionPage(QWidget):
    """What stands in one section; its signals say what is asked for."""

    writing = Signal(str)
    changing = Signal(str)
    withdrawn = Signal(str)
    restored = Signal(str)
    confirmed = Signal(str, str)
    asking = Signal()
    settled = Signal(str)
    exported = Signal(str)

    def __init__(self, go: Callable[[Place], None], parent: QWidget | None = None) -> None:
        """Start empty; `go` leads to other places."""
        super().__init__(parent)
        self._go = go
        self._shown = QWidget()
        self._form: QWidget | None = None
        self._column = QVBoxLayout(self)
        spaced(self._column, 0, (0, 6, 8, 3))
        self._column.addWidget(self._shown)

    def show_section(
        self, state: CharterState, code: str, changed: bool, form: QWidget | None
    ) -> None:
        """Show the section `code`, or `form` in its place while something is written."""
        if form is not None and form is self._form:
            return
        self._form = form
        old, self._shown = self._shown, form or self._section(state, code, changed)
        self._column.replaceWidget(old, self._shown)
        self._shown.show()
        old.hide()
        old.deleteLater()

    def _section(self, state: CharterState, code: str, changed: bool) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        spaced(column, 18)
        if state.signed is not None:
            column.addWidget(self._signed(state.signed, changed))
        whole = state.questions.get("", ())
        if whole and code in ("C19", "C20"):
            column.addWidget(question_note(whole))
        special = {"C19": self._add_open, "C20": self._add_signing}.get(code)
        if special:
            special(column, state)
        else:
            self._add_tables(column, state, code)
            self._add_clauses(column, state, code)
            self._add_missing(column, state, code)
        column.addStretch()
        return made

    def _signed(self, version: Version, changed: bool) -> QFrame:
        note = QFrame()
        note.setProperty("kind", "note" if changed else "good")
        row = QHBoxLayout(note)
        spaced(row, 12, (10, 14))
        icon, role = ("edit", "now_text") if changed else ("shield", "good")
        row.addWidget(IconMark(icon, 20, role))
        count = len(version.signed)
        words = ngettext(
            "Version {n} is signed by {count} person.",
            "Version {n} is signed by {count} people.",
            count,
        ).format(n=version.number, count=count)
        if changed:
            words += " " + _("The text has changed since then.")
        row.addWidget(Body(words), 1)
        look = PlainButton(_("Look at it"))
        look.setAccessibleName(_("Look at version {n}").format(n=version.number))
        look.clicked.connect(lambda _on=False: self._go(Place(Go.SIGN, version.id)))
        row.addWidget(look)
        if changed:
            export = PlainButton(_("Export"))
            export.setAccessibleName(_("Export version {n}").format(n=version.number))
            export.clicked.connect(lambda _on=False: self.exported.emit(version.id))
            row.addWidget(export)
        return note

    def _add_tables(self, column: QVBoxLayout, state: CharterState, code: str) -> None:
        for activity, title in state.tables(code):
            row = QHBoxLayout()
            spaced(row, 10)
            row.addWidget(IconMark("check", 18, "good"))
            row.addWidget(Body(_("Agreed: {title}").format(title=title)), 1)
            look = PlainButton(_("Look at it"))
            look.setAccessibleName(_("Look at {title}").format(title=title))
            place = Place(Go.AGREE, activity)
            look.clicked.connect(lambda _on=False, place=place: self._go(place))
            row.addWidget(look)
            column.addLayout(row)

    def _add_clauses(self, column: QVBoxLayout, state: CharterState, code: str) -> None:
        for shown in state.clauses(code):
            column.addWidget(self._card(state, shown, shown.title))
        if code in WRITABLE:
            row = QHBoxLayout()
            add = QuietButton(_("Write a clause here"), "plus")
            add.clicked.connect(lambda _on=False: self.writing.emit(""))
            row.addWidget(add)
            row.addStretch()
            column.addLayout(row)

    def _card(self, state: CharterState, shown: Shown, title: str) -> ClauseCard:
        card = ClauseCard(
            shown.entry,
            title,
            state.indices,
            shown.questions,
            taken_back=shown.taken_back,
            keys=shown.keys,
        )
        card.confirmed.connect(self.confirmed)
        card.changing.connect(self.changing)
        card.withdrawn.connect(self.withdrawn)
        card.restored.connect(self.restored)
        return card

    def _add_missing(self, column: QVBoxLayout, state: CharterState, code: str) -> None:
        points = state.missing(code)
        if not points:
            return
        rows = QVBoxLayout()
        spaced(rows, 0)
        rows.addWidget(Body(_("Still missing here"), strong=True))
        for point in points:
            rows.addSpacing(4)
            rows.addWidget(line())
            row = QHBoxLayout()
            spaced(row, 10, (4, 0))
            row.addWidget(Body(point.words), 1)
            write = PlainButton(_("Write it"))
            write.setAccessibleName(_("Write: {point}").format(point=point.words))
            words = point.words
            write.clicked.connect(lambda _on=False, words=words: self.writing.emit(words))
            row.addWidget(write)
            rows.addLayout(row)
        column.addLayout(rows)

    def _add_open(self, column: QVBoxLayout, state: CharterState) -> None:
        """Show the open questions, and what is not adopted, all sections together."""
        matters = MatterList(state.record.matters, state.record.partners)
        matters.adding.connect(self.asking)
        matters.settled.connect(self.settled)
        column.addWidget(matters)
        column.addWidget(
            Body(_("Reservations and whatever is still open print here by themselves."))
        )
        codes = dict.fromkeys(c.section for c in state.every if c.state is ClauseState.PROPOSED)
        for code in codes:
            for shown in state.clauses(code):
                settled = shown.entry.state is ClauseFate.ADOPTED or shown.taken_back
                if not settled:
                    column.addWidget(self._card(state, shown, _located(shown, code)))

    def _add_signing(self, column: QVBoxLayout, state: CharterState) -> None:
        """Show who signs, and the way to change it."""
        column.addWidget(Heading(_("Who signs")))
        people = {person.id: person for person in state.record.participants}
        signing = [people[s.participant_id] for s in state.record.signatories]
        for number, person in enumerate(signing, 1):
            partner = state.record.partner(person.partner_id)
            row = QHBoxLayout()
            spaced(row, 10)
            row.addWidget(Words(str(number), Type.BODY_BOLD, digits=True, wrap=False))
            row.addWidget(Body(person.name))
            row.addWidget(Caption(partner.name if partner else ""), 1)
            column.addLayout(row)
        if not signing:
            column.addWidget(Body(_("Nobody is named yet.")))
        row = QHBoxLayout()
        choose = QuietButton(_("Choose who signs"), "pen")
        choose.clicked.connect(lambda _on=False: self._go(Place(Go.SIGN)))
        row.addWidget(choose)
        row.addStretch()
        column.addLayout(row)


def _located(shown: Shown, code: str) -> str:
    """Return the title of a clause away from its section."""
    if shown.entry.state in ADOPTED:
        return shown.title
    return _("{title}: {section}").format(title=shown.title, section=section_title(code))
