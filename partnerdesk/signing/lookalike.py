"""Names that are made to look like others: hidden marks, mixed alphabets, another name's place."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence

from partnerdesk.signing.report import Finding, Signer, Verdict, shown

ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")
"""Alphabets with letters that look like each other's."""
HIDDEN = "\ufffd"
_WORD = re.compile(r"[^\W\d_]+")


def findings(signers: Sequence[Signer], charter: bytes) -> Iterator[Finding]:
    """Yield remarks (R5) on names; they decide nothing, as an honest name may be unusual.

    `charter` is the attached charter.json, which says whose place each field is.
    """
    places = _places(charter)
    for signer in signers:
        said = " ".join((signer.name, signer.organisation, signer.role))
        if HIDDEN in said:
            yield Finding("R5", "hidden-marks", Verdict.UNCHANGED, signer.name)
        if mixed(said):
            yield Finding("R5", "mixed-letters", Verdict.UNCHANGED, signer.name)
        meant = places.get(signer.field, "")
        if meant and " ".join(meant.split()) != " ".join(signer.name.split()):
            yield Finding("R5", "other-name", Verdict.UNCHANGED, signer.name, meant)


def mixed(text: str) -> bool:
    """Return whether a word of `text` has letters of two alphabets that look alike."""
    return any(len(_alphabets(word)) > 1 for word in _WORD.findall(text))


def _alphabets(word: str) -> set[str]:
    names = (unicodedata.name(letter, "").partition(" ")[0] for letter in word)
    return {name for name in names if name in ALPHABETS}


def _places(charter: bytes) -> dict[str, str]:
    """Return whose place each field is, as the charter says; none where it says nothing."""
    try:
        blocks = [one for part in json.loads(charter)["sections"] for one in part["blocks"]]
        return {
            f"Signature{int(one['number'])}": shown(str(one["name"]))
            for one in blocks
            if one.get("kind") == "signature"
        }
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return {}
