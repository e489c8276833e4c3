"""The record of a session on paper: who, what was done and decided, what is open, the journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from partnerdesk.charter.annex_process import journal, people, session_facts
from partnerdesk.charter.canonical import normal
from partnerdesk.charter.clauses import entry_of
from partnerdesk.charter.languages import Tongues, tongue_of
from partnerdesk.charter.pages_body import add_section
from partnerdesk.charter.pages_document import FOOT, FOOT_LINE, foot_rule, line_at
from partnerdesk.charter.pages_look import LEAD, MARGIN, SIZES, Pages
from partnerdesk.charter.pages_words import day_words, page_words
from partnerdesk.charter.sections import parties
from partnerdesk.charter.source import Source
from partnerdesk.charter.typeset import flow
from partnerdesk.charter.typeset.blocks import INK, Art, Gap, Style
from partnerdesk.charter.typeset.canvas import TaggedCanvas
from partnerdesk.charter.typeset.marks import selvedge_operators
from partnerdesk.charter.typeset.metadata import About
from partnerdesk.charter.wording import round_words, said
from partnerdesk.language import TONGUES, _, speaking
from partnerdesk.model.charter import (
    Block,
    Cell,
    Charter,
    CharterStatus,
    Definition,
    Definitions,
    Notice,
    Section,
    Table,
    TableColumn,
    TableRow,
)
from partnerdesk.model.record import Record

_BAND, _SHORT = 12.0, 16
_KIND = Style(11, 16, bold=True, ink=INK, after=4)
_TITLE = Style(24, 30, bold=True, after=6)


def session_record(record: Record, tongues: Tongues = TONGUES) -> Charter:
    """Return what the paper says, as the charter's own values, in the partnership's language."""
    source, about = Source(record), record.partnership
    with speaking(tongue_of(tongues, about.language)):
        return normal(
            Charter(
                id="",
                title=about.title,
                purpose="",
                language=about.language,
                page=about.page,
                version=record.version,
                status=CharterStatus.DRAFT,
                place=source.session.place,
                date=source.session.date,
                parties=parties(source),
                sections=tuple(_sections(source)),
                annexes=(),
                journal=record.journal,
                practice=about.practice,
            )
        )


def session_pdf(charter: Charter, tongues: Tongues = TONGUES) -> bytes:
    """Return the paper as PDF/A-3a and PDF/UA-1; the same value gives the same bytes."""
    with speaking(tongue_of(tongues, charter.language)):
        return _pdf(charter)


def _sections(source: Source) -> Iterator[Section]:
    session = (session_facts(one) for one in source.record.sessions[-1:])
    yield Section("1", _("The session"), (*session, people(source)))
    yield Section("2", _("What was done"), tuple(_done(source)))
    yield Section("3", _("What was decided"), tuple(_decided(source)))
    yield Section("4", _("What stays open"), tuple(_open(source)))
    yield Section("5", _("The journal"), tuple(_anchored(source)))


def _done(source: Source) -> Iterator[Block]:
    """Yield each round with how many answered and where it stands; nobody's answer."""
    columns = (
        TableColumn("activity", _("Activity"), 4),
        TableColumn("round", _("Round"), 1),
        TableColumn("answers", _("Answers"), 1),
        TableColumn("state", _("Where it stands"), 3),
    )
    rows = tuple(
        TableRow(
            (
                Cell(source.title(one.activity), one.activity),
                Cell(str(one.number), one.number),
                Cell(said(_("{n} of {m}"), n=one.received, m=one.expected), one.received),
                Cell(round_words(one.state), one.state.value),
            )
        )
        for one in source.record.rounds
    )
    yield Table("", columns, rows) if rows else Notice(_("No round was held yet."))


def _decided(source: Source) -> Iterator[Block]:
    """Yield the agreements and the clauses with where each stands, nobody's level by name."""
    agreed = tuple(
        TableRow((Cell(source.title(one.activity)), Cell(_stands(source.stands(one)))))
        for one in source.latest()
    )
    if agreed:
        heads = (("activity", _("Agreement")), ("state", _("Where it stands")))
        yield Table(_("Agreements"), tuple(TableColumn(*head, 3) for head in heads), agreed)
    entries = tuple(entry_of(source, clause) for clause in source.clauses)
    if entries:
        columns = (
            TableColumn("text", _("Clause"), 5),
            TableColumn("owner", _("Who sees to it"), 2),
            TableColumn("date", _("By"), 2),
            TableColumn("state", _("Where it stands"), 2),
        )
        rows = (
            TableRow(
                (Cell(e.text, e.id), Cell(e.owner_words), Cell(_day(e.date)), Cell(e.state_words))
            )
            for e in entries
        )
        yield Table(_("Clauses"), columns, tuple(rows))
    if not agreed and not entries:
        yield Notice(_("Nothing was decided yet."))


