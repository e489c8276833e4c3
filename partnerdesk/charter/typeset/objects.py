"""PDF objects as the archive standard wants them, on ReportLab's object layer."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfdoc

Array = pdfdoc.PDFArray
_ON_ONE_LINE = 6


@cache
def Name(word: str) -> str:  # noqa: N802  # it stands beside Dictionary and Array
    """Return a PDF name; the same few come again and again."""
    named: str = pdfdoc.PDFName(word)
    return named


@cache
def _key(word: str) -> bytes:
    return Name(word).encode("ascii") + b" "


class Dictionary(pdfdoc.PDFDictionary):  # type: ignore[misc]  # ReportLab carries no types
    """A PDF dictionary as ReportLab writes it, in less time where it is small: they are many."""

    def format(self, document: Any, IND: bytes = b"\n ") -> bytes:  # noqa: N803  # ReportLab's name
        """Return the bytes of the dictionary, its keys in order of the alphabet."""
        if len(self.dict) > _ON_ONE_LINE:
            written: bytes = pdfdoc.PDFDictionary.format(self, document, IND)
            return written
        entries = [_key(key) + _written(self.dict[key], document) for key in sorted(self.dict)]
        return b"<<\n" + b" ".join(entries) + b"\n>>"


def _written(value: Any, document: Any) -> bytes:
    """Return the bytes of a value, references and names without ReportLab's detours."""
    if type(value) is pdfdoc.PDFObjectReference:
        return b"%d %d R" % document.idToObjectNumberAndVersion[value.name]
    if type(value) is str:
        return value.encode("extpdfdoc")
    written: bytes = pdfdoc.format(value, document)
    return written


class Stream(pdfdoc.PDFStream):  # type: ignore[misc]  # ReportLab carries no types
    """A stream whose data end with a line end, as PDF/A 6.1.7.1 asks.

    CRLF and not LF: compressed data that end in a carriage return would look one byte short.
    """

    def format(self, document: Any) -> bytes:
        """Return the bytes of the stream object."""
        entries = pdfdoc.PDFDictionary(self.dictionary.dict.copy())
        content = self.content
        if self.filters:
            content = zlib.compress(content, level=9)
            entries["Filter"] = Name("FlateDecode")
        entries["Length"] = len(content)
        head: bytes = pdfdoc.format(entries, document)
        return b"".join((head, b"\nstream\n", content, b"\r\nendstream\n"))


class Page(pdfdoc.PDFPage):  # type: ignore[misc]  # ReportLab carries no types
    """A page that belongs to a structure tree; it adds two keys to ReportLab's list."""

    __NoDefault__ = (*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs")

    def check_format(self, document: Any) -> None:
        """Put the content into a `Stream` before ReportLab makes one of its own."""
        if not getattr(self, "Contents", None):
            self.Contents: Any = stream(self.stream.encode("ascii"))
        pdfdoc.PDFPage.check_format(self, document)


class Catalog(pdfdoc.PDFCatalog):  # type: ignore[misc]  # ReportLab carries no types
    """The document's root, with the keys that archives and tagged files need."""

    __NoDefault__ = (*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents", "AF")
    __Refs__ = tuple(key for key in __NoDefault__ if key not in ("PageMode", "PageLayout"))


def stream(content: bytes, entries: Mapping[str, Any] | None = None) -> Stream:
    """Return `content` compressed, with further dictionary entries."""
    made = Stream(content=content, filters=[Name("FlateDecode")])
    for key, value in (entries or {}).items():
        made.dictionary[key] = value
    return made


def open_stream(content: bytes, entries: Mapping[str, Any]) -> Stream:
    """Return `content` uncompressed, as metadata must be readable without a filter."""
    made = Stream(content=content, filters=[])
    for key, value in entries.items():
        made.dictionary[key] = value
    return made


def dictionary(**entries: Any) -> Any:
    """Return a PDF dictionary of the entries that are not None."""
    return Dictionary({key: value for key, value in entries.items() if value is not None})


def array(items: Iterable[Any]) -> Any:
    """Return a PDF array."""
    return Array(list(items))


def text(words: str) -> Any:
    """Return a text string in UTF-16, which every reader understands."""
    return pdfdoc.PDFText("\ufeff" + words, enc="utf-16-be")


def raw(data: bytes) -> Any:
    """Return a byte string."""
    return pdfdoc.PDFText(data, enc="raw")


def ascii_text(words: str) -> Any:
    """Return a plain string, for language codes, dates, addresses and identifiers."""
    return pdfdoc.PDFString(words)


def number(value: float) -> str:
    """Return `value` as PDF writes it: at most three decimals, no trailing zeros."""
    written = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


@cache
def colour(ink: str) -> str:
    """Return a colour such as ``2C3054`` as three numbers from 0 to 1."""
    return " ".join(number(int(ink[at : at + 2], 16) / 255) for at in (0, 2, 4))
