"""The thread: stages, the five steps and what was received, as knots on one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from partnerdesk.language import _, ngettext
from ui.theme import Type, em, emf, font, roles, sized, spaced
from ui.widgets.marks import Knot, paint_knot
from ui.widgets.metrics import mirrored, x_at

RAIL, RAIL_COMPACT = 224, 64


@dataclass(frozen=True)
class Stage:
    """One stage on the rail: its key, name, state, what stands at its end, and its activities.

    Activities show under the stage that is now, and under one that is `opened`.
    """

    key: str
    name: str
    state: Knot
    at_end: str = ""
    activities: tuple[Activity, ...] = ()
    opened: bool = False


@dataclass(frozen=True)
class Activity:
    """One activity under its stage; `here` marks the one on the page."""

    key: str
    name: str
    state: Knot = Knot.NEXT
    here: bool = False


def state_words(state: Knot) -> str:
    """Return what a knot says, for those who do not see it."""
    return {Knot.DONE: _("done"), Knot.NOW: _("now"), Knot.NEXT: _("to come")}[state]


def _line_pen(done: bool) -> QPen:
    look = roles()
    return QPen(look.ink if done else look.edge, emf(2 if done else 1.5))


def _write(
    painter: QPainter, box: QRectF, kind: Type, colour: QColor, text: str, end: bool
) -> None:
    """Write one line of text, at the end or the start of `box`, cut where it is too long."""
    painter.setFont(font(kind, digits=end))
    painter.setPen(colour)
    rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if end != rtl else Qt.AlignmentFlag.AlignLeft
    metrics = QFontMetricsF(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, flags, shown)


class StageRow(QAbstractButton):
    """One stage on the rail: a knot, the line to the next, the name, and a time."""

    def __init__(self, stage: Stage, *, last: bool, compact: bool, parent: QWidget) -> None:
        """Show `stage`; `compact` leaves the knot alone, its name in the tooltip."""
        super().__init__(parent)
        self.stage, self._last, self._compact = stage, last, compact
        self.setAccessibleName(f"{stage.name}, {state_words(stage.state)}")
        self.setToolTip(stage.name if compact else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """Return the room of one row."""
        return QSize(em(RAIL_COMPACT if self._compact else RAIL), em(38 if self._compact else 34))

    def minimumSizeHint(self) -> QSize:
        """Return less for knots alone: in a low window they move together."""
        return QSize(em(RAIL_COMPACT), em(18 if self._compact else 34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint line, knot, name and time."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, middle = roles(), self.height() / 2
        spot = QPointF(x_at(self, emf(32 if self._compact else 28)), middle)
        painter.setPen(_line_pen(self.stage.state is Knot.DONE))
        if not self._last:
            painter.drawLine(spot, QPointF(spot.x(), self.height()))
        if self.property("first") is not True:
            painter.setPen(_line_pen(self.stage.state is not Knot.NEXT))
            painter.drawLine(QPointF(spot.x(), 0), spot)
        paint_knot(painter, spot, emf(16), self.stage.state, look, look.ground)
        if not self._compact:
            self._write(painter)

    def _write(self, painter: QPainter) -> None:
        look, state = roles(), self.stage.state
        end = QFontMetricsF(font(Type.CAPTION, digits=True)).horizontalAdvance(self.stage.at_end)
        width = self.width() - emf(68) - end - (emf(8) if end else 0)
        name = mirrored(self, QRectF(emf(48), 0, width, self.height()))
        kind = Type.BODY_BOLD if state is Knot.NOW else Type.BODY
        colour = look.text2 if state is Knot.NEXT else look.text
        if self.underMouse():
            colour = look.ink
        _write(painter, name, kind, colour, self.stage.name, end=False)
        time = mirrored(self, QRectF(self.width() - emf(20) - end - 2, 0, end + 2, self.height()))
        _write(painter, time, Type.CAPTION, look.text2, self.stage.at_end, end=True)


class ActivityRow(QAbstractButton):
    """One activity under the current stage, on the thread that runs past it."""

    def __init__(self, activity: Activity, *, last: bool, parent: QWidget) -> None:
        """Show `activity`; `last` is true where no stage follows."""
        super().__init__(parent)
        self.activity, self._last = activity, last
        self.setAccessibleName(f"{activity.name}, {state_words(activity.state)}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sized(self, 0, 28)

    def sizeHint(self) -> QSize:
        """Return the room of one row."""
        return QSize(em(RAIL), em(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line, a point when it is now, and the name."""
        look, painter = roles(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = x_at(self, emf(28))
        painter.setPen(_line_pen(False))
        if not self._last:
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        now = self.activity.here
        if now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.text)
            spot = QPointF(x_at(self, emf(50)), self.height() / 2)
            painter.drawEllipse(spot, emf(2.5), emf(2.5))
        box = mirrored(self, QRectF(emf(61), 0, self.width() - emf(73), self.height()))
        kind = Type.SMALL_BOLD if now else Type.SMALL
        plain = look.text if self.activity.state is not Knot.NEXT else look.text2
        colour = look.ink if self.underMouse() else plain
        _write(painter, box, kind, colour, self.activity.name, end=False)


