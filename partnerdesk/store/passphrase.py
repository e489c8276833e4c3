"""The rules of a passphrase, and six words that make a good one."""

from __future__ import annotations

import secrets

import resources
from partnerdesk.errors import UserError
from partnerdesk.language import _

LEAST_CHARACTERS = 12
LEAST_WORDS = 5
SUGGESTED_WORDS = 6


def suggest_passphrase(language: str) -> str:
    """Return six random words of the bundled list of a language, or of English where it has none.

    A list of 1,024 words gives 60 bits.
    """
    words = _words(language)
    return " ".join(secrets.choice(words) for _each in range(SUGGESTED_WORDS))


def check_passphrase(passphrase: str) -> None:
    """Raise UserError "weak-passphrase" for under 12 characters and under 5 words."""
    words = passphrase.split()
    if len(words) < LEAST_WORDS and len(" ".join(words)) < LEAST_CHARACTERS:
        message = _(
            "This passphrase is too short. Nothing was changed. "
            "Take 12 characters, or 5 words, or the suggestion."
        )
        raise UserError(message, code="weak-passphrase")


def _words(language: str) -> tuple[str, ...]:
    """Return the words of a language that people can spell and tell apart."""
    own = resources.path("words") / f"{language.partition('-')[0]}.txt"
    chosen = own if own.is_file() else resources.path("words/en.txt")
    return tuple(chosen.read_text("utf-8").split())
