"""A picture from somewhere else, taken in as bare samples: no metadata, no surprises."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.errors import UserError
from partnerdesk.language import _
from partnerdesk.model.logo import LONGEST_LOGO, MOST_LOGO_BYTES

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 20_000_000
MOST_BYTES = 20_000_000
_LONGEST_SIDE = 900  # three times the resolution of a printed signature box
_LONGEST_SCAN = 3508  # A4 at 300 dpi


@dataclass(frozen=True)
class Picture:
    """Deflated 8-bit samples, `colours` (1 grey, 3 RGB) to a pixel, row by row from the top."""

    width: int
    height: int
    colours: int
    deflated: bytes


def picture(data: bytes) -> Picture:
    """Return the PNG or JPEG in `data` on white, at most 900 pixels long, without metadata.

    Raises UserError for another format, a damaged file, or more than 20 megapixels declared.
    """
    flat = _flat(data, _LONGEST_SIDE)
    red, green, blue = (band.tobytes() for band in flat.split())
    grey = red == green == blue
    samples = red if grey else flat.tobytes()
    return Picture(flat.width, flat.height, 1 if grey else 3, zlib.compress(samples, 9))


def mark(data: bytes) -> bytes:
    """Return a stamp or thumbprint as it is taken in: a PNG of at most 900 pixels, no metadata."""
    out = io.BytesIO()
    _flat(data, _LONGEST_SIDE).save(out, "PNG")
    return out.getvalue()


def scan(data: bytes) -> tuple[bytes, str]:
    """Return a scanned page as it is kept, and its ending: ".pdf" or ".jpg".

    A PDF stays as it is; a PNG or JPEG is written anew without metadata. Raises UserError for
    anything else, or more than 20 MB or 20 megapixels.
    """
    if data.startswith(b"%PDF-") and len(data) <= MOST_BYTES:
        return data, ".pdf"
    out = io.BytesIO()
    _flat(data, _LONGEST_SCAN).save(out, "JPEG", quality=85)
    return out.getvalue(), ".jpg"


def logo(data: bytes) -> bytes:
    """Return a logo as it is kept: a PNG without metadata of at most 400 pixels and 48 kB.

    Raises UserError as `picture` does.
    """
    longest, made = LONGEST_LOGO, b""
    while not made or len(made) > MOST_LOGO_BYTES:
        out = io.BytesIO()
        flat = _flat(data, longest)
        red, green, blue = (band.tobytes() for band in flat.split())
        (flat.convert("L") if red == green == blue else flat).save(out, "PNG", optimize=True)
        made, longest = out.getvalue(), longest * 3 // 4
    return made


def _flat(data: bytes, longest: int) -> Image:
    """Return the picture upright on white, its longer side at most `longest` pixels."""
    from PIL import Image, ImageOps

    if len(data) > MOST_BYTES:
        raise refused()
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise refused()
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except UserError:
        raise
    except Exception as problem:  # a decoder fails in many ways, and all mean the same here
        raise refused() from problem
    upright.thumbnail((longest, longest))
    paper = Image.new("RGBA", upright.size, "white")
    paper.alpha_composite(upright)
    return paper.convert("RGB")


def refused() -> UserError:
    """Return that a file is not a picture that can be taken in."""
    return UserError(
        _("This picture cannot be used. Please choose a PNG or JPEG of at most 20 megapixels."),
        code="picture",
    )
