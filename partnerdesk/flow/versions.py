"""Charter versions: frozen once, signed by each signatory in turn, closed for good."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import Enum
from typing import cast

from partnerdesk.errors import UserError
from partnerdesk.flow.clock import now
from partnerdesk.flow.values import found, number, text, texts
from partnerdesk.language import _, ngettext
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Json, Row
from partnerdesk.model.round import Method
from partnerdesk.store import Store, Undoing

CLOSING = b'"kind":"closing"'
"""What canonical JSON of a closing statement holds, and no text can: its quotes are escaped."""


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

    @property
    def erased(self) -> bool:
        """Return whether its text and its paper were erased from this file for safety."""
        return not self.signed_digest


def next_number(store: Store) -> int:
    """Return the number that the next frozen version gets."""
    return 1 + max((number(row, "number") for row in store.rows("charter_version")), default=0)


def versions(store: Store) -> tuple[Version, ...]:
    """Return all versions, oldest first."""
    return tuple(_version(store, row) for row in store.rows("charter_version", "number"))


def last_signed(store: Store) -> Version | None:
    """Return the last version of the charter that all have signed; a closing is none."""
    done = (one for one in reversed(versions(store)) if one.state is VersionState.SIGNED)
    there = (one for one in done if not one.erased)
    return next((one for one in there if not is_closing(store, one.id)), None)


def is_closing(store: Store, version_id: str) -> bool:
    """Return whether a version is not a charter, but the statement that ends one."""
    return CLOSING in charter_json(store, version_id)


def superseded_by(store: Store, version: Version) -> int:
    """Return the number of the signed version that took this one's place, or 0."""
    later = (one for one in versions(store) if one.number > version.number)
    return next((one.number for one in later if one.state is VersionState.SIGNED), 0)


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
    return _document(store, version_id, "signed_id")


def charter_json(store: Store, version_id: str) -> bytes:
    """Return the canonical JSON of a frozen version."""
    return _document(store, version_id, "charter_id")


def certificate_of(store: Store, version_id: str) -> bytes:
    """Return the certificate of a version's authority in DER, also once its key is destroyed."""
    row = found(store.row("charter_version", version_id), _("This version"))
    return bytes.fromhex(text(row, "certificate"))


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

    The signed PDF takes the place of the one before, which it begins with. Raises UserError
    where this version does not await the signatory, or the PDF does not continue the last one.
    """
    row = _signing(store, version_id)
    if signatory_id not in signatories_of(store, version_id):
        raise UserError(
            _("This person is not named in this version. Nothing was changed."), code="stranger"
        )
    if store.rows("signature", version_id=version_id, signatory_id=signatory_id):
        raise UserError(
            _("This person has signed this version. Nothing was changed."), code="twice"
        )
    last = text(row, "signed_id")
    if not signed_pdf.startswith(store.document(last)):
        raise UserError(
            _("Another signature came in between. Nothing was changed. Sign again."), code="order"
        )
    with store.transaction(_("Sign charter"), undoing=Undoing.BARRIER, origin=origin) as t:
        t.update("charter_version", version_id, signed_id=hashlib.sha256(signed_pdf).hexdigest())
        store.drop_document(last)
        store.put_document(signed_pdf, "charter.pdf")
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
    """Close a fully signed version and destroy its authority's key, so that nobody signs again.

    It is fully signed when all whom its frozen text names have signed, whoever signs the next.
    """
    row = _signing(store, version_id)
    signed = _signed(store, version_id)
    if not signed or set(signatories_of(store, version_id)) - signed:
        raise UserError(_("Some signatures are still awaited. Nothing was closed."), code="awaited")
    _end(store, row, VersionState.SIGNED, _("Close signing"), origin)


def abandon_version(store: Store, version_id: str, *, origin: object = None) -> None:
    """Stop the signing of a version and destroy its key; what was signed stays on record."""
    row = _signing(store, version_id)
    _end(store, row, VersionState.ABANDONED, _("Stop signing"), origin)


def signatories_of(store: Store, version_id: str) -> tuple[str, ...]:
    """Return the ids of the signatories whom a version's frozen text names, in signing order.

    None where that text was erased for safety.
    """
    row = found(store.row("charter_version", version_id), _("This version"))
    if not row["charter_id"]:
        return ()
    tree: Json = json.loads(charter_json(store, version_id))
    return tuple(text(block, "signatory") for block in _signature_blocks(tree))


def awaited_words(store: Store, version: Version) -> str:
    """Return how many signatures of a version are awaited, such as "1 of 3 signatures awaited"."""
    count = len(signatories_of(store, version.id))
    words = ngettext(
        "{left} of {all} signature awaited", "{left} of {all} signatures awaited", count
    )
    return words.format(left=count - len(version.signed), all=count)


def awaited_in_open_version(store: Store, signatory_id: str) -> bool:
    """Return whether a version is being signed that still awaits this signatory."""
    version = open_version(store)
    return version is not None and signatory_id in (
        set(signatories_of(store, version.id)) - _signed(store, version.id)
    )


def known_fingerprints(store: Store) -> frozenset[str]:
    """Return the fingerprints of all ceremonies that this file held."""
    return frozenset(text(row, "fingerprint") for row in store.rows("charter_version"))


def _document(store: Store, version_id: str, column: str) -> bytes:
    row = found(store.row("charter_version", version_id), _("This version"))
    if not row[column]:
        message = _(
            "Version {n} was erased from this file for safety. "
            "Whoever has the signed PDF can still check it."
        )
        raise UserError(message.format(n=row["number"]), code="erased")
    return store.document(text(row, column))


def _signed(store: Store, version_id: str) -> set[str]:
    rows = store.rows("signature", version_id=version_id)
    return {text(row, "signatory_id") for row in rows}


def _signature_blocks(tree: Json) -> list[Row]:
    """Return the signature blocks of a canonical charter: sections, then their blocks."""
    sections = cast(list[Row], cast(Row, tree).get("sections") or [])
    blocks = [one for section in sections for one in cast(list[Row], section["blocks"])]
    return [block for block in blocks if block.get("kind") == "signature"]


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
