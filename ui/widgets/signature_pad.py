"""A place to draw a signature with mouse, pen or finger."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from partnerdesk.language import _
from ui.theme import em, emf, roles, spaced
from ui.widgets.buttons import QuietButton
from ui.widgets.painted import Painted
from ui.widgets.text import Caption

Stroke = tuple[tuple[float, float], ...]


class SignaturePad(QWidget):
    """A field to draw in, with "Clear" and "Take back the last line" below.

    Points are fractions of the field's height, x from the left and y from the top, so that a
    signature keeps its shape at every size.
    """

    changed = Signal()

    def __init__(self, name: str, note: str = "", parent: QWidget | None = None) -> None:
        """Ask for the signature called `name`; `note` says what else can be done."""
        super().__init__(parent)
        self._field = _Field(name)
        self._field.changed.connect(self._on_changed)
        self._undo = QuietButton(_("Take back the last line"), "undo")
        self._clear = QuietButton(_("Clear"), "x")
        self._undo.clicked.connect(self._field.take_back)
        self._clear.clicked.connect(self._field.clear)
        column, row = QVBoxLayout(self), QHBoxLayout()
        spaced(column, 10)
        spaced(row, 10)
        column.addWidget(self._field, 1)
        row.addWidget(Caption(note or _("No pen? Type the name, or press a thumb.")), 1)
        row.addWidget(self._undo)
        row.addWidget(self._clear)
        column.addLayout(row)
        self._tell()

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """The lines drawn, each a tuple of (x, y)."""
        return tuple(tuple(stroke) for stroke in self._field.strokes)

    @property
    def empty(self) -> bool:
        """Whether nothing is drawn."""
        return not self._field.strokes

    def clear(self) -> None:
        """Take all lines away, without telling anyone."""
        self.show_strokes(())

    def show_strokes(self, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Show lines drawn before, without telling anyone."""
        self._field.strokes = [list(stroke) for stroke in strokes]
        self._field.update()
        self._tell()

    def _on_changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self._undo.setEnabled(not self.empty)
        self._clear.setEnabled(not self.empty)
        words = _("Nothing drawn yet") if self.empty else _("Drawn")
        self._field.setAccessibleDescription(words)


class _Field(Painted):
    """The field itself."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.strokes: list[list[tuple[float, float]]] = []
        self._drawing = False
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, False)  # come as the mouse
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def take_back(self) -> None:
        """Take the last line away."""
        if self.strokes:
            self.strokes.pop()
            self._told()

    def clear(self) -> None:
        """Take all lines away."""
        self.strokes.clear()
        self._told()

    def sizeHint(self) -> QSize:
        """Return room for a hand."""
        return QSize(em(520), em(180))

    def minimumSizeHint(self) -> QSize:
        """Return the least room to sign in."""
        return QSize(em(240), em(110))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a line."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the line."""
        self._go_on(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End the line."""
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Draw with a pen as with the mouse, at the pen's finer places."""
        doing = {
            QEvent.Type.TabletPress: lambda: self._begin(event.position()),
            QEvent.Type.TabletMove: lambda: self._go_on(event.position()),
            QEvent.Type.TabletRelease: self._end,
        }.get(event.type())
        if doing is not None:
            doing()
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back the last line by Backspace, all by Delete."""
        if event.key() == Qt.Key.Key_Backspace:
            self.take_back()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint field, base line and lines."""
        painter, look = QPainter(self), roles()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.edge, 1))
        painter.setBrush(look.sheet)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), em(8), em(8))
        y = self.height() * 0.72
        painter.setPen(QPen(look.line, max(1.0, emf(1))))
        painter.drawLine(QPointF(em(24), y), QPointF(self.width() - em(24), y))
        pen = QPen(look.text, max(2.0, emf(2.6)))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self.strokes:
            painter.drawPath(self._path(stroke))

    def _begin(self, at: QPointF) -> None:
        self._drawing = True
        self.strokes.append([self._fraction(at)])
        self.update()

    def _go_on(self, at: QPointF) -> None:
        if self._drawing:
            self.strokes[-1].append(self._fraction(at))
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self._told()

    def _told(self) -> None:
        self.update()
        self.changed.emit()

    def _fraction(self, at: QPointF) -> tuple[float, float]:
        high = max(1, self.height())
        x = min(max(at.x(), 0.0), float(self.width()))
        y = min(max(at.y(), 0.0), float(self.height()))
        return round(x / high, 4), round(y / high, 4)

    def _path(self, stroke: Sequence[tuple[float, float]]) -> QPainterPath:
        points = [QPointF(x * self.height(), y * self.height()) for x, y in stroke]
        path = QPainterPath(points[0])
        if len(points) == 1:  # a dot is a line too
            path.lineTo(points[0] + QPointF(0.1, 0))
        for point in points[1:]:
            path.lineTo(point)
        return path
