"""Wet ink: print the form, sign it on paper, and keep a scan as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.errors import EnvironmentProblem, PartnerDeskError
from partnerdesk.exchange.files import write_whole
from partnerdesk.flow.ink import OnPaper
from partnerdesk.language import _
from partnerdesk.model.charter import SignatureBlock
from partnerdesk.model.round import Method
from partnerdesk.places import suggested_folder
from partnerdesk.signing.isolated import scan_isolated
from partnerdesk.signing.pictures import MOST_BYTES
from ui.tasks import quietly
from ui.theme import Type, spaced
from ui.views.workplace import Hall
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.check import CheckBox
from ui.widgets.fields import Field, TextField
from ui.widgets.flow import Flow
from ui.widgets.text import Body, Caption, Lead, Words


class PaperForm(QWidget):
    """Takes the keeper's name and the scan; `leaving` goes back to signing on the laptop."""

    changed = Signal()
    leaving = Signal()

    def __init__(
        self,
        hall: Hall,
        awaited: Sequence[SignatureBlock],
        pdf: bytes,
        parent: QWidget | None = None,
    ) -> None:
        """Ask for the paper that the first of `awaited` signs; `pdf` is the form to print."""
        super().__init__(parent)
        self._hall, self._pdf, self._awaited = hall, pdf, tuple(awaited)
        self.people = [CheckBox(block.name) for block in awaited]
        self.scanned: tuple[bytes, str] | None = None
        self.kept_by = Field(_("Who keeps the signed paper"), TextField(limit=120))
        self.kept_by.editor.textChanged.connect(lambda _text: self.changed.emit())
        self.choose = QuietButton(_("Choose the scan"), "folder")
        self.choose.clicked.connect(lambda _on=False: self._choose())
        self.print = QuietButton(_("Print the form"), "print")
        self.print.clicked.connect(lambda _on=False: self._print())
        self.form = QuietButton(_("Save the form to print"), "doc")
        self.form.clicked.connect(lambda _on=False: self._save())
        self._chosen = Body(_("No scan yet"))
        column = QVBoxLayout(self)
        spaced(column, 14, (0, 6, 8, 3))
        column.addWidget(Words(_("Signed on paper"), Type.TURN))
        who = _("{name} signs in ink, in the box of the printed form.")
        column.addWidget(Lead(who.format(name=awaited[0].name)))
        if len(awaited) > 1:
            column.addWidget(self._who())
        column.addWidget(self._forms())
        column.addWidget(self._scan())
        column.addWidget(self.kept_by)
        column.addWidget(Caption(_("The scan is kept as evidence. It is no digital signature.")))
        if awaited[0].method is not Method.PAPER:
            back = PlainButton(_("Sign on this laptop instead"))
            back.clicked.connect(lambda _on=False: self.leaving.emit())
            column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch()
        self.setFocusProxy(self.print)

    def signatories(self) -> tuple[str, ...]:
        """Return the ids of those who signed on this paper, in the agreed order."""
        pairs = zip(self._awaited, self.people, strict=True)
        return tuple(block.signatory for block, box in pairs if box.isChecked())

    def take(self, path: Path) -> None:
        """Read a scan, or tell why it cannot be used."""
        self._hall.tasks.run(
            _read,
            path,
            done=self._on_read,
            failed=self._on_failed,
            owner=self,
            words=_("The scan is being read."),
            stopped=quietly,
        )

    def why_not(self) -> str:
        """Return what is still to be done, or ''."""
        if self.scanned is None:
            return _("Choose the scan first.")
        return "" if self.kept_by.value() else _("Say who keeps the paper.")

    def _who(self) -> QWidget:
        """Return the question who else signs on this paper: it goes by the agreed order."""
        box = QWidget()
        column = QVBoxLayout(box)
        spaced(column, 4)
        column.addWidget(Caption(_("Who signs on this paper, in the agreed order")))
        for place, person in enumerate(self.people):
            person.setChecked(place == 0)
            person.setEnabled(place > 0)
            person.toggled.connect(partial(self._on_person, place))
            column.addWidget(person)
        return box

    def _on_person(self, place: int, signs: bool) -> None:
        """Keep to the order: with somebody sign all before, without somebody none after."""
        for other, person in enumerate(self.people):
            if (signs and other < place) or (not signs and other > place):
                with QSignalBlocker(person):
                    person.setChecked(signs)
        self.changed.emit()

    def _forms(self) -> QWidget:
        box = QWidget()
        flow = Flow(box)
        flow.addWidget(self.print)
        flow.addWidget(self.form)
        return box

    def _print(self) -> None:
        from ui.views.print_dialog import PrintDialog

        PrintDialog(self, self._hall, self._pdf).open()

    def _scan(self) -> QFrame:
        well = QFrame()
        well.setProperty("kind", "well")
        row = QHBoxLayout(well)
        spaced(row, 16, (12, 16))
        words = QVBoxLayout()
        spaced(words, 2)
        words.addWidget(self._chosen)
        words.addWidget(Caption(_("A PDF, or a picture of the signed page.")))
        row.addLayout(words, 1)
        row.addWidget(self.choose)
        return well

    def _choose(self) -> None:
        kinds = _("Scans (*.pdf *.png *.jpg *.jpeg)")
        title = _("Choose the scan")
        self._hall.messages.open_file(self, title, suggested_folder(), kinds, self.take)

    def _save(self) -> None:
        name = suggested_folder() / _("Form to sign on paper.pdf")
        title, kinds = _("Save the form to print"), _("PDF files (*.pdf)")
        self._hall.messages.save_file(self, title, name, kinds, self._write)

    def _write(self, path: Path) -> None:
        self._hall.tasks.run(
            write_whole,
            path,
            self._pdf,
            done=lambda _none: self.form.set_words(_("Written: {file}").format(file=path.name)),
            failed=self._on_failed,
            owner=self,
            words=_("The file is being written."),
            stopped=quietly,
        )

    def _on_read(self, found: tuple[str, bytes, str]) -> None:
        name, kept, ending = found
        self.scanned = (kept, ending)
        self._chosen.setText(_("The scan: {name}").format(name=name))
        self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, PartnerDeskError):
            raise error
        self._hall.messages.problem(self, error)


