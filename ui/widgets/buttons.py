"""Buttons that say what they do: primary, quiet and plain, and the cap of a key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStyleOptionButton, QWidget

from ui.theme import Type, em, roles, sized, spaced, typed
from ui.widgets.icons import paint_icon
from ui.widgets.metrics import right_to_left
from ui.widgets.text import Words, keep_font

_INK_OF = {
    "primary": "on_ink",
    "plain": "ink",
    "cover": "on_cover",
    "cover-main": "cover",
}
_ICON, _GAP = 20, 10


class Button(QPushButton):
    """A button of one `kind`; its text is a verb, its icon stands before or after the text."""

    kind = "quiet"
    high = 36.0
    pad = 16.0
    letters = Type.BODY_BOLD

    def __init__(
        self,
        text: str,
        icon: str = "",
        *,
        icon_after: bool = False,
        big: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show `text` with an icon; `big` is for hands on a private turn."""
        super().__init__(text, parent)
        self._icon, self._after, self._high = icon, icon_after, 56.0 if big else self.high
        self._brief = False
        self.setProperty("kind", self.kind)
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        typed(self, Type.LEAD_BOLD if big else self.letters)
        sized(self, 0, self._high)

    def set_words(self, text: str) -> None:
        """Show other words, and say them to those who listen."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_icon(self, icon: str) -> None:
        """Show another icon, or none for ''."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def has_icon(self) -> bool:
        """Return whether an icon stands beside the words."""
        return bool(self._icon)

    def set_brief(self, brief: bool) -> None:
        """Show the icon alone; the words stay in the tooltip, and for those who listen."""
        if brief != self._brief:
            self._brief = brief
            self.setToolTip(self.text() if brief else "")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return the room that the words, the icon and the padding take."""
        return QSize(round(self._content_width()) + 2 * em(self.pad) + 4, em(self._high))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the words of a button are never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Make room for larger or smaller words."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the size of the text in use."""
        super().showEvent(event)
        keep_font(self)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Tell the style of the face alone."""
        super().initStyleOption(option)
        option.text = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the face by the style, then words and icon side by side in the middle."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self._ink())
        painter.setFont(self.font())
        words, mark = self._places()
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._words())
        if self._icon:
            rtl = right_to_left(self)
            paint_icon(painter, self._icon, mark, self._ink(), rtl=rtl)

    def _content_width(self) -> float:
        words = self.fontMetrics().horizontalAdvance(self._words())
        mark = em(_ICON) if self._icon else 0
        return words + mark + (em(_GAP) if words and mark else 0)

    def _places(self) -> tuple[QRectF, QRectF]:
        words, mark = self.fontMetrics().horizontalAdvance(self._words()), em(_ICON)
        left = (self.width() - self._content_width()) / 2
        drop = 1 if self.isDown() else 0
        gap = em(_GAP) if self._icon and words else 0
        icon_first = self._after == right_to_left(self)
        word_left = left + (mark + gap if self._icon and icon_first else 0)
        mark_left = left if icon_first else left + words + gap
        top = (self.height() - mark) / 2 + drop
        return (
            QRectF(word_left - 1, drop, words + 2, self.height()),
            QRectF(mark_left, top, mark, mark),
        )

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return roles().text2
        if self.isChecked():
            return roles().on_ink
        return roles().of(_INK_OF.get(self.kind, "text"))

    def _words(self) -> str:
        """Return the words that are painted."""
        return "" if self._brief else self.text()


class PrimaryButton(Button):
    """The one next step of a screen: verb and object, an arrow after it."""

    kind = "primary"
    high = 44.0
    pad = 22.0

    def __init__(
        self, text: str, icon: str = "right", *, big: bool = False, parent: QWidget | None = None
    ) -> None:
        """Show `text` and the icon after it."""
        super().__init__(text, icon, icon_after=True, big=big, parent=parent)


class QuietButton(Button):
    """Something else that can be done here."""


class SmallButton(Button):
    """Something quick beside a figure, such as one minute more."""

    high = 32.0
    pad = 8.0
    letters = Type.SMALL_BOLD


class PlainButton(Button):
    """A small thing beside the work, as words in ink."""

    kind = "plain"
    pad = 10.0


class BackButton(Button):
    """The way back, at the start of the footer."""

    kind = "back"
    pad = 10.0


class KeyCap(QWidget):
    """A key and what it does, as a reminder; not for pressing."""

    def __init__(self, key: str, words: str = "", parent: QWidget | None = None) -> None:
        """Show `key` in a cap and `words` after it."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        spaced(row, 7)
        cap = Words(key, Type.KEY, wrap=False)
        cap.setProperty("kind", "key")
        cap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        if words:
            row.addWidget(Words(words, Type.CAPTION, tone="text2", wrap=False))
        self.setAccessibleName(f"{words}: {key}" if words else key)
