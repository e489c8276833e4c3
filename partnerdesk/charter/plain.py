"""The charter as plain text, for a messenger or a screen reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from partnerdesk.charter.languages import Tongues, tongue_of
from partnerdesk.charter.pages_words import day_words
from partnerdesk.charter.wording import said
from partnerdesk.language import TONGUES, _, speaking
from partnerdesk.model.bars import BarChart
from partnerdesk.model.changes import ClauseChange, WordFate
from partnerdesk.model.charter import (
    Block,
    Charter,
    CharterStatus,
    ClauseEntry,
    ConsentEntry,
    Definitions,
    Heading,
    LadderChart,
    Notice,
    Paragraph,
    Section,
    SignatureBlock,
    Table,
    TableColumn,
    TableRow,
)


def plain_text(charter: Charter, tongues: Tongues = TONGUES) -> str:
    """Return the whole charter as lines of text, one blank line between its parts.

    Nothing is left out: tables become "heading: cell" lines, and charts their description.
    """
    with speaking(tongue_of(tongues, charter.language)):
        sections = (_section(s.code, s) for s in (*charter.changes, *charter.sections))
        annexes = (_section(said(_("Annex {code}"), code=s.code), s) for s in charter.annexes)
        return "\n\n".join((*_cover(charter), *sections, *annexes)) + "\n"


def _cover(charter: Charter) -> Iterator[str]:
    yield charter.title
    yield "\n".join(_facts(charter))


def _facts(charter: Charter) -> Iterator[str]:
    """Yield the lines of the cover below the title."""
    draft = charter.status is CharterStatus.DRAFT
    template = _("Draft of version {version}") if draft else _("Version {version}")
    yield said(template, version=charter.version)
    if charter.practice:
        yield _("Practice: the people and partners are invented.")
    place = ", ".join(one for one in (charter.place, charter.date) if one)
    if place:
        yield place
    yield from (f"- {party.name}" for party in charter.parties)


def _section(code: str, section: Section) -> str:
    title = f"{code}  {section.title}".strip()
    blocks = ("\n".join(lines_of(block)) for block in section.blocks)
    return "\n\n".join((title, *(block for block in blocks if block)))


def lines_of(block: Block) -> Iterator[str]:
    """Yield the lines of one block."""
    yield from LINES[type(block)](block)


def _text(block: Heading | Paragraph | Notice) -> Iterator[str]:
    yield block.text


def _definitions(block: Definitions) -> Iterator[str]:
    if block.title:
        yield block.title
    yield from (f"- {entry.term}: {entry.text}" for entry in block.entries)


def _table(block: Table) -> Iterator[str]:
    if block.title:
        yield block.title
    yield from (_row(block.columns, row) for row in block.rows)


def _row(columns: tuple[TableColumn, ...], row: TableRow) -> str:
    """Return one row as a line that reads aloud well; empty cells are left out."""
    pairs = zip(columns, row.cells, strict=True)
    return "- " + "; ".join(f"{column.text}: {cell.text}" for column, cell in pairs if cell.text)


def _chart(block: LadderChart) -> Iterator[str]:
    yield block.title
    yield block.description


def _bars(block: BarChart) -> Iterator[str]:
    yield block.title
    yield from (f"- {group.name}: {group.description}" for group in block.groups)


def _clause(block: ClauseEntry) -> Iterator[str]:
    yield f"{block.number}  {block.type_words} ({block.state_words})"
    yield block.text
    facts = (*clause_facts(block)[1:], (_("Comes from"), block.origin_words))
    yield from (f"- {term}: {words}" for term, words in facts if words)
    yield from (_consent(consent) for consent in block.consents)


def clause_facts(clause: ClauseEntry) -> tuple[tuple[str, str], ...]:
    """Return what a clause is, whom it binds and touches, who does it and by when, in words."""
    return (
        (_("What it is"), clause.type_words),
        (_("Binds"), clause.binds_words),
        (_("Touches"), clause.affects_words),
        (_("Who"), clause.owner_words),
        (_("By when"), day_words(clause.date)),
    )


def _clause_change(block: ClauseChange) -> Iterator[str]:
    yield f"{block.after or block.before}  {block.kinds_words}"
    before = "".join(run.text for run in block.runs if run.fate is not WordFate.ADDED)
    after = "".join(run.text for run in block.runs if run.fate is not WordFate.TAKEN)
    texts = ((_("Before"), before), (_("Now"), after))
    yield from (f"- {term}: {words}" for term, words in texts if words)
    yield from change_lines(block)


def change_lines(change: ClauseChange) -> Iterator[str]:
    """Yield in words what changed beside the clause's text: place, facts and levels."""
    if change.before and change.after and change.before != change.after:
        yield said(_("Number before: {number}"), number=change.before)
    template = _("{term}: before, {before}; now, {after}")
    nothing = _("nothing")
    for fact in change.facts:
        words = {"before": fact.before or nothing, "after": fact.after or nothing}
        yield said(template, term=fact.term, **words)
    for one in change.levels:
        line = said(template, term=one.name, before=one.before_words, after=one.after_words)
        yield f"{line}: {one.reservation}" if one.reservation else line


def _consent(consent: ConsentEntry) -> str:
    line = f"- {consent.name}: {consent.words}"
    return f"{line}: {consent.reservation}" if consent.reservation else line


def _signature(block: SignatureBlock) -> Iterator[str]:
    yield (
        f"{block.number}. {block.name}, {block.role}"
        if block.role
        else (f"{block.number}. {block.name}")
    )
    facts = (
        (_("Signs for"), block.party_name),
        (_("Authority"), block.authority_words),
        (_("Signs"), block.signs_as_words),
        (_("Signs by"), block.method_words),
        (_("Read in"), block.read_in_words),
        (_("Read aloud by"), block.read_by),
        (_("Witness"), block.witness),
    )
    yield from (f"- {term}: {words}" for term, words in facts if words)


LINES: dict[type, Callable[[Any], Iterator[str]]] = {
    Heading: _text,
    Paragraph: _text,
    Notice: _text,
    Definitions: _definitions,
    Table: _table,
    LadderChart: _chart,
    BarChart: _bars,
    ClauseEntry: _clause,
    SignatureBlock: _signature,
    ClauseChange: _clause_change,
}
