"""People from a list: its first rows, which column is what, who comes in, then one step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from partnerdesk.exchange.contacts import (
    FIELDS,
    Preview,
    add_contacts,
    fitted_to,
    read_contacts,
    with_initials,
)
from partnerdesk.flow import values
from partnerdesk.language import _, ngettext
from partnerdesk.places import suggested_folder
from ui.theme import Type, spaced
from ui.views.apart import ApartView, part, stack
from ui.views.place import Go, Place
from ui.views.workplace import Workplace
from ui.widgets.check import CheckBox
from ui.widgets.empty import EmptyState
from ui.widgets.fields import ChoiceField, Field
from ui.widgets.flow import Turning
from ui.widgets.text import Body, Caption, OneLine

LISTS = (".csv", ".vcf", ".vcard", ".tsv", ".txt")
MOST_COLUMNS, MOST_FAULTS, MOST_NAMES = 6, 12, 8


class ContactsView(ApartView):
    """Reads a file of contacts and adds the people in it as one step that can be undone."""

    takes = LISTS

    def __init__(self, work: Workplace, key: str = "", parent: QWidget | None = None) -> None:
        """Read the file at the path `key` at once, or ask for one."""
        super().__init__(work, _("People from a list"), parent)
        self.work = work
        self.path = Path()
        self.preview: Preview | None = None
        self.columns: dict[str, Field] = {}
        self.partners: dict[str, Field] = {}
        self.initials = CheckBox(_("Only initials"))
        self.initials.setAccessibleName(self.initials.text())
        self.initials.setChecked(True)
        self.initials.toggled.connect(lambda _on: self._tell())
        self._who, self._left_out = Body(), Caption()
        self._ask()
        if key:
            self.take(Path(key))

    def take(self, path: Path) -> None:
        """Read the file at `path`."""
        self.path, self.columns, self.partners = path, {}, {}
        self._read(None)

    def go_on(self) -> None:
        """Choose a file, or add those who come in."""
        if self.preview is None:
            kinds = _("Contacts (*.csv *.vcf *.vcard *.tsv *.txt)")
            self.hall.messages.open_file(
                self, _("Choose a list of people"), suggested_folder(), kinds, self.take
            )
        else:
            named, chosen = self._named(), self._chosen()
            self.backed_up(self.work.store, lambda: self._add(named, chosen))

    def _add(self, named: Preview, chosen: dict[str, str]) -> None:
        """Add everybody as one step."""
        if self.succeeds(add_contacts, self.work.store, named, chosen):
            self.hall.go(Place(Go.PREPARE))

    def go_back(self) -> None:
        """Return to the people."""
        self.hall.go(Place(Go.PREPARE))

    def _ask(self) -> None:
        words = _("Drop a list of people here, or choose it: a CSV file or vCards.")
        self.page.header("", _("People from a list"))
        self.put_alone(EmptyState("people", words))
        self.page.footer.set_primary(_("Choose a list"))
        self.page.footer.set_note(_("You see who comes in before anybody is added."))
        self.setFocusProxy(self.page.footer.primary)

    def _read(self, mapping: dict[str, int] | None) -> None:
        self.run(
            read_contacts, self.path, mapping,
            words=_("The list is being read."), done=self._show,
        )  # fmt: skip

    def _show(self, found: Preview) -> None:
        fresh = self.preview is None or not self.columns
        self.preview = found
        if fresh:
            self._build(found)
        self._tell()

    def _build(self, found: Preview) -> None:
        """Show the rows, the choices and who comes in."""
        self.page.header(_("From {name}").format(name=self.path.name), _("Who comes in"))
        self.columns = {name: self._column(name, found) for name in FIELDS}
        known = {one.name: one.id for one in values.partners(self.work.store)}
        self.partners = {
            one: self._partner(one, known) for one in found.organisations if self._unknown(one)
        }
        parts = [
            part(_("The first rows, as they stand"), _Rows(found.columns, found.first)),
            part(_("Which column is what"), _in_two(list(self.columns.values()))),
        ]
        if self.partners:
            parts.append(part(_("Whom these belong to"), _in_two(list(self.partners.values()))))
        parts.append(part(_("Who comes in"), self.initials, self._who, self._left_out))
        self.put(*parts)

    def _column(self, name: str, found: Preview) -> Field:
        choices = [("", _("No column")), *((str(n), one) for n, one in enumerate(found.columns))]
        value = str(found.mapping[name]) if name in found.mapping else ""
        field = Field(_field_words(name), ChoiceField(choices, value))
        field.committed.connect(lambda _value: self._map())
        return field

    def _partner(self, organisation: str, known: dict[str, str]) -> Field:
        choices = [("", _("Leave them out")), *((id_, name) for name, id_ in known.items())]
        label = organisation or _("Those without an organisation")
        field = Field(label, ChoiceField(choices, ""))
        field.committed.connect(lambda _value: self._tell())
        return field

    def _unknown(self, organisation: str) -> bool:
        words = {w.casefold() for p in values.partners(self.work.store) for w in (p.name, p.short)}
        return " ".join(organisation.split()).casefold() not in words

    def _map(self) -> None:
        """Read the list again with other columns."""
        chosen = {name: field.value() for name, field in self.columns.items()}
        self._read({name: int(value) for name, value in chosen.items() if value})

    def _chosen(self) -> dict[str, str]:
        chosen = {one: str(field.value()) for one, field in self.partners.items()}
        return {one: partner for one, partner in chosen.items() if partner}

    def _named(self) -> Preview:
        assert self.preview is not None
        return with_initials(self.preview) if self.initials.isChecked() else self.preview

    def _tell(self) -> None:
        """Say who comes in, and who does not and why."""
        if self.preview is None:
            return
        fitted = fitted_to(self.work.store, self._named(), self._chosen())
        count = len(fitted.contacts)
        names = [one.name for one in fitted.contacts]
        shown = ", ".join(names[:MOST_NAMES]) + ("…" if count > MOST_NAMES else "")
        people = ngettext("{n} person", "{n} people", count).format(n=count)
        self._who.setText(f"{people}: {shown}" if names else people)
        line = partial(_("Line {line}: {reason}.").format)
        faults = [line(line=one.line, reason=one.reason) for one in fitted.faults]
        more = len(faults) - MOST_FAULTS
        rest = [_("and {n} more").format(n=more)] if more > 0 else []
        self._left_out.setText("\n".join([*faults[:MOST_FAULTS], *rest]))
        self._left_out.setVisible(bool(faults))
        words = ngettext("Add {n} person", "Add {n} people", count).format(n=count)
        why = "" if count else _("Nobody in this list can be added yet.")
        self.page.footer.set_primary(words if count else _("Add people"), count > 0, why)


class _Rows(QFrame):
    """The first rows of a table, cut where there is no room."""

    def __init__(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self.setProperty("kind", "well")
        self.setAccessibleName(_("The first rows"))
        grid = QGridLayout(self)
        spaced(grid, 8, (12, 14))
        for place, name in enumerate(columns[:MOST_COLUMNS]):
            grid.addWidget(OneLine(name, Type.CAPTION_BOLD, tone="text2"), 0, place)
            grid.setColumnStretch(place, 1)
        for line, row in enumerate(rows, 1):
            for place, cell in enumerate(row[:MOST_COLUMNS]):
                grid.addWidget(OneLine(" ".join(cell.split()), Type.BODY), line, place)


def _field_words(name: str) -> str:
    return {
        "name": _("Name"),
        "first": _("First name"),
        "last": _("Last name"),
        "organisation": _("Organisation"),
        "role": _("Role"),
        "language": _("Language"),
    }[name]


def _in_two(fields: list[Field]) -> QWidget:
    """Return fields in two columns, each down, or in one where it is narrow."""
    whole, half = Turning(560, gap=20), (len(fields) + 1) // 2
    for column in (fields[:half], fields[half:]):
        whole.row.addWidget(stack(*column), 1)
    return whole
