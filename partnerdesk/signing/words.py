"""Eight plain words that stand for one charter text and the one authority that may sign it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from difflib import get_close_matches
from functools import cache

import resources
from partnerdesk.errors import UserError
from partnerdesk.language import _

ENGLISH = "en"
LANGUAGES = (ENGLISH, "fr", "es", "pt")
"""The languages with a list of their own, in the order in which typed words are looked up."""

FULL = 8
SHORT = 4
_BITS = 10  # 1,024 words
FULL_BITS = FULL * _BITS


@cache
def word_list(language: str = ENGLISH) -> tuple[str, ...]:
    """Return the 1,024 words of a language, which never change; English where it has none.

    No two words of a list share their first four letters.
    """
    main = language.partition("-")[0]
    listed = main if main in LANGUAGES else ENGLISH
    return tuple(resources.path(f"words/{listed}.txt").read_text("utf-8").split())


def fingerprint(charter_digest_hex: str, certificate_der: bytes) -> str:
    """Return SHA-256(charter digest, SHA-256(authority certificate)) as 64 hex digits.

    `charter_digest_hex` is the SHA-256 of the canonical charter.json; ValueError if it is not.
    """
    digest = bytes.fromhex(charter_digest_hex)
    if len(digest) != hashlib.sha256().digest_size:
        raise ValueError("a charter digest has 32 bytes")
    return hashlib.sha256(digest + hashlib.sha256(certificate_der).digest()).hexdigest()


def words(fingerprint_hex: str, language: str = ENGLISH) -> tuple[str, ...]:
    """Return the eight words (80 bits) that begin `fingerprint_hex`, in a charter's language."""
    listed = word_list(language)
    bits = int(fingerprint_hex[: FULL * _BITS // 4], 16)
    places = (bits >> _BITS * left & len(listed) - 1 for left in range(FULL - 1, -1, -1))
    return tuple(listed[place] for place in places)


def short(fingerprint_hex: str, language: str = ENGLISH) -> tuple[str, ...]:
    """Return the first four of the eight words, as printed in every footer."""
    return words(fingerprint_hex, language)[:SHORT]


def readings(text: str) -> tuple[str, ...]:
    """Return what four or eight typed words stand for, in each language that has them all.

    Each is 10 or 20 hex digits. Case, accents, commas, spaces and line breaks do not matter,
    and the first four letters of a word are enough. Raises UserError for a word that is not in
    the list that has most of them, or for another number of words.
    """
    typed = [word for word in re.split(r"[\s,.;·-]+", _plain(text)) if word]
    found = max(LANGUAGES, key=lambda language: _count(typed, language))
    for word in typed:
        _check(word, found)
    if len(typed) not in (SHORT, FULL):
        raise UserError(
            _(
                "A fingerprint has eight words, and you typed {count}. Please type all eight."
            ).format(count=len(typed)),
            code="words-count",
        )
    whole = [one for one in LANGUAGES if _count(typed, one) == len(typed)]
    return tuple(_bits(typed, language) for language in whole)


def read(text: str) -> str:
    """Return the first of `readings`; raises UserError as it does."""
    return readings(text)[0]


def _plain(text: str) -> str:
    """Return `text` in lower case and without the accents that somebody adds by habit."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one)).replace("œ", "oe")


def _count(typed: list[str], language: str) -> int:
    return sum(word in _places(language) for word in typed)


def _bits(typed: list[str], language: str) -> str:
    bits = 0
    for word in typed:
        bits = bits << _BITS | _places(language)[word]
    return f"{bits:0{len(typed) * _BITS // 4}x}"


@cache
def _places(language: str) -> dict[str, int]:
    full = {word: place for place, word in enumerate(word_list(language))}
    return {word[:4]: place for word, place in full.items()} | full


def _check(word: str, language: str) -> None:
    if word in _places(language):
        return
    near = get_close_matches(word, word_list(language), n=1, cutoff=0.0)[0]
    raise UserError(
        _("The word “{word}” is not in the list. Did you mean “{near}”?").format(
            word=word, near=near
        ),
        code="words-unknown",
    )
