"""From the record to the charter: everything that stands, and nothing that does not."""

from __future__ import annotations

from collections.abc import Sequence

from partnerdesk.charter.annexes import annexes
from partnerdesk.charter.canonical import normal
from partnerdesk.charter.changes import with_changes
from partnerdesk.charter.closing import reservations, signing
from partnerdesk.charter.languages import Tongues, in_language, in_one, tongue_of
from partnerdesk.charter.public import people_of, public_version
from partnerdesk.charter.sections import body, parties
from partnerdesk.charter.source import Source
from partnerdesk.language import TONGUES, speaking
from partnerdesk.model.charter import Charter, CharterStatus, ClauseEntry, Section
from partnerdesk.model.enclosures import NOTHING, Enclosures
from partnerdesk.model.options import USUAL, CharterOptions
from partnerdesk.model.record import Record

ID_LENGTH = 16


def compose(
    record: Record,
    *,
    charter_id: str = "",
    version: int | None = None,
    status: CharterStatus = CharterStatus.DRAFT,
    options: CharterOptions = USUAL,
    enclosures: Enclosures = NOTHING,
    previous: Charter | None = None,
    tongues: Tongues = TONGUES,
) -> Charter:
    """Return the charter that the record amounts to, in the partnership's language.

    A text that is to be signed needs the status SIGNED. `version` is the record's own unless
    given; a charter without an id is named by the journal's head. The same record and
    arguments give an equal charter, whatever the room speaks. Texts are as written, in NFC; what
    is not adopted stands only in C19. `options` are the partners' choices; `enclosures` go into
    annexes E, G, H; what changed since `previous` gets a page of its own. Where `options` name
    languages, the charter is in these, with the words of `tongues`; one without any speaks English.
    """
    source = Source(record, status, options, enclosures)
    number = record.version if version is None else version
    name = charter_id or record.journal.hash[:ID_LENGTH]
    charters = []
    codes = options.languages or (record.partnership.language,)
    told = _told_in(codes, previous)
    for code in codes:
        with speaking(tongue_of(tongues, code)):
            before = previous if code in told else None
            charters.append(_composed(source, name, number, code, before))
    charter = in_one(charters, options) if options.languages else charters[0]
    if options.public:
        return public_version(charter, (), people_of(record, enclosures))
    return charter


def _told_in(codes: Sequence[str], previous: Charter | None) -> tuple[str, ...]:
    """Return in which languages to say what changed: those that both versions have.

    A language that is new has nothing to be compared with. Where all are new, the first one tells.
    """
    shared = [code for code in codes if previous and code in previous.languages]
    return tuple(shared or codes[:1])


def _composed(
    source: Source, name: str, version: int, language: str, previous: Charter | None
) -> Charter:
    """Return the charter in the language that is spoken here and now."""
    main = body(source)
    last = signing(source)
    sections = (*main, reservations(source, (*main, last)), last)
    about = source.record.partnership
    charter = normal(
        Charter(
            id=name,
            title=about.title,
            purpose=about.purpose,
            language=language,
            page=about.page,
            version=version,
            status=source.status,
            place=source.session.place,
            date=source.session.date,
            parties=parties(source),
            sections=sections,
            annexes=annexes(source, _clauses(main)),
            journal=source.record.journal,
            practice=about.practice,
            scale=round(source.options.large_print * 100),
        )
    )
    return with_changes(charter, in_language(previous, language)) if previous else charter


def _clauses(sections: tuple[Section, ...]) -> tuple[ClauseEntry, ...]:
    return tuple(b for s in sections for b in s.blocks if isinstance(b, ClauseEntry))
