"""A key to hold for a second, which fills while it is held."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QWidget

from ui.theme import Type, em, emf, roles, typed
from ui.widgets.metrics import right_to_left

HOLD = 1000
"""How long the key is held, in milliseconds."""
GRACE = 80
"""So long after it comes up, in milliseconds, a key may go down again and count as held.

A keyboard repeats a held key, and not every system says that a repeated press is one.
"""
SILENT = 1000
"""After so many milliseconds without a repeat, a key counts as no longer held."""
KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


class HoldKey(QPushButton):
    """A key to hold for a second; it fills with marigold meanwhile.

    Space or the mouse is held. Enter starts the second without holding, for hands that cannot.
    """

    held = Signal()

    def __init__(self, key: str, name: str, parent: QWidget | None = None) -> None:
        """Show `key` on the key, called `name` by assistive technology."""
        super().__init__(key, parent)
        self.setAccessibleName(name)
        self.setProperty("onCover", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        typed(self, Type.H2)
        self._part, self._small, self._by_space = 0.0, False, False
        self._going = QVariantAnimation(self)
        self._going.setDuration(HOLD)
        self._going.setStartValue(0.0)
        self._going.setEndValue(1.0)
        self._going.valueChanged.connect(self._on_part)
        self._going.finished.connect(self._on_finished)
        self._up = QTimer(self, singleShot=True, interval=GRACE)
        self._up.timeout.connect(self._cancel)

    @property
    def part(self) -> float:
        """How much of the second is over, 0 to 1."""
        return self._part

    @property
    def animation(self) -> QVariantAnimation:
        """The second that runs."""
        return self._going

    def sizeHint(self) -> QSize:
        """Return the size of the key."""
        words = self.fontMetrics().horizontalAdvance(self.text()) + em(48)
        return QSize(max(em(160 if self._small else 260), words), em(52 if self._small else 64))

    def show_small(self, small: bool) -> None:
        """Be small where the window is low."""
        if small != self._small:
            self._small = small
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start the second, or go on with it where the keyboard only repeats."""
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() not in keys:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self._by_space = event.key() == Qt.Key.Key_Space
            self._start()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Take the second back when Space is let go too soon."""
        running = self._going.state() == QVariantAnimation.State.Running
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat() and running:
            self._going.pause()
            self._up.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start the second."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._by_space = False
            self._start()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Take the second back when the button is let go too soon."""
        self._cancel()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the second back when the focus leaves."""
        super().focusOutEvent(event)
        self._cancel()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the key, its fill from the start edge, and its name."""
        painter, look = QPainter(self), roles()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        face = QPainterPath()
        face.addRoundedRect(box, em(12), em(12))
        painter.setClipPath(face)
        wide = box.width() * self._part
        left = box.right() - wide if right_to_left(self) else box.left()
        painter.fillRect(QRectF(left, box.top(), wide, box.height()), look.now)
        painter.setClipping(False)
        painter.setPen(QPen(look.on_cover, max(2.0, emf(2))))
        painter.drawPath(face)
        painter.setFont(self.font())
        self._paint_text(painter, box, look.on_cover)
        painter.setClipRect(QRectF(left, box.top(), wide, box.height()))
        self._paint_text(painter, box, look.on_now)

    def _paint_text(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        painter.setPen(colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())

    def _start(self) -> None:
        self._up.stop()
        state, states = self._going.state(), QVariantAnimation.State
        if state == states.Paused:
            self._going.resume()
        elif state == states.Stopped:
            self._going.start()

    def _cancel(self) -> None:
        self._up.stop()
        self._going.stop()
        self._part = 0.0
        self.update()

    def _on_part(self, part: float) -> None:
        self._part = part
        self.update()

    def _on_finished(self) -> None:
        whole = self._part == 1.0
        self._cancel()
        if whole:
            if self._by_space:
                StillDown()
            self.held.emit()


class StillDown(QObject):
    """Takes Space from everybody while it is still held: it presses nothing on the next page."""

    def __init__(self) -> None:
        """Begin; end once the key is up, or is not heard of any more."""
        app = QApplication.instance()
        super().__init__(app)
        self._end = QTimer(self, singleShot=True, interval=SILENT)
        self._end.timeout.connect(self.deleteLater)
        self._end.start()
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take what Space does, and wait for it to be up for longer than between two repeats."""
        if event.type() not in KEYS or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Space:
            return False
        self._end.start(GRACE if event.type() == QEvent.Type.KeyRelease else SILENT)
        return True
