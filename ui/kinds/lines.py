"""One line of a revealed round: its dots, who stands apart, and the working behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.lines import step_word
from partnerdesk.kinds.summary import Dot, Figure, Line, Tally
from partnerdesk.language import _, ngettext
from partnerdesk.model.guide import Scale
from ui.kinds.columns import SideBySide
from ui.theme import Type, em, line, sized, spaced, typed
from ui.widgets import dots
from ui.widgets.buttons import PlainButton
from ui.widgets.icons import IconMark
from ui.widgets.marks import PartnerMark
from ui.widgets.metrics import right_to_left
from ui.widgets.text import Body, Caption, Words

NARROW = 700
"""Below so many drawing pixels the words stand above the dots."""
MOST_MARKS = 12
FINEST = 20
"""A scale of more steps is painted with so many; the working has the exact numbers."""
WEIGHT = "weight"
"""The figure of lines whose middle is a weight, and no median."""


class LineRow(QWidget):
    """One thing asked about, every answer as a dot, and "Show the working" to open the counts."""

    def __init__(
        self, setting: Setting, shown: Line, *, small: bool = False, parent: QWidget | None = None
    ) -> None:
        """Show `shown`; `small` is for lines whose answers lie closer together."""
        super().__init__(parent)
        self._setting, self._line = setting, shown
        self._open: QWidget | None = None
        self._button = PlainButton(_("Show the working"))
        typed(self._button, Type.CAPTION_BOLD)
        self.setFocusProxy(self._button)
        self._button.setAccessibleName(_("Show the working: {item}").format(item=shown.label))
        self._button.clicked.connect(self._toggle)
        self._head, self._track = _head(setting, shown, small), _track(setting, shown, small)
        self._column = QVBoxLayout(self)
        spaced(self._column, 2, (8, 6, 8, 0))
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        spaced(self._row, 16)
        self._row.addWidget(self._head, 0)
        self._row.addWidget(self._track, 1)
        start = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        self._row.addWidget(self._button, 0, start)
        self._column.addLayout(self._row)

    def restyle(self) -> None:
        """Fit the row to the text size in use."""
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words above the dots where there is little room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow, direction = self.width() < em(NARROW), QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._head.setMinimumWidth(0 if narrow else em(190))
        self._head.setMaximumWidth(self.width() if narrow else em(190))

    def _toggle(self) -> None:
        if self._open is None:
            self._open = Working(self._setting, self._line)
            self._column.addWidget(self._open)
            self._open.hide()
        showing = self._open.isHidden()
        self._open.setVisible(showing)
        self._button.setText(_("Hide the working") if showing else _("Show the working"))
        self._button.updateGeometry()


class Working(QWidget):
    """The raw answers behind a line, and how each of its numbers comes about."""

    def __init__(self, setting: Setting, shown: Line, parent: QWidget | None = None) -> None:
        """Show the counts and the figures of one line."""
        super().__init__(parent)
        self.setAccessibleName(_("The working"))
        column = QVBoxLayout(self)
        spaced(column, 0, (8, 0, 16, 0))
        both = [_counts(setting, shown), figures(_all_figures(setting, shown))]
        column.addWidget(SideBySide(both, least=260, gap=36))


class _End(Caption):
    """The words of one end of a line, at that end in either direction of reading."""

    def __init__(self, words: str, *, last: bool) -> None:
        super().__init__(words)
        self._last = last
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        """Go to the other side with the direction of reading."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        flag = Qt.AlignmentFlag
        side = flag.AlignRight if self._last != right_to_left(self) else flag.AlignLeft
        self.setAlignment(side | flag.AlignTop | flag.AlignAbsolute)


def figures(shown: Sequence[Figure]) -> QWidget:
    """Return each figure as label and number, with the sentence that explains it below."""
    made = QWidget()
    grid = QGridLayout(made)
    spaced(grid, 4)
    grid.setColumnStretch(0, 1)
    grid.setRowStretch(2 * len(shown), 1)
    for place, figure in enumerate(shown):
        number = Words(number_of(figure), Type.BODY_BOLD, digits=True, wrap=False)
        grid.addWidget(Body(figure.label), 2 * place, 0)
        grid.addWidget(number, 2 * place, 1, Qt.AlignmentFlag.AlignRight)
        if figure.words:
            grid.addWidget(Caption(figure.words), 2 * place + 1, 0)
    return made


def number_of(figure: Figure) -> str:
    """Return a figure's number with its own digits, or a dash where there is none."""
    return "–" if figure.value is None else f"{figure.value:.{figure.digits}f}"


def apart_words(count: int) -> str:
    """Return in words how many answers stand apart, or '' for none."""
    if count == 0:
        return ""
    said = {1: _("One stands apart"), 2: _("Two stand apart"), 3: _("Three stand apart")}
    more = ngettext("{n} stands apart", "{n} stand apart", count)
    return said.get(count) or more.format(n=count)


def marks_of(setting: Setting) -> dict[str, int]:
    """Return the index of each partner's mark."""
    return {partner.id: partner.index for partner in setting.partners}


