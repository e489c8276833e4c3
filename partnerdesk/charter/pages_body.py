"""The sections of the charter: clauses, people's words, tables and bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from partnerdesk.charter.pages_bars import add_bars
from partnerdesk.charter.pages_changes import add_change
from partnerdesk.charter.pages_chart import add_ladder
from partnerdesk.charter.pages_languages import definitions_in_all, table_in_all
from partnerdesk.charter.pages_look import (
    BODY,
    CLAUSE,
    GUTTER,
    HEADING,
    META,
    NOTE,
    TERM,
    Pages,
    Spans,
    together,
)
from partnerdesk.charter.pages_signing import add_signature, add_words
from partnerdesk.charter.pages_words import day_words
from partnerdesk.charter.typeset import shape
from partnerdesk.charter.typeset.blocks import TEXT2, NewPage
from partnerdesk.charter.typeset.shape import MARK, Span, isolate, plain
from partnerdesk.language import _
from partnerdesk.model.bars import BarChart
from partnerdesk.model.changes import ClauseChange
from partnerdesk.model.charter import (
    ClauseEntry,
    ClauseFate,
    ConsentEntry,
    Definitions,
    Heading,
    LadderChart,
    Notice,
    Paragraph,
    Section,
    SignatureBlock,
    Table,
    TableRow,
)

_NARROW = 4
_KEPT_TERMS = 8
_WIDEST_TERM = 150.0


def add_section(pages: Pages, sections: Sequence[Section], on_new_page: bool = False) -> None:
    """Add one section or annex, given once for each language, with everything in it."""
    if on_new_page:
        pages.add(NewPage())
    first = sections[0]
    alone = pages.codes[0] if pages.charter.others and len(pages.tongues) == 1 else ""
    with pages.inside("Sect", language=alone):
        pages.chapter(first.code, together([section.title for section in sections]))
        for blocks in zip(*(section.blocks for section in sections), strict=True):
            _add(pages, blocks)
        if not first.blocks:
            nothing = pages.in_each(lambda _at: _("Nothing is recorded here."))
            pages.tell(nothing, NOTE, indent=GUTTER)
        if any(isinstance(block, SignatureBlock) for block in first.blocks):
            add_words(pages)


def _add(pages: Pages, blocks: Sequence[Any]) -> None:
    """Add one block, given once for each language."""
    match blocks[0]:
        case Heading():
            pages.heading(together([block.text for block in blocks]))
        case Paragraph():
            _paragraph(pages, blocks)
        case Notice():
            _notice(pages, blocks)
        case Definitions():
            _definitions(pages, definitions_in_all(blocks))
        case Table():
            _table(pages, table_in_all(blocks))
        case LadderChart():
            add_ladder(pages, blocks)
        case BarChart():
            add_bars(pages, blocks)
        case ClauseEntry():
            _clause(pages, blocks)
        case SignatureBlock():
            add_signature(pages, blocks)
        case ClauseChange():
            add_change(pages, blocks[0])


def _paragraph(pages: Pages, paragraphs: Sequence[Paragraph]) -> None:
    texts: list[Spans] = [paragraph.text for paragraph in paragraphs]
    if pages.charter.party(paragraphs[0].party):
        texts = [_owned(pages, paragraph) for paragraph in paragraphs]
    pages.tell(texts, BODY, indent=GUTTER)


def _owned(pages: Pages, paragraph: Paragraph) -> Sequence[Span]:
    mark, _name = pages.party_name(paragraph.party)
    return (mark, Span(f" {paragraph.text}"))


def _notice(pages: Pages, notices: Sequence[Notice]) -> None:
    pages.tell(pages.in_each(lambda at: _noticed(notices[at])), NOTE, indent=GUTTER)


def _noticed(notice: Notice) -> Sequence[Span]:
    term = (Span(_("Open matter: "), bold=True),) if notice.open else ()
    return (*term, Span(notice.text))


def _definitions(pages: Pages, definitions: Definitions) -> None:
    """Add terms in a column of their own, where they are short enough for one."""
    if definitions.title:
        pages.heading(definitions.title)
    terms = [plain(entry.term) for entry in definitions.entries]
    widest = max((shape.runs_width(term) for term in terms), default=0.0) * TERM.size
    column = min(max(widest + 14, 96.0), _WIDEST_TERM)
    first = len(pages.blocks)
    with pages.inside("L"):
        for entry, term in zip(definitions.entries, terms, strict=True):
            _definition(pages, term, entry.text, column if widest < _WIDEST_TERM else 0.0)
    if len(terms) <= _KEPT_TERMS:
        for block in pages.blocks[first:-1]:
            block.keep = True


def _definition(pages: Pages, term: Sequence[Span], words: str, column: float) -> None:
    with pages.inside("LI") as item:
        label, body = item.add("Lbl"), item.add("LBody")
    if not column:
        pages.add(pages.text_in(label, term, TERM.kept(), indent=GUTTER))
    pages.add(
        pages.text_in(
            body,
            plain(words),
            TERM,
            indent=GUTTER + (column or 14.0),
            label=[replace(span, ink=TEXT2) for span in term] if column else (),
            label_indent=GUTTER,
            label_element=label if column else None,
        )
    )


def _table(pages: Pages, table: Table) -> None:
    """Add a table: narrow ones in the text column, wide ones over the whole page."""
    indent = GUTTER if len(table.columns) <= _NARROW else 0.0
    if table.title:
        pages.write(table.title, HEADING, "H3", indent=indent)
    rows = [_cells(pages, row) for row in table.rows]
    heads = [column.text for column in table.columns]
    pages.grid(heads, rows, table.title, indent)


def _cells(pages: Pages, row: TableRow) -> list[Sequence[Span]]:
    """Return a row's spans, with the party's mark where the party is named."""
    party = pages.charter.party(row.party)
    values = [cell.value for cell in row.cells]
    place = values.index(row.party) if row.party in values else 0
    return [
        (Span(MARK, mark=party.index), Span(f"\u00a0{cell.text}"))
        if party and at == place
        else plain(cell.text)
        for at, cell in enumerate(row.cells)
    ]


def _clause(pages: Pages, clauses: Sequence[ClauseEntry]) -> None:
    first = clauses[0]
    with pages.inside("Sect"):
        number = plain(first.number, bold=True)
        texts = [first.text_in(code) for code in pages.codes]
        pages.tell(texts, CLAUSE, indent=GUTTER, label=number)
        pages.tell(pages.in_each(lambda at: _reach(clauses[at])), META, indent=GUTTER)
        if first.consents:
            pages.tell(pages.in_each(lambda at: _standing(clauses[at])), META, indent=GUTTER)
        for consent in first.consents:
            if consent.reservation:
                pages.quote(_reservation(pages, first, consent))


def _reach(clause: ClauseEntry) -> tuple[Span, ...]:
    """Return the small line under a clause: how it stands, what it is, whom it binds."""
    parts = [clause.type_words]
    if clause.binds_words:
        parts.append(_("Binds: {names}").format(names=isolate(clause.binds_words)))
    if clause.owner_words:
        parts.append(_("Carried out by: {name}").format(name=isolate(clause.owner_words)))
    if clause.affects_words:
        parts.append(_("Touches: {names}").format(names=isolate(clause.affects_words)))
    if clause.date:
        parts.append(_("By: {day}").format(day=day_words(clause.date)))
    if clause.origin_words:
        parts.append(_("From: {activity}").format(activity=isolate(clause.origin_words)))
    state = _("{sentence}.").format(sentence=clause.state_words)
    told = " ".join(_("{sentence}.").format(sentence=part) for part in parts)
    return (Span(f"{state} ", bold=True), Span(told))


def _standing(clause: ClauseEntry) -> str:
    """Return in words how each party stands, in one phrase where all stand alike."""
    words = {consent.words for consent in clause.consents}
    if len(words) == 1:
        return _("Every partner {words}.").format(words=words.pop())
    stands = _("{name}: {words}")
    each = [stands.format(name=isolate(c.name), words=c.words) for c in clause.consents]
    return _("{sentence}.").format(sentence=_("; ").join(each))


def _reservation(pages: Pages, clause: ClauseEntry, consent: ConsentEntry) -> tuple[Span, ...]:
    objects = clause.state is ClauseFate.BLOCKED
    said = pages.words(lambda: _("objects") if objects else _("has a reservation"))
    party = pages.party_name(consent.party, short=True)
    name = (party[0], Span(" ")) if party else ()
    return (
        *name,
        Span(f"{isolate(consent.name)} {said}: ", bold=True),
        Span(isolate(consent.reservation)),
    )
