"""Gettext for every text a person reads: one catalogue for core, window, guide and charter."""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import resources

DOMAIN = "partnerdesk"
SOURCE = "en"
"""The language of the texts in the source, which needs no catalogue."""

OWN_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "en": "English",
        "fr": "Français",
        "es": "Español",
        "pt": "Português",
        "ar": "العربية",
        "hi": "हिन्दी",
        "am": "አማርኛ",
        "sw": "Kiswahili",
        "ru": "Русский",
    }
)
"""The languages that PartnerDesk speaks, each with the name that its speakers give it."""

SCRIPTS: Mapping[str, str] = MappingProxyType({"am": "Ethi", "ar": "Arab", "hi": "Deva"})
"""The scripts, by their ISO codes, of the languages that are not in Latin or Cyrillic letters."""

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "sd", "ur", "yi"})

NEEDS_READER = frozenset(OWN_NAMES) - {SOURCE}
"""The languages whose words no native speaker has checked yet."""


@dataclass(frozen=True)
class Tongue:
    """One language as a value: its code, and the catalogue of its words."""

    code: str
    catalogue: gettext.NullTranslations


_SPOKEN: ContextVar[Tongue | None] = ContextVar("spoken", default=None)


def tongue(code: str, folder: Path) -> Tongue:
    """Return the language of `code` with its catalogue under `folder`, or with English words."""
    return Tongue(code, gettext.translation(DOMAIN, folder, [code], fallback=True))


def reads_right(code: str) -> bool:
    """Return whether a language is written from right to left."""
    return code.partition("-")[0] in RIGHT_TO_LEFT


@cache
def spoken_in(code: str) -> Tongue:
    """Return a language with its shipped words; each text without a translation is English.

    A regional code such as "pt-BR" speaks the words of its language. A code that PartnerDesk
    does not speak gets English words.
    """
    main = code.partition("-")[0]
    if main == SOURCE or main not in OWN_NAMES:
        return Tongue(code, gettext.NullTranslations())
    return Tongue(code, tongue(main, resources.path("locale")).catalogue)


class _Shipped(Mapping[str, Tongue]):
    """The languages of `OWN_NAMES` by their codes; each catalogue is read on first use."""

    def __getitem__(self, code: str) -> Tongue:
        """Return a language; KeyError where PartnerDesk does not speak it."""
        if code.partition("-")[0] not in OWN_NAMES:
            raise KeyError(code)
        return spoken_in(code)

    def __iter__(self) -> Iterator[str]:
        """Yield the codes in the order in which they are offered."""
        return iter(OWN_NAMES)

    def __len__(self) -> int:
        """Return how many languages there are."""
        return len(OWN_NAMES)


TONGUES: Mapping[str, Tongue] = _Shipped()
"""Every language that PartnerDesk speaks, as charters take them."""


@contextmanager
def speaking(spoken: Tongue | None) -> Iterator[None]:
    """Let `_` and `ngettext` answer in this language inside the block, for this thread alone.

    None is the room's language, in which the journal's titles are, whoever is speaking.
    """
    token = _SPOKEN.set(spoken)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def speak(spoken: Tongue | None) -> None:
    """Let `_` and `ngettext` answer in this language from now on in this thread; None: the room's.

    For a page that outlives the call that makes it. Whoever begins ends it.
    """
    _SPOKEN.set(spoken)


def spoken_code() -> str:
    """Return the code of the language that `_` answers in here and now."""
    spoken = _SPOKEN.get()
    return spoken.code if spoken else ROOM.code


class Language:
    """The language of the room, that of the source; one spoken in this thread goes first."""

    code = SOURCE

    def text(self, message: str) -> str:
        """Return `message` in the language of here and now."""
        return _words().gettext(message) if message else ""

    def counted(self, one: str, many: str, count: int) -> str:
        """Return the plural form for `count` in the language of here and now."""
        return _words().ngettext(one, many, count)


def _words() -> gettext.NullTranslations:
    spoken = _SPOKEN.get()
    return spoken.catalogue if spoken else _ENGLISH


_ENGLISH = gettext.NullTranslations()
ROOM = Language()
_ = ROOM.text
ngettext = ROOM.counted