def _day(day: str) -> str:
    return day_words(day) if day else ""


def _stands(adopted: bool) -> str:
    return _("Adopted") if adopted else _("Open: not every partner supports it yet")


def _open(source: Source) -> Iterator[Block]:
    """Yield the questions that stay open, and what was put off and why."""
    record = source.record
    if record.matters:
        columns = (
            TableColumn("text", _("Question"), 5),
            TableColumn("owner", _("Who takes it on"), 2),
            TableColumn("date", _("By"), 2),
        )
        rows = (
            TableRow((Cell(one.text, one.id), Cell(source.name(one.owner)), Cell(_day(one.date))))
            for one in record.matters
        )
        yield Table(_("Questions"), columns, tuple(rows))
    if record.postponed:
        facts = (Definition(source.title(one), why) for one, why in record.postponed.items())
        yield Definitions(_("Put off, and why"), tuple(facts))
    if not record.matters and not record.postponed:
        yield Notice(_("Nothing was left open."))


def _anchored(source: Source) -> Iterator[Block]:
    yield Notice(
        _("Who holds this paper can check later that nothing before this entry was changed.")
    )
    yield journal(source)


def _pdf(charter: Charter) -> bytes:
    pages = Pages(charter, None)
    size = SIZES.get(charter.page, SIZES["A4"])
    _add_head(pages)
    for section in charter.sections:
        add_section(pages, (section,))
    frame = pages.frame(size)
    canvas = TaggedCanvas(size, _about(charter))
    canvas.root = pages.root

    def over(drawn: TaggedCanvas, index: int, count: int) -> None:
        _footer(drawn, pages, size[0], page_words(index + 1, count))

    placed = flow.paginate(pages.blocks, frame)
    flow.draw(placed, canvas, frame, lambda _canvas, _index, _count: None, over)
    return canvas.finish()


def _add_head(pages: Pages) -> None:
    charter = pages.charter
    indexes = tuple(party.index for party in charter.parties)
    if indexes:
        pages.add(
            Art(
                _BAND,
                lambda x, top, wide: selvedge_operators(indexes, x, top - _BAND, wide, _BAND),
            ),
            Gap(18),
        )
    pages.write(_("Session record"), _KIND)
    pages.write(charter.title, _TITLE, "H1")
    where = (charter.place, day_words(charter.date) if charter.date else "")
    pages.write(", ".join(filter(None, where)) or _("No place and no day are noted."), LEAD)
    if charter.practice:
        pages.write(_("Practice: the people in it are invented."), LEAD)


def _about(charter: Charter) -> About:
    try:
        made = datetime.fromisoformat(charter.date).replace(tzinfo=UTC)
    except ValueError:
        made = datetime(2000, 1, 1, tzinfo=UTC)
    return About(
        title=_("Session record: {title}").format(title=charter.title),
        language=charter.language,
        made=made,
        author=", ".join(party.name for party in charter.parties) or "PartnerDesk",
        subject=_("Session record"),
        keywords=_("session record"),
    )


def _footer(canvas: TaggedCanvas, pages: Pages, width: float, page: str) -> None:
    """Print title and page, and below them the journal's head on every page."""
    charter, room = pages.charter, width - 2 * MARGIN
    near, far = (1.0, 0.0) if pages.right else (0.0, 1.0)
    head = charter.journal
    words = _("Journal: {count} entries, the last is {hash}")
    with canvas.artifact("Pagination"):
        foot_rule(canvas, room)
        line_at(canvas, charter.title, FOOT, (room - 90, near), pages.right)
        line_at(canvas, page, FOOT, (room, far), pages.right)
        line = words.format(count=head.count, hash=head.hash[:_SHORT])
        line_at(canvas, line, FOOT - FOOT_LINE, (room, near), pages.right)
