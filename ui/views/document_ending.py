"""The ending: a closing statement that says how the partnership ends, and what is still owed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.charter.wording import ending_words
from partnerdesk.flow.ending import closing_of, drop_closing, keep_closing
from partnerdesk.language import _
from partnerdesk.model.closing import Closing, Ending, Obligation
from partnerdesk.store import Store
from ui.theme import spaced
from ui.views.document_part import Command, Part, at_start, flowing, listed, paired, pressed
from ui.views.document_state import DocumentState
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.check import LongCheckBox
from ui.widgets.fields import ChoiceField, DateField, Field, LongTextField, TextField
from ui.widgets.text import Body, Heading

LOOK, EXPORT, SIGN = "closing-look:", "closing-export:", "closing-sign:"


class EndingPart(Part):
    """Writes the closing statement; it wishes for it to be looked at, exported or signed."""

    def build(self) -> None:
        """Show the form, or how to begin."""
        closing = self.state.closing
        if closing is None:
            self._offer()
            return
        self._ends(closing)
        self._how(closing)
        self._harvest(closing)
        self._owed(closing)
        self._after(closing)
        self._ways()

    def _offer(self) -> None:
        words = _("Partnerships end, pause, or go on without one of you. Say together how.")
        self.column.addWidget(Body(words))
        self.say(_("It takes nothing back: what you agreed and signed stays on record."))
        begin = Closing(Ending.COMPLETED)
        button = QuietButton(_("Write a closing statement"), "edit")
        self.column.addLayout(
            at_start(pressed(button, lambda: self.asked.emit(partial(keep_closing, closing=begin))))
        )

    def _ends(self, closing: Closing) -> None:
        if (ended := self.state.ended) is not None:
            words = _("All have signed the closing statement: it is version {n}.")
            self.say(words.format(n=ended.number), "good")
        if closing.version:
            told = _("It ends version {n}: {words}").format(
                n=closing.version, words=" ".join(closing.words)
            )
            self.say(told)
        else:
            self.say(_("No version of the charter is signed yet, so it ends none."), "now_text")

    def _how(self, closing: Closing) -> None:
        endings = [(one.value, ending_words(one)) for one in Ending]
        kind = Field(_("How it ends"), ChoiceField(endings, closing.ending.value))
        self.asks(kind, lambda value: _changed(ending=Ending(value)))
        fields = [kind, self._day(_("From which day"), closing.date, "date")]
        if closing.ending is Ending.PAUSE:
            fields.append(self._day(_("The pause ends on"), closing.until, "until"))
        if closing.ending is Ending.HANDED_OVER:
            label = _("Who goes on with the work")
            fields.append(self._line(label, closing.successor, "successor"))
        if closing.ending is Ending.ONE_LEAVES:
            leaver = Field(_("Who leaves"), ChoiceField(self._partners(), closing.leaver))
            fields.append(self.keeps(leaver, lambda one: _changed(leaver=str(one))))
        self.column.addWidget(paired(fields))
        why = Field(_("Why, in words that all can sign"), LongTextField(closing.reason, lines=3))
        self.column.addWidget(self.keeps(why, lambda words: _changed(reason=str(words))))
        blame = _("Nobody is blamed, and each may say that you worked together")
        self._box(blame, "no_blame", closing.no_blame)
        silence = _("All keep public silence, since somebody asked for it")
        self._box(silence, "quiet", closing.quiet)

    def _box(self, words: str, name: str, checked: bool) -> None:
        box = LongCheckBox(words)
        box.setChecked(checked)
        box.clicked.connect(lambda on: self.asked.emit(_changed(**{name: on})))
        self.column.addWidget(box)

    def _partners(self) -> list[tuple[str, str]]:
        return [("", _("Nobody named")), *((p.id, p.short) for p in self.state.record.partners)]

    def _harvest(self, closing: Closing) -> None:
        self.column.addWidget(Heading(_("What you reached and learnt")))
        self._lines(_("What you reached, one a line"), closing.reached, "reached")
        self._lines(_("What you learnt, one a line"), closing.learnt, "learnt")

    def _owed(self, closing: Closing) -> None:
        self.column.addWidget(Heading(_("What is still owed")))
        owed, rows = closing.obligations, QVBoxLayout()
        spaced(rows, 8)
        listed(rows, [self._obligation(at, one) for at, one in enumerate(owed)])
        self.column.addLayout(rows)
        add = QuietButton(_("Add what somebody still owes"), "plus")
        pressed(add, lambda: self._add(rows, add))
        self.column.addLayout(at_start(add))

    def _add(self, rows: QVBoxLayout, add: QuietButton) -> None:
        """Offer an empty row; it is kept once somebody says what is owed."""
        closing = self.state.closing
        row = self._obligation(len(closing.obligations) if closing else 0, Obligation(""))
        rows.addWidget(row)
        row.show()
        add.setEnabled(False)
        first = row.findChild(TextField)
        if first is not None:
            first.setFocus()

    def _obligation(self, at: int, one: Obligation) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        spaced(column, 8, (6, 0))
        fields = {
            "text": Field(_("What"), TextField(one.text, limit=400)),
            "owner": Field(_("Who"), ChoiceField(self._partners(), one.owner)),
            "to": Field(_("To whom"), TextField(one.to, limit=200)),
            "date": Field(_("By when"), DateField(one.date)),
        }

        def typed(_value: object) -> Command:
            said = Obligation(**{name: str(field.value()) for name, field in fields.items()})
            return _owing(lambda owed: (*owed[:at], said, *owed[at + 1 :]))

        for label, field in fields.items():
            named = _("{what}, number {n}").format(what=field.editor.accessibleName(), n=at + 1)
            field.editor.setAccessibleName(named)
            if label == "text":  # without it nothing is owed, and the rows count anew
                self.asks(field, typed)
            else:
                self.keeps(field, typed)
        column.addWidget(paired([*fields.values()]))
        if one.text:
            remove = pressed(
                PlainButton(_("Take out")),
                lambda: self.asked.emit(_owing(lambda owed: (*owed[:at], *owed[at + 1 :]))),
                _("Take out: {entry}").format(entry=one.text),
            )
            column.addLayout(at_start(remove))
        return made

    def _after(self, closing: Closing) -> None:
        self.column.addWidget(Heading(_("Afterwards")))
        self._lines(_("Who was told, one a line"), closing.told, "told")
        self._lines(_("Promises that stay in force, one a line"), closing.survives, "survives")

    def _ways(self) -> None:
        look = QuietButton(_("Show as pages"), "doc")
        export = QuietButton(_("Export"), "print")
        sign = QuietButton(_("Freeze the statement and sign"), "pen")
        told = _("Export the closing statement")
        self.column.addWidget(
            flowing(
                pressed(look, lambda: self.wished.emit(LOOK)),
                pressed(export, lambda: self.wished.emit(EXPORT), told),
                pressed(sign, lambda: self.wished.emit(SIGN)),
                pressed(PlainButton(_("Take the statement back")), self._take_back),
            )
        )

    def _take_back(self) -> None:
        self.asked.emit(drop_closing)

    def _day(self, label: str, value: str, name: str) -> Field:
        return self.keeps(Field(label, DateField(value)), lambda day: _changed(**{name: day}))

    def _line(self, label: str, value: str, name: str) -> Field:
        field = Field(label, TextField(value, limit=200))
        return self.keeps(field, lambda words: _changed(**{name: str(words)}))

    def _lines(self, label: str, texts: tuple[str, ...], name: str) -> None:
        field = Field(label, LongTextField("\n".join(texts), lines=3))
        self.column.addWidget(
            self.keeps(field, lambda words: _changed(**{name: tuple(str(words).splitlines())}))
        )


def _changed(**fields: Any) -> Command:
    """Return the command that changes fields of the statement as it stands then."""

    def command(store: Store, *, origin: object = None) -> None:
        now = closing_of(store, None)
        if now is not None:
            keep_closing(store, replace(now, **fields), origin=origin)

    return command


def _owing(change: Callable[[tuple[Obligation, ...]], tuple[Obligation, ...]]) -> Command:
    """Return the command that changes what is owed as it stands then."""

    def command(store: Store, *, origin: object = None) -> None:
        now = closing_of(store, None)
        if now is not None:
            owed = change(now.obligations)
            keep_closing(store, replace(now, obligations=owed), origin=origin)

    return command


def ending_summary(state: DocumentState) -> str:
    """Return how the partnership ends, for the overview."""
    if (ended := state.ended) is not None:
        return _("Ended by version {n}, signed by all").format(n=ended.number)
    return ending_words(state.closing.ending) if state.closing else _("The partnership goes on")
