"""The signing ceremony: freeze the charter, sign it in turn, close it, prove it.

Each step comes in two halves, so that the window can do the slow one on a worker: a pure
function from values to values, and a short command that records its result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from partnerdesk.charter.canonical import canonical, digest, from_json
from partnerdesk.charter.compare import same_text
from partnerdesk.charter.compose import compose
from partnerdesk.charter.statement import closing_statement
from partnerdesk.errors import InputErrors, UserError
from partnerdesk.exchange.known import known_here, paper_here
from partnerdesk.flow import values
from partnerdesk.flow.ink import keepers
from partnerdesk.flow.pin import waits_under_pin
from partnerdesk.flow.record import record
from partnerdesk.flow.versions import (
    Frozen,
    Version,
    authority_of,
    charter_json,
    charter_pdf,
    freeze_version,
    known_fingerprints,
    record_signature,
    versions,
)
from partnerdesk.language import _, speaking, spoken_in
from partnerdesk.model.charter import Charter, CharterStatus, Ink, Seal, SignatureBlock
from partnerdesk.model.closing import Closing
from partnerdesk.model.guide import Guide
from partnerdesk.model.record import Record
from partnerdesk.model.round import Method
from partnerdesk.signing import ranges
from partnerdesk.signing.authority import Authority, new_authority
from partnerdesk.signing.container import opened
from partnerdesk.signing.isolated import verify_isolated
from partnerdesk.signing.marks import DrawnMark, Mark, TypedMark, generated_strokes
from partnerdesk.signing.own import OwnCertificate
from partnerdesk.signing.report import Finding, Known, PaperNote, Report, Verdict
from partnerdesk.signing.sign import SignatureRequest, sign
from partnerdesk.signing.words import fingerprint, words
from partnerdesk.store import Store


@dataclass(frozen=True)
class SigningTask:
    """All that one signature needs, as values: the worker that signs never sees the store."""

    pdf: bytes
    authority: Authority
    request: SignatureRequest


@dataclass(frozen=True)
class Draft:
    """The draft as it prints: the PDF, on which page each section begins, what has no font.

    `starts` maps section codes such as "C9" to pages from 1; `missing` are characters.
    `changed` says whether the text differs from the version it was compared with.
    """

    pdf: bytes
    pages: int
    starts: Mapping[str, int]
    missing: tuple[str, ...]
    changed: bool


def draft_of(record_: Record) -> Charter:
    """Return the charter that the record gives now, as the partners chose it.

    It says what changed since the last version that all have signed.
    """
    return composed(record_, CharterStatus.DRAFT, _last_signed(record_))


def composed(record_: Record, status: CharterStatus, previous: Charter | None = None) -> Charter:
    """Return the charter with all that the partners chose; preview and frozen text are one."""
    return compose(
        record_,
        status=status,
        options=record_.options,
        enclosures=record_.enclosures,
        previous=previous,
    )


def draft(record_: Record) -> Draft:
    """Return the draft for showing, also where a character has no font."""
    last = _last_signed(record_)
    changed = last is None or not says_the_same(record_, last)
    return _drafted(draft_of(record_), changed)


def closing_draft(record_: Record, closing: Closing) -> Draft:
    """Return the closing statement for showing, as `draft` does the charter."""
    return _drafted(closing_statement(record_, closing, options=record_.options), True)


def _drafted(charter: Charter, changed: bool) -> Draft:
    from partnerdesk.charter.preview import page_count
    from partnerdesk.charter.render import missing_glyphs, render

    pdf = render(charter, None)
    return Draft(
        pdf=pdf,
        pages=page_count(pdf),
        starts=section_pages(pdf),
        missing=missing_glyphs(charter),
        changed=changed,
    )


def section_pages(pdf: bytes) -> dict[str, int]:
    """Return the page, from 1, on which each section of a charter's PDF begins."""
    import pypdfium2

    from partnerdesk.charter.preview import PDFIUM

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            marks = [(b.get_title().split()[0], b.get_dest()) for b in document.get_toc()]
            return {code: dest.get_index() + 1 for code, dest in marks if dest is not None}
        finally:
            document.close()


def says_the_same(record_: Record, frozen: Charter) -> bool:
    """Return whether the record still gives the text that `frozen` holds, reservations included.

    What a version says of its own making is not compared: its number, the journal and annex F.
    """
    return same_text(composed(record_, CharterStatus.SIGNED), frozen)


