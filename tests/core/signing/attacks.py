"""Attacks on a signed charter by somebody without the authority's key: bytes in, bytes out."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from partnerdesk.signing import ranges


def increment(change: Callable[[IncrementalPdfFileWriter], None]) -> Callable[[bytes], bytes]:
    """Return an attack that appends a well-formed update made by `change`."""

    def attack(pdf: bytes) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        change(writer)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    return attack


def rewrite(change: Callable[[pikepdf.Pdf], None]) -> Callable[[bytes], bytes]:
    """Return an attack that opens the file, makes `change`, and saves all of it anew."""

    def attack(pdf: bytes) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            change(opened)
            opened.save(out)
        return out.getvalue()

    return attack


def page_of(writer: IncrementalPdfFileWriter) -> Any:
    """Return the first page for writing."""
    page = writer.root["/Pages"]["/Kids"][0]
    writer.update_container(page)
    return page


def replace_page(writer: IncrementalPdfFileWriter) -> None:
    text = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 720 Td (We share nothing.) Tj ET")
    page_of(writer)[generic.NameObject("/Contents")] = writer.add_object(text)


def rotate(writer: IncrementalPdfFileWriter) -> None:
    page_of(writer)[generic.NameObject("/Rotate")] = generic.NumberObject(180)


def retitle(writer: IncrementalPdfFileWriter) -> None:
    writer.trailer["/Info"][generic.NameObject("/Title")] = generic.TextStringObject("Other")
    writer.update_container(writer.trailer["/Info"])


def open_action(writer: IncrementalPdfFileWriter) -> None:
    action = {"/S": generic.NameObject("/JavaScript"), "/JS": generic.TextStringObject("x")}
    writer.root[generic.NameObject("/OpenAction")] = generic.DictionaryObject(
        {generic.NameObject(key): part for key, part in action.items()}
    )
    writer.update_root()


def empty_fields(pdf: pikepdf.Pdf) -> None:
    for field in pdf.Root.AcroForm.Fields:
        if "/V" in field:
            del field.V


def drop_form(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm
    del pdf.pages[1].Annots


def last_range(pdf: bytes) -> re.Match[bytes]:
    """Return the byte range of the last signature."""
    return list(re.finditer(rb"/ByteRange \[([\d ]+)\]", pdf))[-1]


def with_range(written: bytes) -> Callable[[bytes], bytes]:
    """Return an attack that writes another byte range in the same room."""

    def attack(pdf: bytes) -> bytes:
        match = last_range(pdf)
        return (
            pdf[: match.start()] + written.ljust(match.end() - match.start()) + pdf[match.end() :]
        )

    return attack


def shifted(pdf: bytes) -> bytes:
    """Move the second signed part, and slip something in before it (signature wrapping)."""
    span = ranges.spans(pdf)[-1]
    extra = b" % slipped in\n"
    longer = pdf[: span.after] + extra + pdf[span.after :]
    rest = span.end - span.after
    moved = b"/ByteRange [0 %d %d %d]" % (span.gap, span.after + len(extra), rest)
    return with_range(moved)(longer)


def padding_bit(pdf: bytes) -> bytes:
    place = ranges.spans(pdf)[-1].after - 3
    return pdf[:place] + b"1" + pdf[place + 1 :]


def lower_case(pdf: bytes) -> bytes:
    span = ranges.spans(pdf)[-1]
    return pdf[: span.gap] + pdf[span.gap : span.after].lower() + pdf[span.after :]


def zeroed(pdf: bytes) -> bytes:
    span = ranges.spans(pdf)[-1]
    return pdf[: span.gap + 1] + b"0" * (span.after - span.gap - 2) + pdf[span.after - 1 :]


def annotation(kind: str) -> Callable[[IncrementalPdfFileWriter], None]:
    """Return a change that lays an annotation of this kind over the first page's text."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        note = generic.DictionaryObject(
            {
                generic.NameObject("/Type"): generic.NameObject("/Annot"),
                generic.NameObject("/Subtype"): generic.NameObject(kind),
                generic.NameObject("/Contents"): generic.TextStringObject("We owe nothing."),
                generic.NameObject("/Rect"): generic.ArrayObject(
                    [generic.NumberObject(edge) for edge in (72, 700, 300, 740)]
                ),
            }
        )
        notes = generic.ArrayObject([writer.add_object(note)])
        page_of(writer)[generic.NameObject("/Annots")] = notes

    return change


