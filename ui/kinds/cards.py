"""Cards to press in a grid, and a few of them to put in order: nothing is dragged."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from partnerdesk.language import _
from partnerdesk.model.guide import Item
from ui.theme import Type, em, emf, font, roles, sized, spaced
from ui.widgets.buttons import QuietButton
from ui.widgets.icons import paint_icon
from ui.widgets.metrics import mirrored, right_to_left
from ui.widgets.text import Heading, Lead

GAP, WIDE, HIGH = 12, 208, 64


class Cards(QWidget):
    """Cards side by side; so many can be chosen, and the rest waits until one is put back."""

    changed = Signal()

    def __init__(
        self, name: str, items: Sequence[Item], most: int, parent: QWidget | None = None
    ) -> None:
        """Ask under `name` for `most` of `items`."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._most, self._chosen = most, list[str]()
        self._without: Collection[str] = ()
        self._count = Heading()
        self._cards = {item.id: _Card(item.text, self) for item in items}
        for key, card in self._cards.items():
            card.clicked.connect(lambda _on=False, key=key: self._press(key))
        column = QVBoxLayout(self)
        spaced(column, 14)
        column.addWidget(self._count)
        self._grid = QGridLayout()
        spaced(self._grid, GAP)
        column.addLayout(self._grid)
        self._tell()
        self._arrange()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids chosen, in the order of pressing."""
        return tuple(self._chosen)

    @property
    def complete(self) -> bool:
        """Whether as many are chosen as are asked for."""
        return len(self._chosen) == self._most

    def choose(self, keys: Sequence[str]) -> None:
        """Choose cards as presses would, in this order; those that are not here are left out."""
        for key in keys:
            if key in self._cards and key not in self._chosen:
                self._press(key)

    def leave_out(self, ids: Collection[str]) -> None:
        """Offer all cards but `ids`; a chosen one among them is put back."""
        self._without = ids
        self._chosen = [one for one in self._chosen if one not in ids]
        self._tell()
        self._arrange()

    def restyle(self) -> None:
        """Fit the cards to the text size in use."""
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many cards side by side as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _press(self, key: str) -> None:
        if key in self._chosen:
            self._chosen.remove(key)
        else:
            self._chosen.append(key)
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        text = _("{n} of {most} chosen").format(n=len(self._chosen), most=self._most)
        full = _("{text}. Press one again to put it back.").format(text=text)
        self._count.setText(full if self.complete else text)
        for key, card in self._cards.items():
            card.setChecked(key in self._chosen)
            card.setEnabled(key in self._chosen or not self.complete)

    def _arrange(self) -> None:
        columns = max(1, (self.width() + em(GAP)) // (em(WIDE) + em(GAP)))
        wide = (self.width() - em(GAP) * (columns - 1)) // columns
        shown = [card for key, card in self._cards.items() if key not in self._without]
        high = max((card.height_for(wide) for card in shown), default=0)
        for card in self._cards.values():
            self._grid.removeWidget(card)
            card.setVisible(card in shown)
            card.setFixedHeight(high)
        for place, card in enumerate(shown):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


class Order(QWidget):
    """Chosen cards under one another, the first on top; buttons move them up and down."""

    changed = Signal()

    def __init__(self, name: str, items: Sequence[Item], parent: QWidget | None = None) -> None:
        """Start with nothing to order; `items` give the words."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._words = {item.id: item.text for item in items}
        self._keys = list[str]()
        self._rows = list[_Row]()
        self._column = QVBoxLayout(self)
        spaced(self._column, 10)

    @property
    def keys(self) -> tuple[str, ...]:
        """The ids in order."""
        return tuple(self._keys)

    def take(self, keys: Sequence[str]) -> None:
        """Order `keys`: those that were here keep their places, new ones come last."""
        kept = [one for one in self._keys if one in keys]
        self._keys = kept + [one for one in keys if one not in kept]
        while len(self._rows) < len(self._keys):
            self._add_row()
        self._show()

    def choose(self, keys: Sequence[str]) -> None:
        """Put the same cards into another order."""
        if sorted(keys) == sorted(self._keys):
            self._keys = list(keys)
            self._show()
            self.changed.emit()

    def _add_row(self) -> None:
        place = len(self._rows)
        row = _Row(place)
        row.moved.connect(lambda by: self._move(place, by))
        self._rows.append(row)
        self._column.addWidget(row)

    def _move(self, place: int, by: int) -> None:
        self._keys.insert(place + by, self._keys.pop(place))
        self._show()
        self._rows[place + by].keep_focus(by)
        self.changed.emit()

    def _show(self) -> None:
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(self._keys))
            if place < len(self._keys):
                row.show_words(self._words[self._keys[place]], place + 1 < len(self._keys))


