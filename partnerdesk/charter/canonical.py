"""The charter as canonical JSON: the same charter, the same bytes, and the way back."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, is_dataclass
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, NoReturn, cast, get_args, get_origin, get_type_hints

from partnerdesk.charter.logo import samples
from partnerdesk.errors import InputErrors
from partnerdesk.language import _
from partnerdesk.model.bars import BarChart
from partnerdesk.model.changes import ClauseChange
from partnerdesk.model.charter import (
    Block,
    Charter,
    ClauseEntry,
    Definitions,
    Heading,
    LadderChart,
    Notice,
    Paragraph,
    PartyEntry,
    Section,
    SignatureBlock,
    Table,
)
from partnerdesk.model.json import Json

FORMAT = "partnerdesk-charter/1"
MAX_BYTES = 8 * 1024 * 1024
MAX_PROBLEMS = 50
MAX_NUMBER = 2**53 - 1

BLOCKS: Mapping[str, type] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "notice": Notice,
    "definitions": Definitions,
    "table": Table,
    "ladder_chart": LadderChart,
    "clause": ClauseEntry,
    "signature": SignatureBlock,
    "clause_change": ClauseChange,
    "bar_chart": BarChart,
}
KINDS: Mapping[type, str] = {block: kind for kind, block in BLOCKS.items()}


def canonical(charter: Charter) -> bytes:
    """Return the charter as canonical JSON: UTF-8, NFC, sorted keys, no spare whitespace.

    The keys are ASCII and the numbers are whole, so the bytes are also those of RFC 8785.
    """
    tree = {"format": FORMAT, **cast("dict[str, Json]", _written(charter))}
    text = json.dumps(
        tree, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode("utf-8")


def digest(charter: Charter) -> str:
    """Return the SHA-256 of the canonical JSON as 64 lower-case hex digits."""
    return hashlib.sha256(canonical(charter)).hexdigest()


def normal(charter: Charter) -> Charter:
    """Return the same charter with all its texts in NFC, as the canonical JSON keeps them."""
    return cast("Charter", _Reader().read(Charter, _written(charter), ""))


def from_json(data: bytes) -> Charter:
    """Return the charter that `data` holds; for a charter in NFC this undoes `canonical`.

    Raises InputErrors, with every problem and its place, when the data is larger than
    MAX_BYTES, is not JSON, is of another format, or breaks a rule of docs/charter-json.md.
    """
    if len(data) > MAX_BYTES:
        _refuse((_("The file is larger than 8 MB."),))
    tree = _parsed(data)
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        _refuse((_("The format is not {format}.").format(format=FORMAT),))
    reader = _Reader()
    charter = reader.read(Charter, {k: v for k, v in tree.items() if k != "format"}, "")
    if not reader.problems:
        reader.problems.extend(_broken_rules(cast("Charter", charter)))
    if reader.problems:
        _refuse(tuple(reader.problems[:MAX_PROBLEMS]))
    return cast("Charter", charter)


def _refuse(problems: tuple[str, ...]) -> NoReturn:
    """Refuse the whole charter file, with its problems."""
    message = _("This is not a readable charter. Nothing was changed. Ask for a fresh copy.")
    raise InputErrors(message, problems, code="charter-json")


def _parsed(data: bytes) -> Json:
    """Return the JSON value in `data`, refusing doubled keys and numbers JSON does not have."""
    try:
        text = data.decode("utf-8")
        return cast(
            "Json", json.loads(text, object_pairs_hook=_single_keys, parse_constant=_no_number)
        )
    except (ValueError, RecursionError) as error:
        detail = type(error).__name__ if isinstance(error, RecursionError) else str(error)[:200]
        _refuse((_("The data is not JSON: {detail}").format(detail=detail),))


def _single_keys(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """Return the object, or raise ValueError when a key stands twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(name: str) -> NoReturn:
    """Refuse NaN and the infinities."""
    raise ValueError(name)