def dot_words(setting: Setting, shown: Sequence[Dot]) -> str:
    """Return who gave which answers, in words, for those who do not see the dots."""
    names = {partner.id: partner.short or partner.name for partner in setting.partners}
    sides = dict.fromkeys(dot.partner_id for dot in shown)
    return "; ".join(
        "{}: {}".format(
            names.get(side, _("all answers")),
            ", ".join(_dot_words(dot) for dot in shown if dot.partner_id == side),
        )
        for side in sides
    )


def track_of(setting: Setting, shown: Line) -> dots.Track:
    """Return what the painted line shows of `shown`; pooled answers have no mark."""
    marks, fine = marks_of(setting), shown.high - shown.low > FINEST

    def stop(value: float) -> float:
        return round((value - shown.low) / (shown.high - shown.low) * FINEST) if fine else value

    return dots.Track(
        int(stop(shown.low)),
        int(stop(shown.high)),
        tuple(dots.Dot(stop(dot.value), marks.get(dot.partner_id)) for dot in shown.dots),
        frozenset(stop(dot.value) for dot in shown.dots if dot.apart),
        None if shown.middle is None else stop(shown.middle),
        None if shown.wanted is None else stop(shown.wanted),
    )


def _dot_words(dot: Dot) -> str:
    text = _("{value}, stands apart") if dot.apart else "{value}"
    return text.format(value=f"{dot.value:g}")


def _head(setting: Setting, shown: Line, small: bool) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    spaced(column, 2)
    first = QHBoxLayout()
    spaced(first, 8)
    if shown.partner_id:
        mark = PartnerMark(marks_of(setting)[shown.partner_id], 16)
        first.addWidget(beside_text(mark), 0, Qt.AlignmentFlag.AlignTop)
    first.addWidget(Body(shown.label, strong=not small), 1)
    column.addLayout(first)
    if shown.apart:
        column.addWidget(_flag(apart_words(shown.apart)))
    if shown.passes:
        told = ngettext("{n} gave no answer here", "{n} gave no answer here", shown.passes)
        column.addWidget(Caption(told.format(n=shown.passes)))
    column.addStretch(1)
    return made


def _flag(words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    spaced(row, 6)
    row.addWidget(IconMark("flag", 14))
    row.addWidget(Words(words, Type.CAPTION_BOLD), 1)
    return made


def _track(setting: Setting, shown: Line, small: bool) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    spaced(grid, 2)
    grid.setRowStretch(2, 1)
    painted = dots.DotTrack(shown.label, track_of(setting, shown), size=_size(shown, small))
    painted.setAccessibleDescription(dot_words(setting, shown.dots) or _("no answers"))
    grid.addWidget(painted, 0, 0, 1, 2)
    for column, word in enumerate(_ends(shown)):
        grid.addWidget(_End(word, last=bool(column)), 1, column)
        grid.setColumnStretch(column, 1)
    return made


def _size(shown: Line, small: bool) -> float:
    return 12 if small or shown.high - shown.low > FINEST else 16


def _ends(shown: Line) -> tuple[str, str]:
    return shown.low_word or f"{shown.low:g}", shown.high_word or f"{shown.high:g}"


def _counts(setting: Setting, shown: Line) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    spaced(grid, 6)
    grid.setColumnStretch(0, 1)
    grid.setRowStretch(len(shown.working), 1)
    for place, tally in enumerate(shown.working):
        grid.addWidget(Body(tally.label), place, 0)
        grid.addWidget(_marks(setting, tally), place, 1)
        count = Words(str(len(tally.dots)), Type.BODY_BOLD, digits=True, wrap=False)
        grid.addWidget(count, place, 2, Qt.AlignmentFlag.AlignRight)
    return made


def _marks(setting: Setting, tally: Tally) -> QWidget:
    made, marks = QWidget(), marks_of(setting)
    made.setAccessibleName(dot_words(setting, tally.dots))
    row = QHBoxLayout(made)
    spaced(row, 4)
    row.addStretch(1)
    for dot in tally.dots[:MOST_MARKS]:
        if dot.partner_id in marks:
            row.addWidget(PartnerMark(marks[dot.partner_id], 12))
        else:
            row.addWidget(_grey())
    return made


def _grey() -> QWidget:
    mark = dots.DotTrack("", dots.Track(0, 1, (dots.Dot(0.5),)), size=12)
    sized(mark, 16, 16)
    return mark


def _all_figures(setting: Setting, shown: Line) -> tuple[Figure, ...]:
    if shown.middle is None or any(figure.key == WEIGHT for figure in shown.figures):
        return shown.figures
    how = _("Half of the answers lie on either side: {step}.")
    said = step_word(_scale(setting, shown), shown.middle, (shown.low_word, shown.high_word))
    middle = Figure("middle", _("Middle answer"), shown.middle, how.format(step=said), digits=1)
    return (middle, *shown.figures)


def _scale(setting: Setting, shown: Line) -> Scale:
    low, high, asked = int(shown.low), int(shown.high), setting.scale
    worded = (low, high) == (asked.low, asked.high)
    return Scale(low, high, asked.words if worded else ())


def beside_text(mark: QWidget) -> QWidget:
    """Return a mark lowered to the middle of the first line of the words beside it."""
    made = QWidget()
    column = QVBoxLayout(made)
    spaced(column, 0, (3, 0, 0, 0))
    column.addWidget(mark)
    return made


def rule() -> QWidget:
    """Return a hairline between two lines."""
    return line()
