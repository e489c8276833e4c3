"""Prepare: what the partnership is for, who is in it, and where the partners meet."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.errors import Kept, PartnerDeskError
from partnerdesk.flow import setup, values
from partnerdesk.flow.progress import current_activity
from partnerdesk.language import _
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Authority
from ui.actions import KeyHint
from ui.theme import spaced
from ui.views.apart import dropped
from ui.views.contacts import LISTS
from ui.views.place import Go, Place
from ui.views.prepare_partner import PartnerPart
from ui.views.prepare_parts import AboutForm, ReadyList, SessionForm
from ui.views.prepare_person import PersonRow
from ui.views.view import RecordView
from ui.views.workplace import Workplace
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.frames import Scaffold, Side
from ui.widgets.marks import Knot
from ui.widgets.text import Body, Heading
from ui.widgets.thread import Stage, StageRail

ADD_PERSON, ADD_PARTNER = "Ctrl+N", "Ctrl+Shift+N"
ABOUT, PEOPLE, MEETING = "about", "people", "meeting"


class PrepareView(RecordView):
    """All that is set up before a workshop, on one page; every change is kept at once."""

    def __init__(self, work: Workplace, key: str = "", parent: QWidget | None = None) -> None:
        """Show what the record of `work` holds."""
        super().__init__(work, key, parent)
        self.setAccessibleName(_("Prepare"))
        self.setAcceptDrops(not work.store.read_only)
        self.rail, self.side, self.ready = StageRail(), Side(), ReadyList()
        self.about = AboutForm(self._save_about, lambda: self.add_partner_button.setFocus())
        self.session = SessionForm(self._save_session, lambda: self.page.footer.primary.setFocus())
        self.add_partner_button = QuietButton(_("Add a partner"), "plus")
        self.list_button = PlainButton(_("People from a list"), "people")
        self.parts: list[PartnerPart] = []
        self._at = ABOUT
        self._sections: dict[str, QWidget] = {}
        self._partners = QVBoxLayout()
        self._nobody = Body(_("Nobody is here yet. Add at least two partners."), tone="text2")
        self.page: Scaffold = self.framed(self.rail, self.side)
        self._build()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Re-read the record; what is being typed is left alone."""
        store = self.work.store
        self.about.show_partnership(values.partnership(store))
        for session in values.sessions(store)[:1]:
            self.session.show_session(session)
        self._show_partners()
        self._order_stops()
        self._tell()

    def closing(self) -> None:
        """Keep what is typed in any field."""
        for form in (self.about, self.session):
            form.flush()
        for part in self.parts:
            part.flush()

    def add_partner(self) -> None:
        """Offer the fields of one more partner, or go to those that still wait for a name."""
        waiting = next((part for part in self.parts if not part.key), None)
        part = waiting or self._new_part(len(values.partners(self.work.store)))
        self._nobody.hide()
        self._order_stops()
        part.open_details(True)
        self._bring(part)

    def add_person(self) -> None:
        """Offer one more person of the partner where the focus is, else of the last one."""
        focus = QApplication.focusWidget()
        inside = (p for p in self.parts if focus is not None and p.isAncestorOf(focus))
        part = next(inside, self.parts[-1] if self.parts else None)
        if part is None:
            self.add_partner()
        else:
            part.add_person()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the first thing that is missing when this page is shown."""
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.OtherFocusReason:
            self._first_missing().setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a list of people."""
        if dropped(event.mimeData(), LISTS) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show who comes in from the list that was dropped."""
        path = dropped(event.mimeData(), LISTS)
        if path is not None:
            event.acceptProposedAction()
            self.work.go(Place(Go.CONTACTS, str(path)))

    # --- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        self.page.header("", _("Prepare the workshop"))
        people = QWidget()
        column, head = QVBoxLayout(people), QHBoxLayout()
        spaced(column, 16)
        spaced(head, 12)
        head.addWidget(Heading(_("Partners and people")), 1)
        head.addWidget(self.add_partner_button)
        column.addLayout(head)
        spaced(self._partners, 24)
        column.addWidget(self._nobody)
        column.addLayout(self._partners)
        column.addWidget(self.list_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._sections = {
            ABOUT: _section(_("What it is for"), self.about),
            PEOPLE: people,
            MEETING: _section(_("The session"), self.session),
        }
        for section in self._sections.values():
            self.page.sheet.addWidget(section)
            section.setEnabled(not self.work.store.read_only)
        self.page.sheet.addStretch(1)
        spaced(self.page.sheet, 32)
        self._fill_side()

    def _fill_side(self) -> None:
        self.side.add(self.ready, _("Ready to start?"))
        self.side.add_line()
        words = _(
            "Each person picks a picture. It shows whose turn it is, also to those who do not "
            "read. A made-up name is fine. Enter goes on to the next field."
        )
        self.side.add(Body(words), _("Good to know"))
        keys = (
            KeyHint(_shown(ADD_PERSON), _("Add a person")),
            KeyHint(_shown(ADD_PARTNER), _("Add a partner")),
        )
        self.page.footer.set_keys(keys)

    def _connect(self) -> None:
        self.add_partner_button.clicked.connect(self.add_partner)
        self.list_button.clicked.connect(lambda _on=False: self.work.go(Place(Go.CONTACTS)))
        self.page.footer.set_back(_("Home"))
        self.page.footer.back_clicked.connect(lambda: self.work.files.close())
        self.page.footer.primary_clicked.connect(self._start)
        self.rail.stage_chosen.connect(self._go_to)
        for keys, act in ((ADD_PERSON, self.add_person), (ADD_PARTNER, self.add_partner)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    # --- keeping ----------------------------------------------------------------------------

    def _save_about(self, column: str, value: Json) -> str:
        return self._keep(
            lambda: setup.change_partnership(self.work.store, origin=self, **{column: value}),
            ("partnership", column),
        )

    def _save_session(self, column: str, value: Json) -> str:
        key = values.sessions(self.work.store)[0].id
        return self._keep(
            lambda: setup.change_session(self.work.store, key, origin=self, **{column: value}),
            ("session", column),
        )

    def _save_partner(self, part: PartnerPart, column: str, value: Json) -> str:
        store = self.work.store
        if part.key:
            fields = {column: value}
            return self._keep(
                lambda: setup.change_partner(store, part.key, origin=self, **fields),
                (part.key, column),
            )
        given = {c: str(field.value()) for c, field in part.form.fields.items()}
        if not given["name"]:
            return ""
        name, short = given.pop("name"), given.pop("short")

        def add() -> None:
            part.key = setup.add_partner(store, name, short, origin=self, **given)

        return self._keep(add, ("new", id(part)))

    def _save_person(self, part: PartnerPart, row: PersonRow, column: str, value: Json) -> str:
        store, name = self.work.store, row.name.value()
        if row.key:
            fields = {column: value}
            return self._keep(
                lambda: setup.change_participant(store, row.key, origin=self, **fields),
                (row.key, column),
            )
        if not name:
            return ""
        draft = row.draft()
        authority = Authority(draft.pop("authority"))

        def add() -> None:
            row.key = setup.add_participant(
                store, part.key, name, authority=authority, origin=self, **draft
            )

        return self._keep(add, ("new", id(row)))

    def _keep(self, command: Callable[[], object], about: tuple[object, ...]) -> str:
        """Run a command and return what is wrong in words; tell around the fields what is so.

        Where the disk does not take it, it waits; a later one `about` the same takes its place.
        """
        try:
            self.work.signals.standing.run(command, about)
        except Kept:
            return ""
        except PartnerDeskError as problem:
            return problem.message
        self._tell()
        return ""

    def _remove_person(self, part: PartnerPart, row: PersonRow) -> None:
        name = row.name.value()
        if row.key and not self.succeeds(setup.remove_participant, self.work.store, row.key):
            return
        if row in part.rows:
            part.drop(row)
        part.add.setFocus()
        if row.key:
            self._offer_undo(_("{name} was removed.").format(name=name))

    def _remove_partner(self, part: PartnerPart) -> None:
        if part.key and not self.succeeds(setup.remove_partner, self.work.store, part.key):
            return
        if part in self.parts:
            self._drop(part)
        self.add_partner_button.setFocus()
        if part.key:
            words = _("{name} and its people were removed.")
            self._offer_undo(words.format(name=part.accessibleName()))

    def _offer_undo(self, words: str) -> None:
        self.page.say(words, lambda: self.succeeds(self.work.store.undo))

    # --- showing ----------------------------------------------------------------------------

    def _show_partners(self) -> None:
        partners = values.partners(self.work.store)
        places = {partner.id: partner.index for partner in partners}
        for part in list(self.parts):
            if part.index != places.get(part.key, -1 if part.key else len(partners)):
                self._drop(part)
        held = {part.key: part for part in self.parts}
        people = values.participants(self.work.store)
        for partner in partners:
            part = held.get(partner.id) or self._new_part(partner.index, partner.id)
            part.show_partner(partner, (p for p in people if p.partner_id == partner.id))

    def _new_part(self, index: int, key: str = "") -> PartnerPart:
        part = PartnerPart(
            index,
            lambda column, value: self._save_partner(part, column, value),
            lambda row, column, value: self._save_person(part, row, column, value),
        )
        part.key = key
        part.removed.connect(self._remove_partner)
        part.person_removed.connect(lambda row: self._remove_person(part, row))
        part.person_added.connect(self._on_person_added)
        part.alias_wanted.connect(lambda person: self.work.go(Place(Go.ERASE, person)))
        self.parts.append(part)
        self._partners.insertWidget(index, part)
        if self.isVisible():
            part.show()  # at once, so that it can take the focus
        if key:
            part.open_details(False)
        return part

    def _drop(self, part: PartnerPart) -> None:
        self.parts.remove(part)
        self._partners.removeWidget(part)
        part.hide()
        part.deleteLater()
        self._nobody.setVisible(not self.parts)

    def _tell(self) -> None:
        """Show around the fields what follows from them."""
        store = self.work.store
        partners = values.partners(store)
        by_key = {partner.id: partner for partner in partners}
        self.page.top.set_title(values.partnership(store).title)
        self.page.top.set_partners(partner.index for partner in partners)
        for part in self.parts:
            if part.key in by_key:
                part.show_words(by_key[part.key])
        self._nobody.setVisible(not self.parts)
        self.ready.show_points(setup.ready_points(store))
        self.page.footer.set_primary(self._next_words(), setup.can_start(store), self._why_not())
        self._mark_rail()

    def _next_words(self) -> str:
        current = current_activity(self.work.store, self.work.guide)
        if current is None:
            return _("Open the charter")
        begun = bool(values.rounds(self.work.store))
        words = _("Go on with {activity}") if begun else _("Start with {activity}")
        return words.format(activity=current.activity.title)

    def _why_not(self) -> str:
        """Return what is still missing for a first round, or ''."""
        store = self.work.store
        if setup.can_start(store):
            return ""
        voices = {p.partner_id for p in values.participants(store) if p.present}
        silent = [p.short for p in values.partners(store) if p.id not in voices]
        if len(values.partners(store)) < 2:
            return _("Add at least two partners to start.")
        return _("{partner} has nobody here today. Add a person.").format(partner=silent[0])

    def _mark_rail(self) -> None:
        stands = [done for _words, done in setup.ready_points(self.work.store)]
        done = {ABOUT: stands[0], PEOPLE: all(stands[1:4]), MEETING: all(stands[4:])}
        names = {
            ABOUT: _("What it is for"),
            PEOPLE: _("Partners and people"),
            MEETING: _("The session"),
        }
        self.rail.set_stages(
            [
                Stage(key, names[key], _knot(key == self._at, done[key]))
                for key in (ABOUT, PEOPLE, MEETING)
            ]
        )

    # --- moving -----------------------------------------------------------------------------

    def _start(self) -> None:
        self.closing()
        current = current_activity(self.work.store, self.work.guide)
        place = Place(Go.SESSION, current.activity.id) if current else Place(Go.CHARTER)
        self.work.go(place)

    def _first_missing(self) -> QWidget:
        fields = self.about.fields
        empty = (fields[column].editor for column in ("title", "purpose"))
        editor: QWidget = next((one for one in empty if not one.value()), self.add_partner_button)
        return editor if not self.parts or not fields["purpose"].value() else fields["title"].editor

    def _go_to(self, key: str) -> None:
        firsts = {
            ABOUT: self.about.fields["title"].editor,
            PEOPLE: self.add_partner_button,
            MEETING: self.session.fields["title"].editor,
        }
        self._bring(self._sections[key])
        firsts[key].setFocus()

    def _on_person_added(self, row: PersonRow) -> None:
        self._order_stops()
        self._bring(row)

    def _order_stops(self) -> None:
        """Let Tab go down the page, also past what was added later."""
        people = [stop for part in self.parts for stop in part.stops()]
        adding = (self.add_partner_button, self.list_button)
        stops = [*self.about.stops(), *people, *adding, *self.session.stops()]
        for before, after in pairwise([*stops, self.page.footer.primary]):
            QWidget.setTabOrder(before, after)

    def _bring(self, part: QWidget) -> None:
        """Bring a part into sight once the page has made room for it."""

        def show() -> None:
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            self.page.scroll_to(part)
            focus = QApplication.focusWidget()
            if focus is not None and part.isAncestorOf(focus):
                self.page.scroll_to(focus)

        QTimer.singleShot(0, part, show)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        inside = (k for k, one in self._sections.items() if new and one.isAncestorOf(new))
        at = next(inside, "")
        if at and new is not None:
            self.page.scroll_to(new)
        if at not in ("", self._at):
            self._at = at
            self._mark_rail()


def _section(words: str, part: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    spaced(column, 12)
    column.addWidget(Heading(words))
    column.addWidget(part)
    return made


def _knot(now: bool, done: bool) -> Knot:
    return Knot.NOW if now else Knot.DONE if done else Knot.NEXT


def _shown(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
