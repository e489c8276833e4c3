"""An organisation signs with its own certificate, and every unfit one is refused in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from partnerdesk.errors import UserError
from partnerdesk.signing.authority import Authority, endorsed_signer
from partnerdesk.signing.container import Container, endorsed, issued
from partnerdesk.signing.own import ENDORSED, OwnCertificate, certificate_from_p12
from partnerdesk.signing.report import Known, Verdict, told
from partnerdesk.signing.sign import sign
from partnerdesk.signing.verify import verify
from tests.core.signing.ceremony import AT, codes, outlines, prepared, request
from tests.core.signing.test_signing_sign import pdfsig

PASSPHRASE = "kisiwa cha maji"
P256 = ec.generate_private_key(ec.SECP256R1())
RSA = rsa.generate_private_key(65537, 2048)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def certificate(
    key: Key = P256,
    begins: datetime = AT - timedelta(days=30),
    ends: datetime = AT + timedelta(days=30),
    signing: bool = True,
) -> x509.Certificate:
    """Return a certificate that a public authority might have issued to an organisation."""
    subject = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Maji Safi Trust")])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "National Root")])
    usage = x509.KeyUsage(signing, False, not signing, *[False] * 6)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer)
    builder = builder.public_key(key.public_key()).serial_number(7)
    builder = builder.not_valid_before(begins).not_valid_after(ends).add_extension(usage, True)
    return builder.sign(P256, SHA256())


def p12(key: Key | None = P256, cert: x509.Certificate | None = None) -> bytes:
    """Return a PKCS#12 file under PASSPHRASE."""
    cert = cert or certificate(key or P256)
    return pkcs12.serialize_key_and_certificates(
        b"maji", key, cert, None, BestAvailableEncryption(PASSPHRASE.encode())
    )


def own(key: Key = P256) -> OwnCertificate:
    """Return a fit certificate."""
    return certificate_from_p12(p12(key), PASSPHRASE, AT)


@pytest.mark.parametrize(
    "key", [P256, RSA, ec.generate_private_key(ec.SECP384R1())], ids=["p256", "rsa", "p384"]
)
def test_a_charter_signed_with_an_own_certificate_is_unchanged_and_says_whose(
    authority: Authority, known: Known, key: Key, tmp_path: Path
) -> None:
    pdf = sign(prepared(2), request(0, own=own(key)), authority, outlines=outlines)
    pdf = sign(pdf, request(1), authority, outlines=outlines)
    report = verify(pdf, known)
    assert (report.verdict, report.findings) == (Verdict.UNCHANGED, ())
    assert [one.certificate for one in report.signers] == ["Maji Safi Trust (National Root)", ""]
    assert report.signers[0].name == "Amina Odhiambo"
    assert "its own certificate: Maji Safi Trust (National Root)" in told(report)
    assert pdfsig(pdf, tmp_path).count("Signature is Valid.") == 2


def test_the_fields_of_an_own_certificate_are_told_and_its_key_is_not() -> None:
    found = own()
    assert (found.subject, found.issuer) == ("Maji Safi Trust", "National Root")
    assert found.ends == AT + timedelta(days=30)
    assert "private_key" not in repr(found)


def test_neither_key_nor_passphrase_is_in_the_signed_file(authority: Authority) -> None:
    pdf = sign(prepared(1), request(0, own=own()), authority, outlines=outlines)
    number = P256.private_numbers().private_value.to_bytes(32, "big")
    for secret in (number, PASSPHRASE.encode(), number.hex().encode()):
        assert secret not in pdf
        assert secret.hex().encode() not in pdf.lower()


