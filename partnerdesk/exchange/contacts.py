"""Contacts in from CSV and vCard: shown first, with faults and mapping, then added as one step."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from partnerdesk.errors import UserError
from partnerdesk.exchange.strictjson import LIMIT, read_bounded
from partnerdesk.exchange.vcard import is_vcard, rows_of
from partnerdesk.flow import setup, written
from partnerdesk.flow.values import participants, partners
from partnerdesk.language import _, ngettext
from partnerdesk.model.json import Json
from partnerdesk.model.names import first_letter
from partnerdesk.store import Store

MOST_CELLS = 50_000
LONGEST_CELL = 32 * 1024
SHOWN_ROWS = 5
SEPARATORS = ",;\t|"

FIELDS = ("name", "first", "last", "organisation", "role", "language")
# What address books call their columns, lower case, in the languages that we meet.
_NAMES = {
    "name": "name/full name/fn/display name/participant/nom complet/nom et prénom"
    "/nombre completo/nome completo/jina/الاسم/姓名",
    "first": "first name/given name/prénom/prenom/nombre/nome/vorname",
    "last": "last name/family name/surname/nom/apellido/apellidos/sobrenome/nachname",
    "organisation": "organisation/organization/org/company/partner/organisme/organización"
    "/organizacion/organização/shirika/المنظمة/组织",
    "role": "role/title/job title/position/fonction/cargo/puesto/função/wadhifa/الوظيفة/职务",
    "language": "language/lang/langue/idioma/lugha/اللغة/语言",
}
COLUMN_NAMES = {field: frozenset(names.split("/")) for field, names in _NAMES.items()}


@dataclass(frozen=True)
class Contact:
    """One person as the file has it; `line` is where, from 1, for people to find it."""

    line: int
    name: str
    organisation: str = ""
    role: str = ""
    language: str = ""


@dataclass(frozen=True)
class Fault:
    """Why a row of the file gives no contact."""

    line: int
    reason: str


@dataclass(frozen=True)
class Preview:
    """What a file of contacts holds, before anything is added.

    `columns` are its own names, `mapping` says which column (from 0) gives which of FIELDS, and
    `first` are the first rows as they stand. `encoding` is how the bytes were read.
    """

    form: str
    encoding: str
    columns: tuple[str, ...]
    mapping: Mapping[str, int]
    first: tuple[tuple[str, ...], ...]
    contacts: tuple[Contact, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def organisations(self) -> tuple[str, ...]:
        """Return the organisations that contacts name, each once, in the order of the file."""
        return tuple(dict.fromkeys(one.organisation for one in self.contacts))


def read_contacts(path: Path, mapping: Mapping[str, int] | None = None) -> Preview:
    """Return what a file of contacts holds; raises UserError as `preview_of`, "size" over 10 MB."""
    return preview_of(read_bounded(path, LIMIT), path.name, mapping)


def preview_of(data: bytes, name: str, mapping: Mapping[str, int] | None = None) -> Preview:
    """Return what a CSV or vCard text holds; `mapping` replaces the guess from the column names.

    Raises UserError "cells" above 50,000 cells, "contacts" where it holds no table at all.
    """
    text, encoding = decoded(data)
    card = is_vcard(text)
    numbered = list(_counted(rows_of(text) if card else _csv_rows(text, name), name))
    if len(numbered) < 2:
        message = _("{name} holds no contacts. Nothing was added. Choose a CSV or vCard file.")
        raise UserError(message.format(name=name), code="contacts")
    columns = tuple(numbered[0][1])
    used = _guess(columns) if mapping is None else _checked(mapping, len(columns))
    found = Preview(
        form="vcard" if card else "csv",
        encoding=encoding,
        columns=columns,
        mapping=used,
        first=tuple(tuple(row) for _line, row in numbered[1 : SHOWN_ROWS + 1]),
        contacts=(),
    )
    return _filled(found, numbered[1:])


def decoded(data: bytes) -> tuple[str, str]:
    """Return a text and the name of its encoding: UTF-8, UTF-16 by mark or by zeros, Latin-1."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), *_UTF_16):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding.removesuffix("-sig")
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(data) > 1 and data[place::2].count(0) > len(data) // 4:
            return data.decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


def add_contacts(
    store: Store,
    preview: Preview,
    partner_of: Mapping[str, str] | None = None,
    *,
    origin: object = None,
) -> tuple[str, ...]:
    """Add the contacts as participants, as one step that can be undone; return their ids.

    `partner_of` maps an organisation as the file names it to a partner's id. Raises UserError
    "nobody" where nobody is left to add.
    """
    fitted = fitted_to(store, preview, partner_of)
    places = _places(store, partner_of)
    people = [
        (places[_folded(one.organisation)], one.name, _fields(one)) for one in fitted.contacts
    ]
    if not people:
        message = _("Nobody in this file can be added. Nothing was changed. Look at the faults.")
        raise UserError(message, code="nobody")
    return setup.add_participants(store, people, origin=origin)


