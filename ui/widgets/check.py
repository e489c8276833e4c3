"""A check box in our own look: a box, a tick on ink, and its words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ui.theme import em, emf, roles
from ui.widgets.metrics import mirrored, right_to_left

BOX, BETWEEN = 24, 12
LEAST, USUAL, TALLEST = 160, 360, 100_000
TICK = ((0.25, 0.53), (0.43, 0.7), (0.76, 0.32))


class CheckBox(QCheckBox):
    """A QCheckBox that paints itself, so that box and words follow the text size."""

    def sizeHint(self) -> QSize:
        """Return room for the box and the words beside it."""
        words = self.fontMetrics().horizontalAdvance(self.text()) + 2  # cut with dots by less
        beside = em(BETWEEN) + words if self.text() else 0
        return QSize(em(BOX) + beside, max(em(32), self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        """Return room for the box; long words are cut with dots."""
        return QSize(em(BOX), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box, its tick, and the words."""
        painter, look, size = QPainter(self), roles(), em(BOX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = mirrored(self, QRectF(0, (self.height() - size) / 2, size, size))
        box = box.adjusted(1, 1, -1, -1)
        on = self.isChecked()
        painter.setPen(QPen(look.ink if on else look.edge, 1.5))
        painter.setBrush(look.ink if on else look.sheet)
        painter.drawRoundedRect(box, emf(4), emf(4))
        if on:
            self._tick(painter, box)
        start = size + em(BETWEEN)
        words = mirrored(self, QRectF(start, 0, max(0, self.width() - start), self.height()))
        painter.setPen(look.text if self.isEnabled() else look.text2)
        self._write(painter, words)

    def _write(self, painter: QPainter, room: QRectF) -> None:
        """Write the words on one line, cut with dots."""
        dots = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), dots, round(room.width()))
        painter.drawText(room, int(self._across()), shown)

    def _across(self) -> Qt.AlignmentFlag:
        across = Qt.AlignmentFlag.AlignRight if right_to_left(self) else Qt.AlignmentFlag.AlignLeft
        return across | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute

    def _tick(self, painter: QPainter, box: QRectF) -> None:
        pen = QPen(roles().on_ink, max(2.0, box.width() / 10))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(
            [box.topLeft() + QPointF(box.width() * x, box.height() * y) for x, y in TICK]
        )


class LongCheckBox(CheckBox):
    """A check box whose words run on to further lines where there is little room."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        """Show `words` beside the box."""
        super().__init__(words, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrower page needs more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at `width`."""
        room = QRect(0, 0, max(1, width - em(BOX) - em(BETWEEN)), TALLEST)
        flags = Qt.TextFlag.TextWordWrap
        return max(em(32), self.fontMetrics().boundingRect(room, flags, self.text()).height())

    def sizeHint(self) -> QSize:
        """Return the room at a usual width."""
        return QSize(em(USUAL), self.heightForWidth(em(USUAL)))

    def minimumSizeHint(self) -> QSize:
        """Return room for the box and a word or two on each line."""
        wide = max(self.width(), em(LEAST))
        return QSize(em(LEAST), self.heightForWidth(wide))

    def _write(self, painter: QPainter, room: QRectF) -> None:
        """Write the words on as many lines as they need."""
        painter.drawText(room, int(self._across()) | int(Qt.TextFlag.TextWordWrap), self.text())
