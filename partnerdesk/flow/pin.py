"""The ceremony's key under a PIN, while a signature is awaited on another day."""

from __future__ import annotations

import hashlib
import os

from partnerdesk.errors import UserError
from partnerdesk.flow.values import found, text
from partnerdesk.flow.versions import VersionState
from partnerdesk.language import _
from partnerdesk.model.ids import new_id
from partnerdesk.store import Store, Undoing

LEAST = 6
_LOCKED = b"\1"  # a key in clear is a DER sequence, which begins with 0x30
_DOMAIN = b"partnerdesk/ceremony/1\0"
_COST = 2**16  # 64 MiB and about 0.2 s: a PIN is short, so that each guess must cost
_MEMORY = 2**27


def check_pin(pin: str) -> None:
    """Raise UserError for a PIN of under six characters."""
    if len(pin.strip()) < LEAST:
        words = _("A PIN has at least six characters. Nothing was locked. Type a longer one.")
        raise UserError(words, code="weak-pin")


def locked(key: bytes, pin: str) -> bytes:
    """Return `key` under `pin`, as the file keeps it; takes 0.2 s."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(_stretched(pin, salt)).encrypt(nonce, key, _DOMAIN)
    return _LOCKED + salt + nonce + sealed


def unlocked(kept: bytes, pin: str) -> bytes:
    """Return the key in clear; raises UserError where it is another PIN. Takes 0.2 s."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce, sealed = kept[1:17], kept[17:29], kept[29:]
    try:
        return AESGCM(_stretched(pin, salt)).decrypt(nonce, sealed, _DOMAIN)
    except InvalidTag as error:
        words = _("This PIN does not open the signing. Nothing was changed. Type it again.")
        raise UserError(words, code="pin") from error


def kept_key(store: Store, version_id: str) -> bytes:
    """Return the key of a version as the file keeps it, or b"" once it is destroyed."""
    row = found(store.row("charter_version", version_id), _("This version"))
    return store.secret(text(row, "key_id")) or b""


def waits_under_pin(store: Store, version_id: str) -> bool:
    """Return whether the signing of a version waits under its PIN."""
    return kept_key(store, version_id)[:1] == _LOCKED


def lock_signing(store: Store, version_id: str, key: bytes, *, origin: object = None) -> None:
    """Keep only the `locked` key of an open version; the one in clear is overwritten for good."""
    row = found(store.row("charter_version", version_id), _("This version"))
    if row["state"] != VersionState.SIGNING.value or waits_under_pin(store, version_id):
        raise UserError(_("There is nothing to lock here. Nothing was changed."), code="closed")
    key_id = new_id()
    with store.transaction(
        _("Lock signing with a PIN"), undoing=Undoing.BARRIER, origin=origin
    ) as t:
        store.put_secret(key_id, key)
        t.update("charter_version", version_id, key_id=key_id)
        store.destroy_secret(text(row, "key_id"))


def _stretched(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        pin.strip().encode(), salt=salt, n=_COST, r=8, p=1, maxmem=_MEMORY, dklen=32
    )