class StageRail(QWidget):
    """The stages down the start edge; `stage_chosen(key)`, `activity_chosen(key)` when pressed.

    Up and Down move between the rows, Enter or Space chooses.
    """

    stage_chosen = Signal(str)
    activity_chosen = Signal(str)

    def __init__(self, stages: Sequence[Stage] = (), parent: QWidget | None = None) -> None:
        """Show `stages`; activities are shown under the one that is now."""
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = ()
        self._compact = False
        self.setAccessibleName(_("Stages"))
        self._column = QVBoxLayout(self)
        spaced(self._column, 0, (0, 8, 0, 0))
        self.set_stages(stages)

    def set_stages(self, stages: Sequence[Stage]) -> None:
        """Show other stages; nothing happens when they are the same."""
        if tuple(stages) != self._stages:
            self._stages = tuple(stages)
            self._build()

    def set_compact(self, compact: bool) -> None:
        """Show knots alone in 64 em-px, or names as well in 224."""
        if compact != self._compact:
            self._compact = compact
            self._build()

    def rows(self) -> list[QAbstractButton]:
        """Return the rows from the top: stages, and the activities of the current one."""
        items = (self._column.itemAt(n) for n in range(self._column.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [row for row in widgets if isinstance(row, QAbstractButton)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the rows."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        rows = self.rows()
        at = next((n for n, row in enumerate(rows) if row.hasFocus()), None)
        if step and at is not None:
            rows[(at + step) % len(rows)].setFocus(Qt.FocusReason.TabFocusReason)

    def _build(self) -> None:
        held = next((n for n, row in enumerate(self.rows()) if row.hasFocus()), None)
        self._fill()
        if held is not None and held < len(self.rows()):
            self.rows()[held].setFocus()

    def _fill(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        sized(self, RAIL_COMPACT if self._compact else RAIL, 0)
        for n, stage in enumerate(self._stages):
            self._add(stage, first=n == 0, last=n == len(self._stages) - 1)
        self._column.addStretch()

    def _add(self, stage: Stage, *, first: bool, last: bool) -> None:
        row = StageRow(stage, last=last, compact=self._compact, parent=self)
        row.setProperty("first", first)
        row.clicked.connect(lambda: self.stage_chosen.emit(stage.key))
        self._column.addWidget(row)
        if (stage.opened or stage.state is Knot.NOW) and not self._compact:
            for activity in stage.activities:
                self._add_activity(activity, last)

    def _add_activity(self, activity: Activity, last: bool) -> None:
        row = ActivityRow(activity, last=last, parent=self)
        row.clicked.connect(lambda: self.activity_chosen.emit(activity.key))
        self._column.addWidget(row)


class StepThread(QWidget):
    """Steps on a level line, names after their knots (or below them)."""

    def __init__(
        self,
        names: Sequence[str],
        at: int = 0,
        *,
        names_below: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show `names`; the step `at` is now, those before it are done."""
        super().__init__(parent)
        self._names, self._at, self._below = tuple(names), at, names_below
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sized(self, 0, 48 if names_below else 26)
        self.set_at(at)

    def set_at(self, at: int) -> None:
        """Show another step as now; past the last one, all are done."""
        self._at = at
        said = (f"{name}, {state_words(self._state(n))}" for n, name in enumerate(self._names))
        self.setAccessibleName("; ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the least room in which all names fit."""
        return QSize(round(self._wanted()), self.height())

    def minimumSizeHint(self) -> QSize:
        """Return a room in which names are cut."""
        return QSize(em(160), em(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint knots, names and the lines between them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        (self._paint_below if self._below else self._paint_beside)(painter)

    def _state(self, n: int) -> Knot:
        return Knot.DONE if n < self._at else Knot.NOW if n == self._at else Knot.NEXT

    def _kind(self, n: int) -> Type:
        return Type.BODY_BOLD if n == self._at else Type.BODY

    def _widths(self, names: Sequence[str]) -> list[float]:
        fonts = (font(self._kind(n)) for n in range(len(names)))
        return [
            (QFontMetricsF(used).horizontalAdvance(name) + emf(27)) if name else emf(18)
            for used, name in zip(fonts, names, strict=True)
        ]

    def _wanted(self) -> float:
        return sum(self._widths(self._names)) + emf(24) * len(self._names)

    def _fitting(self) -> tuple[str, ...]:
        """Return the names there is room for: all, or that of the step that is now."""
        if self._wanted() <= self.width() + emf(24):
            return self._names
        now = min(self._at, len(self._names) - 1)
        return tuple(name if n == now else "" for n, name in enumerate(self._names))

    def _paint_beside(self, painter: QPainter) -> None:
        gaps = max(1, len(self._names) - 1)
        names = self._fitting()
        widths = self._widths(names)
        room = (self.width() - sum(widths)) / gaps
        gap = room if names == self._names else min(emf(72), max(emf(4), room))
        x, high, look = 0.0, self.height(), roles()
        shown = gap > emf(28)
        for n, (name, width) in enumerate(zip(names, widths, strict=True)):
            state = self._state(n)
            spot = QPointF(x_at(self, x + emf(9)), high / 2)
            paint_knot(painter, spot, emf(18), state, look, look.sheet)
            colour = look.text if state is Knot.NOW else look.text2
            box = mirrored(self, QRectF(x + emf(26), 0, width, high))
            _write(painter, box, self._kind(n), colour, name, end=False)
            if n < gaps and shown:
                self._line(painter, x + width + emf(12), x + width + gap - emf(12), high / 2, n)
            x += width + gap

    def _paint_below(self, painter: QPainter) -> None:
        count, look, y = max(1, len(self._names)), roles(), emf(12)
        step = self.width() / count
        for n, name in enumerate(self._names):
            state, x = self._state(n), n * step
            spot = QPointF(x_at(self, x + emf(9)), y)
            paint_knot(painter, spot, emf(18), state, look, look.sheet)
            colour = look.text if state is Knot.NOW else look.text2
            kind = Type.CAPTION_BOLD if state is Knot.NOW else Type.CAPTION
            box = mirrored(self, QRectF(x, emf(24), step - emf(6), emf(22)))
            _write(painter, box, kind, colour, name, end=False)
            if n < count - 1:
                self._line(painter, x + emf(26), x + step - emf(8), y, n)

    def _line(self, painter: QPainter, start: float, end: float, y: float, n: int) -> None:
        painter.setPen(_line_pen(n < self._at))
        painter.drawLine(QPointF(x_at(self, start), y), QPointF(x_at(self, end), y))


class TurnDots(QWidget):
    """How many turns are in: filled dots of all that are awaited; no dot is a person."""

    def __init__(self, received: int, total: int, parent: QWidget | None = None) -> None:
        """Show `received` of `total`."""
        super().__init__(parent)
        self._received, self._total = 0, 0
        self.set_count(received, total)

    def set_count(self, received: int, total: int) -> None:
        """Show other numbers."""
        self._received, self._total = received, total
        words = ngettext("{received} of {count} received", "{received} of {count} received", total)
        self.setAccessibleName(words.format(received=received, count=total))
        sized(self, 25 * max(1, total), 20)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dots from the start edge."""
        painter, look = QPainter(self), roles()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for n in range(self._total):
            spot = QPointF(x_at(self, emf(9 + 25 * n)), self.height() / 2)
            filled = n < self._received
            painter.setPen(Qt.PenStyle.NoPen if filled else QPen(look.edge, emf(1.6)))
            painter.setBrush(look.ink if filled else Qt.BrushStyle.NoBrush)
            size = emf(8 if filled else 7.4)
            painter.drawEllipse(spot, size, size)
