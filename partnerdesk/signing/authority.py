"""The ceremony authority: a key made for one charter version, which nobody keeps afterwards."""

from __future__ import annotations

import hashlib
import stringprep
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from partnerdesk.signing.own import ENDORSED, OwnCertificate

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    _PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey

DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36"  # RFC 9336
_NAME_LIMIT = 64  # X.520 upper bound of a name, which cryptography counts in bytes
_YEARS = timedelta(days=365 * 30)
_REFUSED = (
    stringprep.in_table_a1,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c8,
)
_SLACK = timedelta(hours=1)  # a clock put right during the session does no harm


@dataclass(frozen=True)
class Authority:
    """What certifies the signers of one charter version.

    `certificate` is DER and public: it is half of the fingerprint. `private_key` is PKCS#8 DER
    without a passphrase: keep it sealed, and drop it when the ceremony closes.
    """

    certificate: bytes
    private_key: bytes = field(repr=False)


@dataclass(frozen=True)
class OneTimeSigner:
    """A key for a single signature: certificate DER and PKCS#8 DER, to be dropped after use."""

    certificate: bytes
    private_key: bytes = field(repr=False)


def new_authority(title: str, at: datetime) -> Authority:
    """Return a fresh P-256 authority named after the charter `title`, valid from `at` (aware)."""
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(title, "PartnerDesk ceremony", "")
    builder = _builder(subject, subject, key.public_key(), key.public_key())
    builder = _valid(builder, at - _SLACK, at + _YEARS)
    certificate = _usage(builder, authority=True)
    return Authority(_signed(certificate, key), _pkcs8(key))


def one_time_signer(
    authority: Authority, name: str, organisation: str, role: str, at: datetime
) -> OneTimeSigner:
    """Return a new P-256 key that `authority` certifies for this person at `at` (aware).

    Names longer than 64 bytes are cut in the certificate; the signature has them in full.
    """
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    builder = _certified(authority, key.public_key(), (name, organisation, role), at)
    return OneTimeSigner(_signed(builder, _key_of(authority)), _pkcs8(key))


def endorsed_signer(
    authority: Authority, own: OwnCertificate, name: str, organisation: str, role: str, at: datetime
) -> OneTimeSigner:
    """Return the organisation's own key, which `authority` certifies for this person at `at`.

    The certificate carries the organisation's own one, so that the ceremony names it for good.
    """
    from cryptography import x509

    theirs = x509.load_der_x509_certificate(own.certificate).public_key()
    builder = _certified(authority, _signing_key(theirs), (name, organisation, role), at)
    carried = x509.UnrecognizedExtension(x509.ObjectIdentifier(ENDORSED), own.certificate)
    builder = builder.add_extension(carried, critical=False)
    return OneTimeSigner(_signed(builder, _key_of(authority)), own.private_key)


def _certified(
    authority: Authority, key: _PublicKey, who: tuple[str, str, str], at: datetime
) -> x509.CertificateBuilder:
    """Return what says that `key` signs documents for `who`: name, organisation, role."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    issuer = x509.load_der_x509_certificate(authority.certificate)
    issuer_key = _key_of(authority).public_key()
    builder = _builder(_name(*who), issuer.subject, key, issuer_key)
    builder = _valid(builder, at - _SLACK, issuer.not_valid_after_utc)
    usages = [x509.ObjectIdentifier(DOCUMENT_SIGNING), ExtendedKeyUsageOID.EMAIL_PROTECTION]
    return _usage(builder, authority=False).add_extension(x509.ExtendedKeyUsage(usages), False)


def _key_of(authority: Authority) -> ec.EllipticCurvePrivateKey:
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    key = load_der_private_key(authority.private_key, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("a ceremony authority has an elliptic curve key")
    return key


def _signing_key(key: object) -> _PublicKey:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        raise ValueError("an organisation signs with RSA or an elliptic curve")
    return key


def certified_name(text: str) -> str:
    """Return `text` as a certificate can carry it: one line of at most 64 bytes of UTF-8.

    A name that certificates cannot compare (RFC 4518), such as one in two directions, is
    carried as its digest; the signature has it in full.
    """
    whole = " ".join(text.split())
    line = whole.encode()[:_NAME_LIMIT].decode(errors="ignore").strip()
    if _comparable(line):
        return line
    return f"sha256:{hashlib.sha256(whole.encode()).hexdigest()[:48]}"


def _comparable(line: str) -> bool:
    """Return whether RFC 4518 lets two certificates compare this name."""
    prepared = unicodedata.normalize("NFKC", line)
    if any(refused(c) for c in prepared for refused in _REFUSED) or "\ufffd" in prepared:
        return False
    leftward = [stringprep.in_table_d1(c) for c in prepared]
    if not any(leftward):
        return True
    return leftward[0] and leftward[-1] and not any(map(stringprep.in_table_d2, prepared))


def _name(common: str, organisation: str, title: str) -> x509.Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    parts = (
        (NameOID.COMMON_NAME, common),
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.TITLE, title),
    )
    return x509.Name(
        [x509.NameAttribute(oid, certified_name(text)) for oid, text in parts if text.strip()]
    )


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: _PublicKey,
    issuer_key: ec.EllipticCurvePublicKey,
) -> x509.CertificateBuilder:
    from cryptography import x509

    issued_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(issued_by, critical=False)
    )


def _valid(
    builder: x509.CertificateBuilder, begins: datetime, ends: datetime
) -> x509.CertificateBuilder:
    return builder.not_valid_before(begins).not_valid_after(ends)


def _usage(builder: x509.CertificateBuilder, *, authority: bool) -> x509.CertificateBuilder:
    from cryptography import x509

    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    depth = x509.BasicConstraints(authority, 0 if authority else None)
    return builder.add_extension(depth, True).add_extension(usage, True)


def _signed(builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding

    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


def _pkcs8(key: ec.EllipticCurvePrivateKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
