"""The sections of the charter down the start edge, under the ring of its 42 points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from partnerdesk.charter.completeness import Completeness, Point, PointState
from partnerdesk.charter.wording import section_title
from partnerdesk.language import _, ngettext
from ui.theme import Type, em, emf, font, roles, sized, spaced
from ui.widgets import ring
from ui.widgets.icons import paint_icon
from ui.widgets.metrics import mirrored, right_to_left, x_at

WIDE, COMPACT = 288, 64
DOCUMENT = "document"
"""The code of the row above the sections: how the whole document is made up."""
OPEN = (PointState.MISSING, PointState.PARTLY)


@dataclass(frozen=True)
class Covered:
    """One section: its code and title, how much of it stands, and how many points are to go."""

    code: str
    title: str
    state: PointState
    to_go: int

    def words(self) -> str:
        """Return what is to go, or ''."""
        if not self.to_go:
            return ""
        return ngettext("{n} to go", "{n} to go", self.to_go).format(n=self.to_go)


def document_row() -> Covered:
    """Return the row for the document as a whole, which has no points."""
    return Covered(DOCUMENT, _("The document"), PointState.COMPLETE, 0)


def covered(code: str, complete: Completeness, written: bool) -> Covered:
    """Return how a section stands; one without points counts as done once text is `written`."""
    points = complete.of_section(code)
    to_go = sum(point.state in OPEN for point in points)
    return Covered(code, section_title(code), _state(points, to_go, written), to_go)


def _state(points: Sequence[Point], to_go: int, written: bool) -> PointState:
    if not points:
        return PointState.COMPLETE if written else PointState.MISSING
    if not to_go:
        return PointState.COMPLETE
    blank = all(point.state is PointState.MISSING for point in points)
    return PointState.MISSING if blank else PointState.PARTLY


class SectionRow(QAbstractButton):
    """One section: a disc that fills with what stands, the title, and what is to go."""

    def __init__(self, section: Covered, compact: bool) -> None:
        """Show `section`; `compact` leaves disc and number."""
        super().__init__()
        self._compact = compact
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sized(self, 0, 30)
        self.show_section(section)

    def show_section(self, section: Covered) -> None:
        """Show how the section stands now."""
        self.section = section
        state = {
            PointState.COMPLETE: _("complete"),
            PointState.PARTLY: _("partly there"),
        }.get(section.state, _("empty"))
        parts = (section.title, "" if section.code == DOCUMENT else state, section.words())
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setToolTip(section.title)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of one row."""
        return QSize(em(COMPACT if self._compact else WIDE), em(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the plane of the chosen row, disc, title and what is to go."""
        painter, look, on = QPainter(self), roles(), self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.sheet if on else look.ink_soft)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 0, -4, 0), em(8), em(8))
        middle = QPointF(x_at(self, emf(20)), self.height() / 2)
        if self.section.code == DOCUMENT:
            box = QRectF(middle.x() - emf(8), middle.y() - emf(8), emf(16), emf(16))
            paint_icon(painter, "doc", box, look.ink)
        else:
            self._paint_disc(painter, middle)
        self._write(painter)

    def _paint_disc(self, painter: QPainter, at: QPointF) -> None:
        look, size = roles(), emf(6)
        painter.setPen(QPen(look.edge if self._empty() else look.ink, emf(1.5)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, size, size)
        box = QRectF(at.x() - size, at.y() - size, 2 * size, 2 * size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.ink)
        half = self.section.state is PointState.PARTLY
        if half:
            painter.drawPie(box, (90 if right_to_left(self) else -90) * 16, 180 * 16)
        elif not self._empty():
            painter.drawEllipse(at, size, size)

    def _empty(self) -> bool:
        return self.section.state is PointState.MISSING

    def _write(self, painter: QPainter) -> None:
        look, section = roles(), self.section
        painter.setPen(look.text2)
        painter.setFont(font(Type.CAPTION, digits=True))
        end = "" if self._compact else section.words()
        room = QFontMetricsF(painter.font()).horizontalAdvance(end)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        rtl = right_to_left(self)
        start = flags | (Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
        box = QRectF(self.width() - emf(12) - room - 2, 0, room + 2, self.height())
        painter.drawText(mirrored(self, box), start, end)
        painter.setPen(look.text)
        painter.setFont(font(Type.BODY_BOLD if self.isChecked() else Type.BODY))
        left = emf(32 if self._compact else 36)
        wide = self.width() - left - emf(22 if end else 4) - room
        box = mirrored(self, QRectF(left, 0, wide, self.height()))
        short = "" if section.code == DOCUMENT else section.code[1:]
        words = short if self._compact else section.title
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(wide))
        painter.drawText(box, start, shown)


class SectionRail(QWidget):
    """Ring and sections; `chosen(code)` when one is pressed. Up and Down move, one tab stop."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._compact = False
        self._sections: tuple[Covered, ...] = ()
        self._code = ""
        self._ring = ring.Completeness((), "", "")
        self._group = QButtonGroup(self)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        spaced(self._rows, 0, (6, 5))  # room for the focus ring
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(self._list)
        self._list.setAutoFillBackground(False)
        self._area = area
        column = QVBoxLayout(self)
        spaced(column, 12, (0, 0))
        self._column = column
        column.addWidget(self._ring)
        column.addWidget(area, 1)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """Leave discs and numbers where the window is narrow."""
        self._compact = compact
        bars = Qt.ScrollBarPolicy
        self._area.setVerticalScrollBarPolicy(
            bars.ScrollBarAlwaysOff if compact else bars.ScrollBarAsNeeded
        )
        self._ring.setVisible(not compact)
        spaced(self._ring.layout() or self._column, 14, (0, 12))
        sized(self, COMPACT if compact else WIDE, 0)
        self._build()

    def show_sections(self, sections: Sequence[Covered], complete: Completeness) -> None:
        """Show how the sections and the points stand; the focus stays where it is."""
        same = [s.code for s in sections] == [s.code for s in self._sections]
        self._sections = tuple(sections)
        relevant = [p for p in complete.points if p.state is not PointState.NOT_RELEVANT]
        ticks = [p.state is PointState.COMPLETE for p in relevant]
        title = _("of {all} points").format(all=len(ticks))
        self._ring.show_covered(ticks, title, _("covered. A list to finish, not a grade."))
        if not same:
            self._build()
        for row, section in zip(self.rows(), self._sections, strict=True):
            row.show_section(section)

    def choose(self, code: str) -> None:
        """Show a section as chosen, without telling anyone."""
        self._code = code
        for row in self.rows():
            on = row.section.code == code
            row.setChecked(on)
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
            if on:
                self.setFocusProxy(row)
                self._area.ensureWidgetVisible(row, 0, em(30))

    def rows(self) -> list[SectionRow]:
        """Return the rows, top to bottom."""
        found = (self._rows.itemAt(n).widget() for n in range(self._rows.count()))  # type: ignore[union-attr]  # n is within
        return [row for row in found if isinstance(row, SectionRow)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move to the section before or after."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        codes = [section.code for section in self._sections]
        if step is None or self._code not in codes:
            super().keyPressEvent(event)
            return
        place = max(0, min(len(codes) - 1, codes.index(self._code) + step))
        self.rows()[place].setFocus()
        self.rows()[place].click()

    def _build(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for section in self._sections:
            row = SectionRow(section, self._compact)
            self._group.addButton(row)
            row.clicked.connect(lambda _on=False, code=section.code: self._press(code))
            self._rows.addWidget(row)
        self._rows.addStretch()
        if self._code:
            self.choose(self._code)

    def _press(self, code: str) -> None:
        self.choose(code)
        self.chosen.emit(code)
