"""A charter for everybody to read: no names of people, no contacts, no plan of repair."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from partnerdesk.charter.annex_enclosed import PLAN
from partnerdesk.charter.canonical import normal
from partnerdesk.charter.wording import said
from partnerdesk.language import _
from partnerdesk.model.charter import (
    Block,
    Charter,
    InLanguage,
    Paragraph,
    PartyEntry,
    Section,
    SignatureBlock,
    Table,
)
from partnerdesk.model.enclosures import NOTHING, Enclosures
from partnerdesk.model.record import Record

T = TypeVar("T")
InOne = TypeVar("InOne", Charter, InLanguage)
PRIVATE_ANNEX = "H"
NAME_COLUMN = "name"
SHORTEST_PART = 3


def public_version(charter: Charter, words: Sequence[str], people: Mapping[str, str]) -> Charter:
    """Return the charter without names of people, for everybody.

    `words` are the eight fingerprint words of `charter`, () where it is a draft. `people` maps
    each further name to what stands in its place, as `people_of` returns it; the people of the
    parties are known already. Names nobody registered stay: see `names_left`.
    """
    known = {**people, **_people_of_parties(charter)}
    bare = replace(
        _bare_parts(charter),
        parties=tuple(_bare_party(party) for party in charter.parties),
        others=tuple(_bare_parts(one) for one in charter.others),
    )
    rewritten = _rewritten(bare, _replacer(known))
    return normal(replace(rewritten, public=True, full_words=tuple(words)))


def people_of(record: Record, enclosures: Enclosures = NOTHING) -> dict[str, str]:
    """Return every name the record holds, each with the words that may stand in public."""
    facilitators = {s.facilitator: _("[the facilitator]") for s in record.sessions}
    contacts = {one.name: _bracketed(one.role, "") for one in enclosures.contacts}
    people = {p.name: _bracketed(p.role, _short(record, p.partner_id)) for p in record.participants}
    return {name: words for name, words in (facilitators | contacts | people).items() if name}


def names_left(charter: Charter, people: Mapping[str, str]) -> tuple[str, ...]:
    """Return parts of names that still stand in the text as words, for somebody to look at."""
    parts = {part for name in people for part in name.split() if len(part) >= SHORTEST_PART}
    printed = {word for text in _texts(charter) for word in re.findall(r"\w+", text)}
    return tuple(sorted(parts & printed))


def _short(record: Record, partner_id: str) -> str:
    partner = record.partner(partner_id)
    return (partner.short or partner.name) if partner else ""


def _people_of_parties(charter: Charter) -> dict[str, str]:
    """Return the parties' people by name, and by name with role where they stand together."""
    people = [(p, one) for p in charter.parties for one in p.representatives if one.name]
    alone = {one.name: _bracketed(one.role, party.short or party.name) for party, one in people}
    return alone | {f"{one.name}, {one.role}": one.role for _party, one in people if one.role}


def _bracketed(role: str, partner: str) -> str:
    words = ", ".join(one for one in (role, partner) if one)
    return f"[{words or _('name left out')}]"


def _bare_parts(one: InOne) -> InOne:
    """Return the sections of one language with what may stand in public."""
    return replace(
        one,
        sections=tuple(_bare_section(section) for section in one.sections),
        changes=tuple(_bare_changes(section) for section in one.changes),
        annexes=tuple(_bare_section(a) for a in one.annexes if a.code != PRIVATE_ANNEX),
    )


def _bare_party(party: PartyEntry) -> PartyEntry:
    people = (replace(one, id="") for one in party.representatives)
    return replace(party, representatives=tuple(people))


def _bare_section(section: Section) -> Section:
    blocks = (bare for block in section.blocks for bare in _bare_block(block))
    return replace(section, blocks=tuple(blocks))


def _bare_changes(section: Section) -> Section:
    """Return what changed, but not in the annex that is left out."""
    blocks = (_open_rows(b) if isinstance(b, Table) else b for b in section.blocks)
    return replace(section, blocks=tuple(blocks))


def _open_rows(table: Table) -> Table:
    rows = (row for row in table.rows if row.cells[0].value != PRIVATE_ANNEX)
    return replace(table, rows=tuple(rows))


def _bare_block(block: Block) -> Iterator[Block]:
    """Yield what may stand in public of one block."""
    if isinstance(block, SignatureBlock):
        yield _signs(block)
    elif not isinstance(block, Table):
        yield block
    elif not any(column.id.startswith(PLAN) for column in block.columns):
        yield _without_names(block)


def _signs(place: SignatureBlock) -> Paragraph:
    """Return in words that somebody signs the full charter, by role alone."""
    role = place.role or _("One person")
    words = said(
        _("{role} signs the full charter for {partner}."), role=role, partner=place.party_name
    )
    return Paragraph(words, place.party)


def _without_names(table: Table) -> Table:
    kept = tuple(at for at, column in enumerate(table.columns) if column.id != NAME_COLUMN)
    rows = (replace(row, cells=tuple(row.cells[at] for at in kept)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=tuple(rows))


def _replacer(people: Mapping[str, str]) -> Callable[[str], str]:
    """Return a function that puts the public words in place of every name, longest first."""
    if not people:
        return lambda text: text
    names = sorted(people, key=len, reverse=True)
    either = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))
    return lambda text: either.sub(lambda found: people[found[0]], text)


def _rewritten(value: T, rewrite: Callable[[str], str]) -> T:
    """Return the same value with every text rewritten."""
    return _walked(value, rewrite)  # type: ignore[no-any-return]  # the walk keeps every type


def _walked(value: Any, rewrite: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return rewrite(value)
    if isinstance(value, tuple):
        return tuple(_walked(one, rewrite) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: _walked(getattr(value, f.name), rewrite) for f in fields(value)}
        return type(value)(**parts)
    return value


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts(getattr(value, part.name))
