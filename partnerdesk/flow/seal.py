"""Seals private answers: encrypted under the round's key, committed to, and alike in size."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.errors import EnvironmentProblem, UserError
from partnerdesk.language import _
from partnerdesk.model.json import Json
from partnerdesk.model.round import Answer

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 16
DOMAIN = b"partnerdesk/answer/1\0"


@dataclass(frozen=True)
class Sealed:
    """One sealed answer: base64 text, and the commitment that goes into the journal."""

    text: str
    commitment: str


@dataclass(frozen=True)
class Opened:
    """One opened answer: what was said (None for a pass), and the nonce that proves it."""

    answer: Answer | None
    nonce: str


def new_key() -> bytes:
    """Return a fresh 256-bit key for one round."""
    return os.urandom(KEY_BYTES)


def wrap(key: bytes, pin: str) -> bytes:
    """Return `key` as it is kept in the file: under the facilitator's PIN where there is one."""
    if not pin:
        return b"\0" + key
    salt, nonce = os.urandom(16), os.urandom(12)
    return b"\1" + salt + nonce + _cipher(_stretched(pin, salt)).encrypt(nonce, key, DOMAIN)


def unwrap(kept: bytes, pin: str) -> bytes:
    """Return the round's key; raises UserError where the PIN is wrong."""
    if kept[:1] == b"\0":
        return kept[1:]
    from cryptography.exceptions import InvalidTag

    salt, nonce, body = kept[1:17], kept[17:29], kept[29:]
    try:
        return _cipher(_stretched(pin, salt)).decrypt(nonce, body, DOMAIN)
    except InvalidTag as error:
        message = _("This is not the facilitator's PIN. The answers stay sealed. Try again.")
        raise UserError(message, code="pin") from error


def seal(key: bytes, round_id: str, respondent: str, answer: Answer | None, size: int) -> Sealed:
    """Seal an answer, or a pass, padded to a multiple of `size` bytes so that all look alike."""
    secret = os.urandom(NONCE_BYTES)
    body = _canonical({"answer": None if answer is None else dict(answer), "nonce": secret.hex()})
    padded = body + b" " * (-len(body) % size)
    nonce = os.urandom(12)
    place = _place(round_id, respondent)
    sealed = nonce + _cipher(key).encrypt(nonce, padded, place)
    return Sealed(base64.b64encode(sealed).decode("ascii"), commit(place, secret, answer))


def unseal(key: bytes, round_id: str, respondent: str, sealed: str, commitment: str) -> Opened:
    """Open one answer; raises EnvironmentProblem where it is not what was committed to."""
    from cryptography.exceptions import InvalidTag

    place = _place(round_id, respondent)
    try:
        raw = base64.b64decode(sealed, validate=True)
        opened = json.loads(_cipher(key).decrypt(raw[:12], raw[12:], place))
        answer, secret = opened["answer"], bytes.fromhex(opened["nonce"])
    except (InvalidTag, ValueError, KeyError, TypeError) as error:
        raise _altered() from error
    if commit(place, secret, answer) != commitment:
        raise _altered()
    return Opened(answer, secret.hex())


def commit(place: bytes, secret: bytes, answer: Answer | None) -> str:
    """Return SHA-256(domain, place, 16-byte nonce, canonical answer) in hexadecimal.

    The nonce is essential: an answer has few possible values (method.md, hash record).
    """
    said = _canonical(None if answer is None else dict(answer))
    return hashlib.sha256(DOMAIN + place + secret + said).hexdigest()


def proves(round_id: str, respondent: str, nonce: str, answer: Answer | None, proof: str) -> bool:
    """Return whether a revealed answer is the one that was committed to."""
    return commit(_place(round_id, respondent), bytes.fromhex(nonce), answer) == proof


def _place(round_id: str, respondent: str) -> bytes:
    return _canonical([round_id, respondent]) + b"\0"


def _canonical(value: Json) -> bytes:
    dumped = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return dumped.encode("utf-8")


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _stretched(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=2**14, r=8, p=1, dklen=KEY_BYTES)


def _altered() -> EnvironmentProblem:
    return EnvironmentProblem(
        _("A sealed answer was altered in the file. The others are safe. Run the file check."),
        code="sealed-answer",
    )
