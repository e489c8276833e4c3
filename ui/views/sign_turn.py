"""One person's signature: what was read to them, how they sign, and the words to take home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.flow.ink import OnPaper
from partnerdesk.flow.versions import Version
from partnerdesk.language import _
from partnerdesk.model.charter import SignatureBlock
from partnerdesk.model.partnership import Authority
from partnerdesk.signing.marks import Mark
from ui.theme import Type, line, spaced
from ui.views.sign_marks import MarkChooser
from ui.views.sign_own import OwnPart
from ui.views.sign_paper import PaperLines
from ui.views.sign_words import EightWords
from ui.views.workplace import Hall
from ui.widgets.buttons import PlainButton
from ui.widgets.check import CheckBox
from ui.widgets.marks import Badge
from ui.widgets.text import Caption, Lead, Words
from ui.widgets.thread import StepThread


@dataclass(frozen=True)
class Turn:
    """Whose turn it is to sign: the block, everybody's names in order, and their badge.

    `awaited` says how many signatures are; `papers` are those before, with who signed them.
    `terms` are what was agreed about when this one signs, and which board must consent.
    """

    version: Version
    block: SignatureBlock
    names: tuple[str, ...]
    done: int
    index: int
    face: str
    frozen_at: str
    awaited: str
    papers: Sequence[tuple[OnPaper, Sequence[str]]] = ()
    terms: Sequence[str] = ()


class SignTurn(QWidget):
    """The part for one signatory; made anew for each, so that nothing of a mark remains."""

    changed = Signal()
    stopping = Signal()
    on_paper = Signal()

    def __init__(self, hall: Hall, turn: Turn, parent: QWidget | None = None) -> None:
        """Start with nothing ticked and no mark."""
        super().__init__(parent)
        self.turn = turn
        self.setAccessibleName(_("{name} signs").format(name=turn.block.name))
        self.boxes = [_Attestation(*words) for words in attestations(turn)]
        self.marks = MarkChooser(hall, turn.block.name, turn.block.method)
        self.own = OwnPart(hall)
        column = QVBoxLayout(self)
        spaced(column, 14, (0, 6, 8, 3))
        column.addWidget(StepThread([*turn.names, _("Close")], turn.done))
        column.addLayout(self._head())
        column.addLayout(self._ticks())
        column.addWidget(self.marks)
        column.addWidget(self.own)
        column.addWidget(
            EightWords(
                turn.version.words,
                _("Eight words to take home"),
                _("Copy them on paper. With them you can tell later that a copy is genuine."),
            )
        )
        self.papers = PaperLines(turn.papers)
        column.addWidget(self.papers)
        column.addLayout(self._stop())
        column.addStretch()
        self.marks.changed.connect(self.changed)
        self.own.changed.connect(self.changed)
        self.setFocusProxy(self.boxes[0].box)

    def mark(self) -> Mark | None:
        """Return the mark, or None while there is none."""
        return self.marks.mark()

    def why_not(self) -> str:
        """Return what is still to be done before signing, or ''."""
        if not all(box.ticked() for box in self.boxes):
            return _("Tick what is true first.")
        if self.mark() is None:
            return _("Draw, type or choose the mark first.")
        return self.own.why_not()

    def note(self) -> str:
        """Return how many signatures are awaited."""
        return self.turn.awaited

    def _head(self) -> QHBoxLayout:
        row, words = QHBoxLayout(), QVBoxLayout()
        spaced(row, 18)
        spaced(words, 0)
        block = self.turn.block
        row.addWidget(Badge(self.turn.index, self.turn.face, 64, name=block.name))
        words.addWidget(Words(_("{name} signs").format(name=block.name), Type.TURN))
        words.addWidget(Lead(_("for {partner}").format(partner=block.party_name), tone="text2"))
        for term in self.turn.terms:
            words.addWidget(Caption(term, tone="now_text"))
        row.addLayout(words, 1)
        return row

    def _ticks(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        spaced(rows, 0)
        for box in self.boxes:
            rows.addWidget(line())
            rows.addWidget(box)
            box.changed.connect(self.changed)
        rows.addWidget(line())
        return rows

    def _stop(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 8)
        row.addWidget(Caption(self.note()), 1)
        paper = PlainButton(_("Sign on paper instead"))
        paper.clicked.connect(lambda _on=False: self.on_paper.emit())
        row.addWidget(paper)
        stop = PlainButton(_("Stop signing this version"))
        stop.clicked.connect(lambda _on=False: self.stopping.emit())
        row.addWidget(stop)
        return row


class _Attestation(QWidget):
    """Something to confirm before signing: a sentence to tick, with a note below."""

    changed = Signal()

    def __init__(self, words: str, note: str) -> None:
        super().__init__()
        self.box = CheckBox(words)
        self.box.setAccessibleDescription(note)
        self.box.toggled.connect(lambda _on: self.changed.emit())
        column = QVBoxLayout(self)
        spaced(column, 0, (6, 0))
        column.addWidget(self.box)
        if note:
            caption = Caption(note)
            indent = QVBoxLayout()
            spaced(indent, 0, (36, 0, 0, 0))
            indent.addWidget(caption)
            column.addLayout(indent)

    def ticked(self) -> bool:
        """Return whether it is confirmed."""
        return self.box.checkState() is Qt.CheckState.Checked


def attestations(turn: Turn) -> Sequence[tuple[str, str]]:
    """Return what the signatory confirms, each with a note: as the charter itself says it."""
    block = turn.block
    language = block.read_in_words
    if block.read_by:
        read = _("The charter was read to me in {language}").format(language=language)
        by = _("Read aloud by {name}").format(name=block.read_by)
    else:
        read = _("I read the charter in {language}").format(language=language)
        by = ""
    found = [(read if language else _("I read the charter, or heard it read"), by)]
    if block.witness:
        found.append((_("A witness I chose is with me"), block.witness))
    if block.authority is Authority.SUBJECT:
        note = _("Not yet? Pause, and sign on another day.")
        found.append((_("My board knows that I sign"), note))
    frozen = _("Unchanged since it was frozen, {time}").format(time=turn.frozen_at)
    return (*found, (_("This is the text we agreed, and I sign freely"), frozen))
