"""Gettext for every text a person reads: one catalogue for core, window, guide and charter."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

DOMAIN = "partnerdesk"


@dataclass(frozen=True)
class Tongue:
    """One language as a value: its code, and the catalogue of its words."""

    code: str
    catalogue: gettext.NullTranslations


_SPOKEN: ContextVar[Tongue | None] = ContextVar("spoken", default=None)


def tongue(code: str, folder: Path) -> Tongue:
    """Return the language of `code` with its catalogue under `folder`, or with English words."""
    return Tongue(code, gettext.translation(DOMAIN, folder, [code], fallback=True))


@contextmanager
def speaking(spoken: Tongue) -> Iterator[None]:
    """Let `_` and `ngettext` answer in this language inside the block, for this thread alone."""
    token = _SPOKEN.set(spoken)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def spoken_code() -> str:
    """Return the code of the language that `_` answers in here and now."""
    spoken = _SPOKEN.get()
    return spoken.code if spoken else ROOM.code


class Language:
    """The language of the room: answers `_` and `ngettext` from one catalogue."""

    def __init__(self) -> None:
        """Start with the source strings, which are English."""
        self.code = "en"
        self._catalogue: gettext.NullTranslations = gettext.NullTranslations()

    def choose(self, code: str, folder: Path) -> None:
        """Switch to the catalogue of `code` under `folder`; missing strings stay in English."""
        self._catalogue = gettext.translation(DOMAIN, folder, [code], fallback=True)
        self.code = code

    def text(self, message: str) -> str:
        """Return `message` in the chosen language."""
        return self._words().gettext(message) if message else ""

    def counted(self, one: str, many: str, count: int) -> str:
        """Return the plural form for `count` in the chosen language."""
        return self._words().ngettext(one, many, count)

    def _words(self) -> gettext.NullTranslations:
        """Return the catalogue of the language spoken in this thread, else the room's."""
        spoken = _SPOKEN.get()
        return spoken.catalogue if spoken else self._catalogue


ROOM = Language()
_ = ROOM.text
ngettext = ROOM.counted
