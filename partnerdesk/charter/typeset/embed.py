"""A font inside one document: only its used glyphs, and the text behind each of them."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import Any, NamedTuple

import uharfbuzz as hb

from partnerdesk.charter.typeset.fonts import REPLACEMENT, Face, Glyph
from partnerdesk.charter.typeset.objects import Name, array, ascii_text, dictionary, number, stream
from partnerdesk.charter.typeset.placed import Placed, with_copies

_TABLES = (b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep")
_SYMBOLIC = 4
_MAPPED_AT_ONCE = 100
_LAST_CODE = 0xFFFF


class Row(NamedTuple):
    """Glyphs of one height: where they begin, right and up in em, their codes, where they end."""

    right: float
    up: float
    strings: str
    end: float


@dataclass(frozen=True)
class Word:
    """A shaped word as a document shows it, wherever it stands and however large.

    `told` says whether a reader finds its text behind its glyphs.
    """

    glyphs: tuple[Glyph, ...]
    told: bool
    rows: tuple[Row, ...]


class EmbeddedFont:
    """Collects what a document draws with one face, and writes it as a Type0 font.

    A glyph's first text goes by the glyph's id in the whole font as its character code, further
    texts of the same glyph, and copies that stand elsewhere, by codes after the last glyph. A map
    leads all into the subset.
    """

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.glyphs: dict[int, Placed] = {0: Placed(0)}
        self.texts: dict[int, str] = {}
        self.words: dict[tuple[str, bool], Word] = {}
        self._codes: dict[tuple[Placed, str], int] = {}
        self._next: int = face.blob.glyph_count

    def placed(self, glyph: Glyph) -> Placed:
        """Return what draws `glyph`: a copy in its place where it is a mark that takes no room."""
        if glyph.advance or self._next > _LAST_CODE:
            return Placed(glyph.id)
        em = self.face.em
        return Placed(glyph.id, round(glyph.right * em), round(glyph.up * em))

    def code(self, placed: Placed, text: str) -> int:
        """Return the character code that draws `placed` and says `text`."""
        code = self._codes.get((placed, text))
        if code is None:
            code = self._codes[placed, text] = self._new_code(placed)
            self.glyphs[code] = placed
            nominal = self.face.nominal.get(placed.glyph)
            self.texts.setdefault(code, text or nominal or REPLACEMENT)
        return code

    def _new_code(self, placed: Placed) -> int:
        copy = placed.right or placed.up
        if self._next > _LAST_CODE or not (copy or placed.glyph in self.glyphs):
            return placed.glyph
        self._next += 1
        return self._next - 1

    def width(self, code: int) -> float:
        """Return how far the pen goes after a code, in em; after a copy it stays."""
        glyph, right, up = self.glyphs[code]
        return 0.0 if right or up else self.face.width(glyph)

    def write(self, document: Any) -> Any:
        """Return the reference of the finished font in `document`."""
        data, numbers = self._subset()
        tag = self._tag()
        descendant = dictionary(
            Type=Name("Font"),
            Subtype=Name("CIDFontType2"),
            BaseFont=Name(tag),
            DW=1000,
            W=array(self._widths()),
            CIDSystemInfo=dictionary(
                Registry=ascii_text("Adobe"), Ordering=ascii_text("Identity"), Supplement=0
            ),
            CIDToGIDMap=document.Reference(stream(self._glyph_map(numbers))),
            FontDescriptor=document.Reference(self._descriptor(tag, data, document)),
        )
        return document.Reference(
            dictionary(
                Type=Name("Font"),
                Subtype=Name("Type0"),
                BaseFont=Name(tag),
                Encoding=Name("Identity-H"),
                DescendantFonts=array([document.Reference(descendant)]),
                ToUnicode=document.Reference(stream(self._to_unicode())),
            )
        )

    def _subset(self) -> tuple[bytes, dict[Placed, int]]:
        """Return the font program, and the number of each glyph and each copy in it."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(placed.glyph for placed in self.glyphs.values())
        wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
        plan = hb.SubsetPlan(self.face.blob, wanted)
        renumbered = dict(plan.old_to_new_glyph_mapping)
        numbers = {Placed(old): new for old, new in renumbered.items()}
        copies = sorted(set(self.glyphs.values()) - numbers.keys())
        tables = _tables(plan.execute().blob.data)
        if copies:
            first = int.from_bytes(tables[b"maxp"][4:6], "big")
            numbers |= {copy: first + at for at, copy in enumerate(copies)}
            own = [copy._replace(glyph=renumbered[copy.glyph]) for copy in copies]
            tables = with_copies(tables, own)
        return font_program(tables), numbers

    def _tag(self) -> str:
        used = zlib.crc32(repr(sorted(self.glyphs)).encode())
        letters = "".join(chr(65 + (used >> (5 * at)) % 26) for at in range(6))
        return f"{letters}+{self.face.name}"

    def _descriptor(self, tag: str, data: bytes, document: Any) -> Any:
        ascent, descent = self.face.extents
        return dictionary(
            Type=Name("FontDescriptor"),
            FontName=Name(tag),
            Flags=_SYMBOLIC,
            FontBBox=array(round(edge * 1000) for edge in self._box()),
            ItalicAngle=0,
            Ascent=round(ascent * 1000),
            Descent=round(descent * 1000),
            CapHeight=714,
            StemV=80,
            FontFile2=document.Reference(stream(data, {"Length1": len(data)})),
        )

    def _box(self) -> list[float]:
        head = self.face.blob.reference_table("head").data
        return [
            int.from_bytes(head[at : at + 2], "big", signed=True) / self.face.em
            for at in (36, 38, 40, 42)
        ]

    def _widths(self) -> list[Any]:
        found: list[Any] = []
        for code in sorted(self.glyphs):
            found += [code, array([number(self.width(code) * 1000)])]
        return found

    def _glyph_map(self, numbers: dict[Placed, int]) -> bytes:
        codes = bytearray(2 * (max(self.glyphs) + 1))
        for code, placed in self.glyphs.items():
            codes[2 * code : 2 * code + 2] = numbers.get(placed, 0).to_bytes(2, "big")
        return bytes(codes)

    def _to_unicode(self) -> bytes:
        entries = [
            f"<{code:04X}> <{self.texts[code].encode('utf-16-be').hex().upper()}>"
            for code in sorted(self.texts)
            if code
        ]
        rows = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
        ]
        for start in range(0, len(entries), _MAPPED_AT_ONCE):
            part = entries[start : start + _MAPPED_AT_ONCE]
            rows += [f"{len(part)} beginbfchar", *part, "endbfchar"]
        rows += ["endcmap CMapName currentdict /CMap defineresource pop end end"]
        return "\n".join(rows).encode("ascii")


