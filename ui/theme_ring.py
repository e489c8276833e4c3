"""The focus ring: one overlay that goes round whatever has the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget
from shiboken6 import isValid

Em = Callable[[float], int]
RING, GAP, RADIUS = 3, 2, 8
MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class Ring(QWidget):
    """Lies on the page above one widget, just outside it, and lets the mouse through."""

    def __init__(self, widget: QWidget, colour: Callable[[QWidget], QColor], em: Em) -> None:
        """Go round `widget` for as long as this ring lives."""
        self._plane = _plane(widget)
        super().__init__(self._plane)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._widget, self._colour, self._em = widget, colour, em
        self._watched = list(_up_to(widget, self._plane))
        for part in self._watched:
            part.installEventFilter(self)
        widget.destroyed.connect(self.leave)
        self._follow()

    def widget(self) -> QWidget:
        """Return the widget that the ring goes round."""
        return self._widget

    def leave(self) -> None:
        """Follow nothing any more, and go; the widget may be gone already."""
        for part in self._watched:
            if isValid(part):
                part.removeEventFilter(self)
        self._watched.clear()
        self.hide()
        self.deleteLater()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the widget."""
        if event.type() in MOVES:
            self._follow()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring just inside the edges."""
        painter, half = QPainter(self), RING / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour(self._widget), RING))
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        radius = self._em(RADIUS + RING + GAP)
        painter.drawRoundedRect(box, radius, radius)

    def _follow(self) -> None:
        if not self._widget.isVisible():  # perhaps on its way out: nothing of it may be asked
            self.hide()
            return
        out = self._em(RING + GAP)
        place = QRect(self._widget.mapTo(self._plane, QPoint()), self._widget.size())
        self.setGeometry(place.adjusted(-out, -out, out, out))
        self.show()
        self.raise_()


class Rings(QObject):
    """Moves the one focus ring to the widget that has the focus."""

    def __init__(self, app: QApplication, colour: Callable[[QWidget], QColor], em: Em) -> None:
        """Follow the focus of `app`; a widget with the property `ownRing` draws its own."""
        super().__init__(app)
        self._colour, self._em = colour, em
        self._ring: Ring | None = None
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.leave()
        self._ring = None
        if new is not None and _is_ringed(new):
            self._ring = Ring(new, self._colour, self._em)


def _up_to(widget: QWidget, plane: QWidget) -> Iterator[QWidget]:
    """Yield `widget` and what is around it, below `plane`."""
    part: QWidget | None = widget
    while part is not None and part is not plane:
        yield part
        part = part.parentWidget()


def _plane(widget: QWidget) -> QWidget:
    """Return the nearest page around `widget`: what scrolls, what is stacked, or the window."""
    part = widget.parentWidget()
    while part is not None and not part.isWindow():
        around = part.parentWidget()
        area = around.parentWidget() if around is not None else None
        if isinstance(around, QStackedWidget):
            break
        if isinstance(area, QScrollArea) and area.widget() is part:
            break
        part = around
    return part if part is not None else widget


def _is_ringed(widget: QWidget) -> bool:
    whole = widget.isWindow() or isinstance(widget, QScrollArea)
    return not whole and not widget.property("ownRing")
