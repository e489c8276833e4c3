"""Signatures are made one increment at a time, and other programs accept them."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from PIL import Image

from partnerdesk.errors import UserError
from partnerdesk.signing import marks
from partnerdesk.signing.authority import Authority, new_authority, one_time_signer
from partnerdesk.signing.sign import sign
from tests.core.signing.ceremony import AT, outlines, prepared, request, signed

Charters = dict[tuple[int, int], bytes]


def pdfsig(pdf: bytes, folder: Path) -> str:
    """Return what poppler says of the signatures."""
    file = folder / "charter.pdf"
    file.write_bytes(pdf)
    run = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=True)
    return run.stdout


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_poppler_finds_every_signature_valid_and_the_last_total(
    charters: Charters, count: int, tmp_path: Path
) -> None:
    said = pdfsig(charters[count, count], tmp_path)
    assert said.count("Signature is Valid.") == count
    assert said.count("Total document signed") == 1
    assert said.rstrip().split("Signature #")[-1].count("Total document signed") == 1


def test_each_signature_only_adds_bytes(authority: Authority) -> None:
    pdf = prepared(2)
    for place in range(2):
        longer = sign(pdf, request(place), authority, outlines=outlines)
        assert longer.startswith(pdf)
        pdf = longer


def test_the_file_stays_pdf_1_7_and_names_the_signer(charters: Charters) -> None:
    pdf = charters[1, 1]
    assert b"/Version" not in pdf
    assert pdf.startswith(b"%PDF-1.7")
    assert b"20261124093000Z" in pdf


def test_a_field_signed_already_is_refused(authority: Authority, charters: Charters) -> None:
    with pytest.raises(UserError, match="signed already"):
        sign(charters[1, 3], request(0), authority, outlines=outlines)


def test_a_field_that_is_not_there_is_refused(authority: Authority) -> None:
    with pytest.raises(UserError, match="not in this charter"):
        sign(prepared(1), request(3), authority, outlines=outlines)


def test_a_second_certification_is_refused(authority: Authority, charters: Charters) -> None:
    with pytest.raises(UserError, match="Nothing was changed"):
        sign(charters[1, 3], request(1, first=True), authority, outlines=outlines)


def test_a_signature_without_a_name_is_refused(authority: Authority) -> None:
    with pytest.raises(UserError, match="needs a name"):
        sign(prepared(1), request(0, name=" "), authority, outlines=outlines)


def test_the_key_of_an_authority_never_shows_in_its_repr(authority: Authority) -> None:
    signer = one_time_signer(authority, "A", "B", "C", AT)
    assert "private_key" not in repr(authority) + repr(signer)


def test_a_signer_is_certified_for_documents_by_this_authority_alone(authority: Authority) -> None:
    issuer = x509.load_der_x509_certificate(authority.certificate)
    other = new_authority("Lake Basin Charter, version 1", AT)
    signer = x509.load_der_x509_certificate(
        one_time_signer(authority, "Amina\nOdhiambo " * 9, "Lake", "", AT).certificate
    )
    signer.verify_directly_issued_by(issuer)
    with pytest.raises(InvalidSignature):
        signer.verify_directly_issued_by(x509.load_der_x509_certificate(other.certificate))
    usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert {oid.dotted_string for oid in usage} == {"1.3.6.1.5.5.7.3.36", "1.3.6.1.5.5.7.3.4"}
    assert len(signer.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value) <= 64


def test_openssl_accepts_the_signature_by_its_authority(
    authority: Authority, charters: Charters, tmp_path: Path
) -> None:
    pdf = charters[1, 1]
    gap = re.search(rb"/Contents <([0-9A-Fa-f]+)>", pdf)
    assert gap is not None
    (tmp_path / "sig.der").write_bytes(bytes.fromhex(gap[1].decode()))
    (tmp_path / "data").write_bytes(pdf[: gap.start(1) - 1] + pdf[gap.end(1) + 1 :])
    (tmp_path / "ca.der").write_bytes(authority.certificate)
    subprocess.run(
        ["openssl", "x509", "-inform", "DER", "-in", "ca.der", "-out", "ca.pem"],
        cwd=tmp_path,
        check=True,
    )
    command = "openssl cms -verify -binary -inform DER -in sig.der -content data -CAfile ca.pem"
    run = subprocess.run(
        [*command.split(), "-attime", str(int(AT.timestamp())), "-out", "out"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Verification successful" in run.stderr or "successful" in run.stdout


def png(width: int, height: int, mode: str = "RGB") -> bytes:
    """Return a picture with a secret in its metadata."""
    from PIL.PngImagePlugin import PngInfo

    note = PngInfo()
    note.add_text("Comment", "camera 4711")
    out = io.BytesIO()
    Image.new(mode, (width, height), "#884422" if mode == "RGB" else 90).save(
        out, "PNG", pnginfo=note
    )
    return out.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_picture_mark_is_signed_without_its_metadata(
    authority: Authority, mode: str, tmp_path: Path
) -> None:
    mark = marks.PictureMark(png(300, 100, mode))
    pdf = sign(prepared(1), request(0, mark=mark), authority, outlines=outlines)
    assert b"/Mark" in pdf
    assert b"camera" not in pdf
    assert (b"/DeviceGray" in pdf) == (mode == "L")
    assert "Signature is Valid." in pdfsig(pdf, tmp_path)


@pytest.mark.parametrize("data", [b"", b"GIF89a", png(4, 4)[:40], png(5000, 4001)])
def test_a_picture_that_is_too_large_or_damaged_is_refused(data: bytes) -> None:
    with pytest.raises(UserError, match="picture cannot be used"):
        marks.appearance(marks.PictureMark(data), 220, 80, (), outlines)


@pytest.mark.parametrize(
    "mark", [marks.DrawnMark(()), marks.DrawnMark(((),)), marks.TypedMark(" ")]
)
def test_an_empty_mark_is_refused(mark: marks.Mark) -> None:
    with pytest.raises(UserError, match="Nothing is"):
        marks.appearance(mark, 220, 80, (), outlines)


def test_ink_stays_inside_its_box() -> None:
    looks = marks.appearance(marks.generated_strokes("Amina"), 220, 80, ("Amina",), outlines)
    ink = looks.operators.split(b" RG 1 J")[1]
    points = re.findall(rb"([-\d.]+) ([-\d.]+) [ml]", ink)
    assert len(points) > 50
    assert all(0 < float(x) < 220 and 0 < float(y) < 80 for x, y in points)


def test_generated_strokes_depend_on_the_name_alone() -> None:
    assert marks.generated_strokes("Amina") == marks.generated_strokes("Amina")
    assert marks.generated_strokes("Amina") != marks.generated_strokes("Selam")


def test_one_tap_and_a_typed_name_are_marks(authority: Authority, tmp_path: Path) -> None:
    tap = request(0, mark=marks.DrawnMark((((3.0, 4.0),),)))
    pdf = sign(prepared(2), tap, authority, outlines=outlines)
    typed = request(1, mark=marks.TypedMark("Олена " * 20))
    pdf = sign(pdf, typed, authority, outlines=outlines)
    assert pdfsig(pdf, tmp_path).count("Signature is Valid.") == 2


def test_signing_leaves_no_private_key_in_the_file(authority: Authority) -> None:
    pdf = signed(authority, 1, 1)
    assert authority.private_key[-32:] not in pdf
    assert authority.private_key.hex().encode() not in pdf.lower()
