"""The hand-over cover: whose turn it is, and nothing else of anyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Roles, Type, em, emf, font, roles, sized, spaced, typed
from ui.widgets.buttons import Button
from ui.widgets.hold_key import HoldKey
from ui.widgets.icons import PICTURES, IconMark, paint_icon
from ui.widgets.marks import paint_mark, shape_name, weave
from ui.widgets.metrics import right_to_left
from ui.widgets.painted import Painted
from ui.widgets.selvedge import Selvedge
from ui.widgets.text import Words

HINT_BELOW = 640
"""Below so many em-px of width, what the key does stands under it."""


@dataclass(frozen=True)
class HandOver:
    """What the cover says; the second language may be ''.

    `face` is a picture's name or initials, `notes` are (icon, words) at the bottom, `ways` are
    (key, words) of the quiet buttons, and `partners` the indices on the selvedge.
    """

    name: str
    partner: int
    face: str
    lead: str
    hold: str
    second: str = ""
    second_hold: str = ""
    key: str = "Space"
    partners: tuple[int, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    ways: tuple[tuple[str, str], ...] = ()


class Cover(QWidget):
    """A full page in indigo; holding Space for a second opens it."""

    opened = Signal()
    chosen = Signal(str)

    def __init__(self, says: HandOver, parent: QWidget | None = None) -> None:
        """Hand over to one person."""
        super().__init__(parent)
        self.setAccessibleName(f"{says.lead} {says.name}")
        self._key = HoldKey(says.key, says.hold)
        self._key.held.connect(self.opened)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sizes: list[tuple[Words, Type, Type]] = []
        self._lay_out(says)
        self.setFocusProxy(self._key)

    @property
    def key(self) -> HoldKey:
        """The key that opens the cover."""
        return self._key

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Cover everything."""
        QPainter(self).fillRect(self.rect(), roles().cover)

    def resizeEvent(self, event: object) -> None:
        """Put the picture over the name where the window is narrow."""
        self._arrange()

    def restyle(self) -> None:
        """Fit the page to the text size in use."""
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return a small page: the picture goes before a word is cut."""
        return QSize(em(480), em(280))

    def _arrange(self) -> None:
        direction = QBoxLayout.Direction
        narrow, low = self.width() < em(900), self.height() < em(560)
        above = narrow and not low
        self._middle.setDirection(direction.TopToBottom if above else direction.LeftToRight)
        spaced(self._middle, 12 if narrow else 72, (8, 24) if low else (12, 40))
        for edge in (0, self._middle.count() - 1):
            self._middle.setStretch(edge, 0 if self.width() < em(1200) else 1)
        self._picture.show_size(96 if low else 140 if narrow else 248)
        self._picture.setVisible(not (narrow and low))
        for words, large, small in self._sizes:
            typed(words, small if low else large)
        self._key.show_small(low)
        below = self.width() < em(HINT_BELOW)
        self._hint.setDirection(direction.TopToBottom if below else direction.LeftToRight)
        spaced(self._hint, 8 if below else 20)
        for note in self._notes:
            note.setVisible(not (narrow and low))

    def _lay_out(self, says: HandOver) -> None:
        page = QVBoxLayout(self)
        spaced(page, 0)
        page.addWidget(_Band(says.partners))
        page.addStretch(1)
        self._picture = Picture(says.partner, says.face, says.name)
        spaced(self._middle, 72, (12, 40))
        self._middle.addStretch(1)
        self._middle.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignCenter)
        self._middle.addLayout(self._words(says), 6)
        self._middle.addStretch(1)
        page.addLayout(self._middle)
        page.addStretch(1)
        page.addLayout(self._bottom(says))

    def _words(self, says: HandOver) -> QVBoxLayout:
        column = QVBoxLayout()
        spaced(column, 6)
        lead = self._sized(says.lead, Type.COVER_LEAD, Type.LEAD, "on_cover2")
        column.addWidget(lead)
        column.addWidget(self._sized(says.name, Type.COVER, Type.TIMER, "on_cover"))
        if says.second:
            column.addWidget(self._sized(says.second, Type.CLAUSE, Type.BODY, "on_cover2"))
        column.addSpacing(em(20))
        hints = QVBoxLayout()
        row = self._hint = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        spaced(row, 20)
        spaced(hints, 4)
        hints.addStretch(1)
        hints.addWidget(self._sized(says.hold, Type.LEAD_BOLD, Type.BODY_BOLD, "on_cover"))
        if says.second_hold:
            second = self._sized(says.second_hold, Type.LEAD, Type.BODY, "on_cover2")
            hints.addWidget(second)
        hints.addStretch(1)
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self._key, 0, start)
        row.addLayout(hints, 1)
        column.addLayout(row)
        return column

    def _sized(self, text: str, large: Type, small: Type, tone: str) -> Words:
        words = Words(text, large, tone=tone)
        self._sizes.append((words, large, small))
        return words

    def _bottom(self, says: HandOver) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 8, (16, 40))
        self._notes = [_note(icon, words) for icon, words in says.notes]
        for note in self._notes:
            row.addWidget(note, int(note is self._notes[-1]))  # the last has the room that is left
        if not self._notes:
            row.addStretch(1)
        for key, words in says.ways:
            button = CoverButton(words)
            button.setProperty("onCover", True)
            button.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            row.addWidget(button)
            row.addSpacing(em(12))
        return row


class CoverButton(Button):
    """A quiet button on the cover."""

    kind = "cover"
    high = 44.0


class Picture(Painted):
    """A person's picture on a large disc of the partner's colour, for the cover."""

    def __init__(self, partner: int, face: str, name: str, parent: QWidget | None = None) -> None:
        """Show `face` of the person called `name`."""
        super().__init__(parent)
        self._partner, self._face = partner, face
        self.setAccessibleName(f"{name}, {shape_name(partner)}")
        self.show_size(248)

    def show_size(self, side: float) -> None:
        """Be a disc of `side` drawing pixels."""
        self._side = side
        sized(self, side * 1.1, side * 1.08)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint disc, face and shape."""
        painter, look = QPainter(self), _on_cover()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, rtl = emf(self._side), right_to_left(self)
        disc = QRectF(self.width() - side if rtl else 0, 0, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.partner(self._partner))
        painter.drawEllipse(disc)
        self._paint_face(painter, disc, look.cover)
        small = side * 0.34
        left = disc.left() - small * 0.1 if rtl else disc.right() - small * 0.9
        spot = QRectF(left, disc.bottom() - small * 0.78, small, small)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.cover)
        painter.drawEllipse(spot.adjusted(-emf(6), -emf(6), emf(6), emf(6)))
        paint_mark(painter, self._partner, spot, look)

    def _paint_face(self, painter: QPainter, disc: QRectF, colour: QColor) -> None:
        if self._face in PICTURES:
            inset = disc.width() * 0.17
            inner = disc.adjusted(inset, inset, -inset, -inset)
            paint_icon(painter, f"person-{self._face}", inner, colour)
            return
        letters = font(Type.COVER)
        letters.setPixelSize(max(1, round(disc.width() * 0.38)))
        painter.setFont(letters)
        painter.setPen(colour)
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self._face[:3])


class _Band(Selvedge):
    """The selvedge in the colours for the cover."""

    def __init__(self, partners: Sequence[int]) -> None:
        super().__init__(partners, height=20)
        self._partners = tuple(partners)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint each partner's share."""
        painter, look, ratio = QPainter(self), _on_cover(), self.devicePixelRatioF()
        for index, place in zip(self._partners, self.shares(), strict=False):
            painter.setBrushOrigin(QPointF(place.topLeft()))
            painter.fillRect(place, weave(index, look, emf(20), ratio))


def _note(icon: str, words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    spaced(row, 8, (0, 0, 20, 0))
    row.addWidget(IconMark(icon, 20, "on_cover2"))
    row.addWidget(Words(words, Type.BODY, tone="on_cover2"), 1)
    return made


def _on_cover() -> Roles:
    look = roles()
    return replace(look, partners=look.cover_partners, sheet=look.cover)
