"""After the signatures: closing for good, and what a closed version is and proves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.flow.ink import OnPaper
from partnerdesk.flow.versions import Version, VersionState
from partnerdesk.language import _, ngettext
from partnerdesk.signing.report import Report, Verdict
from ui.theme import Type, line, spaced
from ui.views.charter_clauses import Chip
from ui.views.sign_paper import PaperLines
from ui.views.sign_words import EightWords
from ui.widgets.marks import PartnerMark
from ui.widgets.text import Body, Caption, Lead, Words
from ui.widgets.thread import StepThread

VERDICTS = {
    Verdict.UNCHANGED: ("good", "shield", "good"),
    Verdict.CHANGED: ("stop", "edit", "stop"),
    Verdict.CANNOT_TELL: ("note", "warn", "now_text"),
}

Signer = tuple[str, str, int, str]
"""A signer's name, partner, index of the partner, and when it signed."""


class SignDone(QWidget):
    """A version that all have signed, or whose signing was stopped."""

    def __init__(
        self,
        version: Version,
        signers: Sequence[Signer],
        papers: Sequence[tuple[OnPaper, Sequence[str]]] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Show who signed `version`, which of them on `papers`, and its words."""
        super().__init__(parent)
        self._check = QVBoxLayout()
        spaced(self._check, 0)
        column = QVBoxLayout(self)
        spaced(column, 16, (0, 6, 8, 3))
        if version.state is VersionState.SIGNING:
            names = [name for name, *_rest in signers]
            column.addWidget(StepThread([*names, _("Close")], len(names)))
        column.addWidget(Words(title_of(version, len(signers)), Type.TURN))
        column.addWidget(Lead(story_of(version)))
        self.papers = PaperLines(papers)
        column.addWidget(self.papers)
        column.addLayout(self._check)
        column.addLayout(_rows(signers))
        if version.state is not VersionState.ABANDONED:
            column.addWidget(
                EightWords(
                    version.words,
                    _("The eight words of this charter"),
                    _("Each partner keeps them on paper, away from the file."),
                    large=True,
                )
            )
        column.addStretch()

    def show_report(self, report: Report) -> None:
        """Tell what the verifier found in this very file."""
        verdict = report.verdict
        box = QFrame()
        row = QHBoxLayout(box)
        spaced(row, 12)
        row.addWidget(Chip(verdict.words, *VERDICTS[verdict]))
        row.addWidget(Caption(_("Checked just now, as anybody can.")), 1)
        self._check.addWidget(box)


def title_of(version: Version, count: int) -> str:
    """Return what became of a version."""
    if version.state is VersionState.ABANDONED:
        return _("The signing of version {n} was stopped").format(n=version.number)
    words = ngettext("{count} person has signed", "All {count} have signed", count)
    return words.format(count=count)


def story_of(version: Version) -> str:
    """Return what this means, and what comes next."""
    return {
        VersionState.SIGNING: _(
            "Close the signing now. It destroys the key, so that nobody can sign or change "
            "this version any more."
        ),
        VersionState.SIGNED: _(
            "Version {n} is closed. Its key is destroyed: nobody can sign or change it. "
            "Give each partner the PDF."
        ).format(n=version.number),
        VersionState.ABANDONED: _(
            "Its key is destroyed. What was signed stays on record, but it binds nobody."
        ),
    }[version.state]


def _rows(signers: Sequence[Signer]) -> QVBoxLayout:
    rows = QVBoxLayout()
    spaced(rows, 0)
    for name, partner, index, when in signers:
        row = QHBoxLayout()
        spaced(row, 12, (8, 0))
        row.addWidget(PartnerMark(index, 18))
        words = QVBoxLayout()
        spaced(words, 0)
        words.addWidget(Body(name, strong=True))
        words.addWidget(Caption(partner))
        row.addLayout(words, 1)
        row.addWidget(Words(when, Type.BODY, digits=True, wrap=False))
        rows.addWidget(line())
        rows.addLayout(row)
    if signers:
        rows.addWidget(line())
    return rows
