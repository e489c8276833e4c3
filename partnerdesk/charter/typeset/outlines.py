"""Words as filled shapes: text that needs no font, for the faces of signatures."""

from __future__ import annotations

from typing import Any

from partnerdesk.charter.typeset import shape
from partnerdesk.charter.typeset.fonts import Face, Glyph


def outlines(text: str, size: float, *, bold: bool = False) -> tuple[str, float]:
    """Return `text` on one line as PDF path operators, filled at the end, and its width in points.

    The text begins at the origin of the user space, on the baseline; every script of the
    bundled fonts is shaped and reordered. No fill colour is set. Text without ink gives ''.
    """
    shaped, _base = shape.runs(shape.plain(text.replace("\n", " "), bold))
    line = shape.visual_order(shaped)
    operators: list[str] = []
    left = 0.0
    for run in line.runs:
        for glyph in run.glyphs:
            operators += _glyph(run.face, glyph, left, size)
            left += glyph.advance * size
    return "\n".join([*operators, "f"]) if operators else "", left


def _glyph(face: Face, glyph: Glyph, left: float, size: float) -> list[str]:
    import uharfbuzz as hb

    pen = _Pen(size / face.em, left + glyph.right * size, glyph.up * size)
    draw = hb.DrawFuncs()
    draw.set_move_to_func(pen.move)
    draw.set_line_to_func(pen.line)
    draw.set_quadratic_to_func(pen.quadratic)
    draw.set_cubic_to_func(pen.cubic)
    draw.set_close_path_func(pen.close)
    face.font.draw_glyph(glyph.id, draw)
    return pen.operators


class _Pen:
    """Turns HarfBuzz's outline of one glyph into PDF path operators."""

    def __init__(self, scale: float, right: float, up: float) -> None:
        self.operators: list[str] = []
        self._scale, self._right, self._up = scale, right, up
        self._at = (0.0, 0.0)

    def move(self, x: float, y: float, _data: Any) -> None:
        """Begin a contour."""
        self._write("m", (x, y))

    def line(self, x: float, y: float, _data: Any) -> None:
        """Go straight."""
        self._write("l", (x, y))

    def quadratic(self, cx: float, cy: float, x: float, y: float, _data: Any) -> None:
        """Go round one control point: PDF knows only curves with two."""
        fx, fy = self._at
        first = (fx + (cx - fx) * 2 / 3, fy + (cy - fy) * 2 / 3)
        second = (x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3)
        self._write("c", first, second, (x, y))

    def cubic(
        self, ax: float, ay: float, bx: float, by: float, x: float, y: float, _data: Any
    ) -> None:
        """Go round two control points."""
        self._write("c", (ax, ay), (bx, by), (x, y))

    def close(self, _data: Any) -> None:
        """Close the contour."""
        self.operators.append("h")

    def _write(self, operator: str, *points: tuple[float, float]) -> None:
        self._at = points[-1]
        placed = (
            f"{x * self._scale + self._right:.2f} {y * self._scale + self._up:.2f}"
            for x, y in points
        )
        self.operators.append(" ".join([*placed, operator]))
