"""Charts for those who read from the right: the same shapes, seen in a mirror."""

from __future__ import annotations

from typing import Any


def mirrored(drawing: Any) -> Any:
    """Return a drawing of boxes, lines and words turned left to right; words stay readable."""
    width = drawing.width
    for shape in drawing.contents:
        if hasattr(shape, "text"):
            shape.x = width - shape.x
            shape.textAnchor = "end"
        elif hasattr(shape, "x1"):
            shape.x1, shape.x2 = width - shape.x1, width - shape.x2
        else:
            shape.x = width - shape.x - shape.width
    return drawing
