"""What is under way, once it lasts: a few words, a quiet bar, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.language import _
from ui.actions import Actions, key_of
from ui.tasks import Tasks
from ui.theme import Type, em, emf, motion, roles, sized, spaced
from ui.widgets.buttons import QuietButton
from ui.widgets.metrics import mirrored
from ui.widgets.painted import Painted
from ui.widgets.text import Words

WIDE, THICK, ABOVE = 220, 4, 76
STEP_MS, STEPS = 60, 40
PIECE = 0.3
"""How much of the bar is filled where nobody knows how far the work is."""


class QuietBar(Painted):
    """A thin line that fills; where nobody knows how far, a piece of it moves along."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without knowing."""
        super().__init__(parent)
        self._share: float | None = None
        self._step = 0
        self._moving = QTimer(self, interval=STEP_MS)
        self._moving.timeout.connect(self._on_step)
        sized(self, WIDE, THICK)

    def set_share(self, share: float | None) -> None:
        """Show this share of the work as done, or None."""
        self._share = share
        words = _("under way") if share is None else f"{share:.0%}"
        self.setAccessibleName(words)
        self._move()
        self.update()

    def showEvent(self, event: QEvent) -> None:
        """Move only while it shows."""
        self._move()

    def hideEvent(self, event: QEvent) -> None:
        """Stand still."""
        self._moving.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the track and what is filled of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole, round_ = QRectF(self.rect()), self.height() / 2
        painter.setBrush(roles().line)
        painter.drawRoundedRect(whole, round_, round_)
        left, wide = self._filled()
        part = QRectF(left * whole.width(), 0, wide * whole.width(), whole.height())
        painter.setBrush(roles().ink)
        painter.drawRoundedRect(mirrored(self, part), round_, round_)

    def _filled(self) -> tuple[float, float]:
        if self._share is not None:
            return 0.0, self._share
        return (1 - PIECE) * (1 - abs(1 - 2 * self._step / STEPS)), PIECE

    def _move(self) -> None:
        if self._share is None and self.isVisible() and motion(STEP_MS):
            self._moving.start()
        else:
            self._moving.stop()

    def _on_step(self) -> None:
        self._step = (self._step + 1) % STEPS
        self.update()


class WaitingBar(QFrame):
    """Lies over the foot of a window while work lasts there; the key to stop works throughout."""

    def __init__(self, host: QWidget, tasks: Tasks) -> None:
        """Tell what lasts of the work that belongs to `host`."""
        super().__init__(host)
        self.setProperty("kind", "toast")
        self._host, self._tasks = host, tasks
        self._words, self.bar = Words("", Type.BODY, wrap=False), QuietBar()
        self.stop = QuietButton(_("Stop"))
        self.stop.setToolTip(f"{_('Stop')} ({key_of('stop')})")
        self.stop.clicked.connect(lambda _on=False: self.stop_work())
        self._actions = Actions(host)
        self._actions.add("stop", self.stop_work).setEnabled(False)
        column, row = QVBoxLayout(), QHBoxLayout(self)
        spaced(column, 6)
        spaced(row, 16, (10, 16))
        column.addWidget(self._words)
        column.addWidget(self.bar)
        row.addLayout(column, 1)
        row.addWidget(self.stop)
        host.installEventFilter(self)
        tasks.lasting.connect(self.look)
        self.hide()

    def text(self) -> str:
        """Return what is under way, or '' while nothing lasts."""
        return "" if self.isHidden() else self._words.text()

    def look(self) -> None:
        """Show what lasts now, or nothing."""
        task = self._tasks.told(self._host)
        can_stop = task is not None and task.can_stop
        self._actions.enable("stop", can_stop)
        self.stop.setVisible(can_stop)
        if task is None:
            self.hide()
            return
        self.bar.set_share(task.share)
        if self.isHidden() or self._words.text() != task.words:
            self._words.setText(task.words)
            self.setAccessibleName(task.words)
            self.show()
            self._place()
            self.raise_()
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def stop_work(self) -> None:
        """Stop what shows."""
        task = self._tasks.told(self._host)
        if task is not None:
            task.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window when that changes its size."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def _place(self) -> None:
        host = self._host
        self.setMaximumWidth(max(1, host.width() - em(40)))
        self.adjustSize()
        left = (host.width() - self.width()) // 2
        self.move(left, host.height() - self.height() - round(emf(ABOVE)))
