"""Honest charters are believed, attacked ones never are."""

from __future__ import annotations

import hashlib
import io
import os
import random
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from asn1crypto import keys, x509
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, append_signature_field
from pyhanko_certvalidator.registry import SimpleCertificateStore

from partnerdesk.errors import UserError
from partnerdesk.signing import ranges, rendering, words
from partnerdesk.signing.authority import Authority, new_authority, one_time_signer
from partnerdesk.signing.report import Known, Report, Verdict, from_json, to_json, told
from partnerdesk.signing.sign import sign
from partnerdesk.signing.verify import MOST_BYTES, verify
from tests.core.signing.ceremony import AT, NAMES, outlines, prepared, request, signed

Charters = dict[tuple[int, int], bytes]
SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"


@pytest.fixture(scope="session")
def known(value: str) -> Known:
    """A laptop that held the ceremony."""
    return Known(frozenset({value}))


def codes(report: Report) -> set[str]:
    """Return the codes of all findings."""
    return {finding.code for finding in report.findings}


# honest charters


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_an_honest_charter_is_unchanged(charters: Charters, known: Known, count: int) -> None:
    report = verify(charters[count, count], known)
    assert report.verdict is Verdict.UNCHANGED
    assert report.findings == ()
    assert [signer.name for signer in report.signers] == list(NAMES[:count])
    assert [signer.when for signer in report.signers] == [
        AT + timedelta(minutes=place) for place in range(count)
    ]
    assert (report.expected, report.awaited) == (count, 0)


def test_the_signer_is_told_with_organisation_role_reason_and_place(
    charters: Charters, known: Known
) -> None:
    (signer,) = verify(charters[1, 1], known).signers
    assert (signer.organisation, signer.role) == ("Organisation 1", "Director")
    assert (signer.reason, signer.location) == ("I agree to this charter", "Mwanza")


def test_a_long_name_is_told_whole_though_its_certificate_cuts_it(
    authority: Authority, known: Known
) -> None:
    name = "Asociación de Comunidades " * 5 + "del Lago"
    role = "የማኅበሩ ሊቀመንበር እና ዋና ሥራ አስኪያጅ"
    wish = request(0, name=name, organisation=name * 2, role=role)
    report = verify(sign(prepared(1), wish, authority, outlines=outlines), known)
    assert report.verdict is Verdict.UNCHANGED
    (signer,) = report.signers
    assert (signer.name, signer.organisation, signer.role) == (name, name * 2, role)


def test_the_printed_words_vouch_for_a_charter(charters: Charters, value: str) -> None:
    report = verify(charters[2, 2], Known(words=words.words(value)))
    assert report.verdict is Verdict.UNCHANGED
    assert report.words == words.words(value)
    assert report.fingerprint == value


def test_nobody_vouching_gives_cannot_tell_and_eight_words_to_compare(charters: Charters) -> None:
    report = verify(charters[3, 3], Known())
    assert report.verdict is Verdict.CANNOT_TELL
    assert codes(report) == {"unknown"}
    assert len(report.words) == 8
    assert "eight words" in report.what_to_do


def test_other_words_are_never_enough_even_where_the_laptop_knows(
    charters: Charters, value: str
) -> None:
    other = words.words(hashlib.sha256(b"other").hexdigest())
    report = verify(charters[1, 1], Known(frozenset({value}), other))
    assert report.verdict is Verdict.CANNOT_TELL
    assert codes(report) == {"other-words"}


def test_four_words_are_not_enough(charters: Charters, value: str) -> None:
    report = verify(charters[1, 1], Known(words=words.short(value)))
    assert codes(report) == {"four-words"}
    assert report.verdict is Verdict.CANNOT_TELL


def test_an_unknown_word_is_the_typists_to_correct(charters: Charters) -> None:
    with pytest.raises(UserError, match="Did you mean"):
        verify(charters[1, 1], Known(words=("qqqq",) * 8))


def test_one_of_three_signatures_is_honest_and_says_who_is_awaited(
    charters: Charters, known: Known
) -> None:
    report = verify(charters[1, 3], known)
    assert report.verdict is Verdict.UNCHANGED
    assert (report.expected, report.awaited) == (3, 2)
    text = told(report)
    assert "1 of 3 signatures." in text
    assert "Still awaited in this copy: Signature2, Signature3." in text


def test_an_unsigned_charter_cannot_be_told(charters: Charters, known: Known) -> None:
    report = verify(charters[0, 2], known)
    assert report.verdict is Verdict.CANNOT_TELL
    assert codes(report) == {"unsigned"}


