"""The form in which a clause is written or changed: its words, and whom they touch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.charter.wording import section_title, type_words
from partnerdesk.language import _, ngettext
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Partner
from partnerdesk.model.round import Clause, ClauseType
from ui.theme import spaced
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.check import CheckBox
from ui.widgets.fields import ChoiceField, DateField, Field, LongTextField
from ui.widgets.text import Body, Caption

WRITABLE = tuple(f"C{number}" for number in range(1, 19))


@dataclass(frozen=True)
class Draft:
    """A clause as it is typed; `clause` is the id of the one that changes, or ''."""

    clause: str
    section: str
    type: ClauseType
    text: str
    affects: tuple[str, ...]
    owner: str
    date: str
    writer: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the partner whose people wrote these words, or none."""
        return (self.writer,) if self.writer else ()

    def fields(self) -> Mapping[str, Json]:
        """Return the columns of the clause."""
        return {
            "section": self.section,
            "type": self.type.value,
            "text": self.text,
            "affects": list(self.affects),
            "owner": self.owner,
            "date": self.date,
        }


class ClauseForm(QFrame):
    """Writes a clause; `kept(Draft)` when it is to be kept, `left` when it is not."""

    kept = Signal(object)
    left = Signal()

    def __init__(
        self,
        partners: Sequence[Partner],
        section: str,
        clause: Clause | None = None,
        about: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Start with `clause`, or empty for `section`; `about` says what is missing there."""
        super().__init__(parent)
        self.setProperty("kind", "well")
        self._clause = clause
        self._partners = partners
        self._make_fields(section, clause)
        self._lay_out(about)
        self._start = self.draft()

    def draft(self) -> Draft:
        """Return what is typed now."""
        return Draft(
            clause=self._clause.id if self._clause else "",
            section=self._section.value(),
            type=ClauseType(self._type.value()),
            text=self._text.value(),
            affects=tuple(p.id for p, box in self._affects if box.isChecked()),
            owner=self._owner.value(),
            date=self._date.value(),
            writer=self._writer.value(),
        )

    def changed(self) -> bool:
        """Return whether there are words, and something differs from the start."""
        now = self.draft()
        return bool(now.text) and replace(now, writer="") != self._start

    def start_typing(self) -> None:
        """Put the cursor into the words."""
        self._text.editor.setFocus()

    def _make_fields(self, section: str, clause: Clause | None) -> None:
        nobody = [("", _("Nobody named"))]
        people = [(p.id, p.short or p.name) for p in self._partners]
        kind = (clause.type if clause else ClauseType.COMMITMENT).value
        self._text = Field(
            _("The words, as all partners will read them"),
            LongTextField(clause.text if clause else "", lines=4),
        )
        kinds = [(one.value, type_words(one)) for one in ClauseType]
        sections = [(code, f"{code[1:]}  {section_title(code)}") for code in WRITABLE]
        self._type = Field(_("What kind of clause"), ChoiceField(kinds, kind))
        self._section = Field(
            _("Section"), ChoiceField(sections, clause.section if clause else section)
        )
        owner = ChoiceField([*nobody, *people], clause.owner if clause else "")
        self._owner = Field(_("Who carries it out"), owner)
        self._date = Field(_("By when"), DateField(clause.date if clause else ""))
        self._writer = Field(_("Whose people wrote these words"), ChoiceField([*nobody, *people]))
        self._affects = [(p, CheckBox(p.short or p.name)) for p in self._partners]
        for partner, box in self._affects:
            box.setChecked(bool(clause and partner.id in clause.affects))

    def _lay_out(self, about: str) -> None:
        column = QVBoxLayout(self)
        spaced(column, 12, (16, 16))
        title = _("Change this clause") if self._clause else _("Write a clause")
        column.addWidget(Body(title, strong=True))
        for words in (about, self._warning()):
            if words:
                column.addWidget(Caption(words, tone="now_text" if words != about else "text2"))
        column.addWidget(self._text)
        column.addWidget(Caption(_("Whom it touches. Their support counts most.")))
        touched = QGridLayout()
        spaced(touched, 12)
        for n, (_partner, box) in enumerate(self._affects):
            touched.addWidget(box, n // 3, n % 3)
        column.addLayout(touched)
        fields = QGridLayout()
        spaced(fields, 12)
        for n, field in enumerate((self._type, self._section, self._owner, self._date)):
            fields.addWidget(field, n // 2, n % 2)
            fields.setColumnStretch(n % 2, 1)
        fields.addWidget(self._writer, 2, 0)
        fields.addWidget(Caption(_("A second partner confirms them before all are asked.")), 2, 1)
        column.addLayout(fields)
        column.addLayout(self._buttons())
        column.addStretch()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 8)
        self.keep = QuietButton(_("Keep these words") if self._clause else _("Propose this clause"))
        leave = PlainButton(_("Leave it as it was") if self._clause else _("Do not write it"))
        self.keep.clicked.connect(lambda _on=False: self._keep())
        leave.clicked.connect(lambda _on=False: self.left.emit())
        row.addWidget(leave)
        row.addStretch()
        row.addWidget(self.keep)
        return row

    def _warning(self) -> str:
        count = sum(not c.stale for c in self._clause.consents) if self._clause else 0
        if not count:
            return ""
        return ngettext(
            "{n} partner gave its level for these words. After a change it is asked again.",
            "{n} partners gave their levels for these words. After a change they are asked again.",
            count,
        ).format(n=count)

    def _keep(self) -> None:
        if self.draft().text:
            self.kept.emit(self.draft())
        else:
            self._text.set_error(_("Write the words of the clause first."))
            self.start_typing()
