"""Whether a signed charter is what was signed, and by a ceremony that somebody vouches for."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerdesk.signing import lookalike, rendering, words
from partnerdesk.signing.authority import certified_name
from partnerdesk.signing.container import Container, endorsed, issued, opened
from partnerdesk.signing.onpaper import on_paper
from partnerdesk.signing.own import named
from partnerdesk.signing.ranges import Span, spans
from partnerdesk.signing.ranges import findings as range_findings
from partnerdesk.signing.report import Finding, Known, PaperNote, Report, Signer, Verdict, shown

if TYPE_CHECKING:
    from cryptography import x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

__all__ = ["MOST_BYTES", "MOST_PAGES", "Known", "Report", "Verdict", "verify"]

MOST_BYTES = 20_000_000
MOST_PAGES = 300


@dataclass(frozen=True)
class _Signature:
    """One signature, seen through our bytes (`span`, `container`) and through pyHanko."""

    number: int
    span: Span
    container: Container | None
    embedded: EmbeddedPdfSignature
    signer: Signer


def verify(pdf: bytes, known: Known) -> Report:
    """Return what can be said about `pdf`; it is never UNCHANGED unless `known` vouches for it.

    Never raises for anything in `pdf`; UserError for a typed word that is not in the list.
    Hostile files may use much time and memory: see `isolated.verify_isolated`.
    """
    typed = words.readings(" ".join(known.words)) if known.words else ()
    code = _unfit(pdf)
    if code:
        return _refused(code)
    try:
        with _quiet():
            return _examined(pdf, known, typed)
    except Exception:  # readers of hostile files fail in many ways, and all mean the same here
        return _refused("unreadable")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep libraries from telling at length what is wrong with a file: the report says it."""
    logger = logging.getLogger("pyhanko")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)


def _refused(code: str) -> Report:
    return Report((Finding("R1", code, Verdict.CANNOT_TELL),))


def _unfit(pdf: bytes) -> str:
    if not pdf:
        return "empty"
    if len(pdf) > MOST_BYTES:
        return "large"
    return "" if pdf.startswith(b"%PDF-1.") else "not-pdf"


def _examined(pdf: bytes, known: Known, typed: tuple[str, ...]) -> Report:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    if reader.encrypted:
        return _refused("encrypted")
    if reader.root["/Pages"]["/Count"] > MOST_PAGES:
        return _refused("pages")
    fields = _fields(reader)
    found = spans(pdf)
    signatures = _signatures(pdf, reader, found)
    if not signatures or len(signatures) != len(found):
        papers = on_paper(_attached(reader) or b"", "", fields, (), known.paper)
        return Report((_unsigned(pdf, fields, papers), *papers), expected=len(fields))
    value, about_authority = _fingerprint(reader, signatures)
    findings = [
        *range_findings(pdf, found),
        *(finding for one in signatures for finding in _signature_findings(one, signatures)),
        *_revision_findings(pdf, fields, signatures),
        *about_authority,
        *(_unknown(value, known.fingerprints, typed) if value else ()),
        *_date_findings(signatures),
        *lookalike.findings([one.signer for one in signatures], _attached(reader) or b""),
        *_awaited(_attached(reader) or b"", value, fields, signatures, known.paper),
    ]
    signers = tuple(one.signer for one in signatures)
    eight = words.words(value, _language(reader)) if value else ()
    return Report(tuple(findings), signers, value, eight, len(fields))


def _fields(reader: PdfFileReader) -> dict[str, str]:
    """Return what each prepared signature field is called for people, by field name."""
    from pyhanko.sign.fields import enumerate_sig_fields

    return {
        shown(name): shown(str(reference.get_object().get("/TU", name)))
        for name, _value, reference in enumerate_sig_fields(reader)
    }


def _signatures(
    pdf: bytes, reader: PdfFileReader, found: tuple[Span, ...]
) -> tuple[_Signature, ...]:
    """Return the signatures whose fields and whose bytes agree; fewer when some do not."""
    try:
        embedded = {tuple(map(int, one.byte_range)): one for one in reader.embedded_signatures}
    except Exception:  # a signature that cannot even be taken out is one that is broken
        return ()
    return tuple(
        _signature(pdf, number, span, embedded[span.numbers])
        for number, span in enumerate(found, start=1)
        if span.numbers in embedded
    )


