"""A small pill that says where something stands, always in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import Type, em, font, roles, typed
from ui.widgets.icons import paint_icon
from ui.widgets.metrics import mirrored, right_to_left


@dataclass(frozen=True)
class _Kind:
    """The roles of plane, words and edge; '' has none."""

    plane: str
    ink: str
    edge: str = ""
    bold: bool = True


_KINDS = {
    "good": _Kind("good_soft", "good"),
    "warn": _Kind("now_soft", "now_text"),
    "stop": _Kind("stop_soft", "stop"),
    "now": _Kind("now", "on_now"),
    "open": _Kind("", "text2", "edge", bold=False),
    "plain": _Kind("sunk", "text", bold=False),
}


class Chip(QLabel):
    """A pill of one kind: good, warn, stop, now, open or plain; an icon may stand before it."""

    def __init__(
        self, words: str, kind: str = "plain", icon: str = "", parent: QWidget | None = None
    ) -> None:
        """Show `words`; raise KeyError for an unknown kind."""
        super().__init__(words, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(words, kind, icon)

    def show_state(self, words: str, kind: str, icon: str = "") -> None:
        """Show other words of another kind."""
        self._kind, self._icon = _KINDS[kind], icon
        self.setText(words)
        self.setAccessibleName(words)
        typed(self, self._type())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the words with room at both ends."""
        words = self._words_width()
        return QSize(words + em(24) + (em(24) if self._icon else 0), em(28))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint plane, icon and words."""
        painter, look, kind = QPainter(self), roles(), self._kind
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flat = look.sheet == look.ground  # high contrast shows planes by their edge
        edge = kind.edge or (kind.ink if flat else "")
        painter.setPen(QPen(look.of(edge), 1) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(look.of(kind.plane) if kind.plane else Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        start = em(12) + (em(24) if self._icon else 0)
        if self._icon:
            side = em(16)
            spot = mirrored(self, QRectF(em(12), (self.height() - side) / 2, side, side))
            paint_icon(painter, self._icon, spot, look.of(kind.ink), rtl=right_to_left(self))
        painter.setPen(look.of(kind.ink))
        painter.setFont(font(self._type()))
        words = mirrored(self, QRectF(start, 0, self.width() - start - em(10), self.height()))
        painter.drawText(words, _START, self.text())

    def _type(self) -> Type:
        return Type.SMALL_BOLD if self._kind.bold else Type.SMALL

    def _words_width(self) -> int:
        return QFontMetrics(font(self._type())).horizontalAdvance(self.text()) + 2


_START = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
