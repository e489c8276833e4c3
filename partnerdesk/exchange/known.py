"""The ceremonies that this laptop held: the list by which a charter is recognised later."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from partnerdesk.errors import EnvironmentProblem
from partnerdesk.exchange.files import write_here
from partnerdesk.language import _
from partnerdesk.places import home

FIELD = re.compile(r"Signature\d{1,3}")
FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def known_here() -> frozenset[str]:
    """Return the fingerprints of the ceremonies held on this laptop; none where no list is."""
    try:
        return _kept()
    except OSError:
        return frozenset()


def paper_here() -> dict[str, frozenset[str]]:
    """Return in which fields of which ceremonies people signed on paper; nobody is named."""
    try:
        return _on_paper()
    except OSError:
        return {}


def remember(fingerprint: str, on_paper: Iterable[str] = ()) -> None:
    """Add a ceremony to this laptop's list, with the fields of those who signed on paper.

    Raises EnvironmentProblem on a full disk, or where the list is there and cannot be read:
    it is never replaced by a shorter one.
    """
    try:
        known, paper = _kept() | {fingerprint}, _on_paper()
    except OSError as error:
        message = _("The list of known charters cannot be read: {why}. It stays as it is.")
        why = error.strerror or type(error).__name__
        raise EnvironmentProblem(message.format(why=why), code="read") from error
    paper[fingerprint] = paper.get(fingerprint, frozenset()) | frozenset(on_paper)
    lines = (" ".join((one, *sorted(paper.get(one, ())))) for one in sorted(known))
    write_here(_list(), "".join(f"{line}\n" for line in lines).encode())


def _kept() -> frozenset[str]:
    """Return the list, empty where there is none yet; raises OSError where it cannot be read."""
    return frozenset(words[0] for words in _lines())


def _on_paper() -> dict[str, frozenset[str]]:
    return {
        words[0]: frozenset(word for word in words[1:] if FIELD.fullmatch(word))
        for words in _lines()
        if len(words) > 1
    }


def _lines() -> list[list[str]]:
    try:
        lines = _list().read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return []
    return [words for words in map(str.split, lines) if words and FINGERPRINT.fullmatch(words[0])]


def _list() -> Path:
    return home() / "known-charters.txt"