@pytest.mark.parametrize(("minutes", "code"), [(-120, "clock"), (-30, "order")])
def test_an_odd_clock_is_told_and_decides_nothing(
    authority: Authority, known: Known, minutes: int, code: str
) -> None:
    pdf = signed(authority, 1, 2)
    late = request(1, when=AT + timedelta(minutes=minutes))
    report = verify(sign(pdf, late, authority, outlines=outlines), known)
    assert code in codes(report)
    assert report.verdict is Verdict.UNCHANGED


def test_the_report_survives_its_journey_between_processes(
    charters: Charters, known: Known
) -> None:
    for pdf in (*charters.values(), b"", b"%PDF-1.7"):
        report = verify(pdf, known)
        assert from_json(to_json(report)) == report


def test_every_finding_has_its_sentence(charters: Charters) -> None:
    report = verify(charters[2, 2], Known())
    text = told(report)
    assert text.startswith("Cannot tell")
    assert "according to the signer's computer" in text
    assert " ".join(report.words) in text


# attacks by somebody without the authority's key


def increment(change: Callable[[IncrementalPdfFileWriter], None]) -> Callable[[bytes], bytes]:
    """Return an attack that appends a well-formed update made by `change`."""

    def attack(pdf: bytes) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        change(writer)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return attack


def rewrite(change: Callable[[pikepdf.Pdf], None]) -> Callable[[bytes], bytes]:
    """Return an attack that opens the file, makes `change`, and saves all of it anew."""

    def attack(pdf: bytes) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            change(opened)
            opened.save(out)
        return out.getvalue()

    return attack


def page_of(writer: IncrementalPdfFileWriter) -> Any:
    """Return the first page for writing."""
    page = writer.root["/Pages"]["/Kids"][0]
    writer.update_container(page)
    return page


def add_note(writer: IncrementalPdfFileWriter) -> None:
    note = generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/Annot"),
            generic.NameObject("/Subtype"): generic.NameObject("/FreeText"),
            generic.NameObject("/Contents"): generic.TextStringObject("We owe nothing."),
            generic.NameObject("/Rect"): generic.ArrayObject(
                [generic.NumberObject(edge) for edge in (72, 700, 300, 740)]
            ),
        }
    )
    page_of(writer)[generic.NameObject("/Annots")] = generic.ArrayObject([writer.add_object(note)])


def replace_page(writer: IncrementalPdfFileWriter) -> None:
    text = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 720 Td (We share nothing.) Tj ET")
    page_of(writer)[generic.NameObject("/Contents")] = writer.add_object(text)


def rotate(writer: IncrementalPdfFileWriter) -> None:
    page_of(writer)[generic.NameObject("/Rotate")] = generic.NumberObject(180)


def retitle(writer: IncrementalPdfFileWriter) -> None:
    writer.trailer["/Info"][generic.NameObject("/Title")] = generic.TextStringObject("Other")
    writer.update_container(writer.trailer["/Info"])


def open_action(writer: IncrementalPdfFileWriter) -> None:
    action = {"/S": generic.NameObject("/JavaScript"), "/JS": generic.TextStringObject("x")}
    writer.root[generic.NameObject("/OpenAction")] = generic.DictionaryObject(
        {generic.NameObject(key): part for key, part in action.items()}
    )
    writer.update_root()


def empty_fields(pdf: pikepdf.Pdf) -> None:
    for field in pdf.Root.AcroForm.Fields:
        if "/V" in field:
            del field.V


