"""The rule of adoption in words, and where the text stands under it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from partnerdesk.analysis.adoption import Adoption, AdoptionState
from partnerdesk.language import _
from partnerdesk.model.round import Rule
from ui.theme import Type, spaced
from ui.widgets.text import Body, Words, repolish

KINDS = {
    AdoptionState.ADOPTED: "good",
    AdoptionState.WITH_RESERVATIONS: "good",
    AdoptionState.BLOCKED: "stop",
    AdoptionState.OPEN: "note",
    AdoptionState.PENDING: "well",
}
TONES = {"good": "good", "stop": "stop", "note": "now_text", "well": ""}


class RulePanel(QWidget):
    """The sentences that were fixed before asking, and below them the verdict in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        spaced(column, 8)
        self._rule = Body("")
        column.addWidget(self._rule)
        self.show_rule(Rule.DEFAULT)
        self._box = QFrame()
        inside = QVBoxLayout(self._box)
        spaced(inside, 4, (12, 14))
        self._verdict = Words("", Type.BODY_BOLD)
        self._reasons = Body("")
        inside.addWidget(self._verdict)
        inside.addWidget(self._reasons)
        column.addWidget(self._box)

    def show_rule(self, rule: Rule) -> None:
        """Say what the text needs."""
        self._rule.setText("\n".join(sentences(rule)))

    def show_adoption(self, result: Adoption) -> None:
        """Say where the text stands and why."""
        kind = KINDS[result.state]
        self._box.setProperty("kind", kind)
        repolish(self._box)
        self._verdict.setText(state_words(result.state))
        self._verdict.set_tone(TONES[kind])
        self._reasons.setText("\n".join(result.reasons))
        self._reasons.setVisible(bool(result.reasons))


def sentences(rule: Rule) -> tuple[str, ...]:
    """Return what a text needs before it is adopted, a sentence a line."""
    touched = _("Whoever it touches is between 1 and 4.")
    return {
        Rule.DEFAULT: (_("Nobody blocks."), _("At most one at 6 or 7."), touched),
        Rule.UNANIMITY: (_("Every partner is between 1 and 3."),),
        Rule.CONSENT: (_("Nobody objects: all are between 1 and 5."),),
        Rule.MAJORITY: (_("More than half are between 1 and 3."), touched),
    }[rule]


def state_words(state: AdoptionState) -> str:
    """Return where a text stands, in words."""
    return {
        AdoptionState.ADOPTED: _("Adopted"),
        AdoptionState.WITH_RESERVATIONS: _("Adopted, with reservations on record"),
        AdoptionState.BLOCKED: _("Not adopted: somebody blocks it"),
        AdoptionState.OPEN: _("Open: not enough support yet"),
        AdoptionState.PENDING: _("Waiting for all partners"),
    }[state]
