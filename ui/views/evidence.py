"""Is this the file that a charter came from, unchanged until then? The charter itself tells."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from partnerdesk.evidence import Bond, Evidence, anchors, weighed
from partnerdesk.language import _
from partnerdesk.places import suggested_folder
from partnerdesk.signing.isolated import verify_isolated
from partnerdesk.signing.report import Known, Report
from ui.views.apart import ApartView, stack
from ui.views.workplace import Workplace
from ui.widgets.banner import Banner
from ui.widgets.empty import EmptyState
from ui.widgets.text import Body, Caption

CHARTERS = (".pdf",)


class EvidenceView(ApartView):
    """Reads one charter in a child process and says how it and the open file belong together."""

    takes = CHARTERS

    def __init__(self, work: Workplace, key: str = "", parent: QWidget | None = None) -> None:
        """Check against the charter at the path `key` at once, or ask for one."""
        super().__init__(work, _("Check this file against a charter"), parent)
        self.work = work
        self.path = Path()
        self.evidence: Evidence | None = None
        self.page.header("", _("Is this the file that the charter came from?"))
        self._ask()
        if key:
            self.take(Path(key))

    def take(self, path: Path) -> None:
        """Check the open file against the charter at `path`."""
        self.path = path
        kept = anchors(self.work.store)
        self.run(
            verify_isolated, path, Known(frozenset(kept)),
            words=_("The charter is being checked. It takes some seconds."),
            done=partial(self._weigh, kept),
        )  # fmt: skip

    def go_on(self) -> None:
        """Ask for a charter."""
        folder = self.path.parent if self.path.name else suggested_folder()
        kinds = _("PDF files (*.pdf)")
        self.hall.messages.open_file(self, _("Choose a charter"), folder, kinds, self.take)

    def _ask(self) -> None:
        words = _("Drop a signed charter here, or choose it. Both are only read.")
        self.put_alone(EmptyState("shield", words))
        self.page.footer.set_primary(_("Choose a charter"))
        self.setFocusProxy(self.page.footer.primary)

    def _weigh(self, kept: dict[str, str], report: Report) -> None:
        found = self.attempt(weighed, self.work.store, kept, report)
        if found is not None:
            self._show(found)

    def _show(self, found: Evidence) -> None:
        self.evidence = found
        kind = {Bond.WHOLE: "good", Bond.CANNOT_TELL: "note", Bond.ARRIVED: "note"}
        self.page.set_banner(Banner(found.words, kind.get(found.bond, "stop")))
        self.page.header(_("Is this the file that the charter came from?"), _verdict(found.bond))
        head = self.work.store.head()
        self.put(
            stack(
                Body(_("Charter: {name}").format(name=self.path.name)),
                Body(_("This file: {name}").format(name=self.work.store.path.name)),
                Caption(_("Entries of the journal now: {count}").format(count=head.count)),
                Caption(_("The last one: {hash}").format(hash=head.hash)),
                gap=14,
            )
        )
        self.page.footer.set_primary(_("Choose another charter"))
        self.page.footer.primary.setFocus()


def _verdict(bond: Bond) -> str:
    return {
        Bond.WHOLE: _("Yes, and unchanged until then"),
        Bond.CHANGED_FILE: _("The file was changed"),
        Bond.CHANGED_CHARTER: _("The charter was changed"),
        Bond.ARRIVED: _("The charter came from another laptop"),
        Bond.OTHER: _("No: another file, or an earlier copy"),
        Bond.CANNOT_TELL: _("Cannot tell"),
    }[bond]
