"""The look of the Word file as styles, and the parts of it that python-docx leaves to others."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from partnerdesk.charter.typeset.blocks import INK, LINE, NOW, TEXT, TEXT2

TITLE, SUBTITLE, SECTION, HEADING, NORMAL = "Title", "Subtitle", "Heading 1", "Heading 2", "Normal"
CLAUSE, FACT, NOTICE, RESERVATION = "Clause", "Fact", "Notice", "Reservation"
CELL, FOOTER, STRONG, TABLE = "Table Text", "Footer", "Strong", "Charter Table"

SIZES = {"A4": (11906, 16838), "Letter": (12240, 15840)}
MARGIN = 1247
LATIN, COMPLEX = "Noto Sans", "Noto Naskh Arabic"
_COMPLEX_OF = {"hi": "Noto Sans Devanagari", "ne": "Noto Sans Devanagari"}
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEFT_OUT = re.compile(r"/(stylesWithEffects|customXml|thumbnail|webSettings)$")
_IN_FILES = re.compile("^(Heading|Footer)")  # names that Word shows with a capital alone
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Look:
    """One paragraph style: sizes in points, room in twentieths of a point."""

    name: str
    size: float
    bold: bool = False
    ink: str = TEXT
    before: int = 0
    after: int = 120
    keep: bool = False
    level: int = -1
    indent: int = 0
    rule: str = ""
    tab: int = 0


LOOKS = (
    Look(NORMAL, 10.5),
    Look(TITLE, 30, bold=True, after=200),
    Look(SUBTITLE, 13, ink=TEXT2, after=240),
    Look(SECTION, 18, bold=True, ink=INK, before=480, after=160, keep=True, level=0),
    Look(HEADING, 12, bold=True, before=240, after=80, keep=True, level=1),
    Look(CLAUSE, 10.5, before=200, after=40, keep=True),
    Look(FACT, 9, ink=TEXT2, after=30, indent=284),
    Look(NOTICE, 10, ink=TEXT2),
    Look(RESERVATION, 10, before=60, after=100, indent=284, rule=NOW),
    Look(CELL, 9, after=0),
    Look(FOOTER, 8, ink=TEXT2, after=0, tab=1),
)


def sheet(language: str, right: bool, size: tuple[int, int], scale: float) -> Iterator[str]:
    """Return the whole style sheet as XML elements: defaults first, then every style.

    `right` is for a language that reads from right to left, `size` is the page's in
    twentieths of a point, and `scale` above 1 is large print.
    """
    yield _defaults(language, right)
    yield from (_paragraph_style(look, size[0] - 2 * MARGIN, scale) for look in LOOKS)
    yield (
        f'<w:style {_W} w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
    )
    yield (
        f'<w:style {_W} w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/>'
        "<w:rPr><w:b/><w:bCs/></w:rPr></w:style>"
    )
    yield (
        f'<w:style {_W} w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/></w:style>'
    )
    yield _table_style()


def _defaults(language: str, right: bool) -> str:
    code = quoteattr(language)
    languages = f"w:bidi={code}" if right else f"w:val={code}"
    fonts = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{LATIN}"'
    script = _COMPLEX_OF.get(language.split("-")[0], COMPLEX)
    return (
        f'<w:docDefaults {_W}><w:rPrDefault><w:rPr><w:rFonts {fonts} w:cs="{script}"/>'
        f"<w:lang {languages}/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _paragraph_style(look: Look, room: int, scale: float) -> str:
    ident = quoteattr(look.name.replace(" ", ""))
    name = quoteattr(_IN_FILES.sub(lambda found: found[0].lower(), look.name))
    default = ' w:default="1"' if look.name == NORMAL else ""
    based = "" if default else f'<w:basedOn w:val="{NORMAL}"/><w:next w:val="{NORMAL}"/>'
    half = round(look.size * scale * 2)
    bold = "<w:b/><w:bCs/>" if look.bold else ""
    return (
        f'<w:style {_W} w:type="paragraph"{default} w:styleId={ident}><w:name w:val={name}/>'
        f"{based}<w:qFormat/><w:pPr>{_paragraph_room(look, room)}</w:pPr>"
        f'<w:rPr>{bold}<w:color w:val="{look.ink}"/><w:sz w:val="{half}"/>'
        f'<w:szCs w:val="{half}"/></w:rPr></w:style>'
    )


def _paragraph_room(look: Look, room: int) -> str:
    """Return what a style says of the paragraph, in the order that the format asks for."""
    parts = "<w:keepNext/><w:keepLines/>" if look.keep else ""
    if look.rule:
        edge = f'<w:left w:val="single" w:sz="18" w:space="8" w:color="{look.rule}"/>'
        parts += f"<w:pBdr>{edge}</w:pBdr>"
    if look.tab:
        parts += f'<w:tabs><w:tab w:val="right" w:pos="{room}"/></w:tabs>'
    parts += f'<w:spacing w:before="{look.before}" w:after="{look.after}" w:line="276"'
    parts += ' w:lineRule="auto"/>'
    if look.indent:
        parts += f'<w:ind w:left="{look.indent}"/>'
    return parts + (f'<w:outlineLvl w:val="{look.level}"/>' if look.level >= 0 else "")


def _table_style() -> str:
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="{LINE}"/>'
        for edge, size in (("top", 8), ("bottom", 8), ("insideH", 4))
    )
    pads = "".join(
        f'<w:{side} w:w="{room}" w:type="dxa"/>'
        for side, room in (("top", 60), ("left", 80), ("bottom", 60), ("right", 80))
    )
    return (
        f'<w:style {_W} w:type="table" w:customStyle="1" w:styleId="CharterTable">'
        f'<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders><w:tblCellMar>{pads}</w:tblCellMar></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr></w:style>'
    )


def put_styles(document: Any, elements: Iterator[str]) -> None:
    """Put these styles in place of those of python-docx's template."""
    from docx.oxml import parse_xml

    styles = document.styles.element
    for old in list(styles):
        styles.remove(old)
    for one in elements:
        styles.append(parse_xml(one))


