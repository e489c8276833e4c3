"""Where painted parts lie: rectangles mirrored for right-to-left, sizes in em-px."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QWidget

from ui import theme


def em(_widget: QWidget | None = None) -> float:
    """Return the pixels of one em-px at the text size in use."""
    return theme.emf(1.0)


def right_to_left(widget: QWidget) -> bool:
    """Return whether `widget` is laid out from right to left."""
    return widget.layoutDirection() == Qt.LayoutDirection.RightToLeft


def x_at(widget: QWidget, x: float) -> float:
    """Return `x`, counted from the start edge of `widget`, as Qt counts it from the left."""
    return widget.width() - x if right_to_left(widget) else x


def mirrored(widget: QWidget, rect: QRectF) -> QRectF:
    """Return `rect`, placed from the start edge of `widget`, where it lies on the screen."""
    if not right_to_left(widget):
        return rect
    return QRectF(widget.width() - rect.right(), rect.top(), rect.width(), rect.height())
