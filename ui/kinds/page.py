"""What the pages of all private forms share: large words above, rows of tiles below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from partnerdesk.language import _, ngettext
from partnerdesk.model.guide import Scale
from partnerdesk.model.partnership import Partner
from ui.kinds.base import Page
from ui.theme import Type, em, sized, spaced, typed
from ui.widgets.buttons import PlainButton
from ui.widgets.marks import PartnerMark
from ui.widgets.radio import RadioRow
from ui.widgets.text import Body, Caption, Heading, Lead, Words
from ui.widgets.tiles import Tile, TileRow

NARROW = 720
"""Below so many drawing pixels a name stands above its tiles."""
LOW = 280
"""Below so many drawing pixels of height the question is not in the largest type."""
NAME_WIDE = 236
GAP = 12


class Asked(Page):
    """A page with its question in large type; what does not fit is reached by scrolling."""

    def __init__(self, title: str, lead: str = "", *, kind: Type = Type.TURN) -> None:
        """Show `title` and, smaller, `lead`; subclasses add to `column`."""
        super().__init__()
        self.setAccessibleName(title)
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        spaced(self.column, 20, (0, 6))
        self._kind, self._title, self._lead = kind, Words(title, kind), Lead(lead, tone="text2")
        head = QVBoxLayout()
        spaced(head, 4)
        head.addWidget(self._title)
        head.addWidget(self._lead)
        self.column.addLayout(head)
        self._lead.setVisible(bool(lead))
        self._area, self._below = _scrolled(inner), PlainButton("", "down")
        outer = QVBoxLayout(self)
        spaced(outer, 0)
        outer.addWidget(self._area)
        outer.addWidget(self._below, 0, Qt.AlignmentFlag.AlignLeft)
        self._below.hide()
        self._below.clicked.connect(self._go_below)
        bar = self._area.verticalScrollBar()
        for moved in (self.changed, bar.valueChanged, bar.rangeChanged):
            moved.connect(self._tell_below)

    def add(self, widget: QWidget) -> None:
        """Add a part below the others."""
        self.column.addWidget(widget)

    def end(self) -> None:
        """Keep everything at the top."""
        self.column.addStretch(1)

    def rows_below(self) -> list[RadioRow]:
        """Return the open rows that can be reached by scrolling down only."""
        end = self._area.viewport().height()
        return [row for row in self.open_rows() if self._middle(row) > end]

    def _middle(self, row: RadioRow) -> int:
        return row.mapTo(self._area.viewport(), row.rect().center()).y()

    def _tell_below(self) -> None:
        left = len(self.rows_below())
        text = ngettext("{n} open row below", "{n} open rows below", left).format(n=left)
        self._below.setVisible(left > 0)
        self._below.set_words(text)

    def _go_below(self) -> None:
        rows = self.rows_below()
        if rows:
            self._area.ensureWidgetVisible(rows[-1])
            self._area.ensureWidgetVisible(rows[0], 0, rows[0].height())
            rows[0].faces[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def restyle(self) -> None:
        """Fit the words to the text size in use."""
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the words smaller where a large text leaves few lines."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        low = self.height() < em(LOW)
        typed(self._title, Type.H2 if low else self._kind)
        typed(self._lead, Type.BODY if low else Type.LEAD)


class Named(QWidget):
    """Tiles with whom or what they are about before them, or above them where it is narrow."""

    def __init__(
        self,
        words: str,
        tiles: QWidget,
        *,
        note: str = "",
        partner: Partner | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show `words` and `note` beside `tiles`, with the mark of `partner`."""
        super().__init__(parent)
        self._name = _name(words, note, partner)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        spaced(self._row, GAP)
        self._row.addWidget(self._name)
        self._row.addWidget(tiles, 1)

    def restyle(self) -> None:
        """Fit the row to the text size in use."""
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the name above the tiles where there is little room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow, direction = self.width() < em(NARROW), QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._name.setMinimumWidth(0 if narrow else em(NAME_WIDE))
        self._name.setMaximumWidth(self.width() if narrow else em(NAME_WIDE))


class Section(QWidget):
    """A heading with rows under it."""

    def __init__(
        self, title: str, rows: Sequence[QWidget], lead: str = "", parent: QWidget | None = None
    ) -> None:
        """Show `title`, `lead` and `rows`."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        spaced(column, 14)
        if title:
            column.addWidget(Heading(title))
        if lead:
            column.addWidget(Caption(lead))
        for row in rows:
            column.addWidget(row)


def steps(scale: Scale, *, bare: bool = False) -> list[Tile]:
    """Return a tile for each step of `scale`: its number and its word."""
    numbers = range(scale.low, scale.high + 1)
    said = scale.words or ("",) * len(numbers)
    return [Tile(n, word, str(n), bare=bare) for n, word in zip(numbers, said, strict=True)]


def step_row(name: str, scale: Scale, *, no_basis: bool = False) -> TileRow:
    """Return the steps of `scale` to choose from under `name`, with "I cannot judge" if asked."""
    return TileRow(name, steps(scale), no_basis=_("I cannot judge") if no_basis else "", gap=GAP)


def _scrolled(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    area.viewport().setAutoFillBackground(False)
    inner.setAutoFillBackground(False)
    return area


def _name(words: str, note: str, partner: Partner | None) -> QWidget:
    made = QWidget()
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight, made)
    spaced(row, 14)
    if partner is not None:
        row.addWidget(PartnerMark(partner.index, 24))
    said = QVBoxLayout()
    spaced(said, 0)
    said.addStretch(1)
    said.addWidget(Body(words, strong=True))
    if note:
        said.addWidget(Caption(note))
    said.addStretch(1)
    row.addLayout(said, 1)
    sized(made, 0, 32, least=True)
    return made
