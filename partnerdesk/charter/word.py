"""The charter as a Word file, for reading and editing: the signed charter is the PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from partnerdesk.charter import word_look as look
from partnerdesk.charter.languages import Tongues, tongue_of
from partnerdesk.charter.pages_words import (
    day_words,
    is_draft,
    kind_words,
    unsigned_words,
    version_words,
)
from partnerdesk.charter.plain import clause_facts, lines_of
from partnerdesk.charter.word_paper import Paper, Said
from partnerdesk.charter.wording import language_words, said
from partnerdesk.language import TONGUES, _, speaking
from partnerdesk.model.bars import BarChart
from partnerdesk.model.charter import (
    NO_INK,
    Block,
    Charter,
    ClauseEntry,
    Definitions,
    Heading,
    Ink,
    LadderChart,
    Notice,
    Paragraph,
    Seal,
    Section,
    SignatureBlock,
    Table,
)


def word(
    charter: Charter,
    seal: Seal | None,
    *,
    page: str = "",
    scale: float = 0.0,
    ink: Ink = NO_INK,
    tongues: Tongues = TONGUES,
) -> bytes:
    """Return the charter as a .docx; the same charter, seal and arguments give the same bytes.

    Every page says at its foot that it is not signed, and by `ink` who keeps paper. `seal` names
    the version whose text this is, or None for a draft. `page` is "A4" or "Letter", and the
    charter's own size where it is ''. `scale` above 1 is large print, and 0 the charter's own.
    """
    seal = None if charter.public else seal
    paper = Paper(charter.language, page or charter.page, scale or charter.scale / 100)
    with speaking(tongue_of(tongues, charter.language)):
        _cover(paper, charter, seal)
        _sections(paper, (charter.changes, charter.sections), charter.annexes)
        for other in charter.others:
            paper.write(language_words(other.language), look.TITLE)
            with speaking(tongue_of(tongues, other.language)), paper.in_language(other.language):
                _sections(paper, (other.changes, other.sections), other.annexes)
        paper.foot(*_foot(charter, seal, ink))
        return paper.finish(**_about(charter, ink))


def _cover(paper: Paper, charter: Charter, seal: Seal | None) -> None:
    paper.write(kind_words(charter), look.SUBTITLE)
    paper.write(charter.title, look.TITLE)
    if charter.purpose:
        paper.write(charter.purpose, look.SUBTITLE)
    for party in charter.parties:
        about = [words for words in (party.type, party.country, party.role) if words]
        paper.write((Said(party.name, strong=True), Said(", ".join(("", *about)))))
    status = _("Draft, not for signing") if is_draft(charter, seal) else _("A copy for reading")
    words = " ".join(seal.words if seal else charter.full_words)
    facts = (
        (_("Place"), charter.place),
        (_("Date"), day_words(charter.date)),
        (_("Version"), str(charter.version)),
        (_("Status"), status),
        (_("Fingerprint words"), words),
    )
    _facts(paper, facts)


def _foot(charter: Charter, seal: Seal | None, ink: Ink) -> tuple[Sequence[str], str]:
    """Return the lines at the foot of each page, and the words around the page number."""
    version = version_words(charter)
    if is_draft(charter, seal):
        version = _("{version}, draft").format(version=version)
    lines = (
        unsigned_words(ink),
        said(_("{title}. {version}"), title=charter.title, version=version),
    )
    return lines, _("Page {number} of {count}")


def _about(charter: Charter, ink: Ink) -> dict[str, Any]:
    """Return the file's description; properties of a Word file hold at most 255 characters."""
    try:
        made = datetime.fromisoformat(charter.date).replace(tzinfo=UTC)
    except ValueError:
        made = datetime(2000, 1, 1, tzinfo=UTC)
    texts = {
        "title": charter.title or kind_words(charter),
        "author": ", ".join(party.name for party in charter.parties),
        "subject": version_words(charter),
        "comments": unsigned_words(ink),
        "language": charter.language,
        "last_modified_by": "PartnerDesk",
    }
    short = {name: look.writable(text)[:255] for name, text in texts.items()}
    return {**short, "created": made, "modified": made, "revision": 1}


def _sections(
    paper: Paper, numbered: Sequence[Sequence[Section]], annexes: Sequence[Section]
) -> None:
    for section in (one for sections in numbered for one in sections):
        _section(paper, section.code, section)
    for annex in annexes:
        _section(paper, said(_("Annex {code}"), code=annex.code), annex)


def _section(paper: Paper, code: str, section: Section) -> None:
    paper.write(f"{code}  {section.title}".strip(), look.SECTION)
    for block in section.blocks:
        WRITERS.get(type(block), _lines)(paper, block)
    if not section.blocks:
        paper.write(_("Nothing is recorded here."), look.NOTICE)


def _lines(paper: Paper, block: Block) -> None:
    """Write a block as the plain text does."""
    for line in lines_of(block):
        paper.write(line)


def _heading(paper: Paper, block: Heading) -> None:
    paper.write(block.text, look.HEADING)


def _notice(paper: Paper, block: Notice) -> None:
    term = (Said(_("Open matter: "), strong=True),) if block.open else ()
    paper.write((*term, Said(block.text)), look.NOTICE)


def _definitions(paper: Paper, block: Definitions) -> None:
    if block.title:
        paper.write(block.title, look.HEADING)
    _facts(paper, ((entry.term, entry.text) for entry in block.entries))


def _facts(paper: Paper, facts: Any) -> None:
    """Write terms with what is known of them, a line for each."""
    for term, text in facts:
        if text:
            paper.write((Said(f"{term}: ", strong=True), Said(text)), look.FACT)


def _table(paper: Paper, block: Table) -> None:
    if block.title:
        paper.write(block.title, look.HEADING)
    heads = [column.text for column in block.columns]
    rows = [[cell.text for cell in row.cells] for row in block.rows]
    paper.table(block.title, heads, rows, [column.weight for column in block.columns])


def _ladder(paper: Paper, block: LadderChart) -> None:
    paper.write(block.title, look.HEADING)
    paper.write(block.description)


def _bars(paper: Paper, block: BarChart) -> None:
    paper.write(block.title, look.HEADING)
    _facts(paper, ((group.name, group.description) for group in block.groups))


def _clause(paper: Paper, block: ClauseEntry) -> None:
    text = block.text_in(paper.language)
    paper.write((Said(f"{block.number}  ", strong=True), Said(text)), look.CLAUSE)
    facts = (*clause_facts(block), (_("How it stands"), block.state_words))
    _facts(paper, (*facts, (_("Comes from"), block.origin_words)))
    _facts(paper, ((consent.name, consent.words) for consent in block.consents))
    for consent in block.consents:
        if consent.reservation:
            name = Said(f"{consent.name}: ", strong=True)
            paper.write((name, Said(consent.reservation)), look.RESERVATION)


def _signature(paper: Paper, block: SignatureBlock) -> None:
    name, *facts = lines_of(block)
    paper.write(name, look.HEADING)
    for fact in facts:
        paper.write(fact.removeprefix("- "), look.FACT)


def _paragraph(paper: Paper, block: Paragraph) -> None:
    paper.write(block.text)


WRITERS: dict[type, Callable[[Paper, Any], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Notice: _notice,
    Definitions: _definitions,
    Table: _table,
    LadderChart: _ladder,
    BarChart: _bars,
    ClauseEntry: _clause,
    SignatureBlock: _signature,
}
