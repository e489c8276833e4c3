"""The record of one partnership at one moment, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from partnerdesk.model.enclosures import NOTHING, Enclosures
from partnerdesk.model.guide import Guide, Item
from partnerdesk.model.json import Row
from partnerdesk.model.logo import Logo
from partnerdesk.model.options import USUAL, CharterOptions
from partnerdesk.model.partnership import Participant, Partner, Partnership, Session
from partnerdesk.model.round import Agreement, Clause, Matter, RoundCount, Signatory


@dataclass(frozen=True)
class JournalHead:
    """The last entry of the journal: its number, its hash and how many entries there are."""

    seq: int
    hash: str
    count: int


@dataclass(frozen=True)
class AgreedFigure:
    """The rows of one activity's figure, which every partner agreed to print.

    Each row is {partner, other, aspect, value}: `value` is a whole step of the activity's scale.
    """

    activity: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Record:
    """Everything a charter is composed from; `items` maps a list's name to its items.

    `agreements` are adopted, `open_agreements` are kept open by an objection; `postponed` maps
    an activity to the reason why it was put off; `matters` are the questions still open.
    `options` and `enclosures` are the partners' choices for the charter; `figures` are those that
    every partner lets show, and no others. `logos` maps a partner to its logo. `last_signed` is
    the canonical JSON of the last charter that all have signed, or empty.
    """

    partnership: Partnership
    partners: tuple[Partner, ...]
    participants: tuple[Participant, ...]
    sessions: tuple[Session, ...]
    guide: Guide
    items: Mapping[str, tuple[Item, ...]]
    agreements: tuple[Agreement, ...]
    clauses: tuple[Clause, ...]
    signatories: tuple[Signatory, ...]
    rounds: tuple[RoundCount, ...]
    journal: JournalHead
    version: int = 1
    open_agreements: tuple[Agreement, ...] = ()
    postponed: Mapping[str, str] = field(default_factory=dict)
    matters: tuple[Matter, ...] = ()
    options: CharterOptions = USUAL
    enclosures: Enclosures = NOTHING
    figures: tuple[AgreedFigure, ...] = ()
    logos: Mapping[str, Logo] = field(default_factory=dict)
    last_signed: bytes = b""

    def partner(self, partner_id: str) -> Partner | None:
        """Return the partner with this id, or None."""
        return next((p for p in self.partners if p.id == partner_id), None)

    def participant(self, participant_id: str) -> Participant | None:
        """Return the participant with this id, or None."""
        return next((p for p in self.participants if p.id == participant_id), None)

    def agreement(self, activity: str) -> Agreement | None:
        """Return the latest agreement of `activity`, or None."""
        return next((a for a in reversed(self.agreements) if a.activity == activity), None)
