"""Where each partner stands: eight levels in words, and a reservation word for word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.flow.agree import Support
from partnerdesk.language import _
from partnerdesk.model.partnership import Partner
from ui.theme import Type, line, spaced
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.marks import PartnerMark
from ui.widgets.text import Caption, Heading, Words


class LevelsEditor(QWidget):
    """A row for each partner, in speaking order; `changed` comes when a level or words rest."""

    changed = Signal()

    def __init__(
        self,
        partners: Sequence[Partner],
        words: Sequence[str],
        supports: Mapping[str, Support],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._partners = tuple(partners)
        self._levels: dict[str, ChoiceField] = {}
        self._words: dict[str, TextField] = {}
        column = QVBoxLayout(self)
        spaced(column, 8)
        column.addWidget(Heading(_("How each stands")))
        column.addWidget(Caption(_("From 1, full support, to 8, a block. Ask each partner aloud.")))
        choices = [(str(level), f"{level}  {said}") for level, said in enumerate(words, 1)]
        for partner in self._partners:
            column.addWidget(line())
            column.addLayout(self._row(partner, choices, supports.get(partner.id)))

    def supports(self) -> dict[str, Support]:
        """Return the level and the reservation of each partner that has stated one."""
        stated = {p: field.value() for p, field in self._levels.items() if field.value()}
        return {p: Support(int(level), self._words[p].value()) for p, level in stated.items()}

    def missing(self) -> str:
        """Return who has not stated a level, in words, or ''."""
        waiting = [p.short for p in self._partners if not self._levels[p.id].value()]
        if not waiting:
            return ""
        return _("Where does {name} stand?").format(name=waiting[0])

    def flush(self) -> None:
        """Commit what is still being typed."""
        for field in self._words.values():
            field.flush()

    def _row(
        self, partner: Partner, choices: list[tuple[str, str]], support: Support | None
    ) -> QGridLayout:
        grid = QGridLayout()
        spaced(grid, 8, (6, 0))
        grid.addWidget(Caption(_("Level")), 0, 1)
        grid.addWidget(Caption(_("Reservation, in their own words")), 0, 2)
        name = QHBoxLayout()
        spaced(name, 8)
        name.addWidget(PartnerMark(partner.index, 16))
        name.addWidget(Words(partner.short, Type.BODY_BOLD), 1)
        level = ChoiceField(choices, str(support.level) if support else "")
        level.setAccessibleName(_("Level of support of {name}").format(name=partner.short))
        level.committed.connect(self._on_committed)
        said = TextField(support.reservation if support else "")
        said.setPlaceholderText(_("Reservation, in their own words"))
        said.setAccessibleName(
            _("Reservation of {name}, in their own words").format(name=partner.short)
        )
        said.committed.connect(self._on_committed)
        grid.addLayout(name, 1, 0)
        grid.addWidget(level, 1, 1)
        grid.addWidget(said, 1, 2)
        for place, share in enumerate((2, 3, 4)):
            grid.setColumnStretch(place, share)
        self._levels[partner.id] = level
        self._words[partner.id] = said
        return grid

    def _on_committed(self, _value: object) -> None:
        self.changed.emit()
