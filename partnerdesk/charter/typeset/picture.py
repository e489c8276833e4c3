"""A small PNG inside a PDF: its own compressed samples, as they are, with words beside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from partnerdesk.charter.logo import Samples
from partnerdesk.charter.typeset import objects
from partnerdesk.charter.typeset.blocks import Block
from partnerdesk.charter.typeset.canvas import TaggedCanvas
from partnerdesk.charter.typeset.objects import Name, array, dictionary, number
from partnerdesk.charter.typeset.structure import Element


@dataclass
class PictureBlock(Block):
    """A picture at the start side, as large as fits into `room`, in points."""

    element: Element
    picture: Samples
    room: tuple[float, float]
    right: bool = False
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def height(self, width: float) -> float:
        """Return the height that the picture takes."""
        return self._size(width)[1]

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw it, and note where it lies."""
        wide, high = self._size(width)
        left = x + width - wide if self.right else x
        edges = (left, top - high, left + wide, top)
        self.element.attributes = {
            "BBox": array(number(edge) for edge in edges),
            "Placement": Name("Block"),
        }
        name = hashlib.sha256(self.picture.deflated).hexdigest()[:16]
        with canvas.mark(self.element):
            canvas.picture(name, xobject(self.picture), (left, top - high, wide, high))

    def _size(self, width: float) -> tuple[float, float]:
        share = min(
            min(width, self.room[0]) / self.picture.width, self.room[1] / self.picture.height
        )
        return self.picture.width * share, self.picture.height * share


def xobject(picture: Samples) -> objects.Stream:
    """Return the picture as an image object; the rows keep the filters that PNG gave them."""
    parameters = dictionary(
        Predictor=15, Colors=picture.colours, BitsPerComponent=8, Columns=picture.width
    )
    entries = {
        "Type": Name("XObject"),
        "Subtype": Name("Image"),
        "Width": picture.width,
        "Height": picture.height,
        "BitsPerComponent": 8,
        "ColorSpace": Name("DeviceGray" if picture.colours == 1 else "DeviceRGB"),
        "Filter": Name("FlateDecode"),
        "DecodeParms": parameters,
    }
    return objects.open_stream(picture.deflated, entries)