class _Card(QAbstractButton):
    """One card; the chosen one is ink, bold and ticked."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def height_for(self, width: int) -> int:
        """Return the height that the words need at `width` pixels."""
        room = QRectF(0, 0, max(1, width - em(60)), 10_000)
        metrics = QFontMetricsF(font(Type.BODY_BOLD))
        return max(em(HIGH), round(metrics.boundingRect(room, _WRAPPED, self.text()).height()) + 24)

    def sizeHint(self) -> QSize:
        """Return a card of the usual width."""
        return QSize(em(WIDE), self.height_for(em(WIDE)))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the card can be pressed."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint plane, tick and words."""
        painter, on = QPainter(self), self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._paint_plane(painter)
        side = emf(20)
        if on:
            tick = QRectF(emf(14), (self.height() - side) / 2, side, side)
            paint_icon(painter, "check", mirrored(self, tick), colour)
        painter.setPen(colour)
        painter.setFont(font(Type.BODY_BOLD if on else Type.BODY))
        before = emf(44) if on else emf(16)
        words = QRectF(before, 0, self.width() - before - emf(12), self.height())
        start = Qt.AlignmentFlag.AlignRight if right_to_left(self) else Qt.AlignmentFlag.AlignLeft
        flags = start | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(mirrored(self, words), int(flags), self.text())

    def _paint_plane(self, painter: QPainter) -> QColor:
        look, on = roles(), self.isChecked()
        pen = QPen(look.ink if on else look.edge, 1)
        if not self.isEnabled():
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        hover = self.underMouse() and self.isEnabled()
        painter.setBrush(look.ink if on else look.ink_soft if hover else look.sheet)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), em(10), em(10))
        return look.on_ink if on else look.text if self.isEnabled() else look.text2


class _Row(QFrame):
    """A place in the order with the card that stands there."""

    moved = Signal(int)

    def __init__(self, place: int) -> None:
        super().__init__()
        self.setProperty("kind", "card-quiet")
        self._place, self._words = place, Lead()
        row = QHBoxLayout(self)
        spaced(row, 14, (8, 8, 8, 18))
        number = Heading(str(place + 1))
        sized(number, 28)
        row.addWidget(number)
        row.addWidget(self._words, 1)
        self._up, self._down = _mover("up", _("Up")), _mover("down", _("Down"))
        for button, by in ((self._up, -1), (self._down, 1)):
            button.clicked.connect(lambda _on=False, by=by: self.moved.emit(by))
            row.addWidget(button)

    def show_words(self, words: str, lower: bool) -> None:
        """Show the card at this place; `lower` says that there are places below."""
        self._words.setText(words)
        self._up.setEnabled(self._place > 0)
        self._down.setEnabled(lower)
        self._up.setAccessibleName(_("Move up: {card}").format(card=words))
        self._down.setAccessibleName(_("Move down: {card}").format(card=words))

    def keep_focus(self, by: int) -> None:
        """Keep the keyboard on the button that moved the card here, if it can move on."""
        first, then = (self._up, self._down) if by < 0 else (self._down, self._up)
        (first if first.isEnabled() else then).setFocus(Qt.FocusReason.OtherFocusReason)


def _mover(icon: str, words: str) -> QuietButton:
    button = QuietButton(words, icon)
    sized(button, 0, 44)
    return button


_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
