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
    if before.get_size() != after.get_size() or before.get_rotation() != after.get_rotation():
        return False
    left, right = (page.render(scale=_SCALE) for page in (before, after))
    return bytes(left.buffer) == bytes(right.buffer) or _alike_outside_boxes(before, left, right)


def _alike_outside_boxes(page: Any, left: Any, right: Any) -> bool:
    from PIL import ImageChops

    boxes = _signature_boxes(page)
    masked = (_masked(bitmap.to_pil(), boxes, page.get_height()) for bitmap in (left, right))
    return ImageChops.difference(*masked).getbbox() is None


def _masked(picture: Image, boxes: list[tuple[float, float, float, float]], height: float) -> Image:
    from PIL import ImageDraw

    image = picture.convert("RGB")
    draw = ImageDraw.Draw(image)
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
