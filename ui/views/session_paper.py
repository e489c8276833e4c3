"""The session record: its pages in sight, to print or to keep as a PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.charter.preview import page_count
from partnerdesk.copies import session_record_of
from partnerdesk.exchange.files import write_whole
from partnerdesk.flow import values
from partnerdesk.flow.record import record
from partnerdesk.language import _
from partnerdesk.model.names import file_name, unused
from partnerdesk.places import suggested_folder
from ui.actions import Actions
from ui.theme import spaced
from ui.views.apart import ApartView, stack
from ui.views.charter_pages import Pages, Split
from ui.views.workplace import Workplace
from ui.widgets.banner import Banner
from ui.widgets.buttons import QuietButton
from ui.widgets.text import Body, Caption, Lead


class SessionPaperView(ApartView):
    """Sets the record of the last session, shows it, and takes it out of the window."""

    def __init__(self, work: Workplace, _key: str = "", parent: QWidget | None = None) -> None:
        """Set the pages at once, on a worker."""
        super().__init__(work, _("Session record"), parent)
        self.work, self.pdf = work, b""
        self.pages = Pages(work.tasks)
        self.page.header("", _("Session record"))
        self.print = QuietButton(_("Print"), "print")
        self.print.clicked.connect(lambda _on=False: self.show_print())
        self.keys = Actions(self)
        self.keys.add("print", self.show_print)
        self.page.footer.add(self.print)
        self.put_alone(Split(_words(work), self.pages, shares=(2, 3)))
        self._offer()
        self.run(
            session_record_of, record(work.store, work.guide),
            words=_("The pages are being set."), done=self._show,
        )  # fmt: skip

    def go_on(self) -> None:
        """Ask where the PDF goes."""
        title = values.partnership(self.work.store).title
        name = _("{title}-session").format(title=Path(file_name(title)).stem)
        path = unused(suggested_folder() / f"{name}.pdf")
        kinds = _("PDF files (*.pdf)")
        self.hall.messages.save_file(self, _("Keep the session record"), path, kinds, self._write)

    def show_print(self) -> None:
        """Offer to print the pages."""
        if self.pdf:
            from ui.views.print_dialog import PrintDialog

            PrintDialog(self, self.hall, self.pdf).open()

    def _offer(self) -> None:
        self.print.setEnabled(bool(self.pdf))
        why = "" if self.pdf else _("The pages are being set.")
        self.page.footer.set_primary(_("Keep it as a PDF"), bool(self.pdf), why)
        self.setFocusProxy(self.page.footer.primary)

    def _show(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.pages.set_pdf(pdf, page_count(pdf), 1)
        self._offer()
        self.page.footer.primary.setFocus()

    def _write(self, path: Path) -> None:
        self.run(
            write_whole, path, self.pdf,
            words=_("The file is being written."), done=lambda _none: self._tell(path),
        )  # fmt: skip

    def _tell(self, path: Path) -> None:
        words = _("Written: {file}. Give each partner a copy on paper.")
        self.page.set_banner(Banner(words.format(file=path.name), "good"))


def _words(work: Workplace) -> QWidget:
    head = work.store.head()
    words = stack(
        Lead(_("What each side takes home: who was there, what was done, decided and left open.")),
        Body(_("Nobody's answer stands in it, and nobody's level.")),
        Body(
            _(
                "It names the last entry of the journal. Who holds the paper can prove later that "
                "nothing before this entry was changed."
            )
        ),
        Caption(_("Entries: {count}").format(count=head.count)),
        Caption(_("Last entry: {hash}").format(hash=head.hash[:16])),
        gap=14,
    )
    whole, column = QWidget(), QVBoxLayout()
    whole.setLayout(column)
    spaced(column, 0)
    column.addWidget(words)
    column.addStretch(1)
    return whole