def _last_signed(record_: Record) -> Charter | None:
    return from_json(record_.last_signed) if record_.last_signed else None


def draft_pdf(record_: Record, page: str = "") -> bytes:
    """Return the draft charter as PDF, with its watermark, on A4 or Letter."""
    from partnerdesk.charter.render import render

    charter = draft_of(record_)
    check_printable(charter)
    return render(charter, None, page=page)


def frozen_of(record_: Record, at: datetime) -> Frozen:
    """Return the record frozen as a version: text, unsigned PDF and a fresh authority.

    Raises UserError where nobody is to sign, and InputErrors where a character has no font.
    """
    return _frozen(composed(record_, CharterStatus.SIGNED, _last_signed(record_)), at)


def frozen_closing_of(record_: Record, at: datetime, closing: Closing) -> Frozen:
    """Return the closing statement frozen as a version, as `frozen_of` does the charter."""
    options, status = record_.options, CharterStatus.SIGNED
    return _frozen(closing_statement(record_, closing, status=status, options=options), at)


def _frozen(charter: Charter, at: datetime) -> Frozen:
    from partnerdesk.charter.render import render

    if not charter.signature_blocks():
        raise UserError(_("Nobody is named to sign yet. Add the signatories first."), code="nobody")
    check_printable(charter)
    authority = new_authority(charter.title, at)
    seal = _seal(charter, authority.certificate)
    return Frozen(
        charter_json=canonical(charter),
        charter_digest=seal.digest,
        unsigned_pdf=render(charter, seal),
        certificate=authority.certificate,
        key=authority.private_key,
        fingerprint=seal.fingerprint,
        words=seal.words,
    )


def freeze(store: Store, guide: Guide, at: datetime) -> str:
    """Freeze the charter as it stands and return the version's id."""
    return freeze_version(store, frozen_of(record(store, guide), at))


def blocks_of(store: Store, version_id: str) -> tuple[SignatureBlock, ...]:
    """Return the signature blocks of a frozen version, in signing order."""
    return from_json(charter_json(store, version_id)).signature_blocks()


def next_block(store: Store, version: Version) -> SignatureBlock | None:
    """Return the block that is signed next, or None when all have signed."""
    return next(iter(awaited_blocks(store, version)), None)


def awaited_blocks(store: Store, version: Version) -> tuple[SignatureBlock, ...]:
    """Return the blocks that nobody has signed yet, in signing order."""
    return tuple(b for b in blocks_of(store, version.id) if b.signatory not in version.signed)


def signing_task(
    store: Store,
    version_id: str,
    block: SignatureBlock,
    mark: Mark,
    at: datetime,
    own: OwnCertificate | None = None,
    unlocked: bytes = b"",
) -> SigningTask:
    """Return what the worker needs for one signature, made with `own` where that is given.

    `unlocked` is the key of a signing that waits under its PIN.

    Raises UserError once signing is over, out of turn (each place locks those before it), or
    where the charter says that this one is signed on paper.
    """
    certificate, key = authority_of(store, version_id)
    if waits_under_pin(store, version_id) and not unlocked:
        words = _("The signing waits under its PIN. Nothing was changed. Unlock it first.")
        raise UserError(words, code="locked")
    version = next(v for v in versions(store) if v.id == version_id)
    turn = next_block(store, version)
    if turn is not None and turn.number < block.number:
        words = _("{name} signs first: the order is part of the charter. Nothing was changed.")
        raise UserError(words.format(name=turn.name), code="turn")
    if block.method is Method.PAPER:
        words = _("{name} signs on paper, as the charter says. Scan the signed page instead.")
        raise UserError(words.format(name=block.name), code="paper")
    session = next(reversed(values.sessions(store)), None)
    pdf = charter_pdf(store, version_id)
    with speaking(spoken_in(from_json(charter_json(store, version_id)).language)):
        reason = _("Consents to this charter")
    request = SignatureRequest(
        field=f"Signature{block.number}",
        name=block.name,
        organisation=block.party_name,
        role=block.role,
        reason=reason,
        location=session.place if session else "",
        mark=mark,
        first=ranges.unsigned(pdf),
        when=at,
        own=own,
    )
    return SigningTask(pdf, Authority(certificate, unlocked or key), request)


def signed_pdf(task: SigningTask) -> bytes:
    """Return the PDF with one more signature: the slow half of signing."""
    from partnerdesk.charter.typeset.outlines import outlines

    return sign(task.pdf, task.request, task.authority, outlines=outlines)


