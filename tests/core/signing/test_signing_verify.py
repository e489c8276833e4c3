"""Honest charters are believed, and told with all that supports the verdict."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pikepdf
import pytest

from partnerdesk.errors import UserError
from partnerdesk.signing import words
from partnerdesk.signing.authority import Authority
from partnerdesk.signing.report import Known, Verdict, from_json, to_json, told
from partnerdesk.signing.sign import sign
from partnerdesk.signing.verify import MOST_BYTES, verify
from tests.core.signing.ceremony import AT, NAMES, codes, outlines, prepared, request, signed

Charters = dict[tuple[int, int], bytes]


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


def test_a_name_cannot_steer_the_screen(authority: Authority, known: Known) -> None:
    wish = request(0, name="Amina\x1b[2J\u202egnorw \u200cक\u200d", reason="a\nb" + "x" * 900)
    report = verify(sign(prepared(1), wish, authority, outlines=outlines), known)
    assert report.signers[0].name == "Amina\ufffd[2J\ufffdgnorw \u200cक\u200d"
    assert report.signers[0].reason.startswith("a\ufffdbx")
    assert len(report.signers[0].reason) == 300


def test_a_french_charter_shows_french_words_and_takes_those_of_any_language(
    authority: Authority,
) -> None:
    text = b'{"language":"fr","title":"Charte du lac"}'
    pdf = sign(prepared(1, text), request(0), authority, outlines=outlines)
    value = words.fingerprint(hashlib.sha256(text).hexdigest(), authority.certificate)
    assert verify(pdf, Known()).words == words.words(value, "fr")
    for language in words.LANGUAGES:
        typed = Known(words=words.words(value, language))
        assert verify(pdf, typed).verdict is Verdict.UNCHANGED


@pytest.mark.parametrize("data", [b"[]", b"nothing", b'{"language":7}', b"[" * 9000])
def test_odd_charter_data_show_english_words(authority: Authority, data: bytes) -> None:
    pdf = sign(prepared(1, data), request(0), authority, outlines=outlines)
    report = verify(pdf, Known())
    assert report.words == words.words(report.fingerprint)
    assert codes(report) == {"unknown"}
