"""What a poster tells of a charter: goals, how we decide, red lines and next dates, as items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from partnerdesk.charter.pages_words import day_words
from partnerdesk.charter.typeset.shape import MARK, Span, isolate
from partnerdesk.language import _, ngettext
from partnerdesk.model.charter import (
    Charter,
    ClauseEntry,
    ClauseFate,
    Definitions,
    Paragraph,
    Table,
    TableRow,
)
from partnerdesk.model.round import ClauseType

LONGEST = 280
Item = tuple[Span, ...]

_STANDS = frozenset({ClauseFate.ADOPTED, ClauseFate.WITH_RESERVATIONS})
_RED_LINE = {"partner", "text"}
_DECIDERS = frozenset({"D", "J"})


@dataclass(frozen=True)
class Part:
    """One part of the poster: its title, its items, and how many more the charter has."""

    title: str
    items: tuple[Item, ...]
    more: int = 0

    def cut(self, most: int) -> Part:
        """Return the part with at most so many items; the others are counted."""
        left = len(self.items) - most
        return Part(self.title, self.items[:most], self.more + left) if left > 0 else self

    @property
    def rest(self) -> str:
        """What the last line says: how many more there are, that there is nothing, or ''."""
        if self.more and self.items:
            return _("and {n} more in the charter").format(n=self.more)
        if self.more:
            words = ngettext("{n} in the charter", "{n} in the charter", self.more)
            return words.format(n=self.more)
        return "" if self.items else _("Nothing has been agreed here yet.")


def parts_of(charter: Charter) -> tuple[Part, ...]:
    """Return the four parts of a charter's poster; items too long for a wall are only counted."""
    return (
        _part(_("Our goals"), _goals(charter)),
        _part(_("How we decide"), _decisions(charter)),
        _part(_("Red lines"), _red_lines(charter)),
        _part(_("Next dates"), _dates(charter)),
    )


def _part(title: str, items: Iterator[Item]) -> Part:
    found = tuple(items)
    short = tuple(item for item in found if sum(len(span.text) for span in item) <= LONGEST)
    return Part(title, short, len(found) - len(short))


def _goals(charter: Charter) -> Iterator[Item]:
    for block in _blocks(charter, "C6"):
        if isinstance(block, Definitions) and block.title:
            yield (Span(block.title),)
    yield from _clauses(charter, "C6")


def _decisions(charter: Charter) -> Iterator[Item]:
    yield from _clauses(charter, "C9")
    for block in _blocks(charter, "C9"):
        if isinstance(block, Paragraph):
            yield (Span(block.text),)
        elif isinstance(block, Table):
            yield from (_decision(charter, block, row) for row in block.rows)


def _decision(charter: Charter, table: Table, row: TableRow) -> Item:
    """Return one decision, its rule, and the marks of those who decide it."""
    found = dict(zip((column.id for column in table.columns), row.cells, strict=True))
    letters = {name.partition(".")[2]: cell for name, cell in found.items() if "." in name}
    marks = [
        Span(MARK, mark=party.index)
        for party in charter.parties
        if party.id in letters and letters[party.id].value in _DECIDERS
    ]
    rule = found["rule"].text if "rule" in found else ""
    told = f": {isolate(rule)}" if rule else ""
    apart = (part for mark in marks for part in (Span("\u00a0"), mark))
    return (Span(isolate(row.cells[0].text), bold=True), Span(told), *apart)


def decides_words() -> str:
    """Return what the marks beside a decision mean."""
    return _("The marks show who decides, alone or jointly.")


def _red_lines(charter: Charter) -> Iterator[Item]:
    for block in _blocks(charter, "C4"):
        if isinstance(block, Table) and {column.id for column in block.columns} == _RED_LINE:
            at = [column.id for column in block.columns].index("text")
            yield from (_owned(charter, row.party, row.cells[at].text) for row in block.rows)
    for clause in charter.clauses():
        if clause.type is ClauseType.RED_LINE and clause.state in _STANDS:
            yield (Span(clause.text),)


def _dates(charter: Charter) -> Iterator[Item]:
    """Yield what is promised by a day that was still to come at the last session."""
    dated = [c for c in charter.clauses() if c.state in _STANDS and c.date >= charter.date]
    for clause in sorted((c for c in dated if c.date), key=lambda c: c.date):
        words = _owned(charter, clause.owner, clause.text)
        yield (Span(f"{day_words(clause.date)}: ", bold=True), *words)


def _clauses(charter: Charter, code: str) -> Iterator[Item]:
    for block in _blocks(charter, code):
        if isinstance(block, ClauseEntry) and block.state in _STANDS:
            yield (Span(block.text),)


def _owned(charter: Charter, party_id: str, words: str) -> Item:
    """Return words after the mark of the party that they belong to."""
    party = charter.party(party_id)
    return (Span(MARK, mark=party.index), Span(f" {words}")) if party else (Span(words),)


def _blocks(charter: Charter, code: str) -> tuple[object, ...]:
    section = charter.section(code)
    return section.blocks if section else ()
