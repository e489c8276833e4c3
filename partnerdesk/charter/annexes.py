"""The annexes A to H: those that the partners chose and that have something to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from partnerdesk.charter.annex_enclosed import contacts, contracts, repair_plan
from partnerdesk.charter.annex_maps import decisions, glossary, goals
from partnerdesk.charter.annex_process import process
from partnerdesk.charter.pages_words import day_words
from partnerdesk.charter.sections import agreed_blocks
from partnerdesk.charter.source import Source
from partnerdesk.charter.wording import section_title
from partnerdesk.language import _
from partnerdesk.model.charter import (
    Block,
    Cell,
    ClauseEntry,
    Section,
    Table,
    TableColumn,
    TableRow,
)
from partnerdesk.model.options import ANNEXES
from partnerdesk.model.round import ClauseType

Clauses = Sequence[ClauseEntry]


def annexes(source: Source, clauses: Clauses) -> tuple[Section, ...]:
    """Return the chosen annexes that have something to say; `clauses` are those of C1 to C18.

    Whatever an agreed table of the guide sends to an annex stands there too.
    """
    chosen = (_annex(source, clauses, code) for code in ANNEXES if code in source.options.annexes)
    return tuple(annex for annex in chosen if annex.blocks)


def _annex(source: Source, clauses: Clauses, code: str) -> Section:
    makers: dict[str, Callable[[], Iterator[Block]]] = {
        "A": lambda: glossary(source, clauses),
        "B": lambda: goals(source),
        "C": lambda: decisions(source),
        "D": lambda: _action_plan(clauses),
        "E": lambda: repair_plan(source),
        "F": lambda: iter(process(source)),
        "G": lambda: contracts(source),
        "H": lambda: contacts(source),
    }
    blocks = (*agreed_blocks(source, code), *makers[code]())
    return Section(code, section_title(code), blocks)


def _action_plan(clauses: Clauses) -> Iterator[Block]:
    """Yield the table of annex D where a partner committed itself to something."""
    rows = tuple(_action(c) for c in clauses if c.type is ClauseType.COMMITMENT)
    columns = (
        TableColumn("clause", _("Clause"), 1),
        TableColumn("commitment", _("Commitment"), 5),
        TableColumn("owner", _("Who"), 2),
        TableColumn("date", _("By when"), 2),
    )
    if rows:
        yield Table("", columns, rows)


def _action(clause: ClauseEntry) -> TableRow:
    owner = Cell(clause.owner_words or _("not yet named"), clause.owner)
    date = Cell(day_words(clause.date) or _("no date yet"), clause.date)
    return TableRow((Cell(clause.number, clause.id), Cell(clause.text), owner, date), clause.owner)
