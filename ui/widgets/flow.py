"""Layouts that give way: parts that run on to the next line, and rows that turn into columns."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QWidget

from ui.theme import em, spaced


class Flow(QLayout):
    """Parts one after the other from the start edge, on as many lines as they need."""

    def __init__(self, parent: QWidget, gap: float = 12) -> None:
        """Lay out the parts of `parent`, `gap` drawing pixels apart."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        spaced(self, gap)

    def addItem(self, item: QLayoutItem) -> None:
        """Add a part at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many parts there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return the part at `index`, or None beyond the end, as Qt asks for."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the part at `index` out, or return None beyond the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more room than the parts need."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrower page needs more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at `width`."""
        return self._run(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the parts."""
        super().setGeometry(rect)
        self._run(rect, place=True)

    def sizeHint(self) -> QSize:
        """Return the size of one line with all parts."""
        sizes = [item.sizeHint() for item in self._items]
        gaps = self.spacing() * max(0, len(sizes) - 1)
        high = max((size.height() for size in sizes), default=0)
        return QSize(sum(size.width() for size in sizes) + gaps, high)

    def minimumSize(self) -> QSize:
        """Return the size of the largest part."""
        least = QSize()
        for item in self._items:
            least = least.expandedTo(item.minimumSize())
        return least

    def _run(self, rect: QRect, *, place: bool) -> int:
        """Go through the parts line by line and return the height used."""
        x, y, high = 0, 0, 0
        for item in self._items:
            size = item.sizeHint()
            if x and x + size.width() > rect.width():
                x, y, high = 0, y + high + self.spacing(), 0
            if place:
                item.setGeometry(self._spot(rect, QPoint(x, y), size))
            x, high = x + size.width() + self.spacing(), max(high, size.height())
        return y + high

    def _spot(self, rect: QRect, at: QPoint, size: QSize) -> QRect:
        host = self.parentWidget()
        rtl = host is not None and host.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = rect.right() + 1 - at.x() - size.width() if rtl else rect.left() + at.x()
        return QRect(QPoint(left, rect.top() + at.y()), size)


class Turning(QWidget):
    """Parts side by side in `row`, or one over the other in less than `narrow` drawing pixels."""

    def __init__(
        self,
        narrow: float,
        gap: float = 16,
        margins: tuple[float, ...] = (0,),
        parent: QWidget | None = None,
    ) -> None:
        """Start without parts, side by side."""
        super().__init__(parent)
        self._narrow = narrow
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        spaced(self.row, gap, margins)

    @property
    def stacked(self) -> bool:
        """Whether the parts stand one over the other."""
        return self.row.direction() is QBoxLayout.Direction.TopToBottom

    def restyle(self) -> None:
        """Turn where the text size asks for it."""
        self._turn()

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest part: narrower rows turn."""
        items = [self.row.itemAt(n) for n in range(self.row.count())]
        wide = max((item.minimumSize().width() for item in items if item), default=0)
        edges = self.row.contentsMargins()
        return QSize(wide + edges.left() + edges.right(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where there is too little room, or enough again."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        direction = QBoxLayout.Direction
        narrow = self.width() < em(self._narrow)
        self.row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
