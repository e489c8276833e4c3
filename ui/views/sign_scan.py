"""The scan of what was signed on paper, shown again from memory or saved where a person says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange.files import write_whole
from partnerdesk.flow.ink import OnPaper
from partnerdesk.language import _
from partnerdesk.places import suggested_folder
from partnerdesk.signing.isolated import pages_isolated
from partnerdesk.signing.report import Report
from ui.tasks import quietly
from ui.theme import em, spaced
from ui.views.charter_pages import Paper
from ui.views.workplace import Hall
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.text import Body, Caption, Heading
from ui.widgets.waiting import WaitingBar


class ScanDialog(QDialog):
    """Shows the pages of one scan; those of a PDF are drawn in the verifier's child."""

    def __init__(self, parent: QWidget, hall: Hall, paper: OnPaper, scan: bytes) -> None:
        """Show `scan`, which is the evidence of `paper`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Signed on paper"))
        self._hall, self._paper, self._scan = hall, paper, scan
        self.papers: list[Paper] = []
        self._note = Caption(_("The pages are being drawn."))
        self.save = QuietButton(_("Save the scan"), "doc")
        self.leave = PrimaryButton(_("Close the scan"))
        self._area, self._inside = QScrollArea(), QVBoxLayout()
        self._lay_out()
        self.save.clicked.connect(lambda _on=False: self._ask())
        self.leave.clicked.connect(lambda _on=False: self.reject())
        self._bar = WaitingBar(self, hall.tasks)
        hall.tasks.run(
            pictures_of,
            scan,
            done=self._show,
            failed=self._on_failed,
            owner=self,
            words=_("The scan is being drawn."),
            stopped=lambda: self._show(()),
        )
        room = self.screen().availableSize()
        self.resize(min(em(720), room.width()), min(em(640), room.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let each page keep its shape."""
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        spaced(column, 12, (16, 14))
        column.addWidget(Heading(_("Kept by {keeper}").format(keeper=self._paper.kept_by)))
        column.addWidget(Body(_("The scan is kept as evidence. It is no digital signature.")))
        column.addWidget(self._note)
        inside = QWidget()
        inside.setLayout(self._inside)
        spaced(self._inside, 12)
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(self._paper.name)
        column.addWidget(self._area, 1)
        buttons = QHBoxLayout()
        spaced(buttons, 12)
        buttons.addWidget(self.save)
        buttons.addStretch()
        buttons.addWidget(self.leave)
        column.addLayout(buttons)

    def _show(self, pictures: Sequence[bytes]) -> None:
        for number, picture in enumerate(pictures, start=1):
            paper = Paper()
            paper.set_image(QImage.fromData(picture))
            paper.setAccessibleName(_("Page {n}").format(n=number))
            self.papers.append(paper)
            self._inside.addWidget(paper)
        self._inside.addStretch()
        none = _("These pages cannot be shown here. Save the scan, and open it elsewhere.")
        self._note.setText(self._paper.name if pictures else none)
        self._fit()

    def _fit(self) -> None:
        width = self._area.viewport().width()
        for paper in self.papers:
            paper.setFixedHeight(round(width * paper.shape()))

    def _ask(self) -> None:
        title, kinds = _("Save the scan"), _("Scans (*.pdf *.jpg)")
        name = suggested_folder() / self._paper.name
        self._hall.messages.save_file(self, title, name, kinds, self._write)

    def _write(self, path: Path) -> None:
        self._hall.tasks.run(
            write_whole,
            path,
            self._scan,
            done=partial(self._on_written, path),
            failed=self._on_failed,
            owner=self,
            words=_("The file is being written."),
            stopped=quietly,
        )

    def _on_written(self, path: Path, _none: object) -> None:
        self._note.setText(_("Written: {file}").format(file=path.name))

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, PartnerDeskError):
            raise error
        self._hall.messages.problem(self, error)


def pictures_of(scan: bytes) -> tuple[bytes, ...]:
    """Return the pages of a scan as pictures: a JPEG is ours, a PDF is read in the child alone."""
    if not scan.startswith(b"%PDF-"):
        return (scan,)
    return tuple(pair.after for pair in pages_isolated(scan, Report(())))
