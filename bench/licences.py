"""Prints THIRD-PARTY-LICENSES.md: what ships, under which licence, and each licence's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMON = Path("/usr/share/common-licenses")
LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
CHOICE = re.compile(r" OR |\|")
CHOSEN = {
    "cryptography": "Apache-2.0",
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
}
UNSTATED = {"sqlcipher3": "Zlib", "click-default-group": "BSD-3-Clause"}

HEAD = """# Third-party licences

PartnerDesk is under the Apache License 2.0 (LICENSE). It ships the parts below, each under its own.
Made by `make licences` from the installed packages; do not edit by hand.

Qt and PySide6 are used under the LGPL-3.0, as separate shared libraries that you may replace.
Where an author offers a choice, the table says which one was taken. Nothing that ships is under the
GPL alone.

| part | version | licence |
|---|---|---|"""

INSIDE = (
    ("Qt (in pyside6-essentials)", "6", "LGPL-3.0-only"),
    ("ICU (in pyside6-essentials)", "73", "Unicode-3.0"),
    ("SQLCipher (in sqlcipher3)", "4", "BSD-3-Clause"),
    ("SQLite (in sqlcipher3)", "3", "public domain"),
    ("OpenSSL (in cryptography, sqlcipher3 and Python)", "3", "Apache-2.0"),
    ("HarfBuzz (in uharfbuzz)", "", "MIT-Modern-Variant"),
    ("PDFium (in pypdfium2)", "", "BSD-3-Clause and Apache-2.0"),
    ("Noto fonts (resources/fonts)", "", "OFL-1.1, text in resources/fonts/OFL.txt"),
    ("Spanish and Portuguese words (resources/words)", "", "MIT, text in resources/words/MIT.txt"),
    ("FreeType (in pyside6-essentials, pillow)", "2", "FTL OR GPL-2.0-or-later; chosen: FTL"),
    ("libjpeg-turbo, Little CMS, OpenJPEG, LibTIFF (in pillow)", "", "IJG, MIT, BSD, libtiff"),
)
SHARED = {
    COMMON / "LGPL-3": "Qt, PySide6, shiboken6 (LGPL-3.0)",
    COMMON / "GPL-3": "to which the LGPL-3.0 refers (GPL-3.0)",
    COMMON / "LGPL-2.1": "GLib, libsystemd, libgcrypt, libgpg-error (LGPL-2.1)",
    ROOT / "resources" / "fonts" / "OFL.txt": "Noto fonts",
}

# What the bundle for Linux brings along besides, from the machine that it was built on.
BUNDLED = (
    ("Python", "3.11", "PSF-2.0"),
    ("GLib", "2", "LGPL-2.1-or-later"),
    ("D-Bus", "1", "AFL-2.1 OR GPL-2.0-or-later; chosen: AFL-2.1"),
    ("libsystemd, libgcrypt, libgpg-error", "", "LGPL-2.1-or-later"),
    ("libcap", "2", "BSD-3-Clause OR GPL-2.0-only; chosen: BSD-3-Clause"),
    ("Zstandard", "1", "BSD-3-Clause OR GPL-2.0-only; chosen: BSD-3-Clause"),
    ("libgcc, libstdc++", "", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    ("X11, XCB, xkbcommon, Fontconfig, Expat, libffi, Brotli", "", "MIT and its kin"),
    ("bzip2, LZ4, PCRE2, libbsd, libmd, libuuid", "", "BSD and its kin"),
    ("zlib, libpng, liblzma", "", "Zlib, libpng-2.0, 0BSD"),
)


@dataclass(frozen=True)
class Part:
    """One shipped package: its licence in a word or two, and the licence texts it carries."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]


def shipped() -> Iterator[Part]:
    """Return every package locked in requirements.txt, but the installer itself."""
    locked = (ROOT / "requirements.txt").read_text("utf-8")
    for name in re.findall(r"^([\w.-]+)==", locked, re.MULTILINE):
        if name != "pip":
            yield _part(name)


def told(parts: tuple[Part, ...]) -> str:
    """Return the page: a table of the parts, then each different text once."""
    rows = [(p.name, p.version, p.licence) for p in parts] + list(INSIDE)
    rows += [(f"{name} (in the bundle)", version, licence) for name, version, licence in BUNDLED]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    holders: dict[str, list[str]] = {}
    for part in parts:
        for text in part.texts:
            holders.setdefault(text, []).append(part.name)
    for path, who in SHARED.items():
        holders.setdefault(_clean(path), []).append(who)
    texts = (f"\n## {', '.join(who)}\n\n```text\n{text}\n```" for text, who in holders.items())
    return "\n".join([HEAD, table, *texts])


def _part(name: str) -> Part:
    found = metadata.distribution(name)
    files = [file for file in found.files or () if _is_licence(str(file))]
    texts = dict.fromkeys(_clean(Path(str(f.locate()))) for f in files)
    return Part(name, found.version, _licence(name, found.metadata), tuple(texts))


def _is_licence(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return ".dist-info/licenses" in folder or (
        folder.endswith(".dist-info") and LICENCE_FILE.search(name) is not None
    )


def _licence(name: str, about: metadata.PackageMetadata) -> str:
    stated = about.get_all("License-Expression") or about.get_all("License") or [UNSTATED[name]]
    told = str(stated[0]).partition(" (see")[0]
    return f"{told}; chosen: {CHOSEN[name]}" if CHOICE.search(told) else told


def _clean(path: Path) -> str:
    lines = path.read_text("utf-8", "replace").replace("\f", "").splitlines()
    return "\n".join(line.rstrip() for line in lines).replace("```", "'''").strip()


if __name__ == "__main__":
    print(told(tuple(shipped())))
