"""A row of painted choices: radio buttons to the keyboard and to assistive technology."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QRadioButton, QSizePolicy, QWidget

from ui.theme import em, spaced


class PaintedRadio(QRadioButton):
    """One choice that paints itself; its whole face can be pressed."""

    def __init__(self, value: int, name: str) -> None:
        """Stand for `value`, called `name` by assistive technology."""
        super().__init__()
        self.value = value
        self.digit = str(value) if value >= 0 else ""
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paint(self, painter: QPainter) -> None:
        """Paint the face; subclasses say how."""
        raise NotImplementedError

    def height_for(self, width: int) -> int:
        """Return the height that the face needs at `width` pixels."""
        raise NotImplementedError

    def hitButton(self, pos: QPoint) -> bool:
        """Take a press anywhere on the face."""
        return self.rect().contains(pos)

    def minimumSizeHint(self) -> QSize:
        """Return a face that can still be pressed."""
        return QSize(em(32), em(32))

    def sizeHint(self) -> QSize:
        """Return a face of the usual width."""
        return QSize(em(84), self.height_for(em(84)))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the face can be pressed."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the face."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter)


class RadioRow(QWidget):
    """Choices side by side: one tab stop, arrows and digits choose, nothing chosen at first."""

    chosen = Signal(int)

    def __init__(
        self,
        name: str,
        faces: Sequence[PaintedRadio],
        *,
        gap: float = 12,
        narrowest: float = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Show `faces` under `name`; below `narrowest` drawing pixels a face they go one a line."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._faces, self._narrowest, self._gap = tuple(faces), narrowest, gap
        self._group = QButtonGroup(self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        spaced(self._row, gap)
        for face in self._faces:
            self._group.addButton(face, face.value)
            self._row.addWidget(face, 1)
        self._group.idClicked.connect(self._on_clicked)
        self._one_tab_stop()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def value(self) -> int | None:
        """The value chosen, or None."""
        face = self._group.checkedButton()
        return face.value if isinstance(face, PaintedRadio) else None

    def choose(self, value: int | None) -> None:
        """Show `value` as chosen, or none, without telling anyone; raise KeyError if unknown."""
        if value is None:
            self._clear()
        else:
            {face.value: face for face in self._faces}[value].setChecked(True)
        self._one_tab_stop()
        self.update()

    @property
    def faces(self) -> tuple[PaintedRadio, ...]:
        """The choices in order."""
        return self._faces

    def spread(self) -> None:
        """Put equal room between the choices instead of making them wide."""
        for place in range(1, len(self._faces)):
            self._row.insertStretch(2 * place - 1, 1)
        for face in self._faces:
            self._row.setStretchFactor(face, 0)

    def restyle(self) -> None:
        """Fit the row to the text size in use."""
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go one choice a line where the row is too narrow, and give words the height they need."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by digit, or the first and last by Home and End."""
        face = self._face_of_key(event)
        if face is None:
            super().keyPressEvent(event)
        else:
            face.setFocus(Qt.FocusReason.ShortcutFocusReason)
            face.click()

    def _on_clicked(self, value: int) -> None:
        self._one_tab_stop()
        self.update()
        self.chosen.emit(value)

    def _face_of_key(self, event: QKeyEvent) -> PaintedRadio | None:
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return self._faces[0 if event.key() == Qt.Key.Key_Home else -1]
        return next((f for f in self._faces if f.digit and f.digit == event.text()), None)

    def _clear(self) -> None:
        self._group.setExclusive(False)
        for face in self._faces:
            face.setChecked(False)
        self._group.setExclusive(True)

    def _one_tab_stop(self) -> None:
        stop = self._group.checkedButton() or self._faces[0]
        for face in self._faces:
            tabbed = face is stop
            policy = Qt.FocusPolicy.StrongFocus if tabbed else Qt.FocusPolicy.ClickFocus
            face.setFocusPolicy(policy)

    def _arrange(self) -> None:
        direction, count, gap = QBoxLayout.Direction, len(self._faces), em(self._gap)
        each = (self.width() - gap * (count - 1)) // count
        stacked = each < em(self._narrowest)
        self._row.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)
        width = self.width() if stacked else each
        high = max(face.height_for(width) for face in self._faces)
        for face in self._faces:
            face.setFixedHeight(high)
