"""The signing view: choose who signs, freeze the text, sign in turn, close, and prove it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from partnerdesk import ceremony
from partnerdesk.charter.public import people_of
from partnerdesk.copies import version_original
from partnerdesk.exchange.files import write_whole
from partnerdesk.exchange.known import remember
from partnerdesk.flow import pin, values
from partnerdesk.flow.consents import unanswered
from partnerdesk.flow.ending import closing_of
from partnerdesk.flow.ink import OnPaper, sign_on_paper
from partnerdesk.flow.record import record
from partnerdesk.flow.versions import (
    Frozen,
    Version,
    VersionState,
    abandon_version,
    charter_pdf,
    close_version,
    freeze_version,
    last_signed,
    open_version,
    record_signature,
    superseded_by,
    versions,
)
from partnerdesk.language import _, ngettext
from partnerdesk.model.charter import SignatureBlock
from partnerdesk.model.closing import Closing
from partnerdesk.model.record import Record
from partnerdesk.model.round import Method
from partnerdesk.places import suggested_folder
from partnerdesk.signing import ranges
from partnerdesk.signing.isolated import verify_isolated
from ui.views.export import ExportButton, Outlet, Source
from ui.views.place import ENDING, Go, Place
from ui.views.sign_asks import ask_freeze, ask_stop
from ui.views.sign_done import SignDone
from ui.views.sign_order import Command, SignerList, Signers
from ui.views.sign_page import SignPage
from ui.views.sign_people import LAST, papers_of, signers_of, this_moment
from ui.views.sign_pin import Waits, ask_to_lock, ask_to_unlock
from ui.views.sign_scan import ScanDialog
from ui.views.sign_steps import SignSteps
from ui.views.sign_turn import SignTurn
from ui.views.workplace import Workplace
from ui.widgets.banner import Banner
from ui.widgets.buttons import QuietButton


class SignView(SignPage):
    """Shows where the signing stands; `key` is a version's id, or '' for the next one.

    With the key ENDING the next one is the closing statement, where one is written.
    """

    def __init__(self, work: Workplace, key: str = "", parent: QWidget | None = None) -> None:
        """Go on with an open version, show a closed one, or prepare the next."""
        super().__init__(work, "" if key == ENDING else key, parent)
        self._ends = key == ENDING
        self.setAccessibleName(_("Signing"))
        self.order = SignerList()
        self.steps = SignSteps(work)
        self.lasting = (self.order, self.steps)
        self.done: SignDone | None = None
        self.exported: Path | None = None
        self._key = b""
        self._ordered: Record | None = None
        self._build()
        self._connect()
        self.refresh()

    @property
    def turn(self) -> SignTurn | None:
        """Return the part of whoever signs now, once they said that they sign freely."""
        return self.steps.turn

    @property
    def version(self) -> Version | None:
        """Return the version that shows, or None while the next one is prepared."""
        if not self.key:
            return open_version(self.work.store)
        shown = (v for v in versions(self.work.store) if v.id == self.key and not v.erased)
        return next(shown, None)

    def refresh(self) -> None:
        """Re-read the record and show where the signing stands."""
        version = self.version
        if version is None:
            self._show_order()
        elif version.state is VersionState.SIGNING:
            self._show_signing(version)
        else:
            self._show_done(version)

    def closing(self) -> None:
        """Drop what is under way, and the key that was unlocked."""
        super().closing()
        self.outlet.close()
        self._key = b""

    # --- before freezing ------------------------------------------------------------------

    def _show_order(self) -> None:
        store = self.work.store
        now = record(store, self.work.guide)
        self._ordered = now
        self._put(self.order)
        self.order.show_signers(Signers(now.partners, now.participants, now.signatories))
        closing = self._closing()
        title = _("Who signs, and in which order")
        if closing is not None:
            title = _("Who signs the closing statement, and in which order")
        self.scaffold.header(_("Version {n}").format(n=now.version), title)
        waiting = 0 if closing else unanswered(store)
        words = ngettext(
            "{n} clause waits for levels. It prints as open, and binds nobody.",
            "{n} clauses wait for levels. They print as open, and bind nobody.",
            waiting,
        )
        self.scaffold.set_banner(Banner(words.format(n=waiting)) if waiting else None)
        self.scaffold.footer.set_back(_("Back to the charter"))
        nobody = "" if now.signatories else _("Name who signs first.")
        self._primary(_("Freeze and start signing"), self._busy or nobody)
        if closing is None:
            self._run(ceremony.draft, now, done=partial(self._on_draft, now))
        else:
            self._run(ceremony.closing_draft, now, closing, done=partial(self._on_draft, now))

    def _closing(self) -> Closing | None:
        """Return the closing statement where that is what is signed next."""
        store = self.work.store
        return closing_of(store, last_signed(store)) if self._ends else None

    def _on_draft(self, of: Record, draft: ceremony.Draft) -> None:
        if self.version is None and of is self._ordered:
            starts = draft.starts
            self.pages.set_pdf(draft.pdf, draft.pages, starts.get("C20", starts.get("S6", LAST)))

    def _ask_freeze(self) -> None:
        number = record(self.work.store, self.work.guide).version
        ask_freeze(self.hall, self, number, self._freeze)

    def _freeze(self) -> None:
        now, closing = record(self.work.store, self.work.guide), self._closing()
        freeze = ceremony.frozen_of
        if closing is not None:
            freeze = partial(ceremony.frozen_closing_of, closing=closing)
        self.work_on(
            freeze,
            now,
            this_moment(),
            done=partial(self._on_frozen, now.journal.hash),
            words=_("The text is being frozen."),
        )

    def _on_frozen(self, head: str, frozen: Frozen) -> None:
        if self.work.store.head().hash != head:
            words = _("Something was changed meanwhile, so nothing was frozen. Freeze it again.")
            self.hall.messages.tell(self, _("Not frozen"), words)
            self.refresh()
            return
        self.succeeds(remember, frozen.fingerprint)
        made = self.attempt(freeze_version, self.work.store, frozen, origin=self)
        if made is not None:
            self.key = made
        self.refresh()

    # --- signing ----------------------------------------------------------------------------

    def _show_signing(self, version: Version) -> None:
        store = self.work.store
        block = ceremony.next_block(store, version)
        self.scaffold.set_banner(None)
        self.scaffold.heading.hide()
        self._show_pdf(charter_pdf(store, version.id))
        if block is None:
            self._show_close(version)
            return
        if pin.waits_under_pin(store, version.id) and not self._key:
            self.steps.clear()
            waits = Waits(self.work, version)
            waits.stopping.connect(self._ask_stop)
            self._put(waits)
            self.scaffold.footer.set_back(_("Back to the charter"))
            self._primary(_("Unlock the signing"), self._busy)
            return
        self.steps.show_block(version, block)
        self._put(self.steps)
        self._show_ready()

    def _show_ready(self) -> None:
        back = _("Back to the charter") if self.steps.paused else _("Pause signing")
        self.scaffold.footer.set_back(back)
        words, why = self.steps.primary()
        self._primary(words, self._busy or why)

    def _sign(self) -> None:
        turn, version = self.turn, self.version
        mark = turn.mark() if turn else None
        if turn is None or version is None or mark is None:
            return
        block, method = turn.turn.block, turn.marks.method
        own = turn.own.own
        what = (version.id, block, mark, this_moment(), own, self._key)
        task = self.attempt(ceremony.signing_task, self.work.store, *what)
        if task is None:
            return
        self.work_on(
            ceremony.signed_pdf,
            task,
            done=partial(self._on_signed, version.id, block, method),
            words=_("The signature is being made."),
        )

    def _on_signed(
        self, version_id: str, block: SignatureBlock, method: Method, pdf: bytes
    ) -> None:
        store = self.work.store
        if self.succeeds(
            record_signature, store, version_id, block.signatory, pdf, method, origin=self
        ):
            self.steps.clear()
        self.refresh()

    def _record_paper(self, version: Version) -> None:
        form = self.steps.paper
        if form is None or form.scanned is None:
            return
        what = (version.id, form.signatories(), form.kept_by.value(), form.scanned)
        if self.succeeds(sign_on_paper, self.work.store, *what, origin=self):
            blocks = ceremony.blocks_of(self.work.store, version.id)
            signed = (b for b in blocks if b.signatory in form.signatories())
            fields = [f"Signature{block.number}" for block in signed]
            self.succeeds(remember, version.fingerprint, fields)
            self.steps.clear()
        self.refresh()

    def _lock(self) -> None:
        version = self.version
        if version is not None:
            self._key = b""
            ask_to_lock(self, self, version)

    def _on_key(self, key: bytes) -> None:
        self._key = key
        self.refresh()

    def _show_scan(self, paper: OnPaper) -> None:
        scan = self.work.store.document(paper.evidence)
        ScanDialog(self, self.hall, paper, scan).open()

    def _ask_stop(self) -> None:
        version = self.version
        if version is not None:
            stop = partial(self._end, abandon_version, version.id)
            ask_stop(self.hall, self, version.number, stop)

    def _end(self, command: Command, version_id: str) -> None:
        if self.succeeds(command, self.work.store, version_id, origin=self):
            self.key = version_id
            self.steps.clear()
        self.refresh()

    # --- afterwards -------------------------------------------------------------------------

    def _show_close(self, version: Version) -> None:
        self.steps.clear()
        self.scaffold.footer.set_back(_("Back to the charter"))
        self._put(self._done(version))
        self._primary(_("Close the signing"), self._busy)

    def _show_done(self, version: Version) -> None:
        pdf = charter_pdf(self.work.store, version.id)
        signed = version.state is VersionState.SIGNED
        self.scaffold.footer.set_back(_("Back to the charter") if signed else None)
        later = superseded_by(self.work.store, version) if signed else 0
        words = _("Version {n} took the place of this one. It is kept as it was signed.")
        self.scaffold.set_banner(Banner(words.format(n=later)) if later else None)
        self.scaffold.heading.hide()
        self._show_pdf(pdf)
        self.export.setVisible(signed)
        self.outlet.actions.enable("print", signed)
        self._primary(_("Export the PDF") if signed else _("Back to the charter"), "")
        if self.done is not None and self.done.isVisibleTo(self):
            return
        self.done = self._done(version)
        self._put(self.done)
        if signed and not ranges.unsigned(pdf):
            known = ceremony.known_of(self.work.store)
            self._run(verify_isolated, pdf, known, done=self.done.show_report)

    def _done(self, version: Version) -> SignDone:
        store = self.work.store
        made = SignDone(version, signers_of(store, version), papers_of(store, version))
        made.papers.wanted.connect(self._show_scan)
        return made

    def _export(self, version: Version) -> None:
        title = values.partnership(self.work.store).title.replace("/", "-")
        name = _("{title}, version {n}.pdf").format(title=title, n=version.number)
        pdf = charter_pdf(self.work.store, version.id)
        self.hall.messages.save_file(
            self,
            _("Export the signed charter"),
            suggested_folder() / name,
            _("PDF files (*.pdf)"),
            lambda path: self._write(path, pdf),
        )

    def _leaving(self) -> Source:
        """Return what is exported: the version that shows."""
        version = self.version
        assert version is not None, "only a signed version offers its export"
        now = record(self.work.store, self.work.guide)
        return version_original(self.work.store, version, people_of(now, now.enclosures))

    def _write(self, path: Path, pdf: bytes) -> None:
        self._run(
            write_whole,
            path,
            pdf,
            done=lambda _none: self._on_written(path),
            words=_("The file is being written."),
        )

    def _on_written(self, path: Path) -> None:
        self.exported = path
        self.check.show()
        self.scaffold.say(_("Written: {file}").format(file=path.name))

    # --- shared -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.check = QuietButton(_("Check the file"), "shield")
        self.check.hide()
        self.export = ExportButton()
        self.export.hide()
        self.scaffold.footer.add(self.check)
        self.scaffold.footer.add(self.export)

    def _connect(self) -> None:
        footer = self.scaffold.footer
        footer.back_clicked.connect(self._go_back)
        footer.primary_clicked.connect(self._go_on)
        self.check.clicked.connect(
            lambda _on=False: self.work.go(Place(Go.VERIFY, str(self.exported or "")))
        )
        self.outlet = Outlet(
            self, self.scaffold.say, self.export, self._leaving, _("{title}, signed")
        )
        self.outlet.actions.enable("print", False)
        self.order.asked.connect(self._change)
        self.steps.changed.connect(self._show_ready)
        self.steps.stopping.connect(self._ask_stop)
        self.steps.locking.connect(self._lock)
        self.steps.scan_wanted.connect(self._show_scan)

    def _change(self, command: Command) -> None:
        self.succeeds(command, self.work.store, origin=self)
        self.refresh()

    def _go_on(self) -> None:
        version = self.version
        if version is None:
            self._ask_freeze()
        elif version.state is VersionState.SIGNED:
            self._export(version)
        elif version.state is VersionState.ABANDONED:
            self.work.go(Place(Go.CHARTER))
        elif ceremony.next_block(self.work.store, version) is None:
            self._end(close_version, version.id)
        elif not self.steps.isVisibleTo(self):
            ask_to_unlock(self, self, version, self._on_key)
        elif self.steps.paper is not None:
            self._record_paper(version)
        elif self.turn is not None:
            self._sign()
        else:
            self.steps.go_on()

    def _go_back(self) -> None:
        shown = self.steps.isVisibleTo(self) and not self.steps.paused
        if shown and not self._busy:
            self.steps.pause()
        else:
            self.work.go(Place(Go.CHARTER))
