"""What leaves PartnerDesk: the charter as PDF, Word file, poster or plain text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType

from partnerdesk.ceremony import check_printable, draft_of, ink_of
from partnerdesk.charter.canonical import from_json
from partnerdesk.charter.changes import changes_section
from partnerdesk.charter.compare import compare
from partnerdesk.charter.languages import in_language, shared_language
from partnerdesk.charter.pages_words import unsigned_words
from partnerdesk.charter.plain import plain_text
from partnerdesk.charter.public import names_left, people_of, public_version
from partnerdesk.charter.statement import closing_statement
from partnerdesk.errors import UserError
from partnerdesk.flow.ending import closing_of
from partnerdesk.flow.record import record as record_of
from partnerdesk.flow.versions import (
    Version,
    certificate_of,
    charter_json,
    charter_pdf,
    is_closing,
    last_signed,
    versions,
)
from partnerdesk.language import _, speaking, spoken_in
from partnerdesk.model.changes import Comparison
from partnerdesk.model.charter import NO_INK, Charter, Ink, Seal
from partnerdesk.model.closing import Closing
from partnerdesk.model.guide import Guide
from partnerdesk.model.record import Record
from partnerdesk.store import Store

NOBODY: Mapping[str, str] = MappingProxyType({})
LARGE = 1.6
"""How much larger large print is: running text of 10.5 points becomes 17."""


class Form(Enum):
    """The forms in which a charter leaves; the value is the file's ending."""

    PDF = "pdf"
    PUBLIC = "public.pdf"
    WORD = "docx"
    POSTER = "poster.pdf"
    TEXT = "txt"


@dataclass(frozen=True)
class Original:
    """What is copied, as values: the charter, and for a frozen version its seal and its PDF.

    `ink` tells what of it is signed on paper.
    `people` maps names that the record holds to what stands in their place in public.
    """

    charter: Charter
    seal: Seal | None = None
    pdf: bytes = b""
    ink: Ink = NO_INK
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Print:
    """How it prints: `page` is "A4", "Letter", "A3" for posters, or the charter's own for ''."""

    page: str = ""
    large: bool = False


USUAL = Print()


def draft_original(record: Record) -> Original:
    """Return the draft that the record gives now."""
    return Original(draft_of(record), people=people_of(record, record.enclosures))


def closing_original(record: Record, closing: Closing) -> Original:
    """Return the closing statement as it is written, in the charter's languages."""
    statement = closing_statement(record, closing, options=record.options)
    return Original(statement, people=people_of(record, record.enclosures))


def compared(frozen: bytes, record: Record) -> Comparison:
    """Return what differs from a frozen version, given as JSON, to the text as it now stands."""
    return _compared(from_json(frozen), draft_of(record))


def comparison_original(frozen: bytes, record: Record) -> Original:
    """Return only the pages that say what differs from a frozen version to the present text."""
    now, old = draft_of(record), from_json(frozen)
    code = shared_language(old, now)
    with speaking(spoken_in(code)):
        changes = (changes_section(_compared(old, now)),)
    pages = replace(in_language(now, code), sections=(), annexes=(), changes=changes)
    return Original(pages, people=people_of(record, record.enclosures))


def _compared(old: Charter, now: Charter) -> Comparison:
    code = shared_language(old, now)
    with speaking(spoken_in(code)):
        return compare(in_language(old, code), in_language(now, code))


def public_names(original: Original) -> tuple[str, ...]:
    """Return parts of people's names that the public version still holds, to be looked at."""
    people = {one.name for party in original.charter.parties for one in party.representatives}
    return names_left(_public_charter(original), {**original.people, **dict.fromkeys(people, "")})


def version_original(
    store: Store, version: Version, people: Mapping[str, str] = NOBODY
) -> Original:
    """Return a frozen version, with all signatures that it has so far."""
    certificate = certificate_of(store, version.id)
    seal = Seal(
        digest=version.charter_digest,
        fingerprint=version.fingerprint,
        words=version.words,
        certificate_digest=hashlib.sha256(certificate).hexdigest(),
    )
    charter = from_json(charter_json(store, version.id))
    ink = NO_INK if charter.public else ink_of(store, version)  # which names no people
    return Original(charter, seal, charter_pdf(store, version.id), ink, people)


