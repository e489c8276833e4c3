"""Agreed tables as blocks: any part of any guide, cell by cell, with the data beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter
from typing import TypeGuard

from partnerdesk.charter.figures import figure_charts, is_figure
from partnerdesk.charter.source import Agreed, Source
from partnerdesk.charter.wording import (
    days_words,
    ladder_words,
    language_words,
    letter_words,
    listed,
    said,
)
from partnerdesk.language import _
from partnerdesk.model.charter import (
    Block,
    Cell,
    Definition,
    Definitions,
    Heading,
    LadderBar,
    LadderChart,
    Paragraph,
    Table,
    TableColumn,
    TableRow,
)
from partnerdesk.model.guide import Activity, Column, ColumnType, Part
from partnerdesk.model.json import Json, Row

WIDE = {ColumnType.LONG: 4, ColumnType.TEXT: 3, ColumnType.ITEM: 3}
WORDY = (ColumnType.TEXT, ColumnType.LONG)
LADDER = {"partner", "actual", "wanted"}


def blocks_of(source: Source, agreed: Agreed) -> Iterator[Block]:
    """Yield the blocks that print one agreed table, without rows that became clauses."""
    if is_figure(agreed):
        yield from figure_charts(source, agreed)
        return
    rows = tuple(row for row in agreed.rows if not is_clause(source, agreed, row))
    part = agreed.part
    if not rows:
        return
    if part.single:
        yield _form(source, agreed, rows[0])
    elif len(part.columns) == 1:
        yield Heading(_(part.text))
        yield from (Paragraph(_words(row.get(part.columns[0].id))) for row in rows)
    else:
        yield _table(source, agreed, rows)
    if is_ladder(part):
        yield _ladder_chart(source, agreed)


def is_ladder(part: Part) -> bool:
    """Return whether a part holds agreed ladder levels, today's and those wanted."""
    return part.grid is not None and {column.id for column in part.columns} >= LADDER


def is_clause(source: Source, agreed: Agreed, row: Row) -> bool:
    """Return whether a clause that came from this activity already says all the row's words."""
    if not agreed.part.clause:
        return False
    wanted = _sentence_words(agreed.part, row)
    texts = (c.text for c in source.clauses if c.origin == agreed.activity.id)
    return bool(wanted) and any(all(one in text for one in wanted) for text in texts)


def _sentence_words(part: Part, row: Row) -> tuple[str, ...]:
    """Return the row's own words that the part's sentence uses."""
    used = {name for _text, name, _spec, _conversion in Formatter().parse(part.sentence) if name}
    columns = (c for c in part.columns if c.type in WORDY and c.id in used)
    found = (_words(row.get(column.id)).strip().rstrip(".,;:") for column in columns)
    return tuple(words for words in found if words)


def _table(source: Source, agreed: Agreed, rows: Iterable[Row]) -> Table:
    """Return the rows as a table; a column of letters becomes one column for each partner."""
    columns = tuple(
        made for column in agreed.part.columns for made in _table_columns(source, column)
    )
    return Table(
        _(agreed.part.text), columns, tuple(_table_row(source, agreed, row) for row in rows)
    )


def _table_columns(source: Source, column: Column) -> Iterator[TableColumn]:
    if column.type is ColumnType.ROLES:
        for partner in source.record.partners:
            yield TableColumn(f"{column.id}.{partner.id}", source.name(partner.id), 2)
    else:
        yield TableColumn(column.id, _(column.text), WIDE.get(column.type, 2))


def _table_row(source: Source, agreed: Agreed, row: Row) -> TableRow:
    columns = agreed.part.columns
    cells = (c for column in columns for c in _cells(source, agreed.activity, column, row))
    party = next((_words(row.get(c.id)) for c in columns if c.type is ColumnType.PARTNER), "")
    return TableRow(tuple(cells), party if source.record.partner(party) else "")


