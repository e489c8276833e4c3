"""The cards of home: what can be begun, and the partnerships that were open on this laptop."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from PySide6.QtCore import QDate, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from partnerdesk.exchange.recent import Recent
from partnerdesk.language import _, ngettext
from ui.theme import Type, emf, load_fallbacks, roles, sized, spaced
from ui.widgets.buttons import Button, PlainButton, PrimaryButton, QuietButton
from ui.widgets.icons import IconMark
from ui.widgets.marks import Knot, paint_knot
from ui.widgets.selvedge import Selvedge
from ui.widgets.text import Body, Caption, Heading, Words

RADIUS = 12


class Tile(QPushButton):
    """A wide button: an icon, what it does, and a line about it."""

    def __init__(self, icon: str, words: str, about: str, parent: QWidget | None = None) -> None:
        """Show `words` above `about`; both are read aloud as the button's name."""
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self.setAccessibleName(words)
        self.setAccessibleDescription(about)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._words, self._about = Words(words, Type.BODY_BOLD), Caption(about)
        row, column = QHBoxLayout(self), QVBoxLayout()
        spaced(row, 16, (14, 18))
        spaced(column, 2)
        row.addWidget(IconMark(icon, 24))
        row.addLayout(column, 1)
        for part in (self._words, self._about):
            column.addWidget(part)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_about(self, about: str) -> None:
        """Show another line about it."""
        self._about.setText(about)
        self.setAccessibleDescription(about)

    def set_brief(self, brief: bool) -> None:
        """Leave the line about it out where there is little room."""
        self._about.setVisible(not brief)

    def sizeHint(self) -> QSize:
        """Return the room that the words and the icon take."""
        return self._box().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the least room in which all words show."""
        return self._box().minimumSize()

    def hasHeightForWidth(self) -> bool:
        """Return that narrow tiles are higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at which the wrapped words show."""
        return self._box().heightForWidth(width)

    def _box(self) -> QHBoxLayout:
        box = self.layout()
        assert isinstance(box, QHBoxLayout)
        return box


class CardBand(Selvedge):
    """The selvedge along the top of a card, cut to the card's round corners."""

    def __init__(self, partners: int, height: float, edge: str) -> None:
        """Give each of `partners` an equal share; `edge` is the role of the card's border."""
        super().__init__(range(partners), height=height)
        self._edge = edge

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the band, then what lies outside the corners in the colour of the sheet."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, card = QPainterPath(), QPainterPath()
        whole.addRect(QRectF(self.rect()))
        radius = emf(RADIUS)
        tall = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, 4 * radius)
        card.addRoundedRect(tall, radius, radius)
        painter.fillPath(whole - card, roles().sheet)
        painter.setPen(QPen(roles().of(self._edge), 1))
        painter.drawPath(card)


class NowKnot(QWidget):
    """The knot that says: here the work stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Be as high as a line of text."""
        super().__init__(parent)
        sized(self, 18, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the knot."""
        box, look = QRectF(self.rect()), roles()
        paint_knot(QPainter(self), box.center(), emf(16), Knot.NOW, look, look.sheet)


class RecentCard(QFrame):
    """One partnership that was open on this laptop; the first one is the next step."""

    opened = Signal(object)
    forgotten = Signal(object)
    sought = Signal()

    def __init__(self, one: Recent, *, first: bool, parent: QWidget | None = None) -> None:
        """Show `one` as it stood when it was last open."""
        super().__init__(parent)
        self.one = one
        edge = "edge" if first else "line"
        self.setProperty("kind", "card" if first else "card-quiet")
        self.setAccessibleName(one.title)
        load_fallbacks(f"{one.title} {one.place}")
        self._lost = Words("", Type.BODY, tone="stop")
        self._lost.hide()
        self.open_button: Button = _open_button(one, first)
        self.open_button.clicked.connect(lambda: self.opened.emit(self))
        self.find_button = QuietButton(_("Find the file"), "folder")
        self.find_button.clicked.connect(self.sought)
        self.find_button.hide()
        self.forget_button = PlainButton(_("Forget"))
        self.forget_button.setAccessibleName(_("Forget {title}").format(title=one.title))
        self.forget_button.setToolTip(_("Takes it off this list. The file stays where it is."))
        self.forget_button.clicked.connect(lambda: self.forgotten.emit(self))
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addWidget(CardBand(one.partners, 14 if first else 8, edge))
        column.addLayout(self._inside(first))

    def say_lost(self) -> None:
        """Say that the file is gone, and offer to look for it instead of opening it."""
        name = PurePath(self.one.path).name
        words = _("{name} is not where it was. Plug in the stick, or find the file.")
        self._lost.setText(words.format(name=name))
        self._lost.show()
        self.open_button.hide()
        self.find_button.show()
        self.find_button.setFocus()

    def _inside(self, first: bool) -> QVBoxLayout:
        column, head, foot = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        spaced(column, 8 if first else 6, (18 if first else 12, 24))
        spaced(head, 16)
        spaced(foot, 8)
        title = Heading(self.one.title) if first else Body(self.one.title, strong=True)
        head.addWidget(title, 1)
        head.addWidget(Words(when(self.one.at), Type.CAPTION, tone="text2", wrap=False))
        column.addLayout(head)
        column.addWidget(Body(about(self.one), tone="text2"))
        column.addWidget(self._lost)
        if self.one.stage:
            foot.addWidget(NowKnot())
            foot.addWidget(Body(self.one.stage, strong=True), 1)
        else:
            foot.addStretch(1)
        for button in (self.forget_button, self.find_button, self.open_button):
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(foot)
        return column


def about(one: Recent) -> str:
    """Return in words what a card says below the title: practice, partners, place."""
    partners = ngettext("{count} partner", "{count} partners", one.partners)
    parts = [_("Practice copy, invented people")] if one.practice else []
    parts += [partners.format(count=one.partners)] if one.partners else []
    parts += [one.place] if one.place else []
    return " · ".join(parts)


def when(at: str) -> str:
    """Return when that was: the hour for today, else the day; '' where `at` is not a time."""
    try:
        moment = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return ""
    days = (datetime.now().astimezone().date() - moment.date()).days
    hour = moment.strftime("%H:%M")
    if days in (0, 1):
        words = _("Today {hour}") if days == 0 else _("Yesterday {hour}")
        return words.format(hour=hour)
    form = "d MMMM" if 0 < days < 300 else "d MMMM yyyy"
    return QLocale().toString(QDate(moment.year, moment.month, moment.day), form)


def _open_button(one: Recent, first: bool) -> Button:
    button: Button = PrimaryButton(_("Go on")) if first else QuietButton(_("Open"))
    words = _("Go on with {title}") if first else _("Open {title}")
    button.setAccessibleName(words.format(title=one.title))
    return button
