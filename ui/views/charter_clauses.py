"""One clause of the charter as a card: its words, where it stands, who said what, what to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.language import _
from partnerdesk.model.charter import ClauseEntry, ClauseFate, ConsentEntry
from ui.theme import Type, line, sized, spaced
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.flow import Flow
from ui.widgets.icons import IconMark
from ui.widgets.marks import PartnerMark
from ui.widgets.text import Body, Caption, Words

FATES: Mapping[ClauseFate, tuple[str, str, str]] = {
    ClauseFate.ADOPTED: ("good", "check", "good"),
    ClauseFate.WITH_RESERVATIONS: ("note", "talk", "now_text"),
    ClauseFate.BLOCKED: ("stop", "x", "stop"),
    ClauseFate.OPEN: ("card", "dots", "text2"),
    ClauseFate.PENDING: ("card", "clock", "text2"),
}


def fate_chip_words(fate: ClauseFate) -> str:
    """Return where a clause stands, short enough for a chip."""
    return {
        ClauseFate.ADOPTED: _("Adopted by all"),
        ClauseFate.WITH_RESERVATIONS: _("Adopted with reservations"),
        ClauseFate.BLOCKED: _("Blocked"),
        ClauseFate.OPEN: _("Open, not adopted"),
        ClauseFate.PENDING: _("Waits for levels"),
    }[fate]


class Chip(QFrame):
    """A state in words with its icon, on a plane of its own."""

    def __init__(
        self, words: str, kind: str, icon: str, role: str, parent: QWidget | None = None
    ) -> None:
        """Show `words`; `kind` is that of the plane, `role` colours icon and words."""
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setAccessibleName(words)
        row = QHBoxLayout(self)
        spaced(row, 8, (5, 12))
        row.addWidget(IconMark(icon, 16, role))
        row.addWidget(Words(words, Type.CAPTION_BOLD, tone=role, wrap=False))


def fate_chip(fate: ClauseFate) -> Chip:
    """Return the chip of a clause that is offered."""
    return Chip(fate_chip_words(fate), *FATES[fate])


class ClauseCard(QWidget):
    """A clause; `changing(id)`, `withdrawn(id)` and `restored(id)` say what is asked for."""

    changing = Signal(str)
    withdrawn = Signal(str)
    restored = Signal(str)
    confirmed = Signal(str, str)

    def __init__(
        self,
        entry: ClauseEntry,
        title: str,
        partners: Mapping[str, int],
        questions: Sequence[str] = (),
        *,
        taken_back: bool = False,
        keys: Sequence[str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show `entry` under `title`; `partners` maps ids to indices of colour and shape.

        `keys` are the partners who stand by the words of a draft; None is no draft.
        """
        super().__init__(parent)
        self._id, self._partners = entry.id, partners
        self.setAccessibleName(f"{title}. {entry.text}")
        self._column = QVBoxLayout(self)
        spaced(self._column, 8)
        self._keys = None if taken_back else keys
        self._head(entry, title, taken_back)
        self._words(entry)
        if self._keys is not None:
            self._draft(entry, title)
        if not taken_back:
            self._consents(entry)
            self._ask(questions)
        self._buttons(title, taken_back)

    def _head(self, entry: ClauseEntry, title: str, taken_back: bool) -> None:
        row = QHBoxLayout()
        spaced(row, 12)
        row.addWidget(Body(title, strong=True), 1)
        chip = Chip(_("Withdrawn"), "card", "minus", "text2") if taken_back else None
        if self._keys is not None:
            chip = Chip(_("Draft"), "card", "edit", "text2")
        row.addWidget(chip or fate_chip(entry.state))
        self._column.addLayout(row)

    def _words(self, entry: ClauseEntry) -> None:
        well = QFrame()
        well.setProperty("kind", "well")
        inside = QVBoxLayout(well)
        spaced(inside, 0, (12, 16))
        inside.addWidget(Words(entry.text, Type.CLAUSE))
        self._column.addWidget(well)
        about = Caption(about_words(entry))
        self._column.addWidget(about)

    def _draft(self, entry: ClauseEntry, title: str) -> None:
        """Say who stands by these words, and offer each other partner to confirm them."""
        names = {consent.party: consent.name for consent in entry.consents}
        held = [names[key] for key in self._keys or () if key in names]
        words = _("Nobody stands by these words yet. Two partners confirm them first.")
        if held:
            words = _("{partner} stands by these words. A second partner confirms them first.")
            words = words.format(partner=", ".join(held))
        self._column.addWidget(Caption(words, tone="now_text"))
        holder = QWidget()
        row = Flow(holder, 8)
        for party, name in names.items():
            if party not in (self._keys or ()):
                words = _("Confirm for {partner}").format(partner=name)
                row.addWidget(self._confirm(party, words, title))
        self._column.addWidget(holder)

    def _confirm(self, party: str, words: str, title: str) -> QuietButton:
        button = QuietButton(words, "check")
        button.setAccessibleName(f"{words}: {title}")
        button.clicked.connect(lambda _on=False: self.confirmed.emit(self._id, party))
        return button

    def _consents(self, entry: ClauseEntry) -> None:
        rows = QVBoxLayout()
        spaced(rows, 0)
        for consent in entry.consents:
            rows.addWidget(line())
            rows.addWidget(ConsentRow(consent, self._partners.get(consent.party, 0)))
        rows.addWidget(line())
        self._column.addLayout(rows)

    def _ask(self, questions: Sequence[str]) -> None:
        if questions:
            self._column.addWidget(question_note(questions))

    def _buttons(self, title: str, taken_back: bool) -> None:
        row = QHBoxLayout()
        spaced(row, 4)
        offered = (
            [(_("Offer it again"), self.restored)]
            if taken_back
            else [(_("Change the words"), self.changing), (_("Withdraw"), self.withdrawn)]
        )
        for words, signal in offered:
            button = PlainButton(words)
            button.setAccessibleName(f"{words}: {title}")
            button.clicked.connect(lambda _on=False, signal=signal: signal.emit(self._id))
            row.addWidget(button)
        row.addStretch()
        self._column.addLayout(row)


