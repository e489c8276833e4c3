"""The timer of a step: digits, a bar, and words; it reminds and never stops anybody."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from partnerdesk.language import _, ngettext
from ui.theme import Type, emf, roles, sized, spaced, typed
from ui.widgets.buttons import SmallButton
from ui.widgets.metrics import mirrored
from ui.widgets.text import Words

SOON, LAST = 0.2, 0.05


def clock_digits(seconds: float) -> str:
    """Return minutes and seconds as 12:40; time over the end counts up as +1:05."""
    whole = abs(round(seconds))
    sign = "+" if round(seconds) < 0 else ""
    return f"{sign}{whole // 60}:{whole % 60:02}"


def time_words(left: float, whole: float) -> str:
    """Return what the digits mean: enough time, how many minutes are left, or time is up."""
    if left <= 0:
        return _("Time is up")
    if left > whole * SOON:
        return _("Enough time")
    minutes = max(1, round(left / 60))
    return ngettext("{count} min left", "{count} min left", minutes).format(count=minutes)


class TimeBar(QWidget):
    """The share of the time that is left, from the start edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start full."""
        super().__init__(parent)
        self._share = 1.0
        sized(self, 0, 8)

    def set_share(self, share: float) -> None:
        """Show a share from 0 to 1."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a short bar; it takes the room there is."""
        return QSize(round(emf(84)), round(emf(8)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track, the rest of the time on it, and at the last an edge of warning."""
        look, painter = roles(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        last = self._share <= LAST
        painter.setPen(look.stop if last else look.line)
        painter.setBrush(look.now_soft if self._share <= SOON else look.line)
        painter.drawRoundedRect(whole, emf(4), emf(4))
        rest = QRectF(0, 0, self.width() * self._share, self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.ink)
        painter.drawRoundedRect(mirrored(self, rest), emf(4), emf(4))


class Timer(QWidget):
    """Counts down `minutes`; `finished` once when the time is up, `changed` each second."""

    finished = Signal()
    changed = Signal()

    def __init__(
        self,
        minutes: float,
        *,
        compact: bool = False,
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        """Wait for `start`; `compact` leaves the buttons out; `clock` gives seconds."""
        super().__init__(parent)
        self._clock, self._whole, self._compact = clock, minutes * 60, compact
        self._end: float | None = None
        self._rest = self._whole
        self._told = False
        self._digits = Words("", Type.H2 if compact else Type.TIMER, wrap=False, digits=True)
        self._of = Words("", Type.CAPTION, tone="text2", wrap=False)
        self._words = Words("", Type.CAPTION, tone="text2", wrap=False)
        self._bar = TimeBar()
        self._more = [self._adder(1), self._adder(5)]
        self._ticks = QTimer(self, interval=1000)
        self._ticks.timeout.connect(self.tick)
        self._rows = QVBoxLayout(self)
        self._head, self._foot = QHBoxLayout(), QHBoxLayout()
        self._build()
        self._lay_out()
        self.show_time()

    def start(self) -> None:
        """Count down from what is left."""
        self._end = self._clock() + self._rest
        self._ticks.start()
        self.show_time()

    def pause(self) -> None:
        """Hold the time."""
        self._rest = self.left()
        self._end = None
        self._ticks.stop()

    def running(self) -> bool:
        """Return whether the time runs."""
        return self._end is not None

    def left(self) -> float:
        """Return the seconds left; below nought once the time is up."""
        return self._rest if self._end is None else self._end - self._clock()

    def set_minutes(self, minutes: float, left: float | None = None) -> None:
        """Count down another time, of which `left` seconds are left (all, by default)."""
        self._whole = minutes * 60
        self._rest = self._whole if left is None else left
        self._told = False
        if self._end is not None:
            self._end = self._clock() + self._rest
        self.show_time()

    def add(self, minutes: float) -> None:
        """Give more time."""
        self._whole += minutes * 60
        self._rest += minutes * 60
        self._told = False
        if self._end is not None:
            self._end += minutes * 60
        self.show_time()
        self.changed.emit()

    def tick(self) -> None:
        """Show the time, and say once that it is up."""
        self.show_time()
        self.changed.emit()
        if self.left() <= 0 and not self._told:
            self._told = True
            self.finished.emit()

    def show_time(self) -> None:
        """Show digits, bar and words for what is left."""
        left = self.left()
        minutes = round(self._whole / 60)
        words = time_words(left, self._whole)
        self._digits.setText(clock_digits(left))
        self._of.setText(_("left of {count} min").format(count=minutes))
        self._words.setText(words)
        self._words.set_tone("stop" if left <= self._whole * LAST else "text2")
        self._bar.set_share(left / self._whole if self._whole else 0)
        self.setAccessibleName(_("Timer: {words}").format(words=words))

    def set_compact(self, compact: bool) -> None:
        """Show one line (digits, bar, words) or the full form with buttons."""
        if compact != self._compact:
            self._compact = compact
            typed(self._digits, Type.H2 if compact else Type.TIMER, digits=True)
            self._lay_out()

    def _adder(self, minutes: int) -> SmallButton:
        button = SmallButton(_("+{count} min").format(count=minutes), parent=self)
        button.setAccessibleName(
            ngettext("{count} minute more", "{count} minutes more", minutes).format(count=minutes)
        )
        button.clicked.connect(lambda: self.add(minutes))
        return button

    def _build(self) -> None:
        spaced(self._rows, 8)
        for row in (self._head, self._foot):
            spaced(row, 8)
            self._rows.addLayout(row)
        self._head.addWidget(self._digits)
        self._head.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBottom)
        self._head.addStretch()
        self._foot.addStretch()
        for button in self._more:
            self._foot.addWidget(button)

    def _lay_out(self) -> None:
        if self._compact:
            self._head.insertWidget(1, self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
            self._head.insertWidget(2, self._words)
        else:
            self._rows.insertWidget(1, self._bar)
            self._foot.insertWidget(0, self._words)
        wide = QSizePolicy.Policy.Fixed if self._compact else QSizePolicy.Policy.Expanding
        self._bar.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        for part in (self._of, *self._more):
            part.setVisible(not self._compact)
