"""Languages: in which the charter is, which one counts, and each clause beside its translation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from partnerdesk.charter.wording import language_words
from partnerdesk.flow.choices import choose_languages
from partnerdesk.flow.translations import translate_clause
from partnerdesk.language import NEEDS_READER, OWN_NAMES, _, ngettext
from partnerdesk.model.round import Clause
from ui.theme import Type, load_fonts, spaced
from ui.views.document_part import Command, Part, listed, pressed
from ui.views.document_state import DocumentState
from ui.widgets.buttons import PlainButton
from ui.widgets.check import CheckBox
from ui.widgets.fields import ChoiceField, Field, LongTextField
from ui.widgets.frames import Columns
from ui.widgets.text import Body, Caption, Heading, Words

BESIDE, BELOW = "beside", "below"
ACROSS = 3
SCRIPTS = {
    QLocale.Script.ArabicScript: "Arab",
    QLocale.Script.DevanagariScript: "Deva",
    QLocale.Script.EthiopicScript: "Ethi",
}


class LanguagePart(Part):
    """Chooses languages, and takes each clause's words in the further ones."""

    def build(self) -> None:
        """Show the languages, and the clauses once there is one to translate into."""
        state = self.state
        self.say(_("Headings and tables change language by themselves. Clauses need your words."))
        boxes = QGridLayout()
        spaced(boxes, 8)
        for place, (code, words) in enumerate(offered(state.languages)):
            box = CheckBox(words)
            box.setChecked(code in state.languages)
            box.clicked.connect(lambda on, code=code: self._toggle(code, on))
            boxes.addWidget(box, place // ACROSS, place % ACROSS)
        self.column.addLayout(boxes)
        unread = [language_words(one) for one in state.languages if one in NEEDS_READER]
        if unread:
            told = _("These headings await a reader who speaks the language: {languages}.")
            self.say(told.format(languages=", ".join(unread)), "now_text")
        if len(state.languages) > 1:
            self.column.addWidget(self._how())
        for code in state.further:
            self._clauses(code)

    def _how(self) -> QWidget:
        state, options = self.state, self.state.record.options
        names = [(code, language_words(code)) for code in state.languages]
        leads = self.asks(Field(_("Leads"), ChoiceField(names, state.languages[0])), self._lead)
        counts = Field(
            _("Counts where they differ"),
            ChoiceField([("", _("All are equal")), *names], options.prevailing),
        )
        self.asks(counts, lambda code: self._choose(prevailing=str(code)))
        ways = [(BESIDE, _("Side by side")), (BELOW, _("One after the other"))]
        printed = Field(_("Printed"), ChoiceField(ways, BESIDE if options.parallel else BELOW))
        self.asks(printed, lambda way: self._choose(parallel=way == BESIDE))
        two = len(state.languages) == 2
        return Columns(leads, counts, *([printed] if two else []), gap=12)

    def _toggle(self, code: str, on: bool) -> None:
        codes = [one for one in self.state.languages if one != code] + ([code] if on else [])
        own = self.state.record.partnership.language
        self.asked.emit(self._choose(codes=() if codes in ([], [own]) else tuple(codes)))

    def _lead(self, code: object) -> Command:
        others = (one for one in self.state.languages if one != code)
        return self._choose(codes=(str(code), *others))

    def _choose(
        self,
        codes: tuple[str, ...] | None = None,
        prevailing: str | None = None,
        parallel: bool | None = None,
    ) -> Command:
        options = self.state.record.options
        chosen = options.languages if codes is None else codes
        counts = options.prevailing if prevailing is None else prevailing
        return partial(
            choose_languages,
            codes=chosen,
            prevailing=counts if counts in chosen else "",
            parallel=options.parallel if parallel is None else parallel,
        )

    def _clauses(self, language: str) -> None:
        name = language_words(language)
        self.column.addWidget(Heading(_("Clauses in {language}").format(language=name)))
        count = self.state.untranslated(language)
        words = ngettext(
            "{n} clause has no words in it yet. It prints as it was written.",
            "{n} clauses have no words in it yet. They print as they were written.",
            count,
        ).format(n=count)
        self.say(words if count else _("Every clause has its words."), "text2" if count else "good")
        listed(self.column, [self._clause(one, language) for one in self.state.clauses])

    def _clause(self, clause: Clause, language: str) -> QWidget:
        number = self.state.numbers.get(clause.id, clause.section).removeprefix("C")
        found = self.state.translated[clause.id, language]
        original, beside = QFrame(), QWidget()
        original.setProperty("kind", "well")
        left, right = QVBoxLayout(original), QVBoxLayout(beside)
        spaced(left, 4, (10, 12))
        spaced(right, 4)
        left.addWidget(Caption(_("Clause {number}").format(number=number)))
        left.addWidget(Words(clause.text, Type.BODY))
        left.addStretch()
        editor = LongTextField(found.words, lines=4)
        load_fonts(SCRIPTS.get(QLocale(language).script(), ""))
        way = QLocale(language).textDirection()
        editor.setLayoutDirection(way)
        option = editor.document().defaultTextOption()
        option.setTextDirection(way)
        editor.document().setDefaultTextOption(option)
        field = Field(language_words(language), editor)
        name = _("Clause {number} in {language}")
        editor.setAccessibleName(name.format(number=number, language=language_words(language)))
        keep = partial(translate_clause, clause_id=clause.id, language=language)
        self.keeps(field, lambda words: partial(keep, words=str(words)))
        right.addWidget(field)
        if found.stale:
            right.addWidget(
                Body(_("The clause changed. Not used until you check."), tone="now_text")
            )
            right.addWidget(
                pressed(
                    PlainButton(_("It says the same again"), "check"),
                    lambda: self.asked.emit(partial(keep, words=editor.value())),
                    _("Clause {number}: it says the same again").format(number=number),
                ),
                0,
                Qt.AlignmentFlag.AlignLeading,
            )
        right.addStretch()
        return Columns(original, beside, gap=12)


def offered(chosen: Sequence[str]) -> list[tuple[str, str]]:
    """Return the languages that PartnerDesk speaks and prints, and those chosen, by name."""
    codes = {*OWN_NAMES, *chosen}
    return sorted(((code, language_words(code)) for code in codes), key=lambda pair: pair[1])


def languages_summary(state: DocumentState) -> str:
    """Return the languages, which one counts, and what is still to translate."""
    words = ", ".join(language_words(code) for code in state.languages)
    prevailing = state.record.options.prevailing
    if len(state.languages) > 1:
        counts = _("{language} counts").format(language=language_words(prevailing))
        words += "; " + (counts if prevailing else _("all are equal"))
    missing = sum(state.untranslated(code) for code in state.further)
    if missing:
        words += "; " + ngettext(
            "{n} clause to translate", "{n} clauses to translate", missing
        ).format(n=missing)
    return words