def sign_block(
    store: Store, version_id: str, block: SignatureBlock, mark: Mark, at: datetime
) -> None:
    """Sign one block of a frozen version and record it."""
    task = signing_task(store, version_id, block, mark, at)
    record_signature(store, version_id, block.signatory, signed_pdf(task), block.method)


def ink_of(store: Store, version: Version) -> Ink:
    """Return what of a version is signed on paper, for its copies."""
    kept = keepers(store, version.id)
    everybody = all(block.signatory in kept for block in blocks_of(store, version.id))
    return Ink(tuple(dict.fromkeys(kept.values())), everybody)


def paper_notes(store: Store) -> tuple[PaperNote, ...]:
    """Return what this file knows of signatures on paper, for the verifier."""
    return tuple(
        PaperNote(charter, f"Signature{block.number}", kept[block.signatory])
        for version in versions(store)
        for kept in [keepers(store, version.id)]
        for block in blocks_of(store, version.id)
        if block.signatory in kept
        for charter in (version.fingerprint, version.charter_digest)
    )


def laptop_knows() -> Known:
    """Return what this laptop knows of ceremonies; of those on paper it names nobody."""
    paper = (PaperNote(one, field) for one, fields in paper_here().items() for field in fields)
    return Known(known_here(), paper=tuple(paper))


def known_of(store: Store) -> Known:
    """Return what this file knows of its own ceremonies."""
    return Known(known_fingerprints(store), paper=paper_notes(store))


def generated_mark(block: SignatureBlock) -> Mark:
    """Return a mark for the practice ceremony: the typed name, or strokes made from the name."""
    if block.method is Method.TYPED:
        return TypedMark(block.name)
    return DrawnMark(generated_strokes(block.name).strokes)


def verify_known(file: Path | bytes, known: Known) -> Report:
    """Return the verifier's report, and for an unchanged file whether its pages are its data.

    The pages are made anew from the charter data inside (rule R7). That adds a remark and
    decides nothing: another version of the program may lay out the same charter differently.
    Raises what `verify_isolated` raises.
    """
    report = verify_isolated(file, known)
    if report.verdict is not Verdict.UNCHANGED:  # hostile files are read in the child alone
        return report
    pdf = file if isinstance(file, bytes) else file.read_bytes()
    code = _compared_with_data(pdf, report)
    remarks = (Finding("R7", code, Verdict.UNCHANGED),) if code else ()
    return replace(report, findings=(*report.findings, *remarks))


def _compared_with_data(pdf: bytes, report: Report) -> str:
    """Return the code of how the pages compare with their data; '' where they cannot be made."""
    from partnerdesk.charter.render import missing_glyphs, render

    try:
        charter = from_json(_attachment(pdf))
        seal = _seal(charter, opened(ranges.spans(pdf)[0].container(pdf)).authority)
        if seal.fingerprint != report.fingerprint or missing_glyphs(charter):
            return ""
        made = render(charter, seal)
    except (InputErrors, ValueError, TypeError, LookupError):  # of another program version
        return ""
    if pdf.startswith(made):
        return "remade"
    return "remade-text" if _page_texts(pdf) == _page_texts(made) else "remade-other"


def _attachment(pdf: bytes) -> bytes:
    """Return the charter data inside a PDF that the verifier found unchanged."""
    import pypdfium2

    from partnerdesk.charter.preview import PDFIUM

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return bytes(document.get_attachment(0).get_data())
        finally:
            document.close()


def _page_texts(pdf: bytes) -> list[str]:
    import pypdfium2

    from partnerdesk.charter.preview import PDFIUM

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
        finally:
            document.close()


def _seal(charter: Charter, certificate: bytes) -> Seal:
    charter_digest = digest(charter)
    mark = fingerprint(charter_digest, certificate)
    return Seal(
        digest=charter_digest,
        fingerprint=mark,
        words=words(mark, charter.language),
        certificate_digest=hashlib.sha256(certificate).hexdigest(),
    )


def check_printable(charter: Charter) -> None:
    """Raise InputErrors, which names the characters, where no font here has some of them."""
    from partnerdesk.charter.render import missing_glyphs

    missing = missing_glyphs(charter)
    if missing:
        message = _("No font here has these characters: {list}. Nothing was printed. Replace them.")
        shown = " ".join(f"{c} (U+{ord(c[0]):04X})" for c in missing[:8])
        raise InputErrors(message.format(list=shown), tuple(missing), code="glyphs")
