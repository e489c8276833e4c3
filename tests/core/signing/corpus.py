"""More attacks, by the classes of the literature: forged dictionaries, shadows, pages, tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from partnerdesk.signing import ranges
from tests.core.signing.attacks import ATTACKS, increment, last_range, page_of, rewrite, with_range

Attack = Callable[[bytes], bytes]
Change = Callable[[IncrementalPdfFileWriter], None]


def name(text: str) -> generic.NameObject:
    return generic.NameObject(text)


def forged(key: str, value: generic.PdfObject | None) -> Change:
    """Return a change that shadows the last signature's dictionary with another `key`."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        fields = [field.get_object() for field in writer.root["/AcroForm"]["/Fields"]]
        signature = next(field for field in fields[::-1] if "/V" in field)["/V"]
        if value is None:
            signature.pop(key, None)
        else:
            signature[name(key)] = value
        writer.update_container(signature)

    return change


FORGED_KEYS = ("/Contents", "/ByteRange", "/SubFilter", "/Filter", "/Type", "/Reference")
FORGED_VALUES: dict[str, generic.PdfObject | None] = {
    "null": generic.NullObject(),
    "missing": None,
    "empty": generic.ArrayObject([]),
    "of another kind": generic.NumberObject(7),
}


def in_place(old: bytes, new: bytes) -> Attack:
    """Return an attack that writes `new` over the last `old`, in the same room."""

    def attack(pdf: bytes) -> bytes:
        place = pdf.rindex(old)
        return pdf[:place] + new.ljust(len(old)) + pdf[place + len(old) :]

    return attack


def on_page(key: str, value: generic.PdfObject) -> Change:
    """Return a change of one entry of the first page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page_of(writer)[name(key)] = value

    return change


def box(*edges: int) -> generic.ArrayObject:
    return generic.ArrayObject([generic.NumberObject(edge) for edge in edges])


def font_swapped(writer: IncrementalPdfFileWriter) -> None:
    """Let every letter of the font be drawn as another one."""
    fonts = writer.root["/Pages"]["/Kids"][0]["/Resources"]["/Font"]
    font = next(iter(fonts.values())).get_object()
    codes = [generic.NumberObject(97), *(name(f"/{letter}") for letter in "zyxwvutsrq")]
    encoding = {name("/Type"): name("/Encoding"), name("/Differences"): generic.ArrayObject(codes)}
    font[name("/Encoding")] = generic.DictionaryObject(encoding)
    writer.update_container(font)


def kids(order: Callable[[list[Any]], list[Any]]) -> Change:
    """Return a change of the list of pages."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        tree = writer.root["/Pages"]
        changed = order([tree.raw_get("/Kids")[n] for n in range(len(tree["/Kids"]))])
        tree[name("/Kids")] = generic.ArrayObject(changed)
        tree[name("/Count")] = generic.NumberObject(len(changed))
        writer.update_container(tree)

    return change


def no_places(writer: IncrementalPdfFileWriter) -> None:
    """Take the signature boxes off their page."""
    page = writer.root["/Pages"]["/Kids"][1]
    page[name("/Annots")] = generic.ArrayObject([])
    writer.update_container(page)


def sneaky_place(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("Signature99", box=(72, 700, 300, 740)))