def font_program(tables: dict[bytes, bytes]) -> bytes:
    """Return a TrueType file with these tables."""
    count = len(tables)
    power = int(math.log2(count))
    header = b"\0\1\0\0" + b"".join(
        value.to_bytes(2, "big")
        for value in (count, 16 << power, power, 16 * count - (16 << power))
    )
    offset = 12 + 16 * count
    directory = body = b""
    for tag, content in tables.items():
        padded = content + b"\0" * (-len(content) % 4)
        place = (_checksum(padded), offset + len(body), len(content))
        directory += tag + b"".join(value.to_bytes(4, "big") for value in place)
        body += padded
    return header + directory + body


def _tables(data: bytes) -> dict[bytes, bytes]:
    """Return the tables that a CIDFontType2 program needs."""
    found = {}
    for at in range(int.from_bytes(data[4:6], "big")):
        entry = data[12 + 16 * at : 28 + 16 * at]
        start, length = (int.from_bytes(entry[i : i + 4], "big") for i in (8, 12))
        found[entry[:4]] = data[start : start + length]
    return {tag: found[tag] for tag in _TABLES if tag in found}


def _checksum(padded: bytes) -> int:
    words = (padded[at : at + 4] for at in range(0, len(padded), 4))
    return sum(int.from_bytes(word, "big") for word in words) & 0xFFFFFFFF