def in_catalogue(key: str) -> Callable[[IncrementalPdfFileWriter], None]:
    """Return a change that puts an empty dictionary into the catalogue."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[generic.NameObject(key)] = generic.DictionaryObject()
        writer.update_root()

    return change


def swap_charter(writer: IncrementalPdfFileWriter) -> None:
    """Put another charter.json in the place of the signed one."""
    names = writer.root["/Names"]["/EmbeddedFiles"]
    leaf = names if "/Names" in names else names["/Kids"][0]
    files = leaf["/Names"][1]["/EF"]
    files[generic.NameObject("/F")] = writer.add_object(generic.StreamObject(stream_data=b"{}"))
    writer.update_container(files)


def swap_appearance(writer: IncrementalPdfFileWriter) -> None:
    """Draw something else where the first signatory signed."""
    field = writer.root["/AcroForm"]["/Fields"][0]
    looks = generic.StreamObject(stream_data=b"0 0 50 50 re f")
    field["/AP"][generic.NameObject("/N")] = writer.add_object(looks)
    writer.update_container(field["/AP"])


def second_page_object(pdf: bytes) -> bytes:
    """Append a second version of object 1, with no table that mentions it."""
    return pdf + b"1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


ATTACKS: dict[str, Callable[[bytes], bytes]] = {
    "line appended": lambda pdf: pdf + b"\n",
    "comment appended": lambda pdf: pdf + b"% hello\n%%EOF\n",
    "file appended to itself": lambda pdf: pdf + pdf,
    "junk before the header": lambda pdf: b"\n" + pdf,
    "header changed": lambda pdf: pdf.replace(b"%PDF-1.7", b"%PDF-1.6", 1),
    "charter data swapped": increment(swap_charter),
    "appearance swapped": increment(swap_appearance),
    "object shadowed": second_page_object,
    "page replaced": increment(replace_page),
    "page rotated": increment(rotate),
    "title changed": increment(retitle),
    "script added": increment(open_action),
    "saved again": rewrite(lambda pdf: None),
    "signatures emptied": rewrite(empty_fields),
    "form removed": rewrite(drop_form),
    "page removed": rewrite(lambda pdf: pdf.pages.remove(p=1)),
    "padding bit": padding_bit,
    "hex in lower case": lower_case,
    "contents zeroed": zeroed,
    "name edited": lambda pdf: pdf.replace(b"(Amina Odhiambo)", b"(Amina Odhiamba)"),
    "reason edited": lambda pdf: pdf.replace(b"I agree to this", b"I object to him"),
    "subfilter changed": lambda pdf: pdf.replace(b"/ETSI.CAdES.detached", b"/adbe.pkcs7.detached"),
    "range renamed": lambda pdf: pdf.replace(b"/ByteRange", b"/ByteRangf"),
    "range of three": with_range(b"/ByteRange [0 10 20]"),
    "range of zeros": with_range(b"/ByteRange [0 0 0 0]"),
    "range negative": with_range(b"/ByteRange [0 -1 9 9]"),
    "range huge": with_range(b"/ByteRange [0 9 9 999999999]"),
    "range null": with_range(b"/ByteRange null"),
    "range shifted": shifted,
    "contents renamed": lambda pdf: pdf.replace(b"/Contents <", b"/Contentz <"),
    "end cut": lambda pdf: pdf[:-1],
    "half": lambda pdf: pdf[: len(pdf) // 2],
}
ATTACKS |= {
    f"annotation {kind}": increment(annotation(f"/{kind}"))
    for kind in ("FreeText", "Redact", "Stamp", "Ink", "Widget", "Popup", "Link", "Square")
}
ATTACKS |= {
    f"catalogue {key}": increment(in_catalogue(f"/{key}"))
    for key in ("AA", "OpenAction", "OCProperties", "PageLabels", "Perms", "Extensions", "DSS")
}
