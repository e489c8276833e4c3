"""What the document's parts wish for: a logo from a file, pages to look at, files to write."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.charter.preview import page_count
from partnerdesk.copies import (
    Form,
    Original,
    closing_original,
    compared,
    comparison_original,
    copy_of,
)
from partnerdesk.errors import EnvironmentProblem, PartnerDeskError
from partnerdesk.flow.ending import closing_of
from partnerdesk.flow.logos import set_logo
from partnerdesk.flow.record import record
from partnerdesk.flow.versions import Version, charter_json, last_signed, versions
from partnerdesk.language import _
from partnerdesk.model.record import Record
from partnerdesk.places import suggested_folder
from partnerdesk.signing.isolated import logo_isolated
from partnerdesk.signing.pictures import MOST_BYTES
from ui.tasks import Heard
from ui.views import document_ending, document_versions
from ui.views.charter_document import DocumentPage
from ui.views.charter_pages import Pages
from ui.views.document_versions import VersionPart
from ui.views.export import Outlet
from ui.views.place import ENDING, Go, Place

if TYPE_CHECKING:
    from ui.views.view import RecordView

LOGO = "logo:"


class Wishes:
    """Grants what a part wishes for; slow work runs on a worker, away from the window."""

    def __init__(
        self, view: RecordView, outlet: Outlet, pages: Pages, say: Callable[[str], object]
    ) -> None:
        """Serve `view`: its pages show what is looked at, its outlet writes what is exported."""
        self._view, self._outlet, self._pages, self._say = view, outlet, pages, say
        self.looking = False
        """Whether the pages are for something else than the draft, which may come later."""

    def grant(self, wish: str, page: DocumentPage) -> None:
        """Do what was wished for on `page`."""
        kind, _colon, about = wish.partition(":")
        granted: dict[str, Callable[[], None]] = {
            LOGO: partial(self._choose_logo, about, page),
            document_versions.LOOK: lambda: self._view.work.go(Place(Go.SIGN, about)),
            document_versions.COMPARE: partial(self._compare, about, page),
            document_versions.PAGES: partial(self._page_comparison, about),
            document_versions.EXPORT: partial(self._export_comparison, about),
            document_ending.LOOK: self._page_ending,
            document_ending.EXPORT: self._export_ending,
            document_ending.SIGN: lambda: self._view.work.go(Place(Go.SIGN, ENDING)),
        }
        granted[f"{kind}:"]()

    def _choose_logo(self, partner: str, page: DocumentPage) -> None:
        self._view.hall.messages.open_file(
            self._view,
            _("Choose a logo"),
            suggested_folder(),
            _("Pictures (*.png *.jpg *.jpeg)"),
            lambda path: self._run(
                logo_from,
                (path,),
                _("The picture is being read."),
                lambda png: self._keep_logo(partner, png, page),
            ),
        )

    def _keep_logo(self, partner: str, png: bytes, page: DocumentPage) -> None:
        page.asked.emit(partial(set_logo, partner_id=partner, png=png))

    def _compare(self, version_id: str, page: DocumentPage) -> None:
        version = self._version(version_id)
        self._run(
            compared,
            self._frozen_and_now(version),
            _("The versions are being compared."),
            lambda found: _shown(page, version, found),
        )

    def _page_comparison(self, version_id: str) -> None:
        self._look(partial(comparison_original, *self._frozen_and_now(self._version(version_id))))

    def _export_comparison(self, version_id: str) -> None:
        version = self._version(version_id)
        name = _("{title}, changes since version {n}").replace("{n}", str(version.number))
        make = partial(comparison_original, *self._frozen_and_now(version))
        self._outlet.save_as(Form.PDF, name, make)

    def _page_ending(self) -> None:
        if (make := self._ending()) is not None:
            self._look(make)

    def _export_ending(self) -> None:
        if (make := self._ending()) is not None:
            self._outlet.save_as(Form.PDF, _("{title}, closing statement"), make)

    def _ending(self) -> Callable[[], Original] | None:
        work = self._view.work
        closing = closing_of(work.store, last_signed(work.store))
        if closing is None:
            return None
        return partial(closing_original, record(work.store, work.guide), closing)

    def _look(self, make: Callable[[], Original]) -> None:
        """Show the pages of something else than the charter, until the person goes on."""
        self.looking = True
        self._run(drawn, (make,), _("The pages are being made."), self._on_drawn)

    def _on_drawn(self, made: tuple[bytes, int]) -> None:
        if self.looking:
            self._pages.set_pdf(*made, 1)

    def _frozen_and_now(self, version: Version) -> tuple[bytes, Record]:
        work = self._view.work
        return charter_json(work.store, version.id), record(work.store, work.guide)

    def _version(self, version_id: str) -> Version:
        return next(one for one in versions(self._view.work.store) if one.id == version_id)

    def _run(
        self, work: Callable[..., object], what: tuple[object, ...], words: str, done: Heard
    ) -> None:
        self._view.hall.tasks.run(
            work, *what, done=done, failed=self._on_failed, owner=self._view, words=words
        )

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, PartnerDeskError):
            raise error
        self._view.hall.messages.problem(self._view, error)


def logo_from(path: Path) -> bytes:
    """Return the logo in a file, as it is kept; raises what reading and `logo_isolated` raise."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as problem:
        message = _("The file {name} cannot be read. Please check that it is there.")
        raise EnvironmentProblem(message.format(name=path.name), code="logo-read") from problem
    return logo_isolated(data)


def drawn(make: Callable[[], Original]) -> tuple[bytes, int]:
    """Return the PDF of what `make` gives, and how many pages it has."""
    pdf = copy_of(make(), Form.PDF)
    return pdf, page_count(pdf)


def _shown(page: DocumentPage, version: Version, found: object) -> None:
    if isinstance(page.part, VersionPart):
        page.part.show_comparison(version, found)  # type: ignore[arg-type]  # what compared gives