def _cells(source: Source, activity: Activity, column: Column, row: Row) -> Iterator[Cell]:
    value = row.get(column.id)
    if column.type is ColumnType.ROLES:
        letters = value if isinstance(value, dict) else {}
        for partner in source.record.partners:
            letter = _words(letters.get(partner.id))
            yield Cell(letter_words(letter), letter)
    else:
        yield _cell(source, activity, column, value)


def _cell(source: Source, activity: Activity, column: Column, value: Json) -> Cell:
    """Return one cell: the words for people, and the bare value where they differ."""
    if isinstance(value, list):
        codes = tuple(_words(one) for one in value)
        return Cell(listed(tuple(_one_of(source, column, code) for code in codes)), ",".join(codes))
    if column.type is ColumnType.DAYS and _is_whole(value):
        return Cell(days_words(value), value)
    if column.type is ColumnType.LEVEL and _is_whole(value):
        return Cell(rung_words(activity, value), value)
    if column.type is ColumnType.ITEM:
        return Cell(_item_words(source, activity, column, _words(value)), _words(value))
    if column.type is ColumnType.PARTNER or column.choices:
        return Cell(_one_of(source, column, _words(value)), _words(value))
    return Cell(_words(value))


def _one_of(source: Source, column: Column, key: str) -> str:
    """Return the words of a key: a partner's, a choice's, a language's, or the key itself."""
    if column.type is ColumnType.PARTNER:
        return source.name(key)
    if column.id == "languages":
        return language_words(key)
    return next((_(words) for choice, words in column.choices if choice == key), key)


def _item_words(source: Source, activity: Activity, column: Column, item_id: str) -> str:
    """Return an item's text, looked up where the column points and then in the activity."""
    for name in (column.items, activity.id, activity.item_list):
        found = next((i for i in source.items(name) if name and i.id == item_id), None)
        if found:
            return found.text
    return item_id


def rung_words(activity: Activity, level: int) -> str:
    """Return a level with its words, from the activity's scale or the usual ladder."""
    scale = activity.scale
    steps = scale.words if scale else ()
    place = level - scale.low if scale else level
    words = _(steps[place]) if 0 <= place < len(steps) else ladder_words(level)
    return said(_("{words} ({level})"), words=words, level=level)


def _form(source: Source, agreed: Agreed, row: Row) -> Definitions:
    """Return a single row as a list of terms."""
    cells = (
        (column, cell)
        for column in agreed.part.columns
        for cell in _cells(source, agreed.activity, column, row)
    )
    entries = tuple(Definition(_(column.text), c.text, c.value) for column, c in cells if c.text)
    return Definitions(_(agreed.part.text), entries)


def _ladder_chart(source: Source, agreed: Agreed) -> LadderChart:
    """Return each partner's total over all decisions, from the levels that all agreed."""
    decisions = {_words(row.get("decision")) for row in agreed.rows}
    high = agreed.activity.scale.high if agreed.activity.scale else 4
    bars = tuple(_bar(source, agreed, partner) for partner in source.partner_ids)
    sentence = _("{name}: {today} today, {wanted} wanted.")
    spoken = (said(sentence, name=b.name, today=b.today, wanted=b.wanted) for b in bars)
    return LadderChart(
        _("Who decides: today and as we want it"), " ".join(spoken), high * len(decisions), bars
    )


def _bar(source: Source, agreed: Agreed, partner: str) -> LadderBar:
    rows = tuple(row for row in agreed.rows if row.get("partner") == partner)
    return LadderBar(partner, source.name(partner), _total(rows, "actual"), _total(rows, "wanted"))


def _total(rows: Iterable[Row], key: str) -> int:
    return sum(value for row in rows if _is_whole(value := row.get(key)))


def _is_whole(value: Json) -> TypeGuard[int]:
    """Return whether a value is a number that can be counted with; JSON's true is not."""
    return isinstance(value, int) and not isinstance(value, bool)


def _words(value: Json) -> str:
    """Return a plain value as text; nothing is ''."""
    return "" if value is None or isinstance(value, dict | list) else str(value)
