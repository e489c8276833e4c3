"""The signature's own container (CMS), accepted only in the one form that PartnerDesk writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerdesk.signing.own import ENDORSED

if TYPE_CHECKING:
    from cryptography import x509


@dataclass(frozen=True)
class Container:
    """Who signed: the signer's certificate and that of the authority, both DER."""

    signer: bytes
    authority: bytes


def opened(der: bytes) -> Container:
    """Return the certificates in `der`; ValueError unless re-encoding gives the same bytes.

    Accepted is: SHA-256, ECDSA or (with an organisation's own key) RSA, one signer, two
    certificates, nothing unsigned.
    """
    from asn1crypto import cms

    content = cms.ContentInfo.load(der, strict=True)["content"]
    (info,) = content["signer_infos"]
    certificates = [choice.chosen for choice in content["certificates"]]
    serial = info["sid"].chosen["serial_number"].native
    (signer,) = (one for one in certificates if one.serial_number == serial)
    (authority,) = (one for one in certificates if one.serial_number != serial)
    if _written(info, certificates, signer) != der:
        raise ValueError("the container holds something else")
    return Container(signer.dump(), authority.dump())


def issued(container: Container) -> bool:
    """Tell whether the authority is self-signed, may certify, and certified this signer."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    authority = x509.load_der_x509_certificate(container.authority)
    signer = x509.load_der_x509_certificate(container.signer)
    try:
        authority.verify_directly_issued_by(authority)
        signer.verify_directly_issued_by(authority)
        endorsed(container)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return _is_authority(authority) and not _is_authority(signer)


def endorsed(container: Container) -> x509.Certificate | None:
    """Return the organisation's own certificate, which the authority put into the signer's.

    None where the signer had a one-time key; ValueError where the key is not the same.
    """
    from cryptography import x509

    signer = x509.load_der_x509_certificate(container.signer)
    oid = x509.ObjectIdentifier(ENDORSED)
    try:
        carried = signer.extensions.get_extension_for_oid(oid).value
    except x509.ExtensionNotFound:
        return None
    own = x509.load_der_x509_certificate(carried.public_bytes())
    if own.public_key() != signer.public_key():
        raise ValueError("the organisation's certificate has another key")
    return own


def _is_authority(certificate: x509.Certificate) -> bool:
    from cryptography import x509

    basics = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    return basics.value.ca


def _written(info: Any, certificates: list[Any], signer: Any) -> bytes:
    """Return the container that PartnerDesk would have written from these parts."""
    from asn1crypto import cms

    sha256 = {"algorithm": "sha256"}
    sealing = "sha256_rsa" if signer.public_key.algorithm == "rsa" else "sha256_ecdsa"
    sid = {"issuer": signer.issuer, "serial_number": signer.serial_number}
    signer_info = {
        "version": "v1",
        "sid": cms.SignerIdentifier("issuer_and_serial_number", cms.IssuerAndSerialNumber(sid)),
        "digest_algorithm": cms.DigestAlgorithm(sha256),
        "signed_attrs": cms.CMSAttributes.load(info["signed_attrs"].untag().dump(force=True)),
        "signature_algorithm": cms.SignedDigestAlgorithm({"algorithm": sealing}),
        "signature": info["signature"].native,
    }
    signed_data = {
        "version": "v1",
        "digest_algorithms": cms.DigestAlgorithms((cms.DigestAlgorithm(sha256),)),
        "encap_content_info": cms.ContentInfo({"content_type": "data"}),
        "certificates": [
            cms.CertificateChoices("certificate", certificate) for certificate in certificates
        ],
        "signer_infos": [cms.SignerInfo(signer_info)],
    }
    content = cms.SignedData(signed_data)
    written: bytes = cms.ContentInfo({"content_type": "signed_data", "content": content}).dump()
    return written
