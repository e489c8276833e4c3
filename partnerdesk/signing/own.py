"""An organisation's own certificate: opened from a PKCS#12 file for one signature, never kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from partnerdesk.errors import UserError
from partnerdesk.language import _

if TYPE_CHECKING:
    from cryptography import x509

ENDORSED = "2.25.148325094316203978452170263904815537129"
"""Extension of a signer's certificate that carries the organisation's own certificate (DER)."""

MOST_BYTES = 200_000
_LEAST_RSA = 2048  # bits
_CURVES = ("secp256r1", "secp384r1", "secp521r1")


@dataclass(frozen=True)
class OwnCertificate:
    """An organisation's certificate (DER) and its key (PKCS#8 DER), to be dropped after use.

    `subject` and `issuer` are how the certificate names them; `ends` is aware.
    """

    certificate: bytes
    private_key: bytes = field(repr=False)
    subject: str
    issuer: str
    ends: datetime


def certificate_from_p12(data: bytes, passphrase: str, at: datetime) -> OwnCertificate:
    """Return the certificate and key in a PKCS#12 file (.p12, .pfx), fit to sign `at` (aware).

    Raises UserError where it is no such file, the passphrase does not open it, it has no key
    or the key of another certificate, it has expired or begins later, or may not sign.
    """
    from cryptography import x509

    certificate, key = _opened(data, passphrase)
    loaded = x509.load_der_x509_certificate(certificate)
    why = _unfit(loaded, at)
    if why:
        raise UserError(why, code="own-certificate")
    return OwnCertificate(
        certificate,
        key,
        named(loaded.subject),
        named(loaded.issuer),
        loaded.not_valid_after_utc,
    )


def named(name: x509.Name) -> str:
    """Return how a certificate names somebody: the organisation, else the common name."""
    from cryptography.x509.oid import NameOID

    for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        for part in name.get_attributes_for_oid(oid):
            if str(part.value).strip():
                return str(part.value).strip()
    return name.rfc4514_string()


def _opened(data: bytes, passphrase: str) -> tuple[bytes, bytes]:
    """Return certificate and key in DER."""
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        pkcs12,
    )

    if not _is_p12(data):
        raise _problem(
            _("This is no certificate file. Please choose a file ending in .p12 or .pfx.")
        )
    try:
        found = pkcs12.load_pkcs12(data, passphrase.encode() or None)
    except Exception as problem:  # a wrong passphrase shows in many ways, and all mean the same
        raise _problem(
            _("The passphrase does not open this certificate. Nothing was signed. Type it again.")
        ) from problem
    if found.key is None:
        raise _problem(
            _("This file has no private key, so it cannot sign. Ask for a file with the key.")
        )
    if found.cert is None:
        raise _problem(
            _("The key in this file fits no certificate in it. Ask its issuer for a new file.")
        )
    key = found.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return found.cert.certificate.public_bytes(Encoding.DER), key


def _is_p12(data: bytes) -> bool:
    from asn1crypto import pkcs12

    try:
        return len(data) <= MOST_BYTES and pkcs12.Pfx.load(data)["version"].native == "v3"
    except Exception:  # whatever cannot be read as one is none
        return False


def _unfit(certificate: x509.Certificate, at: datetime) -> str:
    """Return why this certificate cannot sign now, or ''."""
    day = "%Y-%m-%d"
    if at > certificate.not_valid_after_utc:
        words = _("This certificate expired on {day}. Nothing was signed. Ask for a new one.")
        return words.format(day=certificate.not_valid_after_utc.strftime(day))
    if at < certificate.not_valid_before_utc:
        words = _("This certificate is valid only from {day}. Check this laptop's clock, or wait.")
        return words.format(day=certificate.not_valid_before_utc.strftime(day))
    if not _may_sign(certificate):
        return _("This certificate is not made for signing. Ask for one that may sign documents.")
    if not _fit_key(certificate):
        return _("The key of this certificate is too weak or too rare. Ask for RSA or P-256.")
    return ""


def _may_sign(certificate: x509.Certificate) -> bool:
    from cryptography import x509

    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _fit_key(certificate: x509.Certificate) -> bool:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= _LEAST_RSA
    return isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES


def _problem(words: str) -> UserError:
    return UserError(words, code="own-certificate")