def dropped(key: str) -> Change:
    """Return a change that takes an entry out of the catalogue."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root.pop(key, None)
        writer.root[name("/Dropped")] = generic.NullObject()
        writer.update_root()

    return change


def metadata(writer: IncrementalPdfFileWriter) -> None:
    stream = generic.StreamObject(stream_data=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    stream[name("/Type")], stream[name("/Subtype")] = name("/Metadata"), name("/XML")
    writer.root[name("/Metadata")] = writer.add_object(stream)
    writer.update_root()


def second_attachment(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]["/EmbeddedFiles"]
    leaf = names if "/Names" in names else names["/Kids"][0]
    pairs = leaf["/Names"]
    pairs.extend([generic.TextStringObject("other.json"), pairs.raw_get(1)])
    writer.update_container(leaf)


def table(rows: bytes, root: int = 1, prev: bool = True) -> Attack:
    """Return an attack that appends a hand-made cross-reference section with `rows`."""

    def attack(pdf: bytes) -> bytes:
        before = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
        root_of = re.findall(rb"/Root (\d+) 0 R", pdf)
        number = int(root_of[-1]) if root_of else root
        linked = b" /Prev %d" % before if prev else b" /Prev %d" % len(pdf)
        tail = b"trailer\n<< /Size 500 /Root %d 0 R%s >>\n" % (number, linked)
        return pdf + b"xref\n" + rows + tail + b"startxref\n%d\n%%%%EOF\n" % len(pdf)

    return attack


def freed(pdf: bytes) -> bytes:
    """Free the object of the first signature field."""
    return table(b"5 1\n0000000000 00001 f \n")(pdf)


def with_object(pdf: bytes) -> bytes:
    """Replace the page tree by one without pages, through a hand-made table."""
    number = int(re.findall(rb"/Pages (\d+) 0 R", pdf)[0])
    made = b"%d 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" % number
    row = b"%d 1\n%010d 00000 n \n" % (number, len(pdf))
    before = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    root = re.findall(rb"/Root (\d+ 0 R)", pdf)[-1]
    tail = b"trailer\n<< /Size 500 /Root %s /Prev %d >>\n" % (root, before)
    start = len(pdf) + len(made)
    return pdf + made + b"xref\n" + row + tail + b"startxref\n%d\n%%%%EOF\n" % start


def object_streams(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def linearized(pdf: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, linearize=True)
    return out.getvalue()


def archived(pdf: bytes) -> bytes:
    """Append a ZIP archive: the file is both."""
    out = io.BytesIO(pdf)
    out.seek(0, io.SEEK_END)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("other.txt", "We owe nothing.")
    return out.getvalue()


def overlapping(pdf: bytes) -> bytes:
    span = ranges.spans(pdf)[-1]
    return with_range(b"/ByteRange [0 %d %d %d]" % (span.after, span.gap, span.end - span.gap))(pdf)


def gap_elsewhere(pdf: bytes) -> bytes:
    """Let the gap lie over the text of the first page."""
    end = ranges.spans(pdf)[-1].end
    return with_range(b"/ByteRange [0 100 900 %d]" % (end - 900))(pdf)


def begins_late(pdf: bytes) -> bytes:
    match = last_range(pdf)
    return with_range(match[0].replace(b"[0 ", b"[1 "))(pdf)


def six_numbers(pdf: bytes) -> bytes:
    return with_range(b"/ByteRange [0 9 9 9 9 9]")(pdf)


def ends_early(pdf: bytes) -> bytes:
    span = ranges.spans(pdf)[-1]
    less = span.end - span.after - 9
    return with_range(b"/ByteRange [0 %d %d %d]" % (span.gap, span.after, less))(pdf)


def second_contents(pdf: bytes) -> bytes:
    """Let the signature's dictionary carry an empty second /Contents."""
    return in_place(b"/Reason", b"/Contents")(pdf)


CORPUS: dict[str, Attack] = {
    f"forged {key[1:]} {kind}": increment(forged(key, value))
    for key in FORGED_KEYS
    for kind, value in FORGED_VALUES.items()
}
CORPUS |= {
    "wrapped overlap": overlapping,
    "wrapped six numbers": six_numbers,
    "wrapped gap elsewhere": gap_elsewhere,
    "wrapped late": begins_late,
    "wrapped short": ends_early,
    "wrapped twice": second_contents,
    "shadow font": increment(font_swapped),
    "shadow crop": increment(on_page("/CropBox", box(0, 0, 300, 300))),
    "shadow media": increment(on_page("/MediaBox", box(0, 0, 300, 300))),
    "shadow content list": increment(on_page("/Contents", generic.ArrayObject([]))),
    "shadow resources": increment(on_page("/Resources", generic.DictionaryObject())),
    "shadow unit": increment(on_page("/UserUnit", generic.NumberObject(9))),
    "pages turned round": increment(kids(lambda pages: pages[::-1])),
    "pages doubled": increment(kids(lambda pages: [*pages, pages[0]])),
    "pages without the first": increment(kids(lambda pages: pages[1:])),
    "pages without signatures": increment(no_places),
    "pages one added": rewrite(lambda pdf: pdf.add_blank_page() and None),
    "pages one removed": rewrite(lambda pdf: pdf.pages.remove(p=2)),
    "place added": increment(sneaky_place),
    "catalogue without Perms": increment(dropped("/Perms")),
    "catalogue without AcroForm": increment(dropped("/AcroForm")),
    "catalogue without Names": increment(dropped("/Names")),
    "catalogue Metadata": increment(metadata),
    "attachment added": increment(second_attachment),
    "table empty": table(b"0 0\n"),
    "table frees": freed,
    "table replaces": with_object,
    "table in a loop": table(b"0 0\n", prev=False),
    "streams of objects": object_streams,
    "linearized": linearized,
    "polyglot zip": archived,
    "polyglot html before": lambda pdf: b"<html><!--" + pdf,
    "polyglot html after": lambda pdf: pdf + b"<script>alert(1)</script>\n%%EOF\n",
    "polyglot comment": in_place(b"%%EOF", b"%<b>x"),
}
EVERY = ATTACKS | CORPUS
