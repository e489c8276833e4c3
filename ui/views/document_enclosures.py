"""Enclosures: how money is treated, contracts, a repair plan, contacts, and ways to complain."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from partnerdesk.flow.enclosures import (
    Enclosed,
    Entry,
    add_entry,
    change_entry,
    remove_entry,
    seal_repair,
    set_money,
)
from partnerdesk.language import _, ngettext
from partnerdesk.model.json import Row
from partnerdesk.model.partnership import Partner
from partnerdesk.store import Store
from ui.theme import spaced
from ui.views.charter_clauses import day_words
from ui.views.document_part import Command, Part, at_start, flowing, led, listed, paired, pressed
from ui.views.document_state import DocumentState
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.check import CheckBox, LongCheckBox
from ui.widgets.fields import ChoiceField, DateField, Field, LongTextField, NumberField, TextField
from ui.widgets.text import Body, Caption, Heading


class EntryForm(QFrame):
    """Writes one entry; `kept(words, details)` when it is to be kept, `left` when it is not."""

    kept = Signal(str, object)
    left = Signal()

    def __init__(
        self,
        of: Enclosed,
        partners: Sequence[Partner],
        entry: Entry | None,
        parent: QWidget | None = None,
    ) -> None:
        """Start with `entry`, or empty."""
        super().__init__(parent)
        self.setProperty("kind", "well")
        self.of = of
        details: Row = entry.details if entry else {}
        self.words = Field(main_words(of), TextField(entry.words if entry else "", limit=400))
        self.fields = _fields(of, partners, details)
        self.between = [(p.id, CheckBox(p.short)) for p in partners]
        chosen = details.get("between")
        for partner, box in self.between:
            box.setChecked(isinstance(chosen, list) and partner in chosen)
        self.outside = LongCheckBox(_("Run by somebody outside the partners"))
        self.outside.setChecked(bool(details.get("outside")))
        self._lay_out(entry is None)

    def details(self) -> Row:
        """Return what is typed beside the words."""
        found: Row = {name: field.value() for name, field in self.fields.items()}
        if self.of is Enclosed.CONTRACTS:
            found["between"] = [partner for partner, box in self.between if box.isChecked()]
        if self.of is Enclosed.CHANNELS:
            found["outside"] = self.outside.isChecked()
            found["days"] = found["days"] or 0
        return found

    def keep(self) -> None:
        """Ask for the entry to be kept, where its main words are there."""
        date = self.fields.get("date")
        wrong = date is not None and not date.editor.is_day()
        if date is not None:
            told = _("This is not a day. Nothing was kept. Write it as 2027-01-31.")
            date.set_error(told if wrong else "")
        self.words.set_error("" if self.words.value() else _("Write this first."))
        if self.words.value() and not wrong:
            self.kept.emit(self.words.value(), self.details())

    def _lay_out(self, new: bool) -> None:
        column = QVBoxLayout(self)
        spaced(column, 12, (14, 14))
        column.addWidget(self.words)
        column.addWidget(paired([*self.fields.values()]))
        if self.of is Enclosed.CONTRACTS:
            column.addWidget(Caption(_("Between which partners")))
            column.addWidget(flowing(*(box for _id, box in self.between), gap=16))
        if self.of is Enclosed.CHANNELS:
            column.addWidget(self.outside)
        leave = pressed(PlainButton(_("Do not keep it")), self.left.emit)
        words = add_words(self.of) if new else _("Keep the change")
        keep = pressed(QuietButton(words), self.keep)
        column.addWidget(flowing(keep, leave))


class EnclosurePart(Part):
    """Shows what is enclosed, list by list; one entry at a time is written."""

    def build(self) -> None:
        """Show money, then each list with the way to add to it."""
        enclosed = self.state.record.enclosures
        self._missing()
        self.column.addWidget(Heading(_("How we treat money")))
        money = Field(
            _("The principle, in your own words"),
            LongTextField(enclosed.budget_principle, lines=3),
        )
        self.column.addWidget(self.keeps(money, lambda words: partial(set_money, words=str(words))))
        for of in (Enclosed.CONTRACTS, Enclosed.REPAIR, Enclosed.CONTACTS, Enclosed.CHANNELS):
            self._list(of)

    def _missing(self) -> None:
        """Say which annex would print what is written here, and is not chosen."""
        enclosed, chosen = self.state.record.enclosures, self.state.record.options.annexes
        written = {
            "E": enclosed.repair_plan,
            "G": enclosed.contracts or enclosed.budget_principle,
            "H": enclosed.contacts or enclosed.channels,
        }
        left_out = [code for code, what in written.items() if what and code not in chosen]
        for code in left_out:
            words = _("Annex {code} prints this, and is not chosen yet. Choose it under Annexes.")
            self.say(words.format(code=code), "now_text")

    def _list(self, of: Enclosed) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        spaced(column, 10)
        column.addWidget(Heading(list_words(of)))
        entries = self.state.entries[of]
        if of is Enclosed.REPAIR and entries:
            sealed = LongCheckBox(_("Sealed: the charter says that there is a plan, and no more"))
            sealed.setChecked(self.state.record.enclosures.sealed)
            sealed.clicked.connect(lambda on: self.asked.emit(partial(seal_repair, sealed=on)))
            column.addWidget(sealed)
        if entries:
            listed(column, [self._entry(of, one, column) for one in entries])
        add = QuietButton(add_words(of), "plus")
        pressed(add, lambda: self._write(of, None, column, add))
        column.addLayout(at_start(add))
        self.column.addWidget(box)

    def _entry(self, of: Enclosed, entry: Entry, column: QVBoxLayout) -> QWidget:
        words = QWidget()
        inside = QVBoxLayout(words)
        spaced(inside, 2)
        inside.addWidget(Body(entry.words))
        about = about_words(self.state.record.partners, entry)
        if about:
            inside.addWidget(Caption(about))
        named = _("Change: {entry}").format(entry=entry.words)
        change = PlainButton(_("Change"))
        pressed(change, lambda: self._write(of, entry, column, change), named)
        remove = pressed(
            PlainButton(_("Take out")),
            lambda: self.asked.emit(partial(remove_entry, entry_id=entry.id)),
            _("Take out: {entry}").format(entry=entry.words),
        )
        return led(words, change, remove)

    def _write(
        self, of: Enclosed, entry: Entry | None, column: QVBoxLayout, beside: QWidget
    ) -> None:
        """Open the form at the end of its list; what was open before is left as it was."""
        for open_ in self.findChildren(EntryForm):
            open_.hide()
            open_.deleteLater()
        form = EntryForm(of, self.state.record.partners, entry)
        form.kept.connect(
            lambda words, details: self.asked.emit(_command(of, entry, words, details))
        )
        form.left.connect(lambda: _leave(form, beside))
        column.addWidget(form)
        form.show()
        form.words.editor.setFocus()


def _leave(form: EntryForm, beside: QWidget) -> None:
    form.hide()
    form.deleteLater()
    beside.setFocus()


def _command(of: Enclosed, entry: Entry | None, words: str, details: Row) -> Command:
    def command(store: Store, *, origin: object = None) -> None:
        if entry is None:
            add_entry(store, of, words, details, origin=origin)
        else:
            change_entry(store, entry.id, words=words, details=details, origin=origin)

    return command


def _fields(of: Enclosed, partners: Sequence[Partner], details: Row) -> dict[str, Field]:
    people = [("", _("Nobody named")), *((p.id, p.short) for p in partners)]

    def text(name: str, label: str) -> tuple[str, Field]:
        return name, Field(label, TextField(str(details.get(name) or ""), limit=400))

    def partner(name: str, label: str) -> tuple[str, Field]:
        return name, Field(label, ChoiceField(people, str(details.get(name) or "")))

    day = "date", Field(_("By when"), DateField(str(details.get("date") or "")))
    days = details.get("days")
    number = NumberField(days if isinstance(days, int) and days else None, least=1)
    return dict(
        {
            Enclosed.REPAIR: (
                partner("owner", _("Who does it")),
                day,
                text("state", _("How it stands")),
            ),
            Enclosed.CONTRACTS: (
                text("about", _("What it is about")),
                ("date", Field(_("Its date"), DateField(str(details.get("date") or "")))),
                text("contradicts", _("Where it and the charter differ")),
            ),
            Enclosed.CONTACTS: (
                partner("party", _("For which partner")),
                text("role", _("Role")),
                text("reach", _("How to reach")),
            ),
            Enclosed.CHANNELS: (
                text("reach", _("How to reach")),
                text("answers", _("Who answers")),
                ("days", Field(_("Within how many days"), number)),
            ),
        }[of]
    )


def list_words(of: Enclosed) -> str:
    """Return the heading of a list."""
    return {
        Enclosed.REPAIR: _("Repair plan"),
        Enclosed.CONTRACTS: _("Contracts beside the charter"),
        Enclosed.CONTACTS: _("Whom to reach"),
        Enclosed.CHANNELS: _("Where to complain or report harm"),
    }[of]


def add_words(of: Enclosed) -> str:
    """Return the words of the button that adds to a list."""
    return {
        Enclosed.REPAIR: _("Add a step"),
        Enclosed.CONTRACTS: _("Add a contract"),
        Enclosed.CONTACTS: _("Add a contact"),
        Enclosed.CHANNELS: _("Add a way to complain"),
    }[of]


def main_words(of: Enclosed) -> str:
    """Return what the main words of an entry are."""
    return {
        Enclosed.REPAIR: _("What happens in this step"),
        Enclosed.CONTRACTS: _("Name of the contract"),
        Enclosed.CONTACTS: _("Name"),
        Enclosed.CHANNELS: _("What it is for"),
    }[of]


def about_words(partners: Sequence[Partner], entry: Entry) -> str:
    """Return what is kept beside an entry's words, on one line."""
    names, at = {partner.id: partner.short for partner in partners}, entry.details
    between = at.get("between")
    parts = [names.get(str(at.get("owner") or at.get("party") or ""), "")]
    parts += [names.get(str(one), "") for one in between] if isinstance(between, list) else []
    parts += [str(at.get(name) or "") for name in ("role", "about", "reach", "answers")]
    days = at.get("days")
    if isinstance(days, int) and days:
        parts.append(ngettext("within {n} day", "within {n} days", days).format(n=days))
    parts += [day_words(str(at.get("date") or "")), str(at.get("state") or "")]
    parts.append(_("outside the partners") if at.get("outside") else "")
    return "  ·  ".join(part for part in parts if part)


def enclosures_summary(state: DocumentState) -> str:
    """Return what is enclosed, for the overview."""
    found = [list_words(of) for of in Enclosed if state.entries[of]]
    if state.record.enclosures.budget_principle:
        found.insert(0, _("How we treat money"))
    return ", ".join(found) or _("Nothing is enclosed")
