"""What the verifier found: three words with the true one filled, who signed, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.errors import PartnerDeskError
from partnerdesk.language import _, ngettext
from partnerdesk.signing.rendering import PagePair
from partnerdesk.signing.report import Finding, Report, Signer, Verdict, own_words
from partnerdesk.signing.words import read
from ui.theme import Type, emf, line, spaced
from ui.views.charter_clauses import day_words
from ui.views.sign_words import EightWords
from ui.views.verify_pages import ChangedPages
from ui.widgets.buttons import QuietButton
from ui.widgets.fields import Field, TextField
from ui.widgets.icons import IconMark
from ui.widgets.text import Body, Caption, Lead, Words

ICONS = {Verdict.UNCHANGED: "shield", Verdict.CHANGED: "edit", Verdict.CANNOT_TELL: "warn"}
PLANES = {
    Verdict.UNCHANGED: ("good", "good"),
    Verdict.CHANGED: ("stop", "stop"),
    Verdict.CANNOT_TELL: ("note", "now_text"),
}
NARROW = 520


class VerdictCards(QWidget):
    """The three answers side by side; the true one is filled and large."""

    def __init__(self, verdict: Verdict, parent: QWidget | None = None) -> None:
        """Fill the card of `verdict`."""
        super().__init__(parent)
        self.setAccessibleName(_("The answer: {words}").format(words=verdict.words))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        spaced(self._row, 12)
        for one in Verdict:
            self._row.addWidget(_card(one, one is verdict), 2 if one is verdict else 1)

    def resizeEvent(self, event: object) -> None:
        """Stand below each other where it is narrow."""
        ways = QBoxLayout.Direction
        narrow = self.width() < emf(NARROW)
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)


def _card(verdict: Verdict, true: bool) -> QFrame:
    plane, role = PLANES[verdict] if true else ("card-quiet", "text2")
    card = QFrame()
    card.setProperty("kind", plane)
    row = QHBoxLayout(card)
    spaced(row, 14, (14, 18))
    row.addWidget(IconMark(ICONS[verdict], 30 if true else 20, role))
    row.addWidget(Words(verdict.words, Type.H2 if true else Type.SMALL, tone=role), 1)
    return card


class ResultPage(QWidget):
    """The whole answer; `compared(words)` asks to check again with words typed from paper."""

    compared = Signal(str)

    def __init__(self, report: Report, known: bool, parent: QWidget | None = None) -> None:
        """Show `report`; `known` is whether this laptop knows the ceremony."""
        super().__init__(parent)
        self.report = report
        column = QVBoxLayout(self)
        spaced(column, 16, (0, 6, 8, 3))
        column.addWidget(VerdictCards(report.verdict))
        column.addWidget(Lead(story(report, known)))
        column.addLayout(_findings(report.findings))
        column.addWidget(self._what_to_do())
        self._pictures = QVBoxLayout()
        spaced(self._pictures, 0)
        column.addLayout(self._pictures)
        if report.signers:
            column.addLayout(_signers(report))
        if report.words:
            column.addWidget(
                EightWords(
                    report.words,
                    _("To be surer still"),
                    _("Compare these words with a printed page, or type those from paper below."),
                )
            )
            column.addLayout(self._typing())
        column.addStretch()

    def show_pages(self, pairs: Sequence[PagePair]) -> None:
        """Show pictures of pages, drawn by the verifier's child."""
        if pairs:
            self._pictures.addWidget(ChangedPages(pairs))

    def _what_to_do(self) -> QWidget:
        row = QFrame()
        row.setProperty("kind", "well")
        inside = QHBoxLayout(row)
        spaced(inside, 10, (10, 16))
        inside.addWidget(Words(_("What to do"), Type.CAPTION_BOLD, wrap=False))
        inside.addWidget(Body(self.report.what_to_do), 1)
        return row

    def _typing(self) -> QHBoxLayout:
        self.typed = Field(_("The eight words from paper"), TextField(limit=200))
        self.compare = QuietButton(_("Check with these words"))
        self.compare.clicked.connect(lambda _on=False: self._compare())
        self.typed.editor.returnPressed.connect(self._compare)
        row = QVBoxLayout()
        spaced(row, 8)
        row.addWidget(self.typed)
        end = QHBoxLayout()
        end.addWidget(self.compare)
        end.addStretch()
        row.addLayout(end)
        whole = QHBoxLayout()
        whole.addLayout(row)
        return whole

    def _compare(self) -> None:
        try:
            read(self.typed.value())
        except PartnerDeskError as problem:
            self.typed.set_error(problem.message)
            return
        self.typed.set_error("")
        self.compared.emit(self.typed.value())


def story(report: Report, known: bool) -> str:
    """Return the answer as a sentence or two."""
    if report.verdict is Verdict.UNCHANGED:
        count = len(report.signers)
        words = ngettext(
            "Every word is as {n} person signed it.",
            "Every word is as {n} people signed it.",
            count,
        ).format(n=count)
        how = _("This laptop knows this charter.") if known else _("The words from paper fit.")
        return f"{words} {how}"
    if report.verdict is Verdict.CHANGED:
        return _("This file is not what was signed.")
    if not report.signers:
        return _("Nothing in this file says who signed it.")
    return _("Nobody here can say yet whether these signatures are the partners' own.")


def _findings(findings: Sequence[Finding]) -> QVBoxLayout:
    rows = QVBoxLayout()
    spaced(rows, 8)
    for finding in {one.words: one for one in findings}.values():  # each sentence once
        row = QHBoxLayout()
        spaced(row, 10)
        role = PLANES[finding.verdict][1]
        remark = finding.verdict is Verdict.UNCHANGED
        row.addWidget(IconMark("talk" if remark else ICONS[finding.verdict], 18, role))
        row.addWidget(Body(finding.words), 1)
        rows.addLayout(row)
    return rows


def _signers(report: Report) -> QVBoxLayout:
    rows = QVBoxLayout()
    spaced(rows, 0)
    head = QHBoxLayout()
    head.addWidget(Body(_("Who signed"), strong=True), 1)
    clock = _("Time by the clock of the signing laptop")
    head.addWidget(Words(clock, Type.CAPTION, tone="text2", wrap=False))
    rows.addLayout(head)
    rows.addSpacing(6)
    for signer in report.signers:
        rows.addWidget(line())
        rows.addLayout(_signer(signer))
    rows.addWidget(line())
    return rows


def _signer(signer: Signer) -> QHBoxLayout:
    row, words = QHBoxLayout(), QVBoxLayout()
    spaced(row, 12, (8, 0))
    spaced(words, 0)
    words.addWidget(Body(signer.name, strong=True))
    about = ", ".join(part for part in (signer.role, signer.organisation) if part)
    words.addWidget(Caption(about))
    if signer.certificate:
        words.addWidget(Caption(own_words(signer)))
    row.addWidget(IconMark("pen", 20, "text2"))
    row.addLayout(words, 1)
    row.addWidget(Words(when_words(signer), Type.BODY, digits=True, wrap=False))
    return row


def when_words(signer: Signer) -> str:
    """Return when somebody signed, by their own clock and in their own zone."""
    if signer.when is None:
        return _("without a date")
    return f"{day_words(signer.when.date().isoformat())}, {signer.when:%H:%M}"
