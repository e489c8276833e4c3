"""Agreed tables: are they whole and sound, and which clauses do their rows suggest?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Protocol

from partnerdesk.kinds.checks import (
    echo,
    is_list,
    is_mapping,
    item_labels,
    not_asked,
    out_of_scale,
    partner_labels,
    row,
    rows,
    twice,
    whole,
    within,
    words,
    wrong_form,
)
from partnerdesk.language import _, ngettext
from partnerdesk.model.guide import Activity, Column, ColumnType, Item, Part
from partnerdesk.model.json import Json, Row
from partnerdesk.model.partnership import Partner
from partnerdesk.model.round import ClauseType

ROLES = ("D", "J", "C", "I", "V")
OWNER = "owner"
LONGEST_WAIT = 36500
PLACE = re.compile(r"\{(\w+)\}([.,;:]?)")
MONTH = re.compile(r"\d{4}-\d{2}")


class Known(Protocol):
    """What a table's ids may point to; a Setting is one."""

    @property
    def partners(self) -> tuple[Partner, ...]:
        """Return the partners in file order."""
        ...

    @property
    def items_of(self) -> Mapping[str, tuple[Item, ...]]:
        """Return the items of each activity and list by its name."""
        ...


@dataclass(frozen=True)
class Suggested:
    """A clause that a row of an agreement suggests; `owner` and `affects` are partner ids."""

    type: ClauseType
    section: str
    text: str
    owner: str = ""
    affects: tuple[str, ...] = ()


def check_parts(activity: Activity) -> list[str]:
    """Return a sentence for each thing in the activity's tables that cannot work."""
    ids = [part.id for part in activity.parts]
    faults = [twice(activity.title, one) for one in dict.fromkeys(ids) if ids.count(one) > 1]
    for part in activity.parts:
        faults += _check_part(part)
    return faults


def check_payload(activity: Activity, payload: Mapping[str, Json], known: Known) -> list[str]:
    """Return a sentence for each fault in what was agreed; never raises.

    `payload` maps a part's id to its rows, or to its one row. A table may be left out or
    empty, but not a form with required columns, a full grid, or the whole agreement.
    """
    if not is_mapping(payload):
        return [wrong_form()]
    parts = {part.id: part for part in activity.parts}
    faults = [not_asked(echo(key)) for key in payload if key not in parts]
    for part in parts.values():
        faults += _check_rows(activity, part, payload.get(part.id), known)
    if parts and not faults and not any(payload.get(one) for one in parts):
        faults.append(_("Nothing is written yet. Write down what you agreed."))
    return faults


def check_row(
    activity: Activity,
    part: Part,
    given: object,
    known: Known,
    place: str,
    *,
    whole_row: bool = True,
) -> list[str]:
    """Return the faults of one row of `part`; a row that is not `whole_row` may have gaps."""
    if not isinstance(given, Mapping):
        return [wrong_form(place)]
    columns = {column.id: column for column in part.columns}
    faults = [not_asked(within(place, echo(key))) for key in given if key not in columns]
    for column in part.columns:
        value, name = given.get(column.id), within(place, column.text)
        if not _blank(value):
            faults += _check_value(activity, column, value, known, name)
        elif whole_row and column.required:
            faults.append(_("“{place}” is still empty.").format(place=name))
    return faults


def suggested_clauses(
    activity: Activity, payload: Mapping[str, Json], known: Known
) -> tuple[Suggested, ...]:
    """Return the clauses that the rows suggest, worded by each part's sentence.

    The owner is the partner in the column "owner". Affected are the partners named in the
    row's other columns; where none is named, every partner but the owner.
    """
    return tuple(
        _clause(activity, part, one, known)
        for part in activity.parts
        if part.clause in {kind.value for kind in ClauseType} and part.sentence
        for one in part_rows(part, payload)
        if not _blank_sentence(part, one)
    )


def part_rows(part: Part, payload: Mapping[str, Json]) -> list[Row]:
    """Return the rows of a part, one for a single part, none where it is not there."""
    given = payload.get(part.id)
    if part.single:
        return [row(given)] if row(given) else []
    return rows(given)


