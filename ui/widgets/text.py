"""Words on a page: plain text in the sizes of the type scale, wrapping, never marked up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from partnerdesk.language import _
from ui.theme import Type, em, fit, spaced, typed
from ui.widgets.icons import IconMark


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a property that changed.

    A widget that was never shown is left alone: polishing it now would freeze its font.
    """
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def keep_font(widget: QWidget) -> None:
    """Give `widget` the font of its kind again, which a style sheet forgets on showing it."""
    fit(widget)


class Words(QLabel):
    """Plain words of one kind that wrap; `tone` names a colour role such as text2."""

    def __init__(
        self,
        text: str = "",
        kind: Type = Type.BODY,
        *,
        tone: str = "",
        wrap: bool = True,
        digits: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show `text`; `digits` gives all digits the same width."""
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setWordWrap(wrap)
        typed(self, kind, digits=digits)
        self.set_tone(tone)
        self._to_start()

    def changeEvent(self, event: QEvent) -> None:
        """Start at the other side when the direction changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._to_start()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the size of the text in use."""
        super().showEvent(event)
        keep_font(self)

    def _to_start(self) -> None:
        """Start where the page starts, whatever script the words are in."""
        if self.alignment() & (Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTrailing):
            return
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        absolute = side | Qt.AlignmentFlag.AlignAbsolute
        self.setAlignment(absolute | Qt.AlignmentFlag.AlignVCenter)

    def set_tone(self, tone: str) -> None:
        """Colour the words by a role (text2, ink, now_text, good, stop), or by none."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            repolish(self)


class Title(Words):
    """The one title of a page."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        """Show `text` in h1."""
        super().__init__(text, Type.H1, parent=parent)


class Heading(Words):
    """The heading of a part of a page."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        """Show `text` in h2."""
        super().__init__(text, Type.H2, parent=parent)


class Lead(Words):
    """Words that are read out or lead in."""

    def __init__(self, text: str = "", *, tone: str = "", parent: QWidget | None = None) -> None:
        """Show `text` in lead."""
        super().__init__(text, Type.LEAD, tone=tone, parent=parent)


class Body(Words):
    """Running text, bold with `strong`."""

    def __init__(
        self, text: str = "", *, strong: bool = False, tone: str = "", parent: QWidget | None = None
    ) -> None:
        """Show `text` in body."""
        kind = Type.BODY_BOLD if strong else Type.BODY
        super().__init__(text, kind, tone=tone, parent=parent)


class Caption(Words):
    """A small line above or beside something, in the second text colour."""

    def __init__(
        self, text: str = "", *, tone: str = "text2", parent: QWidget | None = None
    ) -> None:
        """Show `text` in caption."""
        super().__init__(text, Type.CAPTION, tone=tone, parent=parent)


class SayThis(QWidget):
    """What the facilitator reads out, in quotation marks, under the words "Say this"."""

    def __init__(self, lines: Sequence[str], *, title: str = "", parent: QWidget | None = None):
        """Show `lines`, one paragraph each; `title` replaces "Say this"."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        spaced(column, 10)
        head = QHBoxLayout()
        spaced(head, 8)
        words = title or _("Say this")
        head.addWidget(IconMark("talk", 18, "now_text"))
        head.addWidget(Words(words, Type.CAPTION_BOLD, tone="now_text", wrap=False))
        head.addStretch()
        column.addLayout(head)
        for line in lines:
            column.addWidget(Lead(_quoted(line)))
        self.setAccessibleName("{} {}".format(words, " ".join(lines)))


def _quoted(line: str) -> str:
    return line if line.startswith("“") else f"“{line}”"


class OneLine(Words):
    """Words that stay on one line and are cut where there is no room; the tooltip has them all."""

    def __init__(
        self,
        text: str = "",
        kind: Type = Type.BODY,
        *,
        tone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Show as much of `text` as fits."""
        super().__init__(text, kind, tone=tone, wrap=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Return the room of a few letters."""
        return QSize(em(40), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words, cut at the end."""
        painter = QPainter(self)
        mode = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), mode, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), self.alignment(), shown)
