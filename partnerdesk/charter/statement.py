"""The closing statement: how a partnership ends or pauses, what is owed, what stays in force."""

from __future__ import annotations

from collections.abc import Iterator

from partnerdesk.charter.canonical import normal
from partnerdesk.charter.closing import languages, missing, read_aloud, signature_blocks
from partnerdesk.charter.languages import Tongues, in_one, tongue_of
from partnerdesk.charter.pages_words import day_words
from partnerdesk.charter.sections import parties, who
from partnerdesk.charter.source import Source
from partnerdesk.charter.wording import ending_words
from partnerdesk.language import TONGUES, _, speaking
from partnerdesk.model.charter import (
    Block,
    Cell,
    Charter,
    CharterKind,
    CharterStatus,
    Definition,
    Definitions,
    Heading,
    Notice,
    Paragraph,
    Section,
    Table,
    TableColumn,
    TableRow,
)
from partnerdesk.model.closing import Closing, Ending, Obligation
from partnerdesk.model.options import USUAL, CharterOptions
from partnerdesk.model.record import Record

ID_LENGTH = 16


def closing_statement(
    record: Record,
    closing: Closing,
    *,
    status: CharterStatus = CharterStatus.DRAFT,
    options: CharterOptions = USUAL,
    tongues: Tongues = TONGUES,
) -> Charter:
    """Return the statement that ends a charter, with sections S1 to S6 and no annex.

    It is frozen and signed as a charter is, by the record's signatories, as its next version.
    Where `options` name languages, it is in these, with the words of `tongues`.
    """
    source = Source(record, status, options)
    statements = []
    for code in options.languages or (record.partnership.language,):
        with speaking(tongue_of(tongues, code)):
            statements.append(_stated(source, closing, code))
    return in_one(statements, options) if options.languages else statements[0]


def _stated(source: Source, closing: Closing, language: str) -> Charter:
    """Return the statement in the language that is spoken here and now."""
    record = source.record
    return normal(
        Charter(
            id=record.journal.hash[:ID_LENGTH],
            title=record.partnership.title,
            purpose=ending_words(closing.ending),
            language=language,
            page=record.partnership.page,
            version=record.version,
            status=source.status,
            place=source.session.place,
            date=closing.date or source.session.date,
            parties=parties(source),
            sections=_sections(source, closing),
            annexes=(),
            journal=record.journal,
            practice=record.partnership.practice,
            scale=round(source.options.large_print * 100),
            kind=CharterKind.CLOSING,
        )
    )


def _sections(source: Source, closing: Closing) -> tuple[Section, ...]:
    return (
        Section("S1", _("Who we are"), tuple(who(source))),
        Section("S2", _("How it ends"), tuple(_ending(source, closing))),
        Section("S3", _("What we reached and learnt"), tuple(_harvest(closing))),
        Section("S4", _("What is still owed"), tuple(_owed(source, closing))),
        Section("S5", _("What stays in force"), tuple(_after(closing))),
        Section("S6", _("Consent and signatures"), tuple(_signing(source, closing))),
    )


def _ending(source: Source, closing: Closing) -> Iterator[Block]:
    """Yield the kind of ending, from when, which charter ends, and why."""
    leaver = source.name(closing.leaver) if closing.leaver else ""
    facts = (
        Definition(_("Kind of ending"), ending_words(closing.ending), closing.ending.value),
        Definition(_("From"), day_words(closing.date), closing.date),
        Definition(_("Who leaves"), leaver, closing.leaver),
        Definition(_("Who goes on with the work"), closing.successor),
        Definition(_("The pause ends"), closing.until, closing.until),
        Definition(_("Version that ends"), str(closing.version or ""), closing.version),
        Definition(_("Its fingerprint"), " ".join(closing.words)),
    )
    yield Definitions("", tuple(fact for fact in facts if fact.text))
    if closing.reason:
        yield Heading(_("Why"))
        yield Paragraph(closing.reason)
    if closing.no_blame:
        yield Paragraph(_("We blame nobody. Each of us may say that we worked together."))
    if closing.quiet:
        yield Paragraph(_("We keep public silence about the ending, since one of us asked for it."))
    yield from (Notice(words, open=True) for words in _gaps(closing))


def _gaps(closing: Closing) -> Iterator[str]:
    """Yield what this kind of ending should say and does not."""
    if not closing.date:
        yield _("No day is named from which this holds.")
    if closing.ending is Ending.PAUSE and not closing.until:
        yield _("No day is named on which the pause ends.")
    if closing.ending is Ending.HANDED_OVER and not closing.successor:
        yield _("Nobody is named who goes on with the work.")
    if closing.ending is Ending.ONE_LEAVES and not closing.leaver:
        yield _("It is not said which partner leaves.")


def _harvest(closing: Closing) -> Iterator[Block]:
    found = ((_("What we reached"), closing.reached), (_("What we learnt"), closing.learnt))
    for title, texts in found:
        if texts:
            yield Heading(title)
            yield from (Paragraph(text) for text in texts)


def _owed(source: Source, closing: Closing) -> Iterator[Block]:
    """Yield who still owes what to whom by when, and who was told of the ending."""
    columns = (
        TableColumn("owner", _("Who"), 2),
        TableColumn("text", _("What"), 5),
        TableColumn("to", _("To whom"), 2),
        TableColumn("date", _("By when"), 2),
    )
    if closing.obligations:
        yield Table("", columns, tuple(_obligation(source, one) for one in closing.obligations))
    else:
        yield Notice(_("Nobody owes anything, as far as we know."))
    if closing.told:
        yield Heading(_("Who was told"))
        yield from (Paragraph(text) for text in closing.told)
    else:
        yield Notice(_("Nobody was told yet: communities should hear it from us."), open=True)


def _obligation(source: Source, one: Obligation) -> TableRow:
    owner = source.name(one.owner) if one.owner else _("not yet named")
    date = Cell(day_words(one.date) or _("no date yet"), one.date)
    party = one.owner if source.record.partner(one.owner) else ""
    return TableRow((Cell(owner, one.owner), Cell(one.text), Cell(one.to), date), party)


def _after(closing: Closing) -> Iterator[Block]:
    yield from (Paragraph(text) for text in closing.survives)
    if not closing.survives:
        yield Notice(_("No promise of the charter stays in force."))


def _signing(source: Source, closing: Closing) -> Iterator[Block]:
    """Yield free consent, what is not settled by signing, and where each one signs."""
    words = _("We sign freely. Signing ends the charter, and not what is still owed.")
    if closing.ending is Ending.PAUSE:
        words = _("We sign freely. The charter rests, and what is still owed does not.")
    if closing.ending is Ending.ONE_LEAVES:
        words = _("We sign freely. One of us leaves, and what is still owed stays.")
    yield Paragraph(words)
    yield from languages(source)
    yield from read_aloud(source)
    yield Heading(_("Signatures"))
    yield from signature_blocks(source)
    yield from missing(source)