def drop_form(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm
    del pdf.pages[1].Annots


def last_range(pdf: bytes) -> re.Match[bytes]:
    """Return the byte range of the last signature."""
    return list(re.finditer(rb"/ByteRange \[([\d ]+)\]", pdf))[-1]


def with_range(written: bytes) -> Callable[[bytes], bytes]:
    """Return an attack that writes another byte range in the same room."""

    def attack(pdf: bytes) -> bytes:
        match = last_range(pdf)
        return (
            pdf[: match.start()] + written.ljust(match.end() - match.start()) + pdf[match.end() :]
        )

    return attack


def shifted(pdf: bytes) -> bytes:
    """Move the second signed part, and slip something in before it (signature wrapping)."""
    span = ranges.spans(pdf)[-1]
    extra = b" % slipped in\n"
    longer = pdf[: span.after] + extra + pdf[span.after :]
    rest = span.end - span.after
    moved = b"/ByteRange [0 %d %d %d]" % (span.gap, span.after + len(extra), rest)
    return with_range(moved)(longer)


def padding_bit(pdf: bytes) -> bytes:
    place = ranges.spans(pdf)[-1].after - 3
    return pdf[:place] + b"1" + pdf[place + 1 :]


def lower_case(pdf: bytes) -> bytes:
    span = ranges.spans(pdf)[-1]
    return pdf[: span.gap] + pdf[span.gap : span.after].lower() + pdf[span.after :]


def zeroed(pdf: bytes) -> bytes:
    span = ranges.spans(pdf)[-1]
    return pdf[: span.gap + 1] + b"0" * (span.after - span.gap - 2) + pdf[span.after - 1 :]


ATTACKS: dict[str, Callable[[bytes], bytes]] = {
    "line appended": lambda pdf: pdf + b"\n",
    "comment appended": lambda pdf: pdf + b"% hello\n%%EOF\n",
    "file appended to itself": lambda pdf: pdf + pdf,
    "junk before the header": lambda pdf: b"\n" + pdf,
    "header changed": lambda pdf: pdf.replace(b"%PDF-1.7", b"%PDF-1.6", 1),
    "annotation": increment(add_note),
    "page replaced": increment(replace_page),
    "page rotated": increment(rotate),
    "title changed": increment(retitle),
    "script added": increment(open_action),
    "saved again": rewrite(lambda pdf: None),
    "signatures emptied": rewrite(empty_fields),
    "form removed": rewrite(drop_form),
    "page removed": rewrite(lambda pdf: pdf.pages.remove(p=1)),
    "padding bit": padding_bit,
    "hex in lower case": lower_case,
    "contents zeroed": zeroed,
    "name edited": lambda pdf: pdf.replace(b"(Amina Odhiambo)", b"(Amina Odhiamba)"),
    "reason edited": lambda pdf: pdf.replace(b"I agree to this", b"I object to him"),
    "subfilter changed": lambda pdf: pdf.replace(b"/ETSI.CAdES.detached", b"/adbe.pkcs7.detached"),
    "range renamed": lambda pdf: pdf.replace(b"/ByteRange", b"/ByteRangf"),
    "range of three": with_range(b"/ByteRange [0 10 20]"),
    "range of zeros": with_range(b"/ByteRange [0 0 0 0]"),
    "range negative": with_range(b"/ByteRange [0 -1 9 9]"),
    "range huge": with_range(b"/ByteRange [0 9 9 999999999]"),
    "range null": with_range(b"/ByteRange null"),
    "range shifted": shifted,
    "contents renamed": lambda pdf: pdf.replace(b"/Contents <", b"/Contentz <"),
    "end cut": lambda pdf: pdf[:-1],
    "half": lambda pdf: pdf[: len(pdf) // 2],
}


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
    "name", ["line appended", "annotation", "page replaced", "title changed", "padding bit"]
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
    """Return the (byte, bit) pairs to try: a seeded sample, or all of them in a soak run."""
    every = [(place, bit) for place in range(len(pdf)) for bit in range(8)]
    if SOAK:
        return every
    span = ranges.spans(pdf)[-1]
    inside = [(place, bit) for place, bit in every if span.gap <= place < span.after]
    chosen = random.Random(11)
    return chosen.sample(every, 150) + chosen.sample(inside, 150)


def test_no_flipped_bit_is_ever_unchanged(charters: Charters, known: Known) -> None:
    pdf = charters[1, 1]
    missed = []
    for place, bit in flips(pdf):
        flipped = bytearray(pdf)
        flipped[place] ^= 1 << bit
        if verify(bytes(flipped), known).verdict is Verdict.UNCHANGED:
            missed.append((place, bit))
    assert missed == []


@settings(
    max_examples=2000 if SOAK else 60,
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


# attacks by somebody who keeps the authority's key between two signatures


@pytest.mark.parametrize("change", [replace_page, rotate, add_note])
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


def test_encrypted_long_and_large_files_are_declined() -> None:
    locked, long = io.BytesIO(), io.BytesIO()
    with pikepdf.open(io.BytesIO(prepared(1))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pikepdf.new() as pdf:
        for _page in range(301):
            pdf.add_blank_page()
        pdf.save(long)
    assert codes(verify(locked.getvalue(), Known())) == {"encrypted"}
    assert codes(verify(long.getvalue(), Known())) == {"pages"}
    assert codes(verify(b"%PDF-1.7" + b" " * MOST_BYTES, Known())) == {"large"}
