"""A finished PDF as pictures: how many pages, and each page as it will print."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from partnerdesk.errors import EnvironmentProblem
from partnerdesk.language import _

PDFIUM = Lock()
"""PDFium serves one thread at a time: whoever calls it in this process holds this lock."""

_POINTS_PER_INCH = 72
_WHITE = (255, 255, 255, 255)


def page_count(pdf: bytes) -> int:
    """Return the number of pages; raises EnvironmentProblem when the file cannot be read."""
    with PDFIUM, _opened(pdf) as document:
        return len(document)


def page_rgb(pdf: bytes, number: int, dpi: float) -> tuple[int, int, bytes]:
    """Return width and height in pixels, and RGBA bytes row by row, of page `number` from 1.

    Signatures show as they are. Raises EnvironmentProblem when the file cannot be read and
    IndexError when it has no such page.
    """
    with PDFIUM, _opened(pdf) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        page = document[number - 1]
        try:
            return _painted(page, dpi)
        finally:
            page.close()


def _painted(page: Any, dpi: float) -> tuple[int, int, bytes]:
    from pypdfium2 import raw

    scale = dpi / _POINTS_PER_INCH
    bitmap = page.render(
        scale=scale, may_draw_forms=True, fill_color=_WHITE, rev_byteorder=True,
        force_bitmap_format=raw.FPDFBitmap_BGRA,
    )  # fmt: skip
    try:
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        rows = memoryview(bitmap.buffer).cast("B")
        if stride == 4 * width:
            return width, height, bytes(rows)
        return (
            width,
            height,
            b"".join(rows[row * stride : row * stride + 4 * width] for row in range(height)),
        )
    finally:
        bitmap.close()


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    """Give the document, which stays open for the next page of the same file."""
    import pypdfium2

    if _KEPT and _KEPT[0][0] != pdf:
        _KEPT.pop()[1].close()
    if not _KEPT:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as broken:
            told = _("This file cannot be shown as pages. Ask for another copy of it.")
            raise EnvironmentProblem(told, code="pdf-unreadable") from broken
        document.init_forms()
        _KEPT.append((pdf, document))
    yield _KEPT[0][1]


_KEPT: list[tuple[bytes, Any]] = []
