"""Icons from resources/icons, coloured by role, and mirrored where they point."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

import resources
from ui.theme import Roles, roles, sized
from ui.widgets.metrics import right_to_left

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

PICTURES = ("boat", "tree", "sun", "hoe", "pot", "fish", "drop")
"""The pictures a person can pick for their badge."""

_POINTING = frozenset({"left", "right", "chev", "undo"})
_INK = b"#000"


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = resources.path(f"icons/{name}.svg").read_bytes()
    return QSvgRenderer(QByteArray(source.replace(_INK, colour.encode())))


def paint_icon(
    painter: QPainter, name: str, rect: QRectF, colour: QColor, *, rtl: bool = False
) -> None:
    """Paint the icon called `name` into `rect`; one that points is turned round when `rtl`."""
    painter.save()
    if rtl and name in _POINTING:
        painter.translate(rect.center().x() * 2, 0)
        painter.scale(-1, 1)
    _renderer(name, colour.name()).render(painter, rect)
    painter.restore()


def pixmap(
    name: str, colour: QColor, size: int, *, ratio: float = 1.0, rtl: bool = False
) -> QPixmap:
    """Return the icon called `name`, `size` pixels wide, sharp at the device pixel `ratio`."""
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint_icon(painter, name, QRectF(0, 0, size, size), colour, rtl=rtl)
    painter.end()
    return made


def icon(
    name: str,
    roles: Roles,
    size: int = 20,
    *,
    colour: QColor | None = None,
    ratio: float = 1.0,
    rtl: bool = False,
) -> QIcon:
    """Return a QIcon of `name` in `colour` (else text), with its disabled twin in text2."""
    from PySide6.QtGui import QIcon  # with its 151 names of themes, which the first window lacks

    made = QIcon(pixmap(name, colour or roles.text, size, ratio=ratio, rtl=rtl))
    made.addPixmap(pixmap(name, roles.text2, size, ratio=ratio, rtl=rtl), QIcon.Mode.Disabled)
    return made


class IconMark(QWidget):
    """An icon that stands beside words, `size` em-px wide, in the colour of `role`."""

    def __init__(
        self, name: str, size: float = 20, role: str = "text", parent: QWidget | None = None
    ) -> None:
        """Show the icon called `name`; the words beside it are what is read aloud."""
        super().__init__(parent)
        self._name, self._role = name, role
        self.setAccessibleName("")
        sized(self, size, size)

    def paintEvent(self, _event: object) -> None:
        """Paint the icon."""
        colour: QColor = roles().of(self._role)
        painter = QPainter(self)
        paint_icon(painter, self._name, QRectF(self.rect()), colour, rtl=right_to_left(self))
