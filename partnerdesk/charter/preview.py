"""A finished PDF as pictures: how many pages, and each page as it will print."""

from __future__ import annotations

import io
from threading import Lock
from typing import Any

from partnerdesk.errors import EnvironmentProblem
from partnerdesk.language import _

PDFIUM = Lock()
"""PDFium serves one thread at a time: whoever calls it in this process holds this lock."""

_POINTS_PER_INCH = 72


def page_count(pdf: bytes) -> int:
    """Return the number of pages; raises EnvironmentProblem when the file cannot be read."""
    with PDFIUM:
        document = _opened(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_rgb(pdf: bytes, number: int, dpi: float) -> tuple[int, int, bytes]:
    """Return width and height in pixels, and RGBA bytes row by row, of page `number` from 1.

    Signatures show as they are. Raises EnvironmentProblem when the file cannot be read and
    IndexError when it has no such page.
    """
    picture = _picture(pdf, number, dpi)
    return picture.width, picture.height, picture.tobytes()


def page_png(pdf: bytes, number: int, dpi: float) -> tuple[int, int, bytes]:
    """Return the same as `page_rgb`, with the bytes of a PNG file."""
    picture = _picture(pdf, number, dpi)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return picture.width, picture.height, file.getvalue()


def _picture(pdf: bytes, number: int, dpi: float) -> Any:
    with PDFIUM:
        return _rendered(pdf, number, dpi)


def _rendered(pdf: bytes, number: int, dpi: float) -> Any:
    document = _opened(pdf)
    try:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        document.init_forms()
        page = document[number - 1]
        bitmap = page.render(scale=dpi / _POINTS_PER_INCH, may_draw_forms=True)
        return bitmap.to_pil().convert("RGBA")
    finally:
        document.close()


def _opened(pdf: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as broken:
        told = _("This file cannot be shown as pages. Ask for another copy of it.")
        raise EnvironmentProblem(told, code="pdf-unreadable") from broken