def _signature(pdf: bytes, number: int, span: Span, embedded: EmbeddedPdfSignature) -> _Signature:
    try:
        container = opened(span.container(pdf))
    except (ValueError, TypeError, KeyError):
        container = None
    return _Signature(number, span, container, embedded, _signer(embedded, container))


def _signer(embedded: EmbeddedPdfSignature, container: Container | None) -> Signer:
    stated = embedded.sig_object
    subject = embedded.signer_cert.subject.native
    organisation, _newline, role = str(stated.get("/ContactInfo", "")).partition("\n")
    return Signer(
        shown(str(embedded.field_name)),
        _in_full(str(stated.get("/Name", "")), str(subject.get("common_name", ""))),
        _in_full(organisation, str(subject.get("organization_name", ""))),
        _in_full(role, str(subject.get("title", ""))),
        embedded.self_reported_timestamp,
        shown(str(stated.get("/Reason", ""))),
        shown(str(stated.get("/Location", ""))),
        _own_words(container),
    )


def _own_words(container: Container | None) -> str:
    """Return how an organisation's own certificate names it and its issuer, or ''."""
    own = _own(container)
    return shown(f"{named(own.subject)} ({named(own.issuer)})") if own else ""


def _own(container: Container | None) -> x509.Certificate | None:
    try:
        return endorsed(container) if container else None
    except ValueError:  # `issued` refuses such a container, and the report says so
        return None


def _in_full(stated: str, certified: str) -> str:
    """Return the name as stated where the certificate carries its beginning, else as certified."""
    return shown(stated if certified_name(stated) == certified else certified)


def _unsigned(pdf: bytes, fields: dict[str, str], papers: tuple[Finding, ...]) -> Finding:
    """R8: nothing to count, or the machinery of a signature without a signature."""
    if b"/ByteRange" in pdf or b"/SubFilter" in pdf:
        return Finding("R8", "broken", Verdict.CHANGED)
    if fields and len(papers) == len(fields):
        return Finding("R8", "all-paper", Verdict.CANNOT_TELL)
    return Finding("R8", "unsigned" if fields else "no-signature", Verdict.CANNOT_TELL)


def _signature_findings(one: _Signature, signatures: tuple[_Signature, ...]) -> Iterator[Finding]:
    """R1 to R5 for one signature, as pyHanko and its certificates see it."""
    if one.container is None:
        yield Finding("R3", "container", Verdict.CANNOT_TELL, str(one.number))
        return
    if not issued(one.container):
        yield Finding("R5", "issuer", Verdict.CANNOT_TELL, one.signer.name)
        return
    status = _status(one.embedded, one.container)
    if not status.intact:
        yield Finding("R2", "digest", Verdict.CHANGED, one.signer.name)
    if not (status.valid and status.trusted):
        yield Finding("R3", "seal", Verdict.CANNOT_TELL, one.signer.name)
    if one is signatures[-1]:
        if status.coverage.name != "ENTIRE_FILE":
            yield Finding("R2", "appended", Verdict.CHANGED)
    elif not _only_signed(status):
        yield Finding("R4", "later", Verdict.CHANGED, one.signer.name)


def _status(embedded: EmbeddedPdfSignature, container: Container) -> Any:
    from asn1crypto import x509
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    authority = x509.Certificate.load(container.authority)
    begin = embedded.signer_cert["tbs_certificate"]["validity"]["not_before"].native
    context = ValidationContext(trust_roots=[authority], allow_fetching=False, moment=begin)
    return validate_pdf_signature(embedded, signer_validation_context=context)


def _only_signed(status: Any) -> bool:
    """R4: tell whether all that came after an earlier signature is other signatures."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    return bool(
        status.coverage == SignatureCoverageLevel.ENTIRE_REVISION
        and status.modification_level is not None
        and status.modification_level <= ModificationLevel.FORM_FILLING
        and status.docmdp_ok
    )


def _revision_findings(
    pdf: bytes, fields: dict[str, str], signatures: tuple[_Signature, ...]
) -> Iterator[Finding]:
    """R4 and R6: what the first signer saw against what the file shows now."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    first = pdf[: signatures[0].span.end]
    if signatures[0].embedded.docmdp_level is None:
        yield Finding("R4", "uncertified", Verdict.CANNOT_TELL)
    if first == pdf:
        return
    if _fields(PdfFileReader(io.BytesIO(first), strict=True)) != fields:
        yield Finding("R4", "fields", Verdict.CHANGED)
    page = rendering.first_difference(first, pdf)
    if page is not None:
        yield Finding("R6", "drawn", Verdict.CHANGED, str(page))