@pytest.mark.parametrize(
    ("data", "passphrase", "words"),
    [
        (b"no certificate", PASSPHRASE, "no certificate file"),
        (b"", "", "no certificate file"),
        (p12(), "wrong", "passphrase does not open"),
        (p12(), "", "passphrase does not open"),
        (p12()[:-40], PASSPHRASE, "no certificate file"),
        (p12(None), PASSPHRASE, "no private key"),
        (p12(cert=certificate(ends=AT - timedelta(days=1))), PASSPHRASE, "expired on 2026-11-23"),
        (
            p12(cert=certificate(begins=AT + timedelta(days=2))),
            PASSPHRASE,
            "only from 2026-11-26",
        ),
        (p12(cert=certificate(signing=False)), PASSPHRASE, "not made for signing"),
        (p12(rsa.generate_private_key(65537, 1024)), PASSPHRASE, "too weak or too rare"),
    ],
    ids=["junk", "empty", "wrong", "none", "cut", "keyless", "expired", "early", "usage", "weak"],
)
def test_an_unfit_file_is_refused_in_words(data: bytes, passphrase: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as refused:
        certificate_from_p12(data, passphrase, AT)
    assert len(refused.value.message.split()) <= 35
    assert PASSPHRASE not in str(refused.value)


def test_a_key_beside_the_certificate_of_another_is_refused() -> None:
    stranger = pkcs12.PKCS12Certificate(certificate(RSA), None)
    data = pkcs12.serialize_java_truststore(
        [stranger], BestAvailableEncryption(PASSPHRASE.encode())
    )
    with pytest.raises(UserError, match="no private key"):
        certificate_from_p12(data, PASSPHRASE, AT)
    lone = pkcs12.serialize_key_and_certificates(
        b"", P256, None, [certificate(RSA)], BestAvailableEncryption(PASSPHRASE.encode())
    )
    with pytest.raises(UserError, match="fits no certificate"):
        certificate_from_p12(lone, PASSPHRASE, AT)


def test_a_rare_kind_of_key_is_refused() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Rare")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(key.public_key()).serial_number(9)
    builder = builder.not_valid_before(AT - timedelta(1)).not_valid_after(AT + timedelta(1))
    data = pkcs12.serialize_key_and_certificates(
        b"", key, builder.sign(key, None), None, BestAvailableEncryption(PASSPHRASE.encode())
    )
    with pytest.raises(UserError, match="too rare"):
        certificate_from_p12(data, PASSPHRASE, AT)


def test_a_file_without_a_passphrase_opens_without_one() -> None:
    data = pkcs12.serialize_key_and_certificates(b"", P256, certificate(), None, NoEncryption())
    assert certificate_from_p12(data, "", AT).subject == "Maji Safi Trust"


def test_nobody_can_claim_a_certificate_whose_key_they_lack(
    authority: Authority, known: Known
) -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    theirs = certificate(other).public_bytes(Encoding.DER)
    mine = P256.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    borrowed = OwnCertificate(theirs, mine, "Maji Safi Trust", "National Root", AT)
    pdf = sign(prepared(1), request(0, own=borrowed), authority, outlines=outlines)
    assert codes(verify(pdf, known)) == {"seal"}
    assert verify(pdf, known).verdict is Verdict.CANNOT_TELL
    signer = endorsed_signer(authority, own(), "A", "B", "C", AT).certificate
    assert issued(Container(signer, authority.certificate))
    forged = _carrying(authority, theirs)
    assert not issued(Container(forged, authority.certificate))
    with pytest.raises(ValueError, match="another key"):
        endorsed(Container(forged, authority.certificate))


def _carrying(authority: Authority, theirs: bytes) -> bytes:
    """Return a signer's certificate for P256 that claims the certificate `theirs`."""
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    issuer = x509.load_der_x509_certificate(authority.certificate)
    key = load_der_private_key(authority.private_key, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    claim = x509.UnrecognizedExtension(x509.ObjectIdentifier(ENDORSED), theirs)
    builder = x509.CertificateBuilder().subject_name(issuer.subject).issuer_name(issuer.subject)
    builder = builder.public_key(P256.public_key()).serial_number(8).add_extension(claim, False)
    builder = builder.add_extension(x509.BasicConstraints(False, None), True)
    builder = builder.not_valid_before(AT - timedelta(1)).not_valid_after(AT + timedelta(1))
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


def test_an_own_certificate_that_was_out_of_date_is_told(
    authority: Authority, known: Known
) -> None:
    late = request(0, own=own(), when=AT + timedelta(days=90))
    report = verify(sign(prepared(1), late, authority, outlines=outlines), known)
    assert codes(report) == {"own-dates"}
    assert report.verdict is Verdict.UNCHANGED
