"""The check of a charter: drop or choose a PDF, and read one of three words with its reasons."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk import ceremony
from partnerdesk.charter.preview import page_count
from partnerdesk.errors import EnvironmentProblem, PartnerDeskError
from partnerdesk.exchange.files import write_whole
from partnerdesk.language import _
from partnerdesk.places import suggested_folder
from partnerdesk.signing.isolated import pages_isolated
from partnerdesk.signing.report import Known, Report, Verdict, told
from partnerdesk.signing.verify import MOST_BYTES
from ui.tasks import Task, quietly
from ui.theme import spaced
from ui.views.charter_pages import Pages, Split
from ui.views.place import Go, Place
from ui.views.verify_result import ResultPage
from ui.views.view import View, fill
from ui.views.workplace import Hall, Workplace
from ui.widgets.banner import Banner
from ui.widgets.buttons import QuietButton
from ui.widgets.empty import EmptyState
from ui.widgets.frames import Scaffold

UNKNOWN = "unknown"


class VerifyView(View):
    """Checks one file at a time; it is read in a child process, and nothing is sent anywhere."""

    def __init__(self, hall: Hall, key: str = "", parent: QWidget | None = None) -> None:
        """Check the file at the path `key` at once, or ask for one."""
        super().__init__(hall, parent)
        self.setAccessibleName(_("Check a charter"))
        self.setAcceptDrops(True)
        self.report: Report | None = None
        self.result: ResultPage | None = None
        self._pdf, self._path = b"", Path()
        self._task: Task | None = None
        self._body = QWidget()
        self._inside = QVBoxLayout(self._body)
        spaced(self._inside, 0)
        self.pages = Pages(hall.tasks)
        self.split = Split(self._body, self.pages)
        self.scaffold = fill(self, Scaffold())
        self._build()
        if key:
            self.check(Path(key))
        else:
            self._ask()

    def closing(self) -> None:
        """Drop a check that is under way."""
        if self._task is not None:
            self._task.cancel()

    def check(self, path: Path) -> None:
        """Read the file at `path` and check it."""
        self._path, self._pdf = path, b""
        self._wait()
        self._task = self.hall.tasks.run(
            _content,
            path,
            done=self._on_read,
            failed=self._on_failed,
            owner=self,
            words=_("The file is being read."),
            stopped=self._ask,
        )

    def compare(self, words: str) -> None:
        """Check the same file again with words typed from paper."""
        self._wait()
        self._verify(tuple(words.split()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if _dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check the file that was dropped."""
        path = _dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.check(path)

    def _build(self) -> None:
        self.scaffold.sheet.addWidget(self.split, 1)
        top, footer = self.scaffold.top, self.scaffold.footer
        top.set_title(_("Check a charter"))
        top.set_room("")
        top.menu_clicked.connect(lambda: self.hall.menu(top.menu_button))
        footer.set_back(_("Back"))
        footer.back_clicked.connect(self._go_back)
        footer.primary_clicked.connect(self._choose)
        self.save = QuietButton(_("Save this result"), "doc")
        self.save.clicked.connect(lambda _on=False: self._save())
        footer.add(self.save)
        footer.set_note(_("Nothing is sent anywhere. The file is only read."))

    def _ask(self) -> None:
        self._put(
            EmptyState("shield", _("Is this copy genuine? Drop a charter here, or choose it."))
        )
        self._face(_("Check a charter"), "", _("Choose a charter"))

    def _wait(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self.report = None
        self._put(
            EmptyState("clock", _("The file is being checked. A charter takes some seconds."))
        )
        self._face(_("Is this copy genuine?"), self._path.name, _("Choose a charter"))

    def _face(self, title: str, caption: str, primary: str) -> None:
        """Show title and buttons, and the pages only beside an answer that lets them be drawn."""
        report = self.report
        self.scaffold.header(caption, title)
        self.scaffold.footer.set_primary(primary, True, self.scaffold.footer.note())
        self.save.setVisible(report is not None)
        self.pages.setVisible(report is not None and drawable(report))

    def _on_read(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._verify(())

    def _verify(self, words: tuple[str, ...]) -> None:
        known = replace(self._known(), words=words)
        self._task = self.hall.tasks.run(
            ceremony.verify_known,
            self._pdf,
            known,
            done=partial(self._on_report, bool(words)),
            failed=self._on_failed,
            owner=self,
            words=_("The file is being checked."),
            stopped=self._ask,
        )

    def _known(self) -> Known:
        """Return what this laptop and the open file know of ceremonies; the file names keepers."""
        here = ceremony.laptop_knows()
        if not isinstance(self.hall, Workplace):
            return here
        file = ceremony.known_of(self.hall.store)
        return Known(here.fingerprints | file.fingerprints, paper=(*here.paper, *file.paper))

    def _on_report(self, typed: bool, report: Report) -> None:
        self.report = report
        self.result = ResultPage(report, report.fingerprint in self._known().fingerprints)
        self.result.compared.connect(self.compare)
        self._put(self.result)
        self._face(_("Is this copy genuine?"), self._path.name, _("Check another charter"))
        self._warn(typed and report.verdict is not Verdict.UNCHANGED)
        if drawable(report):
            self.hall.tasks.run(
                _placed,
                self._pdf,
                done=partial(self._on_placed, self._pdf),
                failed=self._on_failed,
                owner=self,
            )
        else:
            self._task = self.hall.tasks.run(
                pages_isolated,
                self._pdf,
                report,
                done=self.result.show_pages,
                failed=self._on_failed,
                owner=self,
                words=_("The pages are being drawn."),
                stopped=quietly,
            )

    def _warn(self, failed: bool) -> None:
        words = _("With the words from paper, this file is still not proven.")
        self.scaffold.set_banner(Banner(words) if failed else None)

    def _on_placed(self, pdf: bytes, found: tuple[int, int]) -> None:
        if pdf is self._pdf:
            self.pages.set_pdf(pdf, *found)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, PartnerDeskError):
            raise error
        self._ask()
        self.hall.messages.problem(self, error)

    def _choose(self) -> None:
        folder = self._path.parent if self._path.name else suggested_folder()
        self.hall.messages.open_file(
            self, _("Choose a charter"), folder, _("PDF files (*.pdf)"), self.check
        )

    def _save(self) -> None:
        report = self.report
        if report is None:
            return
        name = _("{name}, checked.txt").format(name=self._path.stem)
        text = f"{self._path.name}\n\n{told(report)}\n"
        self.hall.messages.save_file(
            self,
            _("Save this result"),
            self._path.with_name(name),
            _("Text files (*.txt)"),
            lambda path: self._write(path, text),
        )

    def _write(self, path: Path, text: str) -> None:
        if self.succeeds(write_whole, path, text.encode()):
            self.scaffold.say(_("Written: {file}").format(file=path.name))

    def _go_back(self) -> None:
        self.hall.go(Place(Go.CHARTER if isinstance(self.hall, Workplace) else Go.HOME))

    def _put(self, part: QWidget) -> None:
        item = self._inside.takeAt(0)
        old = item.widget() if item is not None else None
        if old is not None:
            old.hide()
            old.deleteLater()
        self._inside.addWidget(part)
        part.show()
        self.setFocusProxy(self.scaffold.footer.primary)


def drawable(report: Report) -> bool:
    """Return whether the pages may be drawn here: only those of a file whose form is sound.

    A file that was changed, damaged or made elsewhere is read in the child process alone.
    """
    doubts = {f.code for f in report.findings if f.verdict is not Verdict.UNCHANGED}
    return bool(report.signers) and doubts <= {UNKNOWN}


def _content(path: Path) -> bytes:
    """Return the file, one byte more than a charter may have at most."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as problem:
        words = _("The file {name} cannot be read. Please check that it is there.")
        raise EnvironmentProblem(words.format(name=path.name), code="verify-read") from problem


def _placed(pdf: bytes) -> tuple[int, int]:
    """Return how many pages there are, and on which the signatures begin."""
    return page_count(pdf), ceremony.section_pages(pdf).get("C20", 1)


def _dropped(data: QMimeData) -> Path | None:
    """Return the one file that is dropped, or None."""
    urls = [url for url in data.urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None
