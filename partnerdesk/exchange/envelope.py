"""An envelope under a passphrase: what is inside can neither be read nor changed without it."""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from dataclasses import dataclass

from partnerdesk.errors import UserError
from partnerdesk.language import _
from partnerdesk.store import check_passphrase
from partnerdesk.store.cipher import key_of

MAGIC = b"PDSEALED"
VERSION = 1
_HEAD = struct.Struct(">8s4B16s12sQ")
_DIGEST = hashlib.sha256().digest_size
_TAG = 16
OVERHEAD = _HEAD.size + 2 * _DIGEST + _TAG
"""How many bytes an envelope is longer than what is inside."""


class Cut(ValueError):
    """The end of an envelope is missing."""


class Broken(ValueError):
    """An envelope is none that PartnerDesk makes, or was damaged; `args[0]` says how."""


@dataclass(frozen=True)
class Cost:
    """What a guess costs, in scrypt's terms: 2 ** `log_n` times `r` times 128 bytes, `p` times."""

    log_n: int = 16
    r: int = 8
    p: int = 2

    @property
    def bounded(self) -> bool:
        """Return whether deriving takes at most 64 MB and about a second."""
        return 14 <= self.log_n <= 16 and self.r == 8 and 1 <= self.p <= 4


USUAL = Cost()


def is_sealed(data: bytes) -> bool:
    """Return whether `data` is an envelope, by its first bytes."""
    return data.startswith(MAGIC)


def seal(data: bytes, passphrase: str, cost: Cost = USUAL) -> bytes:
    """Return `data` in an envelope that `passphrase` opens; raises UserError "weak-passphrase".

    The key is scrypt's, the cipher ChaCha20-Poly1305, which also vouches for the header.
    """
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    check_passphrase(passphrase)
    salt, nonce = os.urandom(16), os.urandom(12)
    head = _HEAD.pack(MAGIC, VERSION, cost.log_n, cost.r, cost.p, salt, nonce, len(data))
    key, check = _derived(passphrase, salt, cost)
    front = head + _check(check, head)
    body = ChaCha20Poly1305(key).encrypt(nonce, data, front)
    return front + hashlib.sha256(front + body).digest() + body


def opened(data: bytes, passphrase: str | None) -> bytes:
    """Return what is inside an envelope.

    Damage is found before the passphrase is asked for: raises Cut or Broken. Then UserError
    "passphrase-needed" for None, "wrong-passphrase" for another one.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    head, cost = _read_head(data)
    _magic, _version, _log_n, _r, _p, salt, nonce, size = head
    if len(data) < size + OVERHEAD:
        raise Cut("end")
    front = data[: _HEAD.size + _DIGEST]
    said, body = data[len(front) : len(front) + _DIGEST], data[len(front) + _DIGEST :]
    if len(data) > size + OVERHEAD or not _is(said, hashlib.sha256(front + body).digest()):
        raise Broken("digest")
    if passphrase is None:
        raise _needed()
    key, check = _derived(passphrase, salt, cost)
    if not _is(front[_HEAD.size :], _check(check, front[: _HEAD.size])):
        raise _wrong()
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, body, front)
    except InvalidTag as error:
        raise Broken("tag") from error


def _read_head(data: bytes) -> tuple[tuple[bytes, int, int, int, int, bytes, bytes, int], Cost]:
    """Return the fields of the header and its cost, within bounds before anything is derived."""
    if not is_sealed(data):
        raise Broken("magic")
    if len(data) < _HEAD.size:
        raise Cut("header")
    head = _HEAD.unpack_from(data)
    cost = Cost(*head[2:5])
    if head[1] != VERSION or not cost.bounded:
        raise Broken("header")
    return head, cost


def _derived(passphrase: str, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    """Return the key of the cipher, and another that tells whether the passphrase fits."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    key = key_of(passphrase)
    assert key is not None
    kdf = Scrypt(salt=salt, length=64, n=2**cost.log_n, r=cost.r, p=cost.p)
    made = kdf.derive(key.text.encode("utf-8", "replace"))
    return made[:32], made[32:]


def _check(key: bytes, head: bytes) -> bytes:
    return hmac.digest(key, head, "sha256")


def _is(one: bytes, other: bytes) -> bool:
    return hmac.compare_digest(one, other)


def _needed() -> UserError:
    message = _("This bundle is locked. Nothing was read. Type the passphrase that came with it.")
    return UserError(message, code="passphrase-needed")


def _wrong() -> UserError:
    message = _(
        "This passphrase does not open the bundle. Nothing was changed. "
        "Look at each word, or ask the sender."
    )
    return UserError(message, code="wrong-passphrase")