class PaperLines(QWidget):
    """Who signed on paper so far and who keeps it; `wanted(OnPaper)` asks to see the scan."""

    wanted = Signal(object)

    def __init__(
        self, papers: Sequence[tuple[OnPaper, Sequence[str]]], parent: QWidget | None = None
    ) -> None:
        """Show `papers`, each with the names of those who signed it."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        spaced(column, 8)
        self.buttons: list[PlainButton] = []
        for paper, names in papers:
            row = QHBoxLayout()
            spaced(row, 12)
            row.addWidget(Body(paper_words(paper, names)), 1)
            button = PlainButton(_("Show the scan"))
            button.setAccessibleDescription(", ".join(names))
            button.clicked.connect(partial(self._ask, paper))
            self.buttons.append(button)
            row.addWidget(button)
            column.addLayout(row)
        if not papers:
            self.hide()

    def _ask(self, paper: OnPaper, _on: bool = False) -> None:
        self.wanted.emit(paper)


def paper_words(paper: OnPaper, names: Sequence[str]) -> str:
    """Return how signatures on paper are called: never digital ones."""
    return _("{names}: signed on paper, kept by {keeper}. This is no digital signature.").format(
        names=", ".join(names), keeper=paper.kept_by
    )


def _read(path: Path) -> tuple[str, bytes, str]:
    """Return a scan's file name, and what is kept of it."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as problem:
        words = _("The scan {name} cannot be read. Please check that it is there.")
        raise EnvironmentProblem(words.format(name=path.name), code="scan-read") from problem
    return (path.name, *scan_isolated(data))
