"""How a consent round is asked: chosen before it opens, and shown to all while it is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from partnerdesk.charter.wording import rule_words
from partnerdesk.flow import values
from partnerdesk.flow.manner import able_speakers, last_rule, manner_of, suggested_speakers
from partnerdesk.language import _
from partnerdesk.model.round import Manner, Rule
from partnerdesk.store import Store
from ui.theme import spaced
from ui.views.session_state import Next, Standing
from ui.widgets.check import CheckBox
from ui.widgets.fields import ChoiceField, Field
from ui.widgets.text import Body, Caption, Heading

RULE, MODE = "rule", "mode"
LEVELS, FACES = "levels", "faces"


@dataclass(frozen=True)
class Side:
    """One partner, and who can speak for it: pairs of id and name."""

    partner: str
    name: str
    able: tuple[tuple[str, str], ...]


def sides(store: Store) -> tuple[Side, ...]:
    """Return each partner with the people who can speak for it."""
    return tuple(
        Side(
            partner.id,
            partner.short,
            tuple((str(p["id"]), str(p["name"])) for p in able_speakers(store, partner.id)),
        )
        for partner in values.partners(store)
    )


def rule_names() -> tuple[tuple[str, str], ...]:
    """Return the key of each rule with what it is called."""
    return (
        (Rule.DEFAULT.value, _("Our usual rule")),
        (Rule.UNANIMITY.value, _("Everybody agrees")),
        (Rule.CONSENT.value, _("Nobody objects")),
        (Rule.MAJORITY.value, _("Most agree, and whom it touches")),
    )


class MannerPanel(QWidget):
    """Asks for rule, levels or faces, and spokespeople; `chosen(name)` says what was changed."""

    chosen = Signal(str)

    def __init__(
        self, manner: Manner, partners: Sequence[Side], parent: QWidget | None = None
    ) -> None:
        """Start with `manner`."""
        super().__init__(parent)
        self.fields: dict[str, Field] = {
            RULE: Field(
                _("The rule, fixed before asking"),
                ChoiceField(rule_names(), manner.rule.value),
                help_=rule_words(manner.rule),
            ),
            MODE: Field(_("Each answers with"), ChoiceField(_modes(), _mode(manner))),
        }
        for side in partners:
            people = [("", _("Nobody named")), *side.able]
            choice = ChoiceField(people, manner.speakers.get(side.partner, ""))
            label = _("Speaks for {partner}").format(partner=side.name)
            self.fields[_speaker(side.partner)] = Field(label, choice)
        self._partners = tuple(side.partner for side in partners)
        self.colleagues = CheckBox(_("Colleagues answer too, each in private"))
        self.colleagues.setChecked(manner.colleagues)
        self.colleagues.clicked.connect(lambda _on=False: self.chosen.emit(""))
        self._lay_out()

    def manner(self) -> Manner:
        """Return what is chosen."""
        said = {one: str(self.fields[_speaker(one)].value()) for one in self._partners}
        return Manner(
            rule=Rule(self.fields[RULE].value()),
            faces=self.fields[MODE].value() == FACES,
            speakers={partner: person for partner, person in said.items() if person},
            colleagues=self.colleagues.isChecked(),
        )

    def focus(self, name: str) -> None:
        """Put the keyboard back on what was changed."""
        (self.fields[name].editor if name else self.colleagues).setFocus()

    def _lay_out(self) -> None:
        column, grid = QVBoxLayout(self), QGridLayout()
        spaced(column, 12)
        spaced(grid, 12)
        column.addWidget(Heading(_("How this round is asked")))
        column.addWidget(self.fields[RULE])
        for place, field in enumerate(list(self.fields.values())[1:]):
            grid.addWidget(field, place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        for name, field in self.fields.items():
            field.committed.connect(lambda _value, name=name: self.chosen.emit(name))
        column.addLayout(grid)
        column.addWidget(self.colleagues)
        column.addWidget(Caption(_("Once the round is open, a change needs a new round.")))


class MannerWords(QWidget):
    """The same in words, for all to read while the round is open."""

    def __init__(self, manner: Manner, store: Store, parent: QWidget | None = None) -> None:
        """Show `manner`."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        spaced(column, 4)
        column.addWidget(Caption(_("The rule, fixed before asking")))
        names = dict(rule_names())
        column.addWidget(Body(names[manner.rule.value], strong=True))
        column.addWidget(Body(rule_words(manner.rule)))
        column.addWidget(Body(dict(_modes())[_mode(manner)]))
        people = {person.id: person.name for person in values.participants(store)}
        for partner in values.partners(store):
            speaker = people.get(manner.speakers.get(partner.id, ""))
            if speaker:
                words = _("{name} speaks for {partner}.")
                column.addWidget(Body(words.format(name=speaker, partner=partner.short)))
        if manner.colleagues:
            words = _("Colleagues answer too. Their partner stands where its speaker puts it.")
            column.addWidget(Body(words))


class NextRound:
    """What is chosen for the next consent round, until it opens."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.manner: Manner | None = None
        self.panel: MannerPanel | None = None
        self.again = False

    @property
    def rule(self) -> Rule | None:
        """Return the rule chosen, or None where nothing was asked yet."""
        return self.manner.rule if self.manner else None

    def widget(self, now: Standing, changed: Callable[[str], None]) -> QWidget:
        """Return what asks how the next round is asked, or says how the last one was."""
        store, round_ = self._store, now.round
        self.panel = None
        if now.next is not Next.OPEN:
            return MannerWords(manner_of(store, round_.id if round_ else ""), store)
        rule = last_rule(store, now.activity.id)
        self.manner = self.manner or Manner(rule, speakers=suggested_speakers(store))
        panel = MannerPanel(self.manner, sides(store))
        panel.chosen.connect(lambda name: self._take(panel, name, changed))
        self.panel = panel
        return panel

    def _take(self, panel: MannerPanel, name: str, changed: Callable[[str], None]) -> None:
        self.manner = panel.manner()
        changed(name)


def _speaker(partner_id: str) -> str:
    return f"speaker:{partner_id}"


def _modes() -> tuple[tuple[str, str], ...]:
    return (LEVELS, _("Eight levels")), (FACES, _("Four faces"))


def _mode(manner: Manner) -> str:
    return FACES if manner.faces else LEVELS