def cell_words(activity: Activity, column: Column, value: object, known: Known) -> str:
    """Return a cell in words: names for ids, the choice's words, roles partner by partner."""
    if is_list(value):
        return ", ".join(cell_words(activity, column, one, known) for one in _listed(value))
    if column.type is ColumnType.ROLES:
        names = partner_labels(known.partners)
        held = ((names[p], letter) for p, letter in row(value).items() if p in names)
        return ", ".join(f"{name}: {letter}" for name, letter in held)
    if value is None:
        return ""
    return _words_of(activity, column, known).get(str(value), str(value).strip())


def _words_of(activity: Activity, column: Column, known: Known) -> dict[str, str]:
    if column.choices:
        return dict(column.choices)
    if column.type is ColumnType.PARTNER:
        return {partner.id: partner.name for partner in known.partners}
    if column.type is ColumnType.ITEM:
        return item_labels(known.items_of.get(column.items, ()))
    scale = activity.scale
    if column.type is ColumnType.LEVEL and scale is not None:
        return {str(scale.low + n): word for n, word in enumerate(scale.words)}
    return {}


def _listed(value: object) -> list[object]:
    return [*value] if is_list(value) else [value]


def _blank(value: object) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _check_part(part: Part) -> list[str]:
    ids = [column.id for column in part.columns]
    faults = [twice(part.text, one) for one in dict.fromkeys(ids) if ids.count(one) > 1]
    if part.clause and part.clause not in {kind.value for kind in ClauseType}:
        faults.append(not_asked(within(part.text, part.clause)))
    named = [match[1] for match in PLACE.finditer(part.sentence)]
    faults += [
        not_asked(within(part.text, one)) for one in (*named, *(part.grid or ())) if one not in ids
    ]
    for column in part.columns:
        if column.type is ColumnType.CHOICE and not column.choices:
            faults.append(
                _("“{place}” needs choices.").format(place=within(part.text, column.text))
            )
        if column.type is ColumnType.ITEM and not column.items:
            faults.append(
                _("“{place}” must say whose items.").format(place=within(part.text, column.text))
            )
    return faults


def _check_rows(activity: Activity, part: Part, given: object, known: Known) -> list[str]:
    if part.single:
        return check_row(activity, part, {} if given is None else given, known, part.text)
    if given is None:
        given = []
    if not is_list(given):
        return [wrong_form(part.text)]
    faults = []
    for number, one in enumerate(_listed(given), 1):
        place = _("{part}, row {number}").format(part=part.text, number=number)
        faults += check_row(activity, part, one, known, place)
    return faults + _check_grid(part, rows(given), known)


def _check_grid(part: Part, given: list[Row], known: Known) -> list[str]:
    domains = _domains(part, known)
    if not domains:
        return []
    wanted = list(product(*domains.values()))
    seen = Counter(tuple(str(one.get(column)) for column in domains) for one in given)
    faults = [twice(part.text, " / ".join(cell)) for cell, count in seen.items() if count > 1]
    lacking = sum(cell not in seen for cell in wanted)
    if lacking:
        text = ngettext(
            "“{part}”: {n} row is still missing.", "“{part}”: {n} rows are still missing.", lacking
        )
        faults.append(text.format(part=part.text, n=lacking))
    return faults


def _domains(part: Part, known: Known) -> dict[str, list[str]]:
    columns = {column.id: column for column in part.columns}
    found = {one: _ids(columns[one], known) for one in part.grid or () if one in columns}
    return {column: ids for column, ids in found.items() if ids is not None}


def _ids(column: Column, known: Known) -> list[str] | None:
    if column.type is ColumnType.PARTNER:
        return [partner.id for partner in known.partners]
    if column.type is ColumnType.ITEM:
        return [item.id for item in known.items_of.get(column.items, ())]
    if column.type is ColumnType.CHOICE:
        return [key for key, _words in column.choices]
    return None


def _check_value(
    activity: Activity, column: Column, value: object, known: Known, place: str
) -> list[str]:
    scale = activity.scale
    if column.type is ColumnType.LEVEL and scale is not None:
        return _check_number(scale.low, scale.high, value, place)
    return _CHECKS[column.type](column, value, known, place)


