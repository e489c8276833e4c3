"""The guide's script: what to say, step by step, what to do, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.language import _, ngettext
from partnerdesk.model.guide import Activity, Item, Step
from ui.theme import Type, line, spaced
from ui.widgets.buttons import PlainButton
from ui.widgets.text import Body, Caption, SayThis, Words


class Script(QWidget):
    """One step of the script at a time: its spoken line large, and a way to the others."""

    moved = Signal(int)

    def __init__(self, steps: Sequence[Step], at: int, parent: QWidget | None = None) -> None:
        """Show the step `at` of `steps`."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        spaced(column, 8)
        said = [steps[at].say] if steps and steps[at].say else []
        if said:
            column.addWidget(SayThis(said))
        self.before = PlainButton(_("Earlier"), "left")
        self.after = PlainButton(_("Next line"), "right", icon_after=True)
        self.before.clicked.connect(lambda: self.moved.emit(at - 1))
        self.after.clicked.connect(lambda: self.moved.emit(at + 1))
        if len(steps) > 1:
            column.addLayout(self._mover(at, len(steps)))
        self.before.setVisible(at > 0)
        self.after.setVisible(at + 1 < len(steps))

    def _mover(self, at: int, count: int) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 4)
        row.addWidget(Caption(_("Step {n} of {count}").format(n=at + 1, count=count)))
        row.addStretch()
        row.addWidget(self.before)
        row.addWidget(self.after)
        return row


class Doing(QWidget):
    """What only the facilitator sees: what this is for, and what to do at this step."""

    def __init__(self, activity: Activity, at: int, parent: QWidget | None = None) -> None:
        """Tell about the step `at` of the activity."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        spaced(column, 6)
        column.addWidget(Caption(_("What this is for")))
        column.addWidget(Body(activity.purpose))
        if activity.steps:
            step = activity.steps[at]
            column.addSpacing(12)
            column.addWidget(Caption(_doing_words(step)))
            column.addWidget(Body(step.text))


class Asked(QWidget):
    """The question and the things that are asked about, numbered."""

    def __init__(self, activity: Activity, items: Sequence[Item], parent: QWidget | None = None):
        """Show the question of `activity` about `items`."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addWidget(Caption(_("What is asked")))
        if activity.question:
            column.addWidget(Body(activity.question, strong=True))
        column.addSpacing(6)
        for number, item in enumerate(items, start=1):
            column.addWidget(line())
            column.addLayout(_item_line(number, item))
        if items:
            column.addWidget(line())


def _doing_words(step: Step) -> str:
    if not step.minutes:
        return _("What you do now")
    words = ngettext(
        "What you do now, about {count} minute",
        "What you do now, about {count} minutes",
        step.minutes,
    )
    return words.format(count=step.minutes)


def _item_line(number: int, item: Item) -> QHBoxLayout:
    row = QHBoxLayout()
    spaced(row, 16, (6, 0))
    count = Words(str(number), Type.CAPTION, tone="text2", wrap=False, digits=True)
    row.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Body(_item_words(item)), 1)
    return row


def _item_words(item: Item) -> str:
    if item.low and item.high:
        ends = _("{low} or {high}").format(low=item.low, high=item.high)
        return f"{item.text}: {ends}" if item.text else ends
    return item.text
