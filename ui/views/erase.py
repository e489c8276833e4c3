"""Erase for safety: a name or words, everywhere in the file, seen first and gone for good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.errors import UserError
from partnerdesk.exchange.copies import Source, reading
from partnerdesk.exchange.erasing import (
    Order,
    What,
    alias_of,
    erase_file,
    initials_order,
    whole_entries,
    words_for,
)
from partnerdesk.exchange.findings import Findings, findings, left_lines, lines_of
from partnerdesk.exchange.masking import TEXTS
from partnerdesk.exchange.wanted import Wanted, is_long_enough, texts_in
from partnerdesk.flow import values
from partnerdesk.language import _, ngettext
from ui.theme import spaced
from ui.views.apart import ApartView, on_closed, part, stack
from ui.views.workplace import Workplace
from ui.widgets.check import CheckBox
from ui.widgets.fields import ChoiceField, Field, TextField
from ui.widgets.text import Body, Caption, Lead

WORDS, INITIALS = "words:", "initials:"
LONGEST = 200


class EraseView(ApartView):
    """Asks what to erase, shows where it stands and what stays, then erases it as one act."""

    def __init__(self, work: Workplace, key: str = "", parent: QWidget | None = None) -> None:
        """Ask whose name; `key` is a person's id, INITIALS for everybody's, or ''."""
        super().__init__(work, _("Erase for safety"), parent)
        self.work = work
        self.what = ChoiceField(_choices(work), key or WORDS)
        self.words = Field(
            _("Look for"), TextField(limit=LONGEST), help_=_("Put a comma between two.")
        )
        self.put_there = Field(_("What stands there from now on"), TextField(limit=80))
        self.inside = CheckBox(_("Inside longer words too"))
        self.by = Field(
            _("Who erases it?"),
            TextField(_facilitator(work), limit=80),
            help_=_("The record keeps this name and the day, but not what was erased."),
        )
        self.renew, self.whole = CheckBox(), CheckBox()
        self.versions: dict[str, CheckBox] = {}
        self.found: Findings | None = None
        self._order: Order | None = None
        self.inside.setAccessibleName(self.inside.text())
        self.asked, self.answer = self._asking(), QWidget()
        self._lines = QVBoxLayout(self.answer)
        spaced(self._lines, 0)
        self.put(self.asked, self.answer, gap=0)
        self._on_chosen()
        self._ask()

    def go_on(self) -> None:
        """Look for the words; once they were seen, ask whether they really go."""
        if self.found is None:
            self._look()
        else:
            self._confirm()

    def go_back(self) -> None:
        """Leave what was found, or the page."""
        if self.found is None:
            super().go_back()
        else:
            self._ask()

    # --- asking -----------------------------------------------------------------------------

    def _asking(self) -> QWidget:
        self.what.activated.connect(lambda _at=0: self._on_chosen())
        return stack(
            Lead(
                _(
                    "A name or words leave this file for good: all that stands now, and all that "
                    "ever stood. The record still shows that nothing else was changed."
                )
            ),
            Field(_("What to erase"), self.what),
            self.words,
            self.inside,
            self.put_there,
            self.by,
            gap=16,
        )

    def _ask(self) -> None:
        self.found, self._order = None, None
        self.page.header("", _("Erase for safety"))
        self.answer.hide()
        self.asked.show()
        read_only = self.work.store.read_only
        note = _("You see where it stands before anything is erased.")
        if read_only:
            note = _("This is a copy to read. Nothing can be erased from it.")
        self.page.footer.set_back(_("Back"))
        self.page.footer.set_primary(_("Look for it"), not read_only, note)
        self.setFocusProxy(self.what)
        self.what.setFocus()

    def _on_chosen(self) -> None:
        key = self.what.value()
        everybody, free = key == INITIALS, key == WORDS
        for field in (self.words, self.put_there):
            field.setVisible(not everybody)
            field.set_error("")
        self.inside.setVisible(free)
        if free:
            self.words.set_value("")
            self.put_there.set_value(_("[erased]"))
        elif not everybody:
            names = {p.id: p.name for p in values.participants(self.work.store)}
            others = [name for id_, name in names.items() if id_ != key]
            told = _written_now(self.work)
            self.words.set_value(", ".join(words_for(names.get(key, ""), others, told)))
            self.put_there.set_value(alias_of(names.get(key, ""), others))

    def _wanted(self) -> tuple[Wanted, ...]:
        """Return what the fields ask for; raises UserError with the field at fault marked."""
        words = tuple(filter(None, (w.strip() for w in self.words.value().split(","))))
        put = " ".join(self.put_there.value().split())
        self.words.set_error("")
        self.put_there.set_error("")
        if not words or not all(is_long_enough(word) for word in words):
            raise self._wrong(self.words, _("Write words of two letters or more."))
        if not put:
            raise self._wrong(self.put_there, _("Write what is to stand there."))
        one = Wanted(words, put, self.inside.isChecked() and self.what.value() == WORDS)
        if one.found(put):
            raise self._wrong(self.put_there, _("This holds the very words. Choose another."))
        return (one,)

    def _wrong(self, field: Field, words: str) -> UserError:
        field.set_error(words)
        field.editor.setFocus()
        return UserError(words, code="field")

    # --- looking ----------------------------------------------------------------------------

    def _look(self) -> None:
        self.by.set_error("" if self.by.value().strip() else _("Say who erases it."))
        if self.by.error():
            self.by.editor.setFocus()
            return
        if self.what.value() != INITIALS:
            try:
                wanted = self._wanted()
            except UserError:
                return
            what = What.WORDS if self.what.value() == WORDS else What.PERSON
            self._order = Order(what, wanted)
        words = _("The file is being read.")
        self.run_here(reading(self.work.store), words=words, done=self._search)

    def _search(self, source: Source) -> None:
        self.run(
            _searched, source, self._order,
            words=_("It is being looked for."), done=self.show_found,
        )  # fmt: skip

    def show_found(self, found: tuple[Order, Findings]) -> None:
        """Show where what an order erases stands, or that it stands nowhere."""
        self._order, self.found = found
        if self.found.is_empty:
            self.found = None
            if self.what.value() == INITIALS:
                self.page.say(_("Everybody goes by initials here already."))
            else:
                self.words.set_error(_("These words are nowhere in this file."))
                self.words.editor.setFocus()
            return
        self.versions = {
            id_: CheckBox(_("Take version {n} of the charter out of this file").format(n=number))
            for id_, number in self.found.versions
        }
        self._show_found(self.found)
        self.page.footer.set_back(_("Change it"))
        self.page.footer.set_primary(_("Erase it for good"))
        self.page.footer.set_note(_("Nobody can undo this."))
        self.page.footer.back.setFocus()

    def _show_found(self, found: Findings) -> None:
        order = self._order
        assert order is not None
        self.page.header(_("Erase for safety"), _("Where it stands"))
        said = [_said(one) for one in order.wanted]
        self.renew = CheckBox(_("Make a new backup and destroy the older ones"))
        self.renew.setChecked(True)
        words = ngettext(
            "Erase the whole text of {n} entry, with all its earlier wordings",
            "Erase the whole text of {n} entries, with all their earlier wordings",
            len(found.entries),
        )
        self.whole = CheckBox(words.format(n=len(found.entries)))
        parts = [
            stack(*(Body(line, strong=True) for line in said), gap=4),
            part(_("It will be taken out of"), *(Body(line) for line in lines_of(found)), gap=6),
            part(_("Stays, for you to look after"), *map(Body, left_lines(found)), gap=6),
        ]
        for box in (self.renew, self.whole, *self.versions.values()):
            box.setAccessibleName(box.text())
        whole = [self.whole] if found.entries else []
        extra: list[QWidget] = [self.renew, *whole, *self.versions.values()]
        if self.versions:
            words = _("Whoever has the signed PDF can still check it, also against this file.")
            extra.append(Caption(words))
        self._answer(stack(*parts, part(_("Also"), *extra, gap=8), gap=24))

    def _answer(self, whole: QWidget) -> None:
        """Show what was found in place of the question."""
        item = self._lines.takeAt(0)
        if item is not None and (old := item.widget()) is not None:
            old.deleteLater()
        self._lines.addWidget(whole)
        self.asked.hide()
        self.answer.show()

    # --- erasing ----------------------------------------------------------------------------

    def _confirm(self) -> None:
        self.hall.messages.ask(
            self,
            _("Erase it for good?"),
            _(
                "It leaves this file and its record, and no one can bring it back. "
                "Steps before this one cannot be undone any more."
            ),
            _("Erase it for good"),
            _("Keep it"),
            self._erase,
        )

    def _erase(self) -> None:
        """Close the file, erase on a worker, and open it again."""
        order = self._order
        assert order is not None
        dropped = tuple(id_ for id_, box in self.versions.items() if box.isChecked())
        order = replace(order, versions=dropped)
        if self.whole.isChecked() and self.found is not None:
            order = whole_entries(order, self.found.entries)
        carry_out(self.work, self, order, self.by.value(), renew=self.renew.isChecked())


def carry_out(work: Workplace, page: QWidget, order: Order, by: str, *, renew: bool) -> None:
    """Close the file, erase on a worker, open the file again, and tell what still holds it."""
    window, messages = page.window(), work.messages
    on_closed(
        work, page, _erased, order, by, renew,
        words=_("It is being erased."),
        done=lambda left: messages.tell(window, _("Erased"), _left_words(left)),
    )  # fmt: skip


def _erased(
    path: Path, passphrase: str | None, order: Order, by: str, renew: bool
) -> tuple[Path, ...]:
    return erase_file(path, passphrase, order, by, renew=renew)


def _searched(source: Source, order: Order | None) -> tuple[Order, Findings]:
    """Return where an order's words stand; without an order, everybody's full name is meant."""
    order = order or initials_order(source)
    return order, findings(source, order.wanted)


def _left_words(left: tuple[Path, ...]) -> str:
    words = _("It is gone from this file. The record says that something was erased, and by whom.")
    if not left:
        return words
    more = ngettext(
        "{n} older copy on this laptop still holds it: {names}.",
        "{n} older copies on this laptop still hold it: {names}.",
        len(left),
    )
    return f"{words}\n\n{more.format(n=len(left), names=', '.join(one.name for one in left))}"


def _said(one: Wanted) -> str:
    words = ", ".join(f"“{word}”" for word in one.words)
    return _("{words} becomes “{put}”").format(words=words, put=one.put)


def _choices(work: Workplace) -> list[tuple[str, str]]:
    names = [(p.id, p.name) for p in values.participants(work.store)]
    everybody = [(INITIALS, _("Everybody’s name: use initials only"))] if names else []
    return [(WORDS, _("Words that you type")), *names, *everybody]


def _facilitator(work: Workplace) -> str:
    last = next(reversed(values.sessions(work.store)), None)
    return last.facilitator if last else ""


def _written_now(work: Workplace) -> Iterator[str]:
    """Yield what stands in the file now."""
    for table, columns in TEXTS.items():
        for row in work.store.rows(table):
            for column in columns:
                yield from texts_in(row[column])
