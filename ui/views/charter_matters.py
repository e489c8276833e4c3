"""Questions that stay open: who takes each on, by when, and the form that notes another one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.language import _
from partnerdesk.model.partnership import Partner
from partnerdesk.model.round import Matter
from ui.theme import line, spaced
from ui.views.charter_clauses import day_words
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.fields import ChoiceField, DateField, Field, LongTextField
from ui.widgets.text import Body, Caption, Heading


class MatterList(QWidget):
    """The open questions; `settled(id)` says that one is answered, `adding` asks for another."""

    settled = Signal(str)
    adding = Signal()

    def __init__(
        self, matters: Sequence[Matter], partners: Sequence[Partner], parent: QWidget | None = None
    ) -> None:
        """Show `matters` in the order they were noted."""
        super().__init__(parent)
        names = {partner.id: partner.short for partner in partners}
        column = QVBoxLayout(self)
        spaced(column, 8)
        column.addWidget(Heading(_("Questions that stay open")))
        if not matters:
            column.addWidget(Body(_("No question is noted."), tone="text2"))
        for matter in matters:
            column.addWidget(line())
            column.addLayout(self._row(matter, names.get(matter.owner, "")))
        add = QuietButton(_("Note a question"), "plus")
        add.clicked.connect(lambda _on=False: self.adding.emit())
        row = QHBoxLayout()
        row.addWidget(add)
        row.addStretch()
        column.addLayout(row)

    def _row(self, matter: Matter, owner: str) -> QHBoxLayout:
        row, words = QHBoxLayout(), QVBoxLayout()
        spaced(row, 12, (6, 0))
        spaced(words, 2)
        words.addWidget(Body(matter.text))
        about = _("{partner} takes it on, by {date}")
        words.addWidget(Caption(about.format(partner=owner, date=day_words(matter.date))))
        row.addLayout(words, 1)
        settle = PlainButton(_("Settled"), "check")
        settle.setAccessibleName(_("Settled: {question}").format(question=matter.text))
        settle.clicked.connect(lambda _on=False: self.settled.emit(matter.id))
        row.addWidget(settle)
        return row


class MatterForm(QFrame):
    """Notes one question; `kept(words, owner, date)` when it is to be kept, `left` when not."""

    kept = Signal(str, str, str)
    left = Signal()

    def __init__(self, partners: Sequence[Partner], parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setProperty("kind", "well")
        people = [(partner.id, partner.short) for partner in partners]
        self.words = Field(_("The question that stays open"), LongTextField(lines=3))
        self.owner = Field(_("Who takes it on"), ChoiceField(people))
        self.date = Field(_("By when"), DateField())
        column, grid = QVBoxLayout(self), QGridLayout()
        spaced(column, 12, (16, 16))
        spaced(grid, 12)
        column.addWidget(Body(_("Note a question"), strong=True))
        column.addWidget(self.words)
        for place, field in enumerate((self.owner, self.date)):
            grid.addWidget(field, 0, place)
            grid.setColumnStretch(place, 1)
        column.addLayout(grid)
        column.addLayout(self._buttons())
        column.addStretch()

    def start_typing(self) -> None:
        """Put the cursor into the question."""
        self.words.editor.setFocus()

    def complete(self) -> bool:
        """Return whether question, owner and date are there; what is missing says so."""
        missing = {
            self.words: _("Write the question first."),
            self.owner: _("Choose who takes it on."),
            self.date: _("Say by when."),
        }
        for field, words in missing.items():
            field.set_error("" if field.value() else words)
        return all(field.value() for field in missing)

    def keep(self) -> None:
        """Ask for the question to be kept, where it is complete."""
        if self.complete():
            self.kept.emit(self.words.value(), self.owner.value(), self.date.value())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 8)
        leave, keep = PlainButton(_("Do not note it")), QuietButton(_("Keep this question"))
        leave.clicked.connect(lambda _on=False: self.left.emit())
        keep.clicked.connect(lambda _on=False: self.keep())
        row.addWidget(leave)
        row.addStretch()
        row.addWidget(keep)
        return row
