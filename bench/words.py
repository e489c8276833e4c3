"""`make words`: every text of the source brought into the catalogues, and these compiled."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from partnerdesk.guide import extract_guide_texts
from partnerdesk.language import DOMAIN, NEEDS_READER, OWN_NAMES, SOURCE

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "resources" / "locale"
KEYWORDS = {"_": None, "ngettext": (1, 2)}
SOURCES = ("partnerdesk", "ui")
WIDTH = 98
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
_HEAD = {"project": "PartnerDesk", "version": "1", "msgid_bugs_address": "the maintainers"}
_DATES = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Last-Translator', b'"Generated-By')
AWAITS = (
    "# {language} for PartnerDesk, under the licence of PartnerDesk (Apache-2.0).\n"
    "# This translation awaits a reader who speaks the language: nobody has checked it yet."
)
CHECKED = "# {language} for PartnerDesk, under the licence of PartnerDesk (Apache-2.0)."


def translated_codes() -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue."""
    return tuple(code for code in OWN_NAMES if code != SOURCE)


def template() -> Catalog:
    """Return every text of the program and of the standard guide, without any translation."""
    found = Catalog(fuzzy=False)
    for folder in SOURCES:
        for file in sorted((ROOT / folder).rglob("*.py")):
            with file.open("rb") as source:
                for _line, texts, _notes, _context in extract("python", source, KEYWORDS):
                    found.add(texts)
    for file in sorted((ROOT / "resources" / "guide").glob("*.toml")):
        with file.open("rb") as source:
            for _line, _call, text, _notes in extract_guide_texts(source):
                found.add(text)
    return found


def po_file(code: str) -> Path:
    """Return where the catalogue of a language lies, for people to edit."""
    return LOCALE / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def catalogue(code: str) -> Catalog:
    """Return the catalogue of a language, or an empty one."""
    file = po_file(code)
    if not file.exists():
        return Catalog(locale=code, domain=DOMAIN, fuzzy=False, **_HEAD)
    with file.open("rb") as source:
        found = read_po(source, locale=code, domain=DOMAIN, abort_invalid=True)
    found.creation_date = found.revision_date = _NEVER
    return found


def merged(code: str, texts: Catalog) -> Catalog:
    """Return a language's catalogue with exactly these texts; what is gone stays as a remark."""
    found = catalogue(code)
    found.update(texts, no_fuzzy_matching=True)
    header = AWAITS if code in NEEDS_READER else CHECKED
    found.header_comment = header.format(language=found.locale and found.locale.english_name)
    found.creation_date = found.revision_date = _NEVER
    return found


def compiled(texts: Catalog) -> bytes:
    """Return a catalogue as gettext reads it; the same texts give the same bytes.

    It holds what is translated in full alone: gettext would take an empty form for words.
    """
    whole = Catalog(locale=texts.locale, domain=DOMAIN, fuzzy=False, **_HEAD)
    whole.creation_date = whole.revision_date = _NEVER
    for message in translations(texts):
        whole.add(message.id, message.string)
    file = io.BytesIO()
    write_mo(file, whole)
    return file.getvalue()


def written(texts: Catalog) -> bytes:
    """Return a catalogue as its translators edit it, in the order of the English texts.

    No date and no line numbers: the same texts give the same file.
    """
    file = io.BytesIO()
    write_po(file, texts, width=WIDTH, no_location=True, sort_output=True)
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_DATES))


def main() -> None:
    """Bring all catalogues up to date and say how much of each is translated."""
    texts = template()
    for code in translated_codes():
        new = merged(code, texts)
        file = po_file(code)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(written(new))
        file.with_suffix(".mo").write_bytes(compiled(catalogue(code)))
        print(f"{code}: {len(list(translations(new)))} of {len(new)} texts")


def translations(texts: Catalog) -> Iterator[Message]:
    """Yield the messages that are translated in full."""
    for message in texts:
        forms = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        if message.id and all(forms):
            yield message


if __name__ == "__main__":
    main()