def _fingerprint(
    reader: PdfFileReader, signatures: tuple[_Signature, ...]
) -> tuple[str, tuple[Finding, ...]]:
    """Return the fingerprint of the attached charter and the authority (R5, R7), or why not."""
    authorities = {one.container.authority for one in signatures if one.container}
    if len(authorities) != 1:
        return "", (Finding("R5", "authorities", Verdict.CANNOT_TELL),)
    charter = _attached(reader)
    if charter is None:
        return "", (Finding("R7", "charter", Verdict.CANNOT_TELL),)
    return words.fingerprint(hashlib.sha256(charter).hexdigest(), authorities.pop()), ()


def _language(reader: PdfFileReader) -> str:
    """Return the language of the attached charter, in whose words the fingerprint is printed."""
    try:
        return str(json.loads(_attached(reader) or b"{}")["language"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return words.ENGLISH


def _attached(reader: PdfFileReader) -> bytes | None:
    """Return the bytes of charter.json when it is the only attachment of the file."""
    try:
        tree = reader.root["/Names"]["/EmbeddedFiles"]
    except KeyError:
        return None
    leaves = [tree] if "/Names" in tree else [leaf.get_object() for leaf in tree["/Kids"]]
    pairs = [part for leaf in leaves for part in leaf["/Names"]]
    if len(pairs) != 2 or str(pairs[0]) != "charter.json":
        return None
    data: bytes = pairs[1].get_object()["/EF"]["/F"].data
    return data


def _unknown(
    value: str, fingerprints: frozenset[str], typed: tuple[str, ...]
) -> tuple[Finding, ...]:
    """R5: whether paper or this laptop vouches for the fingerprint `value`."""
    if typed and not value.startswith(typed):
        return (Finding("R5", "other-words", Verdict.CANNOT_TELL),)
    if value in fingerprints or any(len(one) * 4 == words.FULL_BITS for one in typed):
        return ()
    code = "four-words" if typed else "unknown"
    return (Finding("R5", code, Verdict.CANNOT_TELL),)


def _date_findings(signatures: tuple[_Signature, ...]) -> Iterator[Finding]:
    """R9: dates are only what a computer's clock said; odd ones are told, and decide nothing."""
    before = None
    for one in signatures:
        when = one.signer.when
        certificate = _certificate(one)
        if when is None or certificate is None:
            continue
        if not certificate.not_valid_before_utc <= when <= certificate.not_valid_after_utc:
            yield Finding("R9", "clock", Verdict.UNCHANGED, one.signer.name)
        own = _own(one.container)
        if own and not own.not_valid_before_utc <= when <= own.not_valid_after_utc:
            yield Finding("R9", "own-dates", Verdict.UNCHANGED, one.signer.name)
        if before is not None and when < before:
            yield Finding("R9", "order", Verdict.UNCHANGED, one.signer.name)
        before = when


def _certificate(one: _Signature) -> x509.Certificate | None:
    from cryptography import x509

    return x509.load_der_x509_certificate(one.container.authority) if one.container else None


def _awaited(
    charter: bytes,
    value: str,
    fields: dict[str, str],
    signatures: tuple[_Signature, ...],
    notes: tuple[PaperNote, ...],
) -> tuple[Finding, ...]:
    """R8: which prepared fields are empty, and which of them because somebody signed on paper."""
    done = {one.signer.field for one in signatures}
    papers = on_paper(charter, value, fields, done, notes)
    explained = {finding.about for finding in papers}
    empty = (label for name, label in fields.items() if name not in done)
    missing = ", ".join(label for label in empty if label not in explained)
    awaited = (Finding("R8", "awaited", Verdict.UNCHANGED, missing),) if missing else ()
    return (*awaited, *papers)
