"""Points shared out between a few things, with what is left always in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from partnerdesk.language import _, ngettext
from ui.theme import Type, em, roles, sized, spaced, typed
from ui.widgets.buttons import QuietButton
from ui.widgets.marks import PartnerMark
from ui.widgets.metrics import right_to_left
from ui.widgets.text import Body, Heading


@dataclass(frozen=True)
class Share:
    """One thing that can be given points; `partner` is a partner's index, or None."""

    key: str
    words: str
    partner: int | None = None


class Points(QWidget):
    """Rows with a number, steppers and a bar each; the rest is told below."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        shares: Sequence[Share],
        *,
        total: int = 100,
        step: int = 5,
        parent: QWidget | None = None,
    ) -> None:
        """Share `total` points out between `shares`; a press on a stepper moves `step` points."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._total, self._step = total, step
        self._numbers: dict[str, Number] = {}
        self._bars: dict[str, _Bar] = {}
        self._rest = Heading()
        grid = QGridLayout(self)
        spaced(grid, 10)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        for row, share in enumerate(shares):
            self._add(grid, row, share)
        grid.addWidget(self._rest, len(shares), 0, 1, 6)
        self._tell()

    @property
    def values(self) -> dict[str, int]:
        """The points of each key."""
        return {key: number.value for key, number in self._numbers.items()}

    @property
    def remainder(self) -> int:
        """How many points are left; below 0 when too many are given."""
        return self._total - sum(self.values.values())

    @property
    def complete(self) -> bool:
        """Whether all points are given, and no more."""
        return self.remainder == 0

    def choose(self, values: Mapping[str, int]) -> None:
        """Show `values` without telling anyone; keys left out get 0."""
        for key, number in self._numbers.items():
            number.show_value(values.get(key, 0))
        self._tell()

    def _add(self, grid: QGridLayout, row: int, share: Share) -> None:
        if share.partner is not None:
            grid.addWidget(PartnerMark(share.partner, 20), row, 0)
        words, bar, number = Body(share.words), _Bar(self._total), self._number(share.words)
        self._numbers[share.key], self._bars[share.key] = number, bar
        grid.addWidget(words, row, 1)
        grid.addWidget(bar, row, 2)
        less = _stepper("minus", _("Fewer for {name}").format(name=share.words))
        more = _stepper("plus", _("More for {name}").format(name=share.words))
        less.clicked.connect(lambda: number.move_by(-1))
        more.clicked.connect(lambda: number.move_by(1))
        for column, widget in enumerate((less, number, more)):
            grid.addWidget(widget, row, 3 + column)

    def _number(self, name: str) -> Number:
        number = Number(_("Points for {name}").format(name=name), self._total, self._step)
        number.changed.connect(self._on_changed)
        return number

    def _on_changed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self._rest.setText(_rest_words(self.remainder))
        self._rest.set_tone("good" if self.complete else "stop" if self.remainder < 0 else "")
        for key, bar in self._bars.items():
            bar.show_points(self._numbers[key].value)


class Number(QLineEdit):
    """A whole number from 0 to `most`: typed, or moved a step by Up and Down."""

    changed = Signal()

    def __init__(self, name: str, most: int, step: int, parent: QWidget | None = None) -> None:
        """Start at 0, called `name` by assistive technology."""
        super().__init__("0", parent)
        self._most, self._step = most, step
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setValidator(QIntValidator(0, most, self))
        typed(self, Type.BODY_BOLD, digits=True)
        sized(self, 76, 44)
        self.textEdited.connect(self.changed)
        self.editingFinished.connect(lambda: self.show_value(self.value))

    @property
    def value(self) -> int:
        """The number; 0 while nothing is typed."""
        return min(self._most, int(self.text() or 0))

    def show_value(self, value: int) -> None:
        """Show `value`, at most `most`, without telling anyone."""
        self.setText(str(min(self._most, max(0, value))))

    def move_by(self, steps: int) -> None:
        """Go so many steps up or down, as far as there is room."""
        before = self.value
        self.show_value(before + steps * self._step)
        if self.value != before:
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go a step by Up and Down."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if steps:
            self.move_by(steps)
        else:
            super().keyPressEvent(event)


class _Bar(QWidget):
    """How large one share is of the whole."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self._total, self._points = total, 0
        self.setAccessibleName("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_points(self, points: int) -> None:
        self._points = points
        self.update()

    def sizeHint(self) -> QSize:
        """Return a short bar."""
        return QSize(em(80), em(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track and the share of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(roles().faint)
        painter.drawRoundedRect(whole, em(3), em(3))
        wide = whole.width() * self._points / max(1, self._total)
        left = whole.width() - wide if right_to_left(self) else 0.0
        painter.setBrush(roles().ink)
        painter.drawRoundedRect(QRectF(left, 0, wide, whole.height()), em(3), em(3))


def _stepper(icon: str, name: str) -> QuietButton:
    button = QuietButton("", icon)
    button.setAccessibleName(name)
    button.setToolTip(name)
    sized(button, 44, 44)
    return button


def _rest_words(left: int) -> str:
    if left == 0:
        return _("All points are given")
    if left > 0:
        return ngettext("{n} point left", "{n} points left", left).format(n=left)
    return ngettext("{n} point too many", "{n} points too many", -left).format(n=-left)
