"""Pages as pictures: whether a later revision of a file looks like an earlier one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE = 100 / 72
_MARGIN = 2  # pixels around a signature box that belong to its frame
_LONGEST = 1100  # pixels of the longer side of a picture to look at
_FRAME = (190, 60, 20)
MOST_PICTURES = 6


@dataclass(frozen=True)
class PagePair:
    """One page, counted from 1, as PNG: `before` as it was signed and `after` as it is now.

    Either is b"" where there is no such page, or nothing that was signed is left to show.
    """

    number: int
    before: bytes
    after: bytes


def page_pairs(earlier: bytes, later: bytes) -> tuple[PagePair, ...]:
    """Return the first six pages of `later` that look different in `earlier`, framed.

    Where `earlier` is b"" or all pages look alike, these are the first six pages of `later`.
    """
    import pypdfium2

    after = pypdfium2.PdfDocument(later)
    after.init_forms()
    if earlier:
        before = pypdfium2.PdfDocument(earlier)
        before.init_forms()
        found = tuple(_different(before, after))
        if found:
            return found
    most = min(len(after), MOST_PICTURES)
    return tuple(PagePair(n + 1, b"", _png(_picture(after[n]))) for n in range(most))


def _different(before: Any, after: Any) -> Iterator[PagePair]:
    left = MOST_PICTURES
    for number in range(max(len(before), len(after))):
        pages = [
            document[number] if number < len(document) else None for document in (before, after)
        ]
        if left and (None in pages or not _alike(*pages)):
            left -= 1
            yield PagePair(number + 1, *_framed(*(_picture(page) for page in pages)))


def _picture(page: Any) -> Image | None:
    if page is None:
        return None
    scale = min(_SCALE, _LONGEST / max(*page.get_size(), 1))
    picture: Image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    return picture


def _framed(before: Image | None, after: Image | None) -> tuple[bytes, bytes]:
    """Return both pictures, with a frame around what differs where they have one size."""
    from PIL import ImageChops, ImageDraw

    if before and after and before.size == after.size:
        box = ImageChops.difference(before, after).getbbox()
        left, top, right, foot = box or (0, 0, *before.size)
        for picture in (before, after):
            edges = (left - 4, top - 4, right + 4, foot + 4)
            ImageDraw.Draw(picture).rectangle(edges, outline=_FRAME, width=3)
    return _png(before), _png(after)


def _png(picture: Image | None) -> bytes:
    if picture is None:
        return b""
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


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