def _check_number(low: int, high: int, value: object, place: str) -> list[str]:
    number = whole(value)
    sound = number is not None and low <= number <= high
    return [] if sound else [out_of_scale(place, low, high)]


def _check_days(_column: Column, value: object, _known: Known, place: str) -> list[str]:
    return _check_number(0, LONGEST_WAIT, value, place)


def _check_text(_column: Column, value: object, _known: Known, place: str) -> list[str]:
    return [] if all(words(one) for one in _listed(value)) else [wrong_form(place)]


def _check_id(column: Column, value: object, known: Known, place: str) -> list[str]:
    ids = _ids(column, known) or []
    many = _listed(value) if column.type is ColumnType.CHOICE else [value]
    return [_unknown(place, one) for one in many if not isinstance(one, str) or one not in ids]


def _check_date(_column: Column, value: object, _known: Known, place: str) -> list[str]:
    text = words(value)
    try:
        day = date.fromisoformat(f"{text}-01" if MONTH.fullmatch(text) else text)
    except ValueError:
        day = None
    if day is not None and day.isoformat().startswith(text):
        return []
    return [_("“{place}”: write the date as 2027-01-31.").format(place=place)]


def _check_roles(column: Column, value: object, known: Known, place: str) -> list[str]:
    if not isinstance(value, Mapping):
        return [wrong_form(place)]
    letters = [key for key, _words in column.choices] or list(ROLES)
    names = partner_labels(known.partners)
    faults = [_unknown(place, key) for key in value if key not in names]
    for partner, name in names.items():
        if _blank(value.get(partner)):
            faults += [_("“{place}”: {partner} has no role yet.").format(place=place, partner=name)]
        elif value.get(partner) not in letters:
            faults.append(_unknown(within(place, name), value.get(partner)))
    return faults


def _unknown(place: str, value: object) -> str:
    return _("“{place}”: “{value}” is not one of the choices.").format(
        place=place, value=echo(value)
    )


_CHECKS: Mapping[ColumnType, Callable[[Column, object, Known, str], list[str]]] = {
    ColumnType.TEXT: _check_text,
    ColumnType.LONG: _check_text,
    ColumnType.DAYS: _check_days,
    ColumnType.LEVEL: _check_days,
    ColumnType.DATE: _check_date,
    ColumnType.CHOICE: _check_id,
    ColumnType.PARTNER: _check_id,
    ColumnType.ITEM: _check_id,
    ColumnType.ROLES: _check_roles,
}


def _clause(activity: Activity, part: Part, one: Row, known: Known) -> Suggested:
    owner = _owner(part, one, known)
    named = dict.fromkeys(p for p in _named(part, one, known) if p != owner)
    others = (partner.id for partner in known.partners if partner.id != owner)
    text = _sentence(activity, part, one, known)
    return Suggested(ClauseType(part.clause), part.section, text, owner, tuple(named or others))


def _owner(part: Part, one: Row, known: Known) -> str:
    ids = {partner.id for partner in known.partners}
    typed = any(c.id == OWNER and c.type is ColumnType.PARTNER for c in part.columns)
    return words(one.get(OWNER)) if typed and words(one.get(OWNER)) in ids else ""


def _named(part: Part, one: Row, known: Known) -> Iterator[str]:
    ids = {partner.id for partner in known.partners}
    for column in part.columns:
        value = words(one.get(column.id))
        if column.type is ColumnType.PARTNER and column.id != OWNER and value in ids:
            yield value
        if column.type is ColumnType.ROLES:
            yield from (partner for partner in row(one.get(column.id)) if partner in ids)


def _sentence(activity: Activity, part: Part, one: Row, known: Known) -> str:
    columns = {column.id: column for column in part.columns}

    def filled(match: re.Match[str]) -> str:
        column, mark = columns.get(match[1]), match[2]
        text = cell_words(activity, column, one.get(column.id), known) if column else match[0]
        return (text.rstrip(".") if mark else text) + mark

    return " ".join(PLACE.sub(filled, part.sentence).split())


def _blank_sentence(part: Part, one: Row) -> bool:
    named = [match[1] for match in PLACE.finditer(part.sentence)]
    return bool(named) and all(_blank(one.get(column)) for column in named)
