"""The annexes A to C: words and ideas, goals and contributions, who decides what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partnerdesk.charter.figures import figures_of, is_figure
from partnerdesk.charter.sections import agreed_blocks, goal_kind, goals_stand
from partnerdesk.charter.source import Agreed, Source
from partnerdesk.charter.tables import blocks_of, is_ladder
from partnerdesk.language import _
from partnerdesk.model.charter import Block, Cell, ClauseEntry, Table, TableColumn, TableRow
from partnerdesk.model.guide import ColumnType, Item


def glossary(source: Source, clauses: Sequence[ClauseEntry]) -> Iterator[Block]:
    """Yield the agreed words (as in C2), and from which activity each clause came (annex A)."""
    yield from agreed_blocks(source, "C2")
    rows = tuple(
        TableRow(
            (Cell(one.number, one.id), Cell(one.type_words), Cell(one.origin_words, one.origin))
        )
        for one in clauses
        if one.origin
    )
    columns = (
        TableColumn("clause", _("Clause"), 1),
        TableColumn("type", _("What it is"), 2),
        TableColumn("origin", _("Comes from"), 4),
    )
    if rows:
        yield Table(_("Where each clause came from"), columns, rows)


def goals(source: Source) -> Iterator[Block]:
    """Yield all agreed goals in one table, then who brings what, as in C7 (annex B)."""
    found = source.record.items.get("goals", ())
    columns = (
        TableColumn("goal", _("Goal"), 4),
        TableColumn("type", _("Kind"), 2),
        TableColumn("authors", _("Whose idea"), 2),
        TableColumn("result_indicator", _("Result"), 3),
        TableColumn("relationship_indicator", _("Relationship"), 3),
    )
    if found and goals_stand(source):
        yield Table(
            _("Goals, and how we see the result and the relationship"),
            columns,
            tuple(_goal(source, goal) for goal in found),
        )
    yield from agreed_blocks(source, "C7")


def _goal(source: Source, goal: Item) -> TableRow:
    kind = _text(goal, "type")
    authors = goal.details.get("authors")
    ids = tuple(str(one) for one in authors) if isinstance(authors, list) else ()
    return TableRow(
        (
            Cell(goal.text, goal.id),
            Cell(goal_kind(kind), kind),
            Cell(source.names(ids), ",".join(ids)),
            Cell(_text(goal, "result_indicator")),
            Cell(_text(goal, "relationship_indicator")),
        )
    )


def _text(goal: Item, key: str) -> str:
    value = goal.details.get(key)
    return value if isinstance(value, str) else ""


def decisions(source: Source) -> Iterator[Block]:
    """Yield the matrix of decision rights, the agreed ladder, and figures all agreed (annex C)."""
    for agreed in source.agreed():
        if _is_map(agreed):
            yield from blocks_of(source, agreed)
    yield from figures_of(source)


def _is_map(agreed: Agreed) -> bool:
    """Return whether a table says who decides, by letters or levels, or holds a figure."""
    letters = any(column.type is ColumnType.ROLES for column in agreed.part.columns)
    return letters or is_ladder(agreed.part) or is_figure(agreed)
