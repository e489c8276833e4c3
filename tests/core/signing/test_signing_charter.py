"""The printed charter itself, signed in several scripts, stays archival and is believed."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import timedelta
from pathlib import Path

import page
import pytest

from partnerdesk.charter.canonical import digest
from partnerdesk.charter.render import render
from partnerdesk.charter.typeset.outlines import outlines
from partnerdesk.model.charter import (
    Charter,
    CharterStatus,
    Paragraph,
    PartyEntry,
    Seal,
    Section,
    SignatureBlock,
)
from partnerdesk.model.partnership import Authority as Standing
from partnerdesk.model.record import JournalHead
from partnerdesk.model.round import Method
from partnerdesk.signing import marks, words
from partnerdesk.signing.authority import Authority
from partnerdesk.signing.report import Known, Verdict
from partnerdesk.signing.sign import SignatureRequest, sign
from partnerdesk.signing.verify import verify
from tests.core.signing.ceremony import AT, NAMES


def block(number: int) -> SignatureBlock:
    """Return the place of the signatory with this number, counted from 1."""
    standing, method = (Standing.BINDS, "may bind the partner"), (Method.DRAWN, "drawn by hand")
    return SignatureBlock(
        number,
        f"s{number}",
        "ngo",
        "Maji Safi",
        NAMES[(number - 1) % len(NAMES)],
        "Director",
        *standing,
        *method,
    )


def charter(signatories: int) -> Charter:
    """Return a small charter with places for this many signatories."""
    return Charter(
        id="x1",
        title="Lake Basin Charter",
        purpose="Clean water",
        language="en",
        page="A4",
        version=1,
        status=CharterStatus.SIGNED,
        place="Mwanza",
        date="2026-11-24",
        parties=(PartyEntry("ngo", 0, "Maji Safi", "Maji"),),
        sections=(
            Section("C3", "Why together", (Paragraph("We share the lake. " * 60),)),
            Section("C20", "Signatures", tuple(block(n + 1) for n in range(signatories))),
        ),
        annexes=(),
        journal=JournalHead(1, "00" * 32, 1),
    )


def sealed(authority: Authority, signatories: int) -> tuple[bytes, str]:
    """Return the unsigned PDF and its fingerprint."""
    text = charter(signatories)
    mark = words.fingerprint(digest(text), authority.certificate)
    certificate = hashlib.sha256(authority.certificate).hexdigest()
    return render(text, Seal(digest(text), mark, words.words(mark), certificate)), mark


def signature(pdf: bytes, number: int, authority: Authority) -> bytes:
    """Return `pdf` signed by the signatory with this number."""
    name = NAMES[(number - 1) % len(NAMES)]
    request = SignatureRequest(
        field=f"Signature{number}",
        name=name,
        organisation="Maji Safi",
        role="Director",
        reason="Consents to this charter",
        location="Mwanza",
        mark=marks.TypedMark(name) if number == 2 else marks.generated_strokes(name),
        first=number == 1,
        when=AT + timedelta(minutes=number),
    )
    return sign(pdf, request, authority, outlines=outlines)


@pytest.fixture(scope="module")
def revisions(authority: Authority) -> tuple[list[bytes], str]:
    """The real charter with 0 to 4 of 4 signatures, and its fingerprint."""
    pdf, mark = sealed(authority, 4)
    made = [pdf]
    for number in range(1, 5):
        made.append(signature(made[-1], number, authority))
    return made, mark


def test_the_real_charter_is_unchanged_after_each_signature(
    revisions: tuple[list[bytes], str],
) -> None:
    made, mark = revisions
    for count, pdf in enumerate(made[1:], start=1):
        report = verify(pdf, Known(words=words.words(mark)))
        assert report.verdict is Verdict.UNCHANGED
        assert [signer.name for signer in report.signers] == list(NAMES[:count])
        assert report.awaited == 4 - count


def test_poppler_believes_all_four(revisions: tuple[list[bytes], str], tmp_path: Path) -> None:
    file = tmp_path / "charter.pdf"
    file.write_bytes(revisions[0][-1])
    said = subprocess.run(
        ["pdfsig", "-nocert", file], capture_output=True, text=True, check=True
    ).stdout
    assert said.count("Signature is Valid.") == 4
    assert said.rstrip().split("Signature #")[-1].count("Total document signed") == 1


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("count", [0, 1])
def test_one_signature_keeps_the_charter_archival_and_accessible(
    revisions: tuple[list[bytes], str], tmp_path: Path, profile: str, count: int
) -> None:
    file = tmp_path / "charter.pdf"
    file.write_bytes(revisions[0][count])
    assert "Checks: 0 failed" in str(page.validate_pdf(str(file), profile=profile))


def test_an_annotated_or_appended_real_charter_is_changed(
    revisions: tuple[list[bytes], str],
) -> None:
    made, mark = revisions
    assert verify(made[-1] + b"\n", Known(frozenset({mark}))).verdict is Verdict.CHANGED
