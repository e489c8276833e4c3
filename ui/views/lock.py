"""The lock: a page in the colour of the cover that tells nothing and takes a passphrase."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from partnerdesk.language import _
from ui.theme import Type, em, roles, sized, spaced, typed
from ui.views.base import View
from ui.views.workplace import Hall
from ui.widgets.buttons import Button
from ui.widgets.cover import CoverButton
from ui.widgets.icons import IconMark
from ui.widgets.text import Words

NARROW, SMALL, LOW = 640, 400, 420
"""Below so many em-px of width, the field's button stands under it, or all buttons stand on each
other; of height, the picture goes."""
FIELD = 420


class Behind(Enum):
    """What is behind the lock."""

    LOCKED = "locked"
    TURN = "turn"
    WAITING = "waiting"
    PLAIN = "plain"
    NOTHING = "nothing"
    CLOSING = "closing"


class LockView(View):
    """Covers everything; `unlocked(str)` carries what was typed, '' where nothing is asked."""

    unlocked = Signal(str)
    chosen = Signal()
    """The quiet way beside: set a passphrase, or close the file."""

    private = True

    def __init__(self, hall: Hall, behind: Behind, parent: QWidget | None = None) -> None:
        """Say what is `behind`, and ask for its passphrase where it has one."""
        super().__init__(hall, parent)
        self.behind = behind
        title, text = _words(behind)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._mark = IconMark("lock", 64, "on_cover")
        self._title = Words(title, Type.TIMER, tone="on_cover")
        self._text = Words(text, Type.LEAD, tone="on_cover2")
        self.wrong = Words("", Type.BODY_BOLD, tone="on_cover")
        self.wrong.hide()
        self.field, self.show_button = _field(), CoverButton(_("Show the text"))
        self.open_button = MainButton(_("Unlock") if self._asks() else _("Go on"), "right")
        self.other_button = CoverButton(_other(behind))
        self._rows: list[QBoxLayout] = []
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.field if self._asks() else self.open_button)

    def refuse(self, sentence: str) -> None:
        """Say why what was typed does not open, and let it be typed again."""
        self.wrong.setText(sentence)
        self.wrong.show()
        self.field.selectAll()
        self.field.setFocus()

    def closing(self) -> None:
        """Forget what was typed."""
        self.field.clear()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Cover everything."""
        QPainter(self).fillRect(self.rect(), roles().cover)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way when it gets small."""
        super().resizeEvent(event)
        self._arrange()

    def restyle(self) -> None:
        """Fit the page to the text size in use."""
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return a small page: what does not fit scrolls."""
        return QSize(em(320), em(200))

    def _asks(self) -> bool:
        return self.behind in (Behind.LOCKED, Behind.TURN, Behind.WAITING)

    def _connect(self) -> None:
        self.field.returnPressed.connect(self._on_open)
        self.field.textEdited.connect(lambda _text: self.wrong.hide())
        self.open_button.clicked.connect(lambda _on=False: self._on_open())
        self.other_button.clicked.connect(lambda _on=False: self.chosen.emit())
        self.show_button.clicked.connect(lambda _on=False: self._turn_over())

    def _on_open(self) -> None:
        if not self._asks():
            self.unlocked.emit("")
        elif self.field.text():
            self.unlocked.emit(self.field.text())

    def _turn_over(self) -> None:
        """Show what is typed, or hide it again."""
        modes = QLineEdit.EchoMode
        shown = self.field.echoMode() == modes.Password
        self.field.setEchoMode(modes.Normal if shown else modes.Password)
        self.show_button.set_words(_("Hide the text") if shown else _("Show the text"))
        self.field.setFocus()

    def _lay_out(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.addStretch(1)
        for part in (self._mark, self._title, self._text):
            self._column.addWidget(part)
        if self._asks():
            self._column.addLayout(self._row(self.field, self.show_button))
            self._column.addWidget(self.wrong)
        ways = [self.open_button, *([self.other_button] if self.other_button.text() else [])]
        if self.behind is not Behind.CLOSING:
            self._column.addLayout(self._row(*ways))
        self._column.addStretch(1)
        outside = QVBoxLayout(self)
        spaced(outside, 0)
        outside.addWidget(_scrolled(inside))

    def _row(self, *parts: QWidget) -> QBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for part in parts:
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignLeading)
        row.addStretch(1)
        self._rows.append(row)
        return row

    def _arrange(self) -> None:
        narrow, low = self.width() < em(NARROW), self.height() < em(LOW)
        spaced(self._column, 8 if low else 16, (12, 24) if narrow else (24, 96))
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for n, row in enumerate(self._rows):
            small = self.width() < em(SMALL) if n + 1 == len(self._rows) else narrow
            row.setDirection(down if small else across)
            spaced(row, 8 if low else 12, (0, 4 if low else 12, 0, 0))
        beside = self.width() - em(2 * (24 if narrow else 96) + 8)
        self.field.setFixedWidth(max(em(120), min(em(FIELD), beside)))
        self._mark.setVisible(not low)
        typed(self._title, Type.H1 if low or narrow else Type.TIMER)
        typed(self._text, Type.BODY if low else Type.LEAD)


class MainButton(Button):
    """The one next step on the cover."""

    kind = "cover-main"
    high = 44.0
    pad = 22.0

    def __init__(self, text: str, icon: str) -> None:
        """Show `text` with the icon after it."""
        super().__init__(text, icon, icon_after=True)
        self.setProperty("onCover", True)


def _words(behind: Behind) -> tuple[str, str]:
    """Return the title and the words of the page."""
    locked = _("PartnerDesk is locked")
    return {
        Behind.LOCKED: (locked, _("Everything is saved. The passphrase opens it at this place.")),
        Behind.TURN: (
            locked,
            _("A private turn is open and stays as it is. The passphrase goes back to its cover."),
        ),
        Behind.WAITING: (
            locked,
            _("Changes wait for their disk and are kept here. The passphrase goes back to them."),
        ),
        Behind.PLAIN: (
            _("PartnerDesk is covered"),
            _(
                "This file has no passphrase, so this is only a curtain. "
                "Anybody can open it. A passphrase locks it."
            ),
        ),
        Behind.NOTHING: (_("PartnerDesk is covered"), _("No partnership is open.")),
        Behind.CLOSING: (_("Locking"), _("Everything is being saved.")),
    }[behind]


def _other(behind: Behind) -> str:
    return {
        Behind.LOCKED: _("Close this file"),
        Behind.PLAIN: _("Set a passphrase…"),
    }.get(behind, "")


def _field() -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(_("Passphrase"))
    field.setEchoMode(QLineEdit.EchoMode.Password)
    hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
    field.setInputMethodHints(hints)
    field.setProperty("onCover", True)
    typed(field, Type.LEAD)
    sized(field, 0, 44)
    return field


def _scrolled(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(inside)
    inside.setAutoFillBackground(False)  # which the area has turned on
    return area
