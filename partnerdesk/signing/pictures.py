"""A picture from somewhere else, taken in as bare samples: no metadata, no surprises."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.errors import UserError
from partnerdesk.language import _

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 20_000_000
MOST_BYTES = 20_000_000
_LONGEST_SIDE = 900  # three times the resolution of a printed signature box


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
    from PIL import Image

    if len(data) > MOST_BYTES:
        raise _refused()
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _refused()
            return _samples(image)
    except UserError:
        raise
    except Exception as problem:  # a decoder fails in many ways, and all mean the same here
        raise _refused() from problem


def _samples(image: Image) -> Picture:
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    paper = Image.new("RGBA", upright.size, "white")
    paper.alpha_composite(upright)
    flat = paper.convert("RGB")
    red, green, blue = (band.tobytes() for band in flat.split())
    grey = red == green == blue
    samples = red if grey else flat.tobytes()
    return Picture(flat.width, flat.height, 1 if grey else 3, zlib.compress(samples, 9))


def _refused() -> UserError:
    return UserError(
        _("This picture cannot be used. Please choose a PNG or JPEG of at most 20 megapixels."),
        code="picture",
    )