def _written(value: object) -> Json:
    """Return `value` as JSON, a block with its kind, every text in NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Enum):
        return cast("str", value.value)
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if is_dataclass(value):
        said = ((field, getattr(value, field.name)) for field in fields(value))
        tree = {field.name: _written(one) for field, one in said if not _is_silent(field, one)}
        kind = KINDS.get(type(value))
        return {"kind": kind, **tree} if kind else tree
    return cast("Json", value)


def _is_silent(field: Field[Any], value: object) -> bool:
    """Return whether an optional field holds its default, so that it is not written."""
    return "optional" in field.metadata and bool(value == field.default)


@cache
def _optional(shape: type) -> frozenset[str]:
    """Return the names of the fields that may be missing."""
    return frozenset(field.name for field in fields(shape) if "optional" in field.metadata)


@cache
def _hints(shape: type) -> Mapping[str, object]:
    """Return the resolved type of each field of a dataclass."""
    return get_type_hints(shape)


class _Reader:
    """Reads values by the types of the model, gathering every problem with its place."""

    def __init__(self) -> None:
        """Start without problems."""
        self.problems: list[str] = []

    def read(self, shape: object, value: Json, place: str) -> object:
        """Return `value` as `shape`; where it does not fit, note a problem and return None."""
        if get_origin(shape) is tuple:
            return self._many(get_args(shape)[0], value, place)
        if shape == Block:
            return self._block(value, place)
        if isinstance(shape, UnionType):
            return self._plain(get_args(shape), value, place)
        if isinstance(shape, type) and issubclass(shape, Enum):
            return self._choice(shape, value, place)
        if is_dataclass(shape):
            return self._fields(cast("type", shape), value, place)
        return self._plain((shape,), value, place)

    def _wrong(self, place: str, words: str) -> None:
        """Note one problem at its place, up to a limit that keeps the list readable."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(f"{place or _('charter')}: {words}")

    def _many(self, shape: object, value: Json, place: str) -> tuple[object, ...]:
        if not isinstance(value, list):
            self._wrong(place, _("a list is expected"))
            return ()
        return tuple(self.read(shape, one, f"{place}[{i}]") for i, one in enumerate(value))

    def _block(self, value: Json, place: str) -> object:
        kind = value.get("kind") if isinstance(value, dict) else None
        if not isinstance(value, dict) or not isinstance(kind, str) or kind not in BLOCKS:
            self._wrong(place, _("this kind of block is not known"))
            return None
        return self._fields(BLOCKS[kind], {k: v for k, v in value.items() if k != "kind"}, place)

    def _choice(self, shape: type[Enum], value: Json, place: str) -> object:
        found = next((one for one in shape if one.value == value), None)
        if found is None:
            self._wrong(place, _("this value is not one of the choices"))
        return found

    def _fields(self, shape: type, value: Json, place: str) -> object:
        hints = _hints(shape)
        if not isinstance(value, dict):
            self._wrong(place, _("an object is expected"))
            return None
        if odd := (value.keys() ^ hints.keys()) - (_optional(shape) - value.keys()):
            names = ", ".join(sorted(odd))[:200]
            self._wrong(place, _("missing or unknown: {names}").format(names=names))
            return None
        dot = f"{place}." if place else ""
        read = {name: self.read(hints[name], one, dot + name) for name, one in value.items()}
        return shape(**read)

    def _plain(self, shapes: tuple[object, ...], value: Json, place: str) -> object:
        if type(value) not in shapes:
            self._wrong(place, _("this is not the kind of value expected"))
        elif isinstance(value, str):
            return self._text(value, place)
        elif isinstance(value, int) and abs(value) > MAX_NUMBER:
            self._wrong(place, _("the number is too large"))
        return value

    def _text(self, value: str, place: str) -> str:
        if any("\ud800" <= char <= "\udfff" for char in value):
            self._wrong(place, _("the text holds half a character"))
        return unicodedata.normalize("NFC", value)


def _broken_rules(charter: Charter) -> Iterator[str]:
    """Yield each rule of the format that goes beyond the types and is broken."""
    if charter.version < 1:
        yield _("version: it counts from 1")
    if charter.page not in ("A4", "Letter"):
        yield _("page: it is A4 or Letter")
    if not 100 <= charter.scale <= 200:
        yield _("scale: it is 100 to 200 percent")
    if len({party.id for party in charter.parties}) != len(charter.parties):
        yield _("parties: an id stands twice")
    for party in charter.parties:
        yield from _broken_logo(party)
    if len(set(charter.languages)) != len(charter.languages):
        yield _("others: a language stands twice")
    if charter.prevailing and charter.prevailing not in charter.languages:
        yield _("prevailing: it is none of the languages")
    for other in charter.others:
        if _shape((other.sections, other.annexes)) != _shape((charter.sections, charter.annexes)):
            yield _("others: {code} is not block for block the same").format(code=other.language)
    for section in _all_sections(charter):
        for block in section.blocks:
            yield from _broken_block(section.code, block)


def _broken_logo(party: PartyEntry) -> Iterator[str]:
    """Yield that a party's logo is no small PNG; nothing is drawn from it before this."""
    try:
        if party.logo:
            samples(bytes.fromhex(party.logo))
    except ValueError:
        yield _("parties: the logo of {id} is not a small PNG").format(id=party.id)


def _shape(value: object) -> object:
    """Return what must be alike in all languages: everything but the words."""
    if isinstance(value, tuple):
        return tuple(_shape(one) for one in value)
    if is_dataclass(value):
        return type(value), tuple(_shape(getattr(value, field.name)) for field in fields(value))
    return "" if isinstance(value, str) else value


def _all_sections(charter: Charter) -> Iterator[Section]:
    """Yield every section in every language."""
    yield from charter.changes + charter.sections + charter.annexes
    for other in charter.others:
        yield from other.changes + other.sections + other.annexes


def _broken_block(code: str, block: Block) -> Iterator[str]:
    """Yield what is wrong inside one block."""
    if isinstance(block, Table):
        if any(len(row.cells) != len(block.columns) for row in block.rows):
            yield _("{code}: a row has too few or too many cells").format(code=code)
        if any(column.weight < 1 for column in block.columns):
            yield _("{code}: a column has no width").format(code=code)
    if isinstance(block, ClauseEntry) and any(not 0 <= c.level <= 8 for c in block.consents):
        yield _("{code}: a level is outside 0 to 8").format(code=code)