def session_record_of(record: Record) -> bytes:
    """Return the record of the last session as PDF; raises InputErrors as `copy_of` does."""
    from partnerdesk.charter.session_record import session_pdf, session_record

    paper = session_record(record)
    check_printable(paper)
    return session_pdf(paper)


def chosen(
    store: Store,
    guide: Guide,
    *,
    draft: bool = False,
    number: int = 0,
    since: int = 0,
    ending: bool = False,
) -> Original:
    """Return the last frozen version, or the draft where there is none or it is asked for.

    With `number`, that frozen version as it is. With `since`, only what changed from that version
    to the present text. With `ending`, the closing statement. Raises UserError where there is no
    such version or no statement.
    """
    now = record_of(store, guide)
    every = [one for one in versions(store) if not one.erased]
    if number or since:
        old = next((one for one in every if one.number == (number or since)), None)
        if old is None or (since and is_closing(store, old.id)):
            message = _("There is no version {n} of this charter. Nothing was written.")
            raise UserError(message.format(n=number or since), code="version")
        if number:
            return version_original(store, old, people_of(now, now.enclosures))
        return comparison_original(charter_json(store, old.id), now)
    if ending:
        statement = closing_of(store, last_signed(store))
        if statement is None:
            words = _("No closing statement is begun. Nothing was written. Write it in the window.")
            raise UserError(words, code="closing")
        return closing_original(now, statement)
    if draft or not every:
        return draft_original(now)
    return version_original(store, every[-1], people_of(now, now.enclosures))


def copy_of(original: Original, form: Form, how: Print = USUAL) -> bytes:
    """Return the charter in this form; the same arguments give the same bytes.

    The PDF of a frozen version is the very file that is signed. Raises InputErrors where a
    character has no font, and UserError where large print would not be that file any more.
    """
    return _MAKERS[form](original, how)


def text_of(original: Original) -> str:
    """Return the charter as plain text for a messenger, which says that it is not signed."""
    with speaking(spoken_in(original.charter.language)):
        lines = [plain_text(original.charter), unsigned_words(original.ink)]
        if original.seal:
            words = " ".join(original.seal.words)
            lines.append(_("Fingerprint words: {words}").format(words=words))
        return "\n".join(lines) + "\n"


def _pdf(original: Original, how: Print) -> bytes:
    from partnerdesk.charter.render import render

    if original.pdf and how.large:
        told = _(
            "What is signed keeps its print. Nothing was written. "
            "Ask for the Word file or the draft in large print."
        )
        raise UserError(told, code="large")
    if original.pdf:
        return original.pdf
    check_printable(original.charter)
    return render(original.charter, None, page=_paper(how), scale=_scale(how))


def _public(original: Original, how: Print) -> bytes:
    from partnerdesk.charter.render import render

    charter = _public_charter(original)
    check_printable(charter)
    return render(charter, None, page=_paper(how), scale=_scale(how))


def _public_charter(original: Original) -> Charter:
    words = original.seal.words if original.seal else ()
    return public_version(original.charter, words, original.people)


def _word(original: Original, how: Print) -> bytes:
    from partnerdesk.charter.word import word

    return word(
        original.charter, original.seal, page=_paper(how), scale=_scale(how), ink=original.ink
    )


def _poster(original: Original, how: Print) -> bytes:
    from partnerdesk.charter.poster import poster

    check_printable(original.charter)
    return poster(original.charter, original.seal, page=how.page)


def _text(original: Original, _how: Print) -> bytes:
    return text_of(original).encode()


def _paper(how: Print) -> str:
    """Return the paper of a document of many pages: A3 is for the wall alone."""
    return "" if how.page == "A3" else how.page


def _scale(how: Print) -> float:
    return LARGE if how.large else 0.0


_MAKERS: dict[Form, Callable[[Original, Print], bytes]] = {
    Form.PDF: _pdf,
    Form.PUBLIC: _public,
    Form.WORD: _word,
    Form.POSTER: _poster,
    Form.TEXT: _text,
}
