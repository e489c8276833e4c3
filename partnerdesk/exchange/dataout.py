"""Everything that may leave as data: tables as JSON, as CSV files in one ZIP, or as a workbook."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from partnerdesk.errors import UserError
from partnerdesk.exchange import archive
from partnerdesk.exchange.workbook import workbook
from partnerdesk.flow import values
from partnerdesk.flow.guides import guide_of
from partnerdesk.flow.rounds import received, summary
from partnerdesk.kinds.summary import Summary
from partnerdesk.language import _
from partnerdesk.model.guide import Guide
from partnerdesk.model.json import Json
from partnerdesk.model.record import JournalHead
from partnerdesk.model.round import Round, RoundState
from partnerdesk.store import Store

FORMAT = "partnerdesk/data/1"
FORMULA_STARTS = ("=", "+", "-", "@")
LONGEST_CELL = 32_767  # characters, the most that a spreadsheet keeps in one cell

Cells = tuple[Json, ...]

# What leaves as it stands: our name of the table, its place in the file, its columns.
AS_IT_STANDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("partnership", "partnership", ("title", "purpose", "language", "why_now", "bid_date")),
    ("partners", "partner", ("id", "name", "short", "type", "role", "country", "mission")),
    (
        "participants",
        "participant",
        ("id", "partner_id", "name", "role", "authority", "language", "present"),
    ),
    (
        "sessions",
        "session",
        ("id", "title", "place", "date", "facilitator", "decision_rule"),
    ),
    ("items", "item", ("id", "list", "text", "details")),
    (
        "agreements",
        "agreement",
        ("id", "activity", "round_id", "payload", "basis", "recorded_at"),
    ),
    (
        "clauses",
        "clause",
        ("id", "section", "type", "text", "affects", "owner", "date", "origin", "state"),
    ),
    (
        "consents",
        "consent",
        ("clause_id", "agreement_id", "partner_id", "level", "reservation", "recorded_at"),
    ),
    ("signatories", "signatory", ("id", "participant_id", "method", "read_in", "read_by")),
    (
        "versions",
        "charter_version",
        ("id", "number", "state", "charter_digest", "fingerprint", "frozen_at", "closed_at"),
    ),
    ("signatures", "signature", ("version_id", "signatory_id", "method", "signed_at")),
    ("notes", "note", ("session_id", "kind", "text", "author", "at")),
)

ROUNDS = ("id", "activity", "number", "state", "attribution", "answers", "asked", "opened_at")
DOTS = ("round_id", "line", "label", "partner_id", "value")
QUOTES = ("round_id", "heading", "text", "partner_id")
FIGURES = ("round_id", "line", "figure", "label", "value")


@dataclass(frozen=True)
class Table:
    """One table: its name, its columns, and rows of as many cells."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]


@dataclass(frozen=True)
class Data:
    """All tables of one partnership, and the journal's head at that moment."""

    tables: tuple[Table, ...]
    head: JournalHead


def data_of(store: Store) -> Data:
    """Return the data of an open file.

    Of a revealed round it holds what the reveal showed: what was declared before anyone answered,
    never who said what. Of a sealed round it holds how many answered.
    """
    guide = guide_of(store)
    kept = (_kept(store, *one) for one in AS_IT_STANDS)
    return Data((*kept, *_of_rounds(store, guide)), store.head())


def as_json(data: Data) -> bytes:
    """Return all tables as one JSON object in UTF-8, as docs/data-out.md describes it."""
    head = {"seq": data.head.seq, "hash": data.head.hash, "count": data.head.count}
    tables = {
        table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        for table in data.tables
    }
    value = {"format": FORMAT, "journal": head, "tables": tables}
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1).encode() + b"\n"


