"""The page of a private turn: one person, one form, a page at a time, and nothing of others."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.flow.rounds import Turn
from partnerdesk.language import _
from ui.actions import Actions
from ui.kinds.base import AnswerForm
from ui.theme import Type, em, emf, roles, sized, spaced
from ui.views.turn_guard import CopyGuard
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.icons import IconMark
from ui.widgets.marks import Badge, Knot, paint_knot
from ui.widgets.metrics import x_at
from ui.widgets.text import Caption, Words

STEP = 46
"""From knot to knot, in em-px."""
LOW = 620
"""Below so many em-px of height the head gives its room to the form."""


class PageKnots(QWidget):
    """The pages of a turn as knots on one line."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self._at = count, 0
        sized(self, 0, 22)

    def set_at(self, at: int) -> None:
        """Show the page `at` as now."""
        self._at = at
        self.setAccessibleName(page_words(at, self._count))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of all knots; with less, they stand closer."""
        return QSize(round(emf(STEP) * self._count), round(emf(22)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines, then the knots on them."""
        painter, look, y = QPainter(self), roles(), self.height() / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = min(emf(STEP), self.width() / max(1, self._count))
        spots = [QPointF(x_at(self, emf(9) + n * step), y) for n in range(self._count)]
        for n, (start, end) in enumerate(pairwise(spots)):
            painter.setPen(QPen(look.ink if n < self._at else look.edge, emf(1.6)))
            gap = emf(12) if end.x() > start.x() else -emf(12)
            if abs(end.x() - start.x()) > emf(26):
                painter.drawLine(QPointF(start.x() + gap, y), QPointF(end.x() - gap, y))
        for n, spot in enumerate(spots):
            state = Knot.DONE if n < self._at else Knot.NOW if n == self._at else Knot.NEXT
            paint_knot(painter, spot, emf(16), state, look, look.sheet)


class TurnPage(QWidget):
    """Leads one person through a form; `answered` or `passed` ends it."""

    answered = Signal()
    passed = Signal()

    def __init__(
        self, turn: Turn, badge: Badge, form: AnswerForm, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.turn, self.form, self._at, self._name = turn, form, 0, turn.name
        self._count = form.page_count()
        self.knots = PageKnots(self._count)
        self._of = Caption()
        self._note = Caption()
        self._note.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.pass_button = QuietButton(_("I pass"), "hand", big=True)
        self.back = QuietButton(_("Back"), big=True)
        self.next = PrimaryButton(_("Next"), big=True)
        self.pass_button.clicked.connect(self.passed)
        self.back.clicked.connect(lambda: self.show_page(self._at - 1))
        self.next.clicked.connect(self._on_next)
        form.changed.connect(self._fit_next)
        Actions(self).add("next", self._on_next)
        self._guard = CopyGuard(form, self)
        self._lay_out(badge)

    @property
    def at(self) -> int:
        """Which page shows."""
        return self._at

    def show_page(self, at: int) -> None:
        """Show one page of the form and put the keyboard there."""
        self._at = at
        self.knots.set_at(at)
        self._fit_room()
        self.back.setVisible(at > 0)
        last = at + 1 == self._count
        self.next.set_words(_("I am done") if last else _("Next"))
        self.next.set_icon("check" if last else "right")
        self._fit_next()
        self.form.show_page(at)

    def _fit_next(self) -> None:
        done = self.form.page_done(self._at)
        self.next.setEnabled(done)
        words = _("You can change this until you say “I am done”.")
        self._note.setText(words if done else _("Answer this page, or pass."))

    def _on_next(self) -> None:
        if not self.next.isEnabled():
            return
        if self._at + 1 < self._count:
            self.show_page(self._at + 1)
        else:
            self.answered.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the form the room of the head where there is little."""
        super().resizeEvent(event)
        self._fit_room()

    def restyle(self) -> None:
        """Fit the page to the text size in use."""
        self._fit_room()

    def _fit_room(self) -> None:
        low = self.height() < em(LOW)
        spaced(self._column, 10 if low else 14, (10, 16) if low else (14, 40, 16, 40))
        spaced(self._inner, 4 if low else 8, (10, 16) if low else (20, 36))
        self._head.setVisible(not low)
        words = page_words(self._at, self._count)
        self._of.setText(f"{self._name}, {words}" if low else words)
        for part in (self._of, self.knots):
            part.setVisible(low or self._count > 1)

    def _lay_out(self, badge: Badge) -> None:
        self._head = _head(self._name, badge)
        self._column, self._inner = QVBoxLayout(self), QVBoxLayout()
        self._column.addWidget(self._head)
        self._column.addWidget(self._sheet(), 1)
        row = QHBoxLayout()
        spaced(row, 14)
        row.addWidget(self.pass_button)
        row.addWidget(self._note, 1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        self._column.addLayout(row)
        for before, after in pairwise((self.next, self.back, self.pass_button)):
            QWidget.setTabOrder(before, after)

    def _sheet(self) -> QFrame:
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        sheet.setLayout(self._inner)
        row = QHBoxLayout()
        spaced(row, 16)
        self._of.setWordWrap(False)
        row.addWidget(self._of)
        row.addWidget(self.knots, 1)
        self._inner.addLayout(row)
        self._inner.addWidget(self.form, 1)
        return sheet


def page_words(at: int, count: int) -> str:
    """Return which page of how many this is."""
    return _("Page {n} of {count}").format(n=at + 1, count=count)


def _head(name: str, badge: Badge) -> QWidget:
    head = QWidget()
    row = QHBoxLayout(head)
    spaced(row, 14)
    row.addWidget(badge)
    words = QVBoxLayout()
    spaced(words, 0)
    words.addWidget(Words(name, Type.LEAD_BOLD, wrap=False))
    private = QHBoxLayout()
    spaced(private, 6)
    private.addWidget(IconMark("eyeoff", 16, "text2"))
    private.addWidget(Caption(_("Only you see this page")), 1)
    words.addLayout(private)
    row.addLayout(words, 1)
    return head
