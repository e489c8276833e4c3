"""One partner in Prepare: its shape and name, what it is, and its people."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.language import _
from partnerdesk.model.partnership import Participant, Partner
from ui.theme import Type, emf, line, spaced
from ui.views.prepare_fields import Form, Save, Slot
from ui.views.prepare_person import PersonRow, SaveOf, empty_first
from ui.widgets.buttons import PlainButton
from ui.widgets.fields import TextField
from ui.widgets.marks import PartnerMark
from ui.widgets.text import Caption, Words

NARROW = 640


class PartnerPart(QWidget):
    """A partner and its people; without a name it is not in the record yet."""

    removed = Signal(object)
    person_removed = Signal(object)
    alias_wanted = Signal(str)
    person_added = Signal(object)

    def __init__(self, index: int, save: Save, save_person: SaveOf) -> None:
        """Show the partner at `index`, which is not in the record, with its fields open."""
        super().__init__()
        self.key, self.index, self.rows = "", index, list[PersonRow]()
        self._save_person = save_person
        self._name = Words(_("New partner"), Type.LEAD_BOLD)
        self._about = Caption()
        self.change = PlainButton(_("Change"), "edit")
        self.add = PlainButton(_("Add a person"), "plus")
        self.remove = PlainButton(_("Remove this partner"), "x")
        self.form = Form(_slots(), save, self.add_person)
        self._details = QWidget()
        self._head, self._people = QBoxLayout(QBoxLayout.Direction.LeftToRight), QVBoxLayout()
        self._build()
        self._about.hide()
        self.change.clicked.connect(lambda: self.open_details(not self._details.isVisibleTo(self)))
        self.add.clicked.connect(self.add_person)
        self.remove.clicked.connect(lambda: self.removed.emit(self))
        self._tell()

    def show_partner(self, partner: Partner, people: Iterable[Participant]) -> None:
        """Show what the record holds; what is being typed is left alone."""
        self.show_words(partner)
        self.form.show_values(vars(partner))
        self._show_people(list(people))

    def show_words(self, partner: Partner) -> None:
        """Show the partner's name and what it is, above its people."""
        self.key = partner.id
        self._name.setText(partner.name)
        parts = (partner.type, partner.role, partner.country)
        self._about.setText(", ".join(part for part in parts if part))
        self._about.setVisible(any(parts))
        self._tell()

    def open_details(self, open_: bool) -> None:
        """Show or put away the fields of the partner itself."""
        self._details.setVisible(open_)
        self.change.set_words(_("Done") if open_ else _("Change"))
        self.change.set_icon("check" if open_ else "edit")
        self._tell()
        if open_:
            self.form.fields["name"].editor.setFocus()

    def add_person(self) -> None:
        """Offer an empty row, or go to the one that still waits for a name."""
        self.form.flush()
        if not self.key:
            self.form.fields["name"].set_error(_("Type the partner's name first."))
            self.form.fields["name"].editor.setFocus()
            return
        waiting = empty_first(self.rows)
        row = waiting or self._new_row()
        row.name.setFocus(Qt.FocusReason.TabFocusReason)
        if row is waiting and len(self.rows) > 1:
            row.set_error(_("Type this person's name first."))
        self.person_added.emit(row)

    def drop(self, row: PersonRow) -> None:
        """Take a row out of the window."""
        self.rows.remove(row)
        self._people.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._order()

    def stops(self) -> list[QWidget]:
        """Return what Tab stops at, in order; "Add a person" comes after the last person."""
        people = [stop for row in self.rows for stop in row.stops()]
        return [self.change, *self.form.stops(), self.remove, *people, self.add]

    def flush(self) -> None:
        """Keep what is still being typed."""
        self.form.flush()
        for row in self.rows:
            row.flush()

    def resizeEvent(self, event: object) -> None:
        """Put the buttons below the name where there is no room beside it."""
        self.restyle()

    def restyle(self) -> None:
        """Lay the head out for the width there is."""
        ways = QBoxLayout.Direction
        self._head.setDirection(
            ways.TopToBottom if self.width() < emf(NARROW) else ways.LeftToRight
        )

    def _build(self) -> None:
        column, details = QVBoxLayout(self), QVBoxLayout(self._details)
        words, buttons, names = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        spaced(column, 8)
        spaced(details, 4, (0, 4, 0, 8))
        for layout, gap in (
            (self._head, 4),
            (words, 12),
            (names, 0),
            (buttons, 0),
            (self._people, 6),
        ):
            spaced(layout, gap)
        words.addWidget(PartnerMark(self.index, 22))
        words.addLayout(names, 1)
        names.addWidget(self._name)
        names.addWidget(self._about)
        for button in (self.change, self.add):
            buttons.addWidget(button)
        buttons.addStretch()
        self._head.addLayout(words, 1)
        self._head.addLayout(buttons)
        details.addWidget(self.form)
        details.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeading)
        column.addLayout(self._head)
        column.addWidget(self._details)
        column.addWidget(line())
        column.addLayout(self._people)

    def _show_people(self, people: list[Participant]) -> None:
        held = {row.key: row for row in self.rows if row.key}
        here = {person.id for person in people}
        for key, row in held.items():
            if key not in here:
                self.drop(row)
        for person in people:
            row = held.get(person.id) or self._new_row(person.id)
            row.show_person(person)
        places = {person.id: n for n, person in enumerate(people)}
        self.rows.sort(key=lambda row: places.get(row.key, len(places)))
        for n, row in enumerate(self.rows):
            self._people.insertWidget(n, row)
        self._order()

    def _new_row(self, key: str = "") -> PersonRow:
        spoken = self.rows[-1].language.value() if self.rows else "en"
        row = PersonRow(self.index, self._save_person, first=not self.rows, language=spoken)
        row.key = key
        row.removed.connect(self.person_removed)
        row.alias_wanted.connect(self.alias_wanted)
        row.finished.connect(lambda _row: self.add_person())
        self.rows.append(row)
        self._people.addWidget(row)
        if self.isVisible():
            row.show()  # at once, so that it can take the focus
        return row

    def _order(self) -> None:
        for n, row in enumerate(self.rows):
            row.set_first(n == 0)

    def _tell(self) -> None:
        """Name the buttons with the partner they are about."""
        name = self._name.text()
        self.add.setAccessibleName(_("Add a person to {name}").format(name=name))
        self.change.setAccessibleName(f"{self.change.text()}: {name}")
        self.remove.setAccessibleName(_("Remove {name}").format(name=name))
        self.setAccessibleName(name)


def _slots() -> list[Slot]:
    return [
        Slot("name", _("Name of the organisation"), TextField(limit=120), 4),
        Slot("short", _("Short name"), TextField(limit=24), 2),
        Slot("type", _("Kind of organisation"), TextField(limit=60), 2),
        Slot("role", _("Role in the partnership"), TextField(limit=60), 2),
        Slot("country", _("Country"), TextField(limit=40), 2),
        Slot("mission", _("Mission, in its own words"), TextField(limit=300), 6),
    ]
