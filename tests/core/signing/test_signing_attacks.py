"""Attacked charters are never believed, whoever attacks them and wherever."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable

import pikepdf
import pytest
from asn1crypto import keys, x509
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, append_signature_field
from pyhanko_certvalidator.registry import SimpleCertificateStore

from partnerdesk.signing import ranges, rendering
from partnerdesk.signing.authority import Authority, new_authority, one_time_signer
from partnerdesk.signing.report import Known, Verdict
from partnerdesk.signing.sign import sign
from partnerdesk.signing.verify import verify
from tests.core.signing.attacks import ATTACKS, annotation, increment, replace_page, rewrite, rotate
from tests.core.signing.ceremony import AT, codes, outlines, prepared, request, signed

Charters = dict[tuple[int, int], bytes]
SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
FUZZED = int(os.environ.get("PARTNERDESK_FUZZED", "10000"))


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
@pytest.mark.parametrize("state", [(1, 1), (3, 3), (1, 3)])
def test_an_attacked_charter_is_never_unchanged(
    charters: Charters,
    known: Known,
    attack: Callable[[bytes], bytes],
    state: tuple[int, int],
) -> None:
    pdf = attack(charters[state])
    assert pdf != charters[state]
    report = verify(pdf, known)
    assert report.verdict is not Verdict.UNCHANGED
    assert report.findings
    assert all(finding.words for finding in report.findings)


@pytest.mark.parametrize(
    "name",
    ["line appended", "annotation FreeText", "page replaced", "title changed", "padding bit"],
)
def test_what_was_plainly_changed_is_called_changed(
    charters: Charters, known: Known, name: str
) -> None:
    assert verify(ATTACKS[name](charters[3, 3]), known).verdict is Verdict.CHANGED


def test_a_removed_signature_is_called_removed(charters: Charters, known: Known) -> None:
    report = verify(ATTACKS["range renamed"](charters[1, 1]), known)
    assert codes(report) == {"broken"}
    assert report.verdict is Verdict.CHANGED


def test_a_look_alike_ceremony_is_never_believed(charters: Charters, known: Known) -> None:
    forger = new_authority("Lake Basin Charter, version 1", AT)
    report = verify(signed(forger, 2, 2), known)
    assert report.verdict is Verdict.CANNOT_TELL
    assert codes(report) == {"unknown"}
    assert codes(verify(signed(forger, 2, 2), Known(words=report.words))) == set()


def test_a_forger_who_shows_the_real_authority_is_found_out(
    authority: Authority, known: Known
) -> None:
    forger = new_authority("Lake Basin Charter, version 1", AT)
    stolen = Authority(authority.certificate, forger.private_key)
    report = verify(signed(stolen, 2, 2), known)
    assert report.verdict is Verdict.CANNOT_TELL
    assert codes(report) == {"issuer"}
    last_forged = sign(signed(authority, 1, 2), request(1), stolen, outlines=outlines)
    assert codes(verify(last_forged, known)) == {"issuer"}


def test_a_signature_moved_from_another_charter_does_not_fit(
    authority: Authority, charters: Charters, known: Known
) -> None:
    other = signed(authority, 1, 1).replace(b"Director", b"Manager!")
    pdf = charters[1, 1]
    (here,), (there,) = ranges.spans(pdf), ranges.spans(other)
    room = here.after - here.gap - 2
    moved = other[there.gap + 1 : there.after - 1].rstrip(b"0").ljust(room, b"0")[:room]
    report = verify(pdf[: here.gap + 1] + moved + pdf[here.after - 1 :], known)
    assert report.verdict is Verdict.CHANGED
    assert "digest" in codes(report)


def test_signatures_of_two_ceremonies_do_not_mix(authority: Authority, known: Known) -> None:
    forger = new_authority("Lake Basin Charter, version 1", AT)
    pdf = sign(signed(authority, 1, 2), request(1), forger, outlines=outlines)
    report = verify(pdf, known)
    assert report.verdict is Verdict.CANNOT_TELL
    assert "authorities" in codes(report)


def test_another_text_under_the_same_authority_has_another_fingerprint(
    authority: Authority, known: Known
) -> None:
    pdf = sign(prepared(1, b'{"title":"Other"}'), request(0), authority, outlines=outlines)
    report = verify(pdf, known)
    assert report.verdict is Verdict.CANNOT_TELL
    assert codes(report) == {"unknown"}


def test_a_copy_cut_back_to_an_earlier_signature_says_what_is_missing(
    charters: Charters, known: Known
) -> None:
    pdf = charters[3, 3]
    report = verify(pdf[: ranges.spans(pdf)[1].end], known)
    assert "awaited" in codes(report)
    assert (len(report.signers), report.awaited) == (2, 1)


def test_a_cut_anywhere_else_is_never_unchanged(charters: Charters, known: Known) -> None:
    pdf = charters[3, 3]
    ends = {span.end for span in ranges.spans(pdf)}
    cuts = random.Random(7).sample([cut for cut in range(len(pdf)) if cut not in ends], 120)
    assert all(verify(pdf[:cut], known).verdict is not Verdict.UNCHANGED for cut in cuts)


def flips(pdf: bytes) -> list[tuple[int, int]]:
    """Return (byte, change) pairs: a seeded sample, or in a soak run every byte in turn."""
    chosen = random.Random(11)
    if SOAK:
        return [(place, chosen.randrange(1, 256)) for place in range(len(pdf))]
    span = ranges.spans(pdf)[-1]
    inside = range(span.gap, span.after)
    places = [*chosen.sample(range(len(pdf)), 150), *chosen.sample(inside, 150)]
    return [(place, 1 << chosen.randrange(8)) for place in places]


@pytest.mark.timeout(0 if SOAK else 300)
def test_no_changed_byte_is_ever_unchanged(charters: Charters, known: Known) -> None:
    pdf = charters[1, 1]
    missed = []
    for place, change in flips(pdf):
        changed = bytearray(pdf)
        changed[place] ^= change
        if verify(bytes(changed), known).verdict is Verdict.UNCHANGED:
            missed.append((place, change))
    assert missed == []


@pytest.mark.timeout(0 if SOAK else 300)
@settings(
    max_examples=FUZZED if SOAK else 60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_mutation_is_ever_unchanged_or_an_error(
    charters: Charters, known: Known, data: st.DataObject
) -> None:
    pdf = charters[2, 2]
    begin = data.draw(st.integers(0, len(pdf)))
    length = data.draw(st.integers(0, 400))
    put = data.draw(st.binary(max_size=60) | st.just(pdf[begin : begin + 90]))
    mutated = pdf[:begin] + put + pdf[begin + length :]
    ends = {span.end for span in ranges.spans(pdf)}
    report = verify(mutated, known)
    honest = mutated in {pdf[:end] for end in ends}
    assert honest or report.verdict is not Verdict.UNCHANGED


@given(st.binary(max_size=200))
@settings(max_examples=50)
def test_any_bytes_get_a_report(noise: bytes) -> None:
    for pdf in (noise, b"%PDF-1.7\n" + noise):
        assert verify(pdf, Known()).verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize("change", [replace_page, rotate, annotation("/FreeText")])
def test_a_page_changed_between_two_signatures_is_changed(
    authority: Authority, known: Known, change: Callable[[IncrementalPdfFileWriter], None]
) -> None:
    middle = increment(change)(signed(authority, 1, 2))
    report = verify(sign(middle, request(1), authority, outlines=outlines), known)
    assert report.verdict is Verdict.CHANGED
    assert "later" in codes(report)


def test_a_page_that_looks_different_is_found_by_looking(authority: Authority) -> None:
    before = signed(authority, 1, 2)
    after = sign(before, request(1), authority, outlines=outlines)
    assert rendering.first_difference(before, after) is None
    assert rendering.first_difference(before, increment(replace_page)(after)) == 1
    assert rendering.first_difference(before, increment(rotate)(after)) == 1
    shorter = rewrite(lambda pdf: pdf.pages.remove(p=2))(after)
    assert rendering.first_difference(before, shorter) == 2


def test_a_charter_without_its_data_cannot_be_told(authority: Authority, known: Known) -> None:
    def detach(pdf: pikepdf.Pdf) -> None:
        del pdf.attachments["charter.json"]

    bare = rewrite(detach)(prepared(1))
    report = verify(sign(bare, request(0), authority, outlines=outlines), known)
    assert report.verdict is Verdict.CANNOT_TELL
    assert codes(report) == {"charter"}


def test_a_first_signature_that_certifies_nothing_cannot_be_told(
    authority: Authority, known: Known
) -> None:
    pdf = sign(prepared(2), request(0, first=False), authority, outlines=outlines)
    assert codes(verify(pdf, known)) == {"uncertified", "awaited"}


def test_a_place_added_after_the_first_signature_is_changed(
    authority: Authority, known: Known
) -> None:
    def add_place(writer: IncrementalPdfFileWriter) -> None:
        append_signature_field(writer, SigFieldSpec("Signature9", box=(300, 100, 400, 150)))

    middle = increment(add_place)(signed(authority, 1, 2))
    report = verify(sign(middle, request(1), authority, outlines=outlines), known)
    assert report.verdict is Verdict.CHANGED
    assert "fields" in codes(report)


def test_a_signature_made_by_another_program_cannot_be_told(
    authority: Authority, known: Known
) -> None:
    lone = one_time_signer(authority, "Amina", "", "", AT)
    signer = signers.SimpleSigner(
        x509.Certificate.load(lone.certificate),
        keys.PrivateKeyInfo.load(lone.private_key),
        SimpleCertificateStore(),
    )
    out = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(prepared(1))),
        signers.PdfSignatureMetadata(
            "Signature1", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES
        ),
        signer,
        existing_fields_only=True,
    )
    report = verify(out.getvalue(), known)
    assert report.verdict is Verdict.CANNOT_TELL
    assert {"container", "authorities"} <= codes(report)