def as_csv(data: Data) -> bytes:
    """Return a ZIP with one CSV file for each table, in UTF-8 with BOM, formulas neutralised.

    Raises UserError "size" for more than 50 MB packed.
    """
    try:
        return archive.packed({f"{table.name}.csv": _csv(table) for table in data.tables})
    except archive.Refused as error:
        message = _("The tables are too large for one file. Nothing was written. Use JSON.")
        raise UserError(message, code="size") from error


def as_xlsx(data: Data) -> bytes:
    """Return a workbook with one sheet for each table, formulas neutralised.

    A text longer than a spreadsheet's cell ends in an ellipsis; JSON and CSV have all of it.
    """
    return workbook(
        (one.name, one.columns, ([_in_sheet(cell) for cell in row] for row in one.rows))
        for one in data.tables
    )


WRITERS: Mapping[str, Callable[[Data], bytes]] = {"json": as_json, "csv": as_csv, "xlsx": as_xlsx}


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before it."""
    starts = text.lstrip(" \n")[:1] in (*FORMULA_STARTS, "\t", "\r")
    return "'" + text if text and starts else text


def _kept(store: Store, name: str, place: str, columns: tuple[str, ...]) -> Table:
    order = "position" if place in ("partner", "participant", "session", "clause") else "id"
    rows = (tuple(row[column] for column in columns) for row in store.rows(place, order))
    return Table(name, columns, tuple(rows))


def _of_rounds(store: Store, guide: Guide) -> tuple[Table, ...]:
    every = values.rounds(store)
    counts = tuple(_count(store, one) for one in every)
    shown = [(one.id, _shown(store, guide, one)) for one in every]
    return (
        Table("rounds", ROUNDS, counts),
        Table("answers", DOTS, tuple(_in_any_order(_dots, shown))),
        Table("quotes", QUOTES, tuple(_in_any_order(_quotes, shown))),
        Table("figures", FIGURES, tuple(row for one in shown for row in _figures(*one))),
    )


def _count(store: Store, one: Round) -> Cells:
    facts = (one.id, one.activity, one.number, one.state.value, one.attribution.value)
    return (*facts, *received(store, one), one.opened_at)


def _shown(store: Store, guide: Guide, one: Round) -> Summary:
    """Return what the reveal shows; nothing for a sealed round or one of another guide."""
    if one.state is RoundState.COLLECTING or guide.activity(one.activity) is None:
        return Summary(0, 0)
    return summary(store, guide, one)


def _in_any_order(
    rows_of: Callable[[str, Summary], Iterator[Cells]], shown: Iterable[tuple[str, Summary]]
) -> Iterator[Cells]:
    """Yield rows round by round, sorted by what they hold: the order of turns is not told."""
    for id_, one in shown:
        yield from sorted(rows_of(id_, one), key=repr)


def _dots(id_: str, shown: Summary) -> Iterator[Cells]:
    for line in shown.lines:
        for dot in line.dots:
            yield id_, line.key, line.label, dot.partner_id, dot.value


def _quotes(id_: str, shown: Summary) -> Iterator[Cells]:
    for quote in shown.quotes:
        yield id_, quote.heading, quote.text, quote.partner_id


def _figures(id_: str, shown: Summary) -> Iterator[Cells]:
    for figure in shown.figures:
        yield id_, "", figure.key, figure.label, figure.value
    for line in shown.lines:
        for figure in line.figures:
            yield id_, line.key, figure.key, figure.label, figure.value


def _csv(table: Table) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(table.columns)
    writer.writerows([_in_cell(cell) for cell in row] for row in table.rows)
    return written.getvalue().encode("utf-8-sig")


def _in_cell(value: Json) -> str | int | float | None:
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, list | dict):
        return neutral(json.dumps(value, ensure_ascii=False))
    return value


def _in_sheet(value: Json) -> str | int | float | None:
    cell = _in_cell(value)
    if not isinstance(cell, str):
        return cell
    plain = "".join(char for char in cell if char >= " " or char in "\n\t")
    return plain if len(plain) <= LONGEST_CELL else plain[: LONGEST_CELL - 1] + "…"
