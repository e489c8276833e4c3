"""A Word document under construction: paragraphs and tables with their direction and language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from partnerdesk.charter import word_look as look
from partnerdesk.charter.typeset import bidi, shape
from partnerdesk.charter.word_look import with_attributes
from partnerdesk.charter.wording import RTL_LANGUAGES

_RIGHT, _LEFT, _NUMBERS = frozenset({"R", "AL"}), frozenset({"L"}), frozenset({"EN", "AN"})
_FIELD = re.compile(r"(\{number\}|\{count\})")
_FIELDS = {"{number}": "PAGE", "{count}": "NUMPAGES"}


@dataclass(frozen=True)
class Said:
    """A stretch of words; `strong` for terms and numbers."""

    text: str
    strong: bool = False


Words = str | Sequence[Said]


class Paper:
    """Collects paragraphs and tables; what is written belongs to the language that is spoken."""

    def __init__(self, language: str, page: str, scale: float) -> None:
        """Begin an empty document in `language`, on "A4" or "Letter"."""
        from docx import Document

        self._file = Document()
        self._first = self._language = language
        size = look.sized(self._file, page, reads_right(language))
        self._room = size[0] - 2 * look.MARGIN
        look.put_styles(self._file, look.sheet(language, reads_right(language), size, scale))
        look.leave_out_the_rest(self._file)

    @property
    def language(self) -> str:
        """The language that is written now."""
        return self._language

    @contextmanager
    def in_language(self, code: str) -> Iterator[None]:
        """Write what is added in between in another language."""
        before, self._language = self._language, code
        yield
        self._language = before

    def write(self, words: Words, style: str = look.NORMAL) -> None:
        """Add a paragraph in one of the styles; line breaks stay within it."""
        self._fill(self._file.add_paragraph(style=self._file.styles[style]), _pieces(words))

    def table(
        self,
        title: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        weights: Sequence[int],
    ) -> None:
        """Add a table whose head repeats on every page; `weights` share out the width."""
        made = self._file.add_table(len(rows) + 1, len(heads), self._file.styles[look.TABLE])
        for row, texts in zip(made.rows, (heads, *rows), strict=True):
            row._tr.get_or_add_trPr().append(with_attributes("w:cantSplit"))
            for cell, text in zip(row.cells, texts, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph.style = self._file.styles[look.CELL]
                self._fill(paragraph, _pieces(text))
        made.rows[0]._tr.trPr.append(with_attributes("w:tblHeader"))
        self._set_widths(made, weights)
        self._describe(made, title)

    def foot(self, lines: Sequence[Words], paging: str) -> None:
        """Print lines at the foot of every page; `paging` names {number} and {count}."""
        footer = self._file.sections[0].footer
        style = self._file.styles[look.FOOTER]
        made = [footer.paragraphs[0], *(footer.add_paragraph() for _line in lines[1:])]
        for paragraph, words in zip(made, lines, strict=True):
            paragraph.style = style
            self._fill(paragraph, _pieces(words))
        self._number(made[-1], paging)

    def finish(self, **about: Any) -> bytes:
        """Return the file with its description, such as `title` and `author`."""
        properties = self._file.core_properties
        for name, value in about.items():
            setattr(properties, name, value)
        return look.whole(self._file)

    # --- inside ---------------------------------------------------------------------------

    def _fill(self, paragraph: Any, pieces: Sequence[Said]) -> None:
        right = self._runs_right("".join(piece.text for piece in pieces))
        if right:
            paragraph._p.get_or_add_pPr().append(with_attributes("w:bidi"))
        for piece in pieces:
            for text, runs_right in directed(piece.text, right):
                self._run(paragraph, text, piece.strong, runs_right)

    def _run(self, paragraph: Any, text: str, strong: bool, right: bool) -> None:
        run = paragraph.add_run(text, self._file.styles[look.STRONG] if strong else None)
        properties = run._r.get_or_add_rPr() if right or self._language != self._first else None
        if properties is None:
            return
        if right:
            properties.append(with_attributes("w:rtl"))
        if self._language != self._first:
            kind = "bidi" if reads_right(self._language) else "val"
            properties.append(with_attributes("w:lang", **{kind: self._language}))

    def _runs_right(self, text: str) -> bool:
        """Return the direction of a paragraph: the language's, unless no letter follows it."""
        kinds = {unicodedata.bidirectional(character) for character in text}
        if reads_right(self._language):
            return bool(kinds & _RIGHT) or not kinds & _LEFT
        return bool(kinds & _RIGHT) and not kinds & _LEFT

    def _set_widths(self, table: Any, weights: Sequence[int]) -> None:
        """Share out the room; python-docx counts widths in 635ths of a twentieth of a point."""
        table.autofit = False
        for at, weight in enumerate(weights):
            width = self._room * weight // sum(weights) * 635
            table.columns[at].width = width
            for cell in table.columns[at].cells:
                cell.width = width

    def _describe(self, table: Any, title: str) -> None:
        properties = table._tbl.tblPr
        if reads_right(self._language):
            properties.find(properties.tblStyle.tag).addnext(with_attributes("w:bidiVisual"))
        if title:
            properties.append(with_attributes("w:tblCaption", val=look.writable(title)))

    def _number(self, paragraph: Any, paging: str) -> None:
        """Add the page number after a tab, as fields that Word counts by itself."""
        paragraph.add_run("\t")
        for part in _FIELD.split(paging):
            if part in _FIELDS:
                field = with_attributes("w:fldSimple", instr=_FIELDS[part])
                paragraph._p.append(field)
                field.append(paragraph.add_run("1")._r)
            elif part:
                self._run(paragraph, part, False, reads_right(self._language))


def reads_right(code: str) -> bool:
    """Return whether a language is written from right to left."""
    return code.split("-")[0] in RTL_LANGUAGES


def directed(text: str, right: bool) -> Iterator[tuple[str, bool]]:
    """Yield `text` in stretches of one direction, and whether each reads from right to left.

    The marks that only steer direction are left out: each run says its direction itself.
    """
    for at, line in enumerate(look.writable(text).split("\n")):
        if at:
            yield "\n", right
        for runs_right, group in groupby(_directions(line, right), key=lambda pair: pair[1]):
            shown = shape.readable("".join(character for character, _right in group))
            if shown:
                yield shown, runs_right


def _directions(line: str, right: bool) -> Iterator[tuple[str, bool]]:
    """Yield each character and its direction; one that never shows goes with the one before."""
    before = right
    for character, level in zip(line, bidi.resolve(line, int(right))[0], strict=True):
        if level != bidi.REMOVED:
            before = bool(level & 1) or (right and _is_number(character))
        yield character, before


def _is_number(character: str) -> bool:
    return unicodedata.bidirectional(character) in _NUMBERS


def _pieces(words: Words) -> Sequence[Said]:
    return (Said(words),) if isinstance(words, str) else words