def leave_out_the_rest(document: Any) -> None:
    """Drop the parts of the template that this file has no use for, such as its picture."""
    for owner in (document.part, document.part.package):
        for ident, relation in list(owner.rels.items()):
            if _LEFT_OUT.search(relation.reltype):
                owner.rels.pop(ident)


def with_attributes(tag: str, **attributes: str | int) -> Any:
    """Return a WordprocessingML element such as ``w:bidi`` with attributes of the same kind."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    return OxmlElement(tag, {qn(f"w:{name}"): str(value) for name, value in attributes.items()})


def writable(text: str) -> str:
    """Return `text` with a mark in place of each character that XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def whole(document: Any) -> bytes:
    """Return the file: the same parts give the same bytes, whatever the clock says."""
    made = io.BytesIO()
    document.save(made)
    return _without_times(made.getvalue())


def _without_times(data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as found, zipfile.ZipFile(packed, "w") as fixed:
        for name in found.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            fixed.writestr(entry, found.read(name))
    return packed.getvalue()


def sized(document: Any, page: str, right: bool) -> tuple[int, int]:
    """Give the document its paper and margins, and return the paper's size."""
    width, height = SIZES.get(page, SIZES["A4"])
    section = document.sections[0]
    edges: Mapping[str, int] = {
        "page_width": width,
        "page_height": height,
        "left_margin": MARGIN,
        "right_margin": MARGIN,
        "top_margin": MARGIN,
        "bottom_margin": MARGIN,
    }
    for name, twentieths in edges.items():
        setattr(section, name, twentieths * 635)
    if right:
        section._sectPr.append(with_attributes("w:bidi"))
    return width, height
