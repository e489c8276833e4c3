"""The parts of Prepare that are there once: what it is for, the session, and what is ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.charter.wording import why_now_words
from partnerdesk.flow.setup import PAGES
from partnerdesk.language import _
from partnerdesk.model.partnership import Partnership, Session
from ui.theme import spaced
from ui.views.prepare_fields import Form, Save, Slot, languages
from ui.widgets.fields import ChoiceField, DateField, LongTextField, TextField
from ui.widgets.icons import IconMark
from ui.widgets.text import Body

REASONS = ("purpose", "bid", "both")
RULES = ("consent", "consensus", "majority")


class AboutForm(Form):
    """What the partnership is for, and how its charter is written."""

    def __init__(self, save: Save, at_end: Callable[[], object]) -> None:
        """Keep changes by `save`."""
        self._why, self._tongue = ChoiceField(), ChoiceField(languages())
        pages = [(page, _page_words(page)) for page in PAGES]
        super().__init__(
            [
                Slot("title", _("Name of the partnership"), TextField(limit=120)),
                Slot("purpose", _("What is it for?"), LongTextField(lines=3)),
                Slot("why_now", _("Why now?"), self._why, 4),
                Slot("bid_date", _("The call closes on (if any)"), DateField(), 2),
                Slot("language", _("The charter is written in"), self._tongue, 4),
                Slot("page", _("Printed on"), ChoiceField(pages), 2),
            ],
            save,
            at_end,
        )

    def show_partnership(self, about: Partnership) -> None:
        """Show what the record holds; reasons and languages of its own can be chosen too."""
        reasons = dict.fromkeys((*REASONS, about.why_now))
        self._why.set_choices([(one, why_now_words(one)) for one in reasons if one])
        self._tongue.set_choices(languages(about.language))
        self.show_values(vars(about))


class SessionForm(Form):
    """Where and when the partners meet, who facilitates, how decisions are closed."""

    def __init__(self, save: Save, at_end: Callable[[], object]) -> None:
        """Keep changes by `save`."""
        self._rule = ChoiceField()
        super().__init__(
            [
                Slot("title", _("What is the session called?"), TextField(limit=120), 6),
                Slot("place", _("Place"), TextField(limit=120), 4),
                Slot("date", _("Day"), DateField(), 2),
                Slot("facilitator", _("Who facilitates?"), TextField(limit=80), 3),
                Slot("decision_rule", _("How decisions are closed"), self._rule, 3),
            ],
            save,
            at_end,
        )

    def show_session(self, session: Session) -> None:
        """Show what the record holds; a rule of its own can be chosen too."""
        rules = dict.fromkeys((*RULES, session.decision_rule))
        self._rule.set_choices([(one, rule_words(one)) for one in rules if one])
        self.show_values(vars(session))


class ReadyList(QWidget):
    """What must stand before the workshop starts, each with a tick or a sign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._points: tuple[tuple[str, bool], ...] = ()
        self._column = QVBoxLayout(self)
        spaced(self._column, 12, (4, 0))

    def points(self) -> tuple[tuple[str, bool], ...]:
        """Return what is shown."""
        return self._points

    def show_points(self, points: Sequence[tuple[str, bool]]) -> None:
        """Show these sentences, each with whether it stands."""
        if tuple(points) == self._points:
            return
        self._points = tuple(points)
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for words, stands in points:
            self._column.addWidget(_point(words, stands))


def rule_words(rule: str) -> str:
    """Return how decisions are closed; a rule of the partners' own stays as it is."""
    words = {
        "consent": _("Consent: no partner has an objection"),
        "consensus": _("Consensus: every partner agrees"),
        "majority": _("Majority: more partners agree than not"),
    }
    return words.get(rule, rule)


def _page_words(page: str) -> str:
    return _("Letter paper (North America)") if page == "Letter" else _("A4 paper")


def _point(words: str, stands: bool) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    spaced(row, 10)
    mark = IconMark("check", 20, "good") if stands else IconMark("warn", 20, "now_text")
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Body(words, strong=not stands), 1)
    made.setAccessibleName(
        _("Done: {point}").format(point=words)
        if stands
        else _("To do: {point}").format(point=words)
    )
    return made
