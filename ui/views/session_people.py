"""Who answers in a round: turn done, next, waiting, and nothing about what anyone said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.flow.rounds import Turn
from partnerdesk.language import _, ngettext
from partnerdesk.model.names import badge_letters
from partnerdesk.model.partnership import Partner
from ui.theme import Type, emf, font, roles, spaced
from ui.widgets.buttons import PlainButton
from ui.widgets.frames import COMPACT
from ui.widgets.icons import IconMark
from ui.widgets.marks import Badge
from ui.widgets.text import Caption, Heading, Words
from ui.widgets.thread import TurnDots


class NextPill(QWidget):
    """The word for the person who is next, on marigold."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def sizeHint(self) -> QSize:
        """Return the room of the word in its pill."""
        width = QFontMetricsF(font(Type.BODY_BOLD)).horizontalAdvance(self._words)
        return QSize(round(width + emf(20)), round(emf(32)))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the word is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill and its word."""
        painter, look = QPainter(self), roles()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.now)
        high = emf(32)
        pill = QRectF(0, (self.height() - high) / 2, self.width(), high)
        painter.drawRoundedRect(pill, high / 2, high / 2)
        painter.setPen(look.on_now)
        painter.setFont(font(Type.BODY_BOLD))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self._words)


class TurnRow(QAbstractButton):
    """One who answers; pressing a waiting one makes it the next."""

    def __init__(
        self, turn: Turn, partner: Partner, state: str, *, now: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.turn, self._now = turn, now
        if turn.received:
            self.set_fixed()
        elif state and not now:
            self.setToolTip(_("Ask {name} next").format(name=turn.name))
        self.setAccessibleName(f"{turn.name}, {state}" if state else turn.name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.organisation = Caption(partner.short)
        words = QVBoxLayout()
        spaced(words, 0)
        kind = Type.BODY_BOLD if now else Type.BODY
        words.addWidget(Words(turn.name, kind, wrap=False))
        words.addWidget(self.organisation)
        row = QHBoxLayout(self)
        spaced(row, 10, (2, 10))
        row.addWidget(Badge(partner.index, turn.picture or badge_letters(turn.name), 30, name=""))
        row.addLayout(words, 1)
        self.named = turn.name != partner.name
        self.organisation.setVisible(self.named)
        self._add_state(row, state)

    def set_fixed(self) -> None:
        """Be there to read, not to press."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the row of the next person on soft marigold, the row under the mouse on ink."""
        if not self._now and not self.underMouse():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(roles().now_soft if self._now else roles().ink_soft)
        painter.drawRoundedRect(self.rect(), emf(8), emf(8))

    def _add_state(self, row: QHBoxLayout, state: str) -> None:
        if self._now:
            row.addWidget(NextPill(state))
            return
        if self.turn.received:
            row.addWidget(IconMark("check", 18, "text2"))
        row.addWidget(Words(state, Type.CAPTION, tone="text2", wrap=False))


class TurnPanel(QWidget):
    """How many answers are in, and whose turn is done, next or waiting."""

    chosen = Signal(str)
    away = Signal(str)
    here = Signal(str)

    def __init__(
        self,
        turns: Sequence[Turn],
        partners: Mapping[str, Partner],
        next_turn: Turn | None,
        away: Sequence[Turn] = (),
        *,
        collecting: bool,
        parent: QWidget | None = None,
    ) -> None:
        """Show `turns` in file order; before a round is open nobody is next."""
        super().__init__(parent)
        self._rows: list[TurnRow] = []
        self._next = next_turn if collecting else None
        self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        spaced(self._head, 8)
        column = QVBoxLayout(self)
        spaced(column, 3)
        self._fill_head(turns, collecting)
        column.addLayout(self._head)
        for turn in turns:
            column.addWidget(self._row(turn, partners[turn.partner_id], collecting))
        for button in self._buttons(away, people=_are_people([self._next] if self._next else [])):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch()

    def rows(self) -> list[TurnRow]:
        """Return the rows, in file order."""
        return list(self._rows)

    def showEvent(self, _event: QShowEvent) -> None:
        """Fit before the first paint."""
        self._fit()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Fit the width of the window."""
        self._fit()

    def _fit(self) -> None:
        """Leave out the organisations' names in a narrow window."""
        compact = self.window().width() / emf(1) < COMPACT
        ways = QBoxLayout.Direction
        self._head.setDirection(ways.LeftToRight if compact else ways.TopToBottom)
        for row in self._rows:
            if row.named:
                row.organisation.setVisible(not compact)

    def _fill_head(self, turns: Sequence[Turn], collecting: bool) -> None:
        if not collecting:
            self._head.addWidget(Heading(_("Who answers")))
            return
        received, total = sum(turn.received for turn in turns), len(turns)
        words = ngettext("{received} of {count} received", "{received} of {count} received", total)
        self._head.addWidget(Heading(words.format(received=received, count=total)))
        self._head.addWidget(TurnDots(received, total))

    def _row(self, turn: Turn, partner: Partner, collecting: bool) -> TurnRow:
        now = self._next is not None and turn.respondent == self._next.respondent
        state = turn_words(turn, now) if collecting else ""
        row = TurnRow(turn, partner, state, now=now)
        row.clicked.connect(lambda: self.chosen.emit(turn.respondent))
        if not collecting:
            row.set_fixed()
        self._rows.append(row)
        return row

    def _buttons(self, away: Sequence[Turn], *, people: bool) -> list[PlainButton]:
        made = []
        if self._next is not None and people:
            made.append(self._button(_("{name} is not here"), self._next, self.away))
        return made + [self._button(_("{name} is here now"), one, self.here) for one in away]

    def _button(self, words: str, turn: Turn, signal: SignalInstance) -> PlainButton:
        button = PlainButton(words.format(name=turn.name))
        button.clicked.connect(lambda: signal.emit(turn.respondent))
        return button


def turn_words(turn: Turn, now: bool) -> str:
    """Return all that anyone may know of a turn."""
    return _("Turn done") if turn.received else _("Next") if now else _("Waiting")


def _are_people(turns: Sequence[Turn]) -> bool:
    return any(turn.respondent != turn.partner_id for turn in turns)
