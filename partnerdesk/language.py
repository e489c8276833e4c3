"""Gettext for every text a person reads: one catalogue for core, window, guide and charter."""

from __future__ import annotations

import gettext
from pathlib import Path

DOMAIN = "partnerdesk"


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
        return self._catalogue.gettext(message) if message else ""

    def counted(self, one: str, many: str, count: int) -> str:
        """Return the plural form for `count` in the chosen language."""
        return self._catalogue.ngettext(one, many, count)


ROOM = Language()
_ = ROOM.text
ngettext = ROOM.counted
