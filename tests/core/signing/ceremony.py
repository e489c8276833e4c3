"""A small charter with prepared signature fields, and requests to sign it with."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

from partnerdesk.signing import marks
from partnerdesk.signing.authority import Authority
from partnerdesk.signing.report import Report
from partnerdesk.signing.sign import SignatureRequest, sign

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
CHARTER = b'{"title":"Lake Basin Charter","version":1}'
NAMES = ("Amina Odhiambo", "Олена Коваль", "سليم حداد", "Selam Tesfaye")


def outlines(text: str, size: float) -> tuple[str, float]:
    """Draw each letter as a small box: enough to see where text would be."""
    step = size * 0.5
    boxes = (
        f"{place * step:.2f} 0 {step * 0.8:.2f} {size * 0.7:.2f} re" for place in range(len(text))
    )
    return "\n".join(boxes) + "\nf", step * len(text)


def prepared(count: int, charter: bytes = CHARTER) -> bytes:
    """Return an unsigned PDF of two pages with `count` signature fields and charter.json."""
    paper = io.BytesIO()
    canvas = Canvas(paper, invariant=1, lang="en")
    canvas.setTitle("Lake Basin Charter")
    for page in ("We share water, work and credit.", "Signatures"):
        canvas.drawString(72, 720, page)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(paper.getvalue())) as pdf:
        names = [f"Signature{number}" for number in range(1, count + 1)]
        fields = [_field(pdf, names, place) for place in range(count)]
        pdf.pages[1].Annots = Array(fields)
        pdf.Root.AcroForm = Dictionary(Fields=Array(fields), SigFlags=0)
        pdf.attachments["charter.json"] = pikepdf.AttachedFileSpec(
            pdf, charter, filename="charter.json", mime_type="application/json"
        )
        out = io.BytesIO()
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
            force_version="1.7",
        )
    return out.getvalue()


def _field(pdf: pikepdf.Pdf, names: list[str], place: int) -> pikepdf.Object:
    last = place == len(names) - 1
    lock = Dictionary(Type=Name.SigFieldLock, Action=Name.All if last else Name.Include)
    if last:
        lock.P = 1
    else:
        lock.Fields = Array([String(name) for name in names[: place + 1]])
    foot = 600 - 100 * place
    looks = pdf.make_stream(b"0.6 G 0.5 0.5 219 79 re S")
    looks.Type, looks.Subtype = Name.XObject, Name.Form
    looks.BBox = Array([0, 0, 220, 80])
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(names[place]),
            Rect=Array([72, foot, 292, foot + 80]),
            F=132,
            P=pdf.pages[1].obj,
            AP=Dictionary(N=looks),
            Lock=pdf.make_indirect(lock),
        )
    )


def request(place: int, **changes: object) -> SignatureRequest:
    """Return the request of the signatory at `place`, one minute after the one before."""
    name = NAMES[place % len(NAMES)]
    values: dict[str, object] = {
        "field": f"Signature{place + 1}",
        "name": name,
        "organisation": f"Organisation {place + 1}",
        "role": "Director",
        "reason": "I agree to this charter",
        "location": "Mwanza",
        "mark": marks.generated_strokes(name),
        "first": place == 0,
        "when": AT + timedelta(minutes=place),
    }
    return SignatureRequest(**{**values, **changes})  # type: ignore[arg-type]  # built by name


def signed(authority: Authority, count: int, of: int) -> bytes:
    """Return the small charter with `of` fields, of which the first `count` are signed."""
    pdf = prepared(of)
    for place in range(count):
        pdf = sign(pdf, request(place), authority, outlines=outlines)
    return pdf


def codes(report: Report) -> set[str]:
    """Return the codes of all findings."""
    return {finding.code for finding in report.findings}
