"""Eight plain words that stand for one charter text and the one authority that may sign it."""

from __future__ import annotations

import hashlib
import re
from difflib import get_close_matches
from functools import cache

import resources
from partnerdesk.errors import UserError
from partnerdesk.language import _

FULL = 8
SHORT = 4
_BITS = 10  # 1,024 words
FULL_BITS = FULL * _BITS


@cache
def word_list() -> tuple[str, ...]:
    """Return the 1,024 words, which never change; no two share their first four letters."""
    return tuple(resources.path("words/en.txt").read_text("utf-8").split())


def fingerprint(charter_digest_hex: str, certificate_der: bytes) -> str:
    """Return SHA-256(charter digest, SHA-256(authority certificate)) as 64 hex digits.

    `charter_digest_hex` is the SHA-256 of the canonical charter.json; ValueError if it is not.
    """
    digest = bytes.fromhex(charter_digest_hex)
    if len(digest) != hashlib.sha256().digest_size:
        raise ValueError("a charter digest has 32 bytes")
    return hashlib.sha256(digest + hashlib.sha256(certificate_der).digest()).hexdigest()


def words(fingerprint_hex: str) -> tuple[str, ...]:
    """Return the eight words (80 bits) that begin `fingerprint_hex`."""
    listed = word_list()
    bits = int(fingerprint_hex[: FULL * _BITS // 4], 16)
    places = (bits >> _BITS * left & len(listed) - 1 for left in range(FULL - 1, -1, -1))
    return tuple(listed[place] for place in places)


def short(fingerprint_hex: str) -> tuple[str, ...]:
    """Return the first four of the eight words, as printed in every footer."""
    return words(fingerprint_hex)[:SHORT]


def read(text: str) -> str:
    """Return the hex digits that four or eight typed words stand for: 10 or 20 of them.

    Case, commas, spaces and line breaks do not matter, and the first four letters of a word
    are enough. Raises UserError for an unknown word or for another number of words.
    """
    typed = [word for word in re.split(r"[\s,.;·-]+", text.casefold()) if word]
    places = [_place(word) for word in typed]
    if len(typed) not in (SHORT, FULL):
        raise UserError(
            _(
                "A fingerprint has eight words, and you typed {count}. Please type all eight."
            ).format(count=len(typed)),
            code="words-count",
        )
    bits = 0
    for place in places:
        bits = bits << _BITS | place
    return f"{bits:0{len(typed) * _BITS // 4}x}"


@cache
def _places() -> dict[str, int]:
    full = {word: place for place, word in enumerate(word_list())}
    return {word[:4]: place for word, place in full.items()} | full


def _place(word: str) -> int:
    place = _places().get(word)
    if place is not None:
        return place
    near = get_close_matches(word, word_list(), n=1, cutoff=0.0)[0]
    raise UserError(
        _("The word “{word}” is not in the list. Did you mean “{near}”?").format(
            word=word, near=near
        ),
        code="words-unknown",
    )