def fitted_to(
    store: Store, preview: Preview, partner_of: Mapping[str, str] | None = None
) -> Preview:
    """Return a preview without those who are here already, or whose organisation is no partner."""
    places = _places(store, partner_of)
    here = {(p.partner_id, _folded(p.name)) for p in participants(store)}
    contacts, faults = [], list(preview.faults)
    for one in preview.contacts:
        partner = places.get(_folded(one.organisation), "")
        person = (partner, _folded(one.name))
        if not partner:
            reason = _("“{name}” is no partner here").format(name=one.organisation)
            faults.append(Fault(one.line, reason))
        elif person in here:
            faults.append(Fault(one.line, _("{name} is here already").format(name=one.name)))
        else:
            here.add(person)
            contacts.append(one)
    ordered = tuple(sorted(faults, key=lambda fault: fault.line))
    return replace(preview, contacts=tuple(contacts), faults=ordered)


def with_initials(preview: Preview) -> Preview:
    """Return a preview that names everybody by initials, numbered where two share them."""
    seen: dict[tuple[str, str], int] = {}
    contacts = []
    for one in preview.contacts:
        short = initials(one.name)
        place = (_folded(one.organisation), short)
        seen[place] = seen.get(place, 0) + 1
        number = f" {seen[place]}" if seen[place] > 1 else ""
        contacts.append(replace(one, name=short + number))
    return replace(preview, contacts=tuple(contacts))


def initials(name: str) -> str:
    """Return the first letter of each word of a name, such as "A. D."; marks stay with letters."""
    return " ".join(f"{first_letter(word)}." for word in name.split())


def told(preview: Preview) -> Iterator[str]:
    """Yield what a preview holds in words: how it was read, who comes, and each fault."""
    count = len(preview.contacts)
    people = ngettext("{n} person", "{n} people", count).format(n=count)
    yield _("Read as {encoding}: {people}.").format(encoding=preview.encoding, people=people)
    for fault in preview.faults:
        yield _("Line {line}: {reason}.").format(line=fault.line, reason=fault.reason)


_UTF_16 = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    head = next((line for line in io.StringIO(text, newline=None) if line.strip()), "")
    separator = max(SEPARATORS, key=head.count)
    if any(line.count(separator) > MOST_CELLS for line in io.StringIO(text, newline=None)):
        raise _too_many_cells(name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error:
        yield line, []  # a cell beyond all measure: the row is a fault, and reading ends


def _counted(rows: Iterator[tuple[int, list[str]]], name: str) -> Iterator[tuple[int, list[str]]]:
    cells = 0
    for line, row in rows:
        cells += max(1, len(row))
        if cells > MOST_CELLS:
            raise _too_many_cells(name)
        yield line, row


def _too_many_cells(name: str) -> UserError:
    message = _("{name} holds more than {n} cells. Nothing was added. Split the file.")
    return UserError(message.format(name=name, n=f"{MOST_CELLS:,}"), code="cells")


def _guess(columns: tuple[str, ...]) -> dict[str, int]:
    """Return which column gives which field, by their names; the first gives names otherwise."""
    words = [_folded(column.removeprefix("\ufeff")) for column in columns]
    found = {
        name: next(place for place, word in enumerate(words) if word in known)
        for name, known in COLUMN_NAMES.items()
        if any(word in known for word in words)
    }
    return found if {"name", "first", "last"} & found.keys() else {**found, "name": 0}


def _checked(mapping: Mapping[str, int], count: int) -> dict[str, int]:
    if not set(mapping) <= set(FIELDS) or not all(0 <= one < count for one in mapping.values()):
        message = _("A column was chosen that the file does not have. Choose the columns again.")
        raise UserError(message, code="mapping")
    return dict(mapping)


def _filled(preview: Preview, rows: list[tuple[int, list[str]]]) -> Preview:
    contacts: list[Contact] = []
    faults: list[Fault] = []
    for line, row in rows:
        try:
            contacts.append(_contact(line, row, preview.mapping))
        except UserError as fault:
            faults.append(Fault(line, fault.message))
    return replace(preview, contacts=tuple(contacts), faults=tuple(faults))


def _contact(line: int, row: list[str], mapping: Mapping[str, int]) -> Contact:
    if any(len(cell) > LONGEST_CELL for cell in row) or not row:
        raise UserError(_("a cell is longer than 32 kB"))
    cells = {name: _cell(row, place) for name, place in mapping.items()}
    joined = " ".join(filter(None, (cells.get("first", ""), cells.get("last", ""))))
    name = cells.get("name") or joined
    if not name:
        raise UserError(_("there is no name"))
    if len(name) > written.LONGEST_NAME:
        raise UserError(_("the name is longer than {n} characters").format(n=written.LONGEST_NAME))
    rest = {key: cells.get(key, "") for key in ("organisation", "role", "language")}
    return Contact(line, name, **rest)


def _cell(row: list[str], place: int) -> str:
    text = row[place] if place < len(row) else ""
    return " ".join(written.printable(text).split())


def _places(store: Store, partner_of: Mapping[str, str] | None) -> dict[str, str]:
    """Return the partner's id for each organisation, by name, short name, or as it was chosen."""
    listed = partners(store)
    named = {_folded(word): p.id for p in listed for word in (p.name, p.short)}
    chosen = {_folded(word): id_ for word, id_ in (partner_of or {}).items()}
    return {**named, **chosen}


def _fields(one: Contact) -> dict[str, Json]:
    return {"role": one.role, "language": one.language.lower()[:2] or "en"}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