class ConsentRow(QWidget):
    """One partner's level, its words, and its reservation as said."""

    def __init__(self, consent: ConsentEntry, index: int, parent: QWidget | None = None) -> None:
        """Show `consent` with the mark of the partner at `index`."""
        super().__init__(parent)
        level = str(consent.level) if consent.level else ""
        said = (consent.name, level, consent.words, consent.reservation)
        self.setAccessibleName(" ".join(part for part in said if part))
        column = QVBoxLayout(self)
        spaced(column, 4, (8, 0))
        row = QHBoxLayout()
        spaced(row, 12)
        name = Body(consent.name)
        sized(name, 118, 0)
        row.addWidget(PartnerMark(index, 16))
        row.addWidget(name)
        number = Words(level or "–", Type.BODY_BOLD, digits=True, wrap=False)
        sized(number, 12, 0)
        row.addWidget(number)
        tone = "now_text" if consent.stale or not consent.level else "text2"
        row.addWidget(Body(consent.words, tone=tone), 1)
        column.addLayout(row)
        if consent.reservation:
            column.addWidget(_quote(consent.reservation))


def about_words(entry: ClauseEntry) -> str:
    """Return what kind of clause it is, where it came from and whom it touches."""
    parts = [
        entry.type_words,
        _("from {activity}").format(activity=entry.origin_words) if entry.origin_words else "",
        _("touches {partners}").format(partners=entry.affects_words) if entry.affects else "",
        _("carried out by {partner}").format(partner=entry.owner_words) if entry.owner else "",
        _("by {date}").format(date=day_words(entry.date)) if entry.date else "",
    ]
    return "  ·  ".join(part for part in parts if part)


def day_words(day: str) -> str:
    """Return an ISO day in the words of the room."""
    read = QDate.fromString(day, Qt.DateFormat.ISODate)
    return QLocale().toString(read, "d MMMM yyyy") if read.isValid() else day


def question_note(questions: Sequence[str]) -> QFrame:
    """Return the questions to ask before anybody signs, on a plane of their own."""
    note = QFrame()
    note.setProperty("kind", "note")
    note.setAccessibleName(" ".join((_("Ask before signing"), *questions)))
    column = QVBoxLayout(note)
    spaced(column, 2, (8, 12))
    column.addWidget(Words(_("Ask before signing"), Type.CAPTION_BOLD, tone="now_text"))
    for question in questions:
        column.addWidget(Words(question, Type.SMALL))
    return note


def _quote(words: str) -> QFrame:
    quote = QFrame()
    rtl = quote.layoutDirection() == Qt.LayoutDirection.RightToLeft
    quote.setProperty("kind", "quote-rtl" if rtl else "quote")
    inside = QVBoxLayout(quote)
    spaced(inside, 0, (0, 12))
    inside.addWidget(Body(f"“{words}”"))
    return quote
