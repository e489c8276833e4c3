"""The charter view: its sections, the clauses of one, the page as it prints, and what is next."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from partnerdesk import ceremony
from partnerdesk.charter.public import people_of
from partnerdesk.charter.wording import section_title
from partnerdesk.copies import version_original
from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange.files import write_whole
from partnerdesk.flow import agree, matters, values
from partnerdesk.flow.progress import current_activity
from partnerdesk.flow.versions import awaited_words, charter_pdf
from partnerdesk.language import _
from partnerdesk.model.round import Clause
from partnerdesk.places import suggested_folder
from ui.tasks import Task
from ui.theme import emf
from ui.views.charter_document import DocumentPage, pages_of
from ui.views.charter_form import WRITABLE, ClauseForm, Draft
from ui.views.charter_matters import MatterForm
from ui.views.charter_pages import Pages, Split
from ui.views.charter_section import SectionPage
from ui.views.charter_sections import DOCUMENT, SectionRail, document_row
from ui.views.charter_state import CONSENT, Next, read_state
from ui.views.document_part import Command
from ui.views.document_state import DocumentState, read_document
from ui.views.document_wishes import Wishes
from ui.views.export import ExportButton, Outlet, Source
from ui.views.place import Go, Place
from ui.views.view import RecordView
from ui.views.workplace import Workplace
from ui.widgets.banner import Banner
from ui.widgets.buttons import QuietButton
from ui.widgets.frames import STACKED
from ui.widgets.thread import StageRail

QUIET_MS = 250
FIRST = "C1"


class CharterView(RecordView):
    """Shows and edits the charter; the draft is rendered on a worker after each change."""

    def __init__(self, work: Workplace, key: str = "", parent: QWidget | None = None) -> None:
        """Show the section `key`, such as "C9", or the first one with something to do."""
        super().__init__(work, key, parent)
        self.setAccessibleName(_("Charter"))
        self._draft: ceremony.Draft | None = None
        self._task: Task | None = None
        self._form: ClauseForm | MatterForm | DocumentPage | None = None
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._render)
        self.state = read_state(work.store, work.guide)
        self.rail, self.pages = SectionRail(), Pages(work.tasks)
        self.page = SectionPage(work.go)
        self.scaffold = self.framed(cast(StageRail, self.rail))  # it asks for set_compact alone
        self._build()
        self._connect()
        self.setFocusProxy(self.rail)
        known = {DOCUMENT, *(s.code for s in self.state.sections)}
        self.section = key if key in known else self._begin()
        self._open_document()
        self._show()
        self._render()

    def refresh(self) -> None:
        """Re-read the record; a form that is open stays as it is."""
        self.state = read_state(self.work.store, self.work.guide)
        if isinstance(self._form, DocumentPage):
            self._form.show_state(self._document())
        self._show()
        self._draw_soon()

    def closing(self) -> None:
        """Keep what is typed in an open form; it can be taken back. Stop what is made."""
        self.outlet.close()
        form = self._form
        if isinstance(form, ClauseForm) and form.changed():
            self._keep(form.draft())
        elif isinstance(form, MatterForm):
            form.keep()
        elif isinstance(form, DocumentPage):
            form.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way when it gets narrow."""
        super().resizeEvent(event)
        self._show_freeze()

    def choose(self, code: str) -> None:
        """Show another section, and the page where it begins."""
        if self._form is not None:
            self.closing()
            self._drop_form()
        self.section = code
        self._open_document()
        self._show()
        self._turn_to(code)

    def write(self, about: str = "", clause: Clause | None = None) -> ClauseForm:
        """Open the form for a new clause of this section, or to change `clause`."""
        section = self.section if self.section in WRITABLE else FIRST
        form = ClauseForm(self.state.record.partners, section, clause, about)
        form.kept.connect(self._on_kept)
        self._open(form)
        return form

    def note_question(self) -> MatterForm:
        """Open the form for a question that stays open."""
        form = MatterForm(self.state.record.partners)
        form.kept.connect(self._on_question)
        self._open(form)
        return form

    def document(self) -> DocumentPage:
        """Show the document's choices, and return the page that holds them."""
        if not isinstance(self._form, DocumentPage):
            self.choose(DOCUMENT)
        assert isinstance(self._form, DocumentPage)
        return self._form

    def _document(self) -> DocumentState:
        return read_document(self.work.store, self.work.guide, self.state.record)

    def _open_document(self) -> None:
        """Put the document's choices in place of a section, where they are what shows."""
        if self.section != DOCUMENT:
            return
        form = self._form = DocumentPage(self._document())
        form.asked.connect(self._on_asked)
        form.kept.connect(self._on_typed)
        form.wished.connect(lambda wish: self.wishes.grant(wish, form))
        form.opened.connect(self._on_part)

    def _on_part(self, name: str) -> None:
        """Show the page that a part of the document is about, where it has one."""
        self._show_section()
        self._turn_to(*pages_of(name))

    def _turn_to(self, *codes: str) -> None:
        """Show the draft where the first of these sections that it has begins."""
        self.wishes.looking = False
        draft = self._draft
        if draft is not None:
            pages = (draft.starts[code] for code in codes if code in draft.starts)
            self.pages.set_pdf(draft.pdf, draft.pages, next(pages, 1))

    def _on_asked(self, command: Command) -> None:
        if self.succeeds(command, self.work.store, origin=self):
            self.refresh()

    def _on_typed(self, command: Command) -> None:
        """Keep what was typed; the page stays as it is, for the one who types."""
        if self.succeeds(command, self.work.store, origin=self):
            self.state = read_state(self.work.store, self.work.guide)
            self._draw_soon()

    def _open(self, form: ClauseForm | MatterForm) -> None:
        self._form = form
        form.left.connect(self._on_left)
        self._show_section()
        form.start_typing()

    def _build(self) -> None:
        self.split = Split(self.page, self.pages)
        self.scaffold.sheet.addWidget(self.split, 1)
        self.scaffold.footer.set_back(_("Back to the session"))
        self.export = ExportButton()
        self.sign = QuietButton(_("Freeze for signing"))
        self.scaffold.heading.end.addWidget(self.export)
        self.scaffold.footer.add(self.sign)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.choose)
        self.page.writing.connect(self.write)
        self.page.changing.connect(lambda one: self.write(clause=self.state.clause(one)))
        self.page.withdrawn.connect(self._withdraw)
        self.page.restored.connect(self._restore)
        self.page.confirmed.connect(self._confirm)
        self.page.asking.connect(self.note_question)
        self.page.settled.connect(self._settle)
        self.page.exported.connect(self._export_signed)
        self.scaffold.footer.back_clicked.connect(self._go_back)
        self.scaffold.footer.primary_clicked.connect(self._go_on)
        self.outlet = Outlet(self, self.scaffold.say, self.export, self._leaving, _("{title}"))
        self.wishes = Wishes(self, self.outlet, self.pages, self.scaffold.say)
        self.sign.clicked.connect(lambda _on=False: self.work.go(Place(Go.SIGN)))

    def _begin(self) -> str:
        """Return the first section with a clause that waits, or with a point to go."""
        waiting = (c.section for c in self.state.every if not c.consents)
        open_ = (s.code for s in self.state.sections if s.to_go)
        return next(waiting, next(open_, FIRST))

    def _show(self) -> None:
        rows = (document_row(), *self.state.sections)
        self.rail.show_sections(rows, self.state.complete)
        self.rail.choose(self.section)
        self._show_section()
        self._show_next()
        self._show_missing()

    def _show_section(self) -> None:
        signing = self.state.signing
        note = awaited_words(self.work.store, signing) if signing else ""
        if isinstance(self._form, DocumentPage):
            caption, title = _("The document") if self._form.name else "", self._form.title()
        else:
            caption = _("Section {number}").format(number=self.section[1:])
            title = section_title(self.section)
        self.scaffold.header(caption, title, note, "pen")
        self.page.show_section(self.state, self.section, self._changed(), self._form)

    def _show_next(self) -> None:
        step = self.state.next_step(self._changed())
        self.scaffold.footer.set_primary(self.state.next_words(step))
        self._show_freeze()

    def _show_freeze(self) -> None:
        """Offer to freeze with clauses open, where the footer has room; section 20 always does."""
        asking = self.state.next_step(self._changed()) is Next.ASK
        self.sign.setVisible(asking and self.width() / emf(1) >= STACKED)

    def _show_missing(self) -> None:
        missing = self._draft.missing if self._draft else ()
        if not missing:
            self.scaffold.set_banner(None)
            return
        shown = " ".join(f"{one} (U+{ord(one[0]):04X})" for one in missing[:6])
        words = _("No font here has {list}. Replace it before you export or sign.")
        self.scaffold.set_banner(Banner(words.format(list=shown)))

    def _changed(self) -> bool:
        """Return whether the text differs from the signed one; not so until it is known."""
        return self._draft is not None and self._draft.changed

    def _draw_soon(self) -> None:
        """Draw the draft once typing rests: it is another now."""
        self.wishes.looking = False
        self._quiet.start()

    def _render(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = self.work.tasks.run(
            ceremony.draft,
            self.state.record,
            done=self._on_draft,
            failed=self._on_failed,
            owner=self,
        )

    def _on_draft(self, draft: ceremony.Draft) -> None:
        first = self._draft is None
        self._draft = draft
        if not self.wishes.looking:
            page = draft.starts.get(self.section, 1) if first else self.pages.page()
            self.pages.set_pdf(draft.pdf, draft.pages, page)
        self._show_next()
        self._show_missing()
        if self._form is None:
            self._show_section()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, PartnerDeskError):
            raise error
        self.hall.messages.problem(self, error)

    def _on_kept(self, draft: Draft) -> None:
        if self._keep(draft):
            self._drop_form()
            self.section = draft.section
            self.refresh()
            self.scaffold.say(_("The clause is kept."), self._undo)

    def _keep(self, draft: Draft) -> bool:
        store = self.work.store
        if draft.clause:
            return self.succeeds(
                agree.change_clause,
                store,
                draft.clause,
                keys=draft.keys,
                origin=self,
                **draft.fields(),
            )
        return self.succeeds(
            agree.propose_clause,
            store,
            draft.section,
            draft.type,
            draft.text,
            affects=draft.affects,
            owner=draft.owner,
            date=draft.date,
            keys=draft.keys,
            origin=self,
        )

    def _on_left(self) -> None:
        self._drop_form()
        self._show_section()

    def _drop_form(self) -> None:
        self._form = None

    def _withdraw(self, clause_id: str) -> None:
        if self.succeeds(agree.withdraw_clause, self.work.store, clause_id, origin=self):
            self.refresh()
            self.scaffold.say(_("The clause is withdrawn. It stays on record."), self._undo)

    def _restore(self, clause_id: str) -> None:
        if self.succeeds(agree.restore_clause, self.work.store, clause_id, origin=self):
            self.refresh()

    def _confirm(self, clause_id: str, partner_id: str) -> None:
        if self.succeeds(agree.confirm_clause, self.work.store, clause_id, partner_id, origin=self):
            self.refresh()
            name = self.state.record.partner(partner_id)
            words = _("{partner} stands by these words.")
            self.scaffold.say(words.format(partner=name.short if name else ""), self._undo)

    def _on_question(self, words: str, owner: str, date: str) -> None:
        if self.succeeds(matters.add_matter, self.work.store, words, owner, date, origin=self):
            self._drop_form()
            self.refresh()
            self.scaffold.say(_("The question is noted."), self._undo)

    def _settle(self, matter_id: str) -> None:
        if self.succeeds(matters.settle_matter, self.work.store, matter_id, origin=self):
            self.refresh()
            self.scaffold.say(_("The question is settled. It stays on record."), self._undo)

    def _undo(self) -> None:
        self.succeeds(self.work.store.undo)

    def _go_back(self) -> None:
        current = current_activity(self.work.store, self.work.guide)
        self.work.go(Place(Go.SESSION, current.activity.id if current else ""))

    def _go_on(self) -> None:
        step = self.state.next_step(self._changed())
        if step is Next.EXPORT and self.state.signed:
            self._export_signed(self.state.signed.id)
        elif step is Next.ASK:
            self.work.go(Place(Go.SESSION, CONSENT))
        else:
            self.work.go(Place(Go.SIGN, self.state.signing.id if self.state.signing else ""))

    def _leaving(self) -> Source:
        """Return what is exported: the signed version as long as the text is the same."""
        signed = self.state.signed
        if signed is None or self._changed():
            return self.state.record
        people = people_of(self.state.record, self.state.record.enclosures)
        return version_original(self.work.store, signed, people)

    def _export_signed(self, version_id: str) -> None:
        pdf = charter_pdf(self.work.store, version_id)
        title = values.partnership(self.work.store).title.replace("/", "-")
        self.hall.messages.save_file(
            self,
            _("Export the signed charter"),
            suggested_folder() / _("{title}.pdf").format(title=title),
            _("PDF files (*.pdf)"),
            lambda to: self._write(pdf, to),
        )

    def _write(self, pdf: bytes, path: Path) -> None:
        self.work.tasks.run(
            write_whole,
            path,
            pdf,
            done=lambda _none: self.scaffold.say(_("Written: {file}").format(file=path.name)),
            failed=self._on_failed,
            owner=self,
            words=_("The file is being written."),
            stopped=lambda: self.scaffold.say(_("Stopped. Nothing was written.")),
        )
