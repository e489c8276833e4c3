"""Charter versions: frozen once, signed by each signatory in turn, closed for good."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from partnerdesk.errors import UserError
from partnerdesk.flow.clock import now
from partnerdesk.flow.values import found, number, text, texts
from partnerdesk.language import _
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Row
from partnerdesk.model.round import Method
from partnerdesk.store import Store, Undoing


class VersionState(Enum):
    """Where a version of the charter stands."""

    SIGNING = "signing"
    SIGNED = "signed"
    ABANDONED = "abandoned"


@dataclass(frozen=True)
class Frozen:
    """What is fixed when a version is frozen: its text, its paper, and who could sign it.

    `charter_json` is canonical; `certificate` and `key` are DER (the key is PKCS#8).
    """

    charter_json: bytes
    charter_digest: str
    unsigned_pdf: bytes
    certificate: bytes
    key: bytes
    fingerprint: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Version:
    """One version of the charter as the file records it; `signed` is how many have signed."""

    id: str
    number: int
    state: VersionState
    charter_digest: str
    fingerprint: str
    words: tuple[str, ...]
    frozen_at: str
    closed_at: str
    signed: tuple[str, ...]
    signed_digest: str


def next_number(store: Store) -> int:
    """Return the number that the next frozen version gets."""
    return 1 + max((number(row, "number") for row in store.rows("charter_version")), default=0)


def versions(store: Store) -> tuple[Version, ...]:
    """Return all versions, oldest first."""
    return tuple(_version(store, row) for row in store.rows("charter_version", "number"))


def open_version(store: Store) -> Version | None:
    """Return the version whose signing is under way, or None."""
    return next((v for v in versions(store) if v.state is VersionState.SIGNING), None)


def freeze_version(store: Store, frozen: Frozen, *, origin: object = None) -> str:
    """Keep a frozen version with its authority's key and return its id; it cannot be undone."""
    if open_version(store) is not None:
        raise UserError(
            _("A version is being signed. Finish or stop its signing first."), code="open"
        )
    version_id, key_id, head = new_id(), new_id(), store.head()
    with store.transaction(_("Freeze charter"), undoing=Undoing.BARRIER, origin=origin) as t:
        store.put_secret(key_id, frozen.key)
        unsigned = store.put_document(frozen.unsigned_pdf, "unsigned.pdf")
        t.insert(
            "charter_version",
            {
                "id": version_id,
                "number": next_number(store),
                "state": VersionState.SIGNING.value,
                "charter_id": store.put_document(frozen.charter_json, "charter.json"),
                "unsigned_id": unsigned,
                "signed_id": unsigned,
                "charter_digest": frozen.charter_digest,
                "certificate": frozen.certificate.hex(),
                "fingerprint": frozen.fingerprint,
                "words": list(frozen.words),
                "key_id": key_id,
                "frozen_at": now(),
                "closed_at": "",
                "journal_head": head.hash,
                "journal_count": head.count,
            },
        )
    return version_id


def charter_pdf(store: Store, version_id: str) -> bytes:
    """Return the PDF of a version with all signatures so far."""
    row = found(store.row("charter_version", version_id), _("This version"))
    return store.document(text(row, "signed_id"))


def charter_json(store: Store, version_id: str) -> bytes:
    """Return the canonical JSON of a frozen version."""
    row = found(store.row("charter_version", version_id), _("This version"))
    return store.document(text(row, "charter_id"))


def authority_of(store: Store, version_id: str) -> tuple[bytes, bytes]:
    """Return (certificate, key) in DER; raises UserError once the key is destroyed."""
    row = _signing(store, version_id)
    key = store.secret(text(row, "key_id"))
    if key is None:
        raise UserError(
            _("The key of this version is destroyed, so nobody can sign it. Freeze a new one."),
            code="closed",
        )
    return bytes.fromhex(text(row, "certificate")), key


def record_signature(
    store: Store,
    version_id: str,
    signatory_id: str,
    signed_pdf: bytes,
    method: Method,
    *,
    origin: object = None,
) -> None:
    """Keep a signatory's signature: the PDF with one more increment; it cannot be undone.

    Raises UserError where this signatory has signed, or the PDF does not continue the last one.
    """
    row = _signing(store, version_id)
    if store.rows("signature", version_id=version_id, signatory_id=signatory_id):
        raise UserError(
            _("This person has signed this version. Nothing was changed."), code="twice"
        )
    if not signed_pdf.startswith(store.document(text(row, "signed_id"))):
        raise UserError(
            _("Another signature came in between. Nothing was changed. Sign again."), code="order"
        )
    with store.transaction(_("Sign charter"), undoing=Undoing.BARRIER, origin=origin) as t:
        t.update(
            "charter_version", version_id, signed_id=store.put_document(signed_pdf, "charter.pdf")
        )
        t.insert(
            "signature",
            {
                "id": new_id(),
                "version_id": version_id,
                "signatory_id": signatory_id,
                "method": method.value,
                "signed_at": now(),
                "certificate_digest": "",
                "note": "",
            },
        )


def close_version(store: Store, version_id: str, *, origin: object = None) -> None:
    """Close a fully signed version and destroy its authority's key, so that nobody signs again."""
    row = _signing(store, version_id)
    signed = {r["signatory_id"] for r in store.rows("signature", version_id=version_id)}
    if not signed or signed < {r["id"] for r in store.rows("signatory")}:
        raise UserError(_("Some signatures are still awaited. Nothing was closed."), code="awaited")
    _end(store, row, VersionState.SIGNED, _("Close signing"), origin)


def abandon_version(store: Store, version_id: str, *, origin: object = None) -> None:
    """Stop the signing of a version and destroy its key; what was signed stays on record."""
    row = _signing(store, version_id)
    _end(store, row, VersionState.ABANDONED, _("Stop signing"), origin)


def known_fingerprints(store: Store) -> frozenset[str]:
    """Return the fingerprints of all ceremonies that this file held."""
    return frozenset(text(row, "fingerprint") for row in store.rows("charter_version"))


def _end(store: Store, row: Row, state: VersionState, title: str, origin: object) -> None:
    with store.transaction(title, undoing=Undoing.BARRIER, origin=origin) as t:
        t.update("charter_version", text(row, "id"), state=state.value, closed_at=now())
        store.destroy_secret(text(row, "key_id"))


def _signing(store: Store, version_id: str) -> Row:
    row = found(store.row("charter_version", version_id), _("This version"))
    if row["state"] != VersionState.SIGNING.value:
        raise UserError(
            _("The signing of this version is over. Freeze a new version to change anything."),
            code="closed",
        )
    return row


def _version(store: Store, row: Row) -> Version:
    signatures = store.rows("signature", "signed_at", version_id=row["id"])
    return Version(
        id=text(row, "id"),
        number=number(row, "number"),
        state=VersionState(row["state"]),
        charter_digest=text(row, "charter_digest"),
        fingerprint=text(row, "fingerprint"),
        words=texts(row, "words"),
        frozen_at=text(row, "frozen_at"),
        closed_at=text(row, "closed_at"),
        signed=tuple(text(one, "signatory_id") for one in signatures),
        signed_digest=text(row, "signed_id"),
    )
