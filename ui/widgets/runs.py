"""Words of which some differ from another text: those are bold and underlined, never markup."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Type, emf, font, roles
from ui.widgets.metrics import right_to_left
from ui.widgets.painted import Painted

WIDEST = 400


class MarkedWords(Painted):
    """Running text in parts of (words, whether they differ), as high as its width asks for."""

    def __init__(self, parts: Sequence[tuple[str, bool]], parent: QWidget | None = None) -> None:
        """Show `parts` one after the other."""
        super().__init__(parent)
        self._parts = tuple(parts)
        self.setAccessibleName(self.said())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def said(self) -> str:
        """Return all words."""
        return "".join(words for words, _differs in self._parts)

    def marked(self) -> tuple[str, ...]:
        """Return the words that differ."""
        return tuple(words for words, differs in self._parts if differs)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrower page needs more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at `width`."""
        return round(self._laid(width)[1]) + 1

    def sizeHint(self) -> QSize:
        """Return the room at a usual width."""
        wide = round(emf(WIDEST))
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Return a width of a few words."""
        wide = max(self.width(), round(emf(WIDEST / 4)))
        return QSize(round(emf(WIDEST / 4)), self.heightForWidth(wide))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines."""
        painter = QPainter(self)
        painter.setPen(roles().text)
        self._laid(self.width())[0].draw(painter, QPointF(0, 0))

    def _laid(self, width: int) -> tuple[QTextLayout, float]:
        layout = QTextLayout(self.said(), font(Type.BODY))
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # as the words run
        sides = Qt.AlignmentFlag
        side = sides.AlignRight if right_to_left(self) else sides.AlignLeft
        option.setAlignment(side | sides.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout, top

    def _formats(self) -> list[QTextLayout.FormatRange]:
        found, at = [], 0
        for words, differs in self._parts:
            length = len(words.encode("utf-16-le")) // 2  # Qt counts in halves of far characters
            if differs:
                mark, shape = QTextLayout.FormatRange(), QTextCharFormat()
                shape.setFont(font(Type.BODY_BOLD))
                shape.setFontUnderline(True)
                mark.start, mark.length, mark.format = at, length, shape
                found.append(mark)
            at += length
        return found
