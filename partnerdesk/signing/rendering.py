"""Pages as pictures: whether a later revision of a file looks like an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE = 100 / 72
_MARGIN = 2  # pixels around a signature box that belong to its frame


def first_difference(earlier: bytes, later: bytes) -> int | None:
    """Return the first page, counted from 1, that looks different, or None.

    Both are PDF files. Their signature boxes, as `earlier` places them, are left out; pages
    are compared at 100 dpi and must agree in every pixel.
    """
    import pypdfium2

    before, after = pypdfium2.PdfDocument(earlier), pypdfium2.PdfDocument(later)
    try:
        if len(before) != len(after):
            return min(len(before), len(after)) + 1
        for number in range(len(before)):
            if not _alike(before[number], after[number]):
                return number + 1
        return None
    finally:
        before.close()
        after.close()


def _alike(before: Any, after: Any) -> bool:
    from PIL import ImageChops

    if before.get_size() != after.get_size() or before.get_rotation() != after.get_rotation():
        return False
    boxes = _signature_boxes(before)
    left, right = (_masked(page, boxes) for page in (before, after))
    return left.size == right.size and ImageChops.difference(left, right).getbbox() is None


def _masked(page: Any, boxes: list[tuple[float, float, float, float]]) -> Image:
    from PIL import ImageDraw

    image: Image = page.render(scale=_SCALE).to_pil().convert("RGB")
    draw = ImageDraw.Draw(image)
    height = page.get_height()
    for left, foot, right, head in boxes:
        top, bottom = (height - head) * _SCALE - _MARGIN, (height - foot) * _SCALE + _MARGIN
        edges = (left * _SCALE - _MARGIN, top, right * _SCALE + _MARGIN, bottom)
        draw.rectangle(edges, fill="white")
    return image


def _signature_boxes(page: Any) -> list[tuple[float, float, float, float]]:
    """Return (left, foot, right, head) in points of every form widget on `page`."""
    from pypdfium2 import raw

    boxes = []
    for place in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, place)
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET:
            rectangle = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, rectangle)
            boxes.append((rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
        raw.FPDFPage_CloseAnnot(annotation)
    return boxes
