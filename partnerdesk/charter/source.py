"""What every section asks of the record: names, items, and which agreements stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from partnerdesk.analysis.adoption import adoption
from partnerdesk.charter.wording import listed
from partnerdesk.language import _
from partnerdesk.model.charter import CharterStatus
from partnerdesk.model.enclosures import NOTHING, Enclosures
from partnerdesk.model.guide import Activity, Item, Part
from partnerdesk.model.json import Row
from partnerdesk.model.options import USUAL, CharterOptions
from partnerdesk.model.partnership import Session
from partnerdesk.model.record import Record
from partnerdesk.model.round import Agreement, Basis, Clause, ClauseState

CONTENTS = {
    "mindset": "C4",
    "values": "C4",
    "decision_ladder": "C5",
    "goals": "C6",
    "contributions": "C7",
    "decision_rights": "C9",
    "repair": "C13",
    "walking_away": "C17",
}


@dataclass(frozen=True)
class Agreed:
    """One table of an agreement that stands: its activity, its part and its rows."""

    activity: Activity
    part: Part
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Source:
    """The record as the sections read it, what the partners chose, and what they enclose."""

    record: Record
    status: CharterStatus = CharterStatus.DRAFT
    options: CharterOptions = USUAL
    enclosures: Enclosures = NOTHING

    @property
    def session(self) -> Session:
        """Return the last session, or an empty one."""
        return self.record.sessions[-1] if self.record.sessions else Session("", "")

    @property
    def partner_ids(self) -> tuple[str, ...]:
        """Return the partners' ids in file order."""
        return tuple(partner.id for partner in self.record.partners)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Return the clauses that are offered, in order; those taken back are left out."""
        return tuple(c for c in self.record.clauses if c.state is ClauseState.PROPOSED)

    def name(self, partner_id: str) -> str:
        """Return a partner's short name, or the id where nobody has it."""
        partner = self.record.partner(partner_id)
        return (partner.short or partner.name) if partner else partner_id

    def names(self, partner_ids: Iterable[str]) -> str:
        """Return the partners' short names with commas between."""
        return listed(tuple(self.name(one) for one in partner_ids))

    def person(self, participant_id: str) -> str:
        """Return a participant's name, or ''."""
        found = self.record.participant(participant_id)
        return found.name if found else ""

    def title(self, activity_id: str) -> str:
        """Return an activity's title in the charter's language, or its id."""
        activity = self.record.guide.activity(activity_id)
        return _(activity.title) if activity else activity_id

    def items(self, name: str) -> tuple[Item, ...]:
        """Return the items of the list or the activity called `name`; the guide's translated."""
        own = self.record.items.get(name, ())
        activity = self.record.guide.activity(name)
        if activity is None:
            return own
        guided = (replace(item, text=_(item.text)) for item in activity.items)
        return (*guided, *self.record.items.get(activity.item_list, ()), *own)

    def stands(self, agreement: Agreement) -> bool:
        """Return whether every partner's level lets the agreement stand."""
        if agreement.basis is Basis.IMPORTED:
            return True
        levels = {c.partner_id: c.level for c in agreement.consents}
        stale = {c.partner_id for c in agreement.consents if c.stale}
        return adoption(levels, (), stale, self.partner_ids).adopted

    def latest(self) -> tuple[Agreement, ...]:
        """Return the latest agreement of each activity, in the order of the guide.

        Those that an objection keeps open are among them.
        """
        order = [activity.id for activity in self.record.guide.activities()]
        every = (*self.record.open_agreements, *self.record.agreements)
        found = {agreement.activity: agreement for agreement in every}
        known = tuple(found.pop(one) for one in order if one in found)
        return (*known, *found.values())

    def latest_of(self, activity_id: str) -> Agreement | None:
        """Return the latest agreement of one activity, or None."""
        return next((a for a in self.latest() if a.activity == activity_id), None)

    def agreed(self) -> tuple[Agreed, ...]:
        """Return each table with rows of each agreement that stands."""
        return tuple(
            Agreed(activity, part, rows)
            for agreement in self.latest()
            if (activity := self.record.guide.activity(agreement.activity))
            and self.stands(agreement)
            for part in activity.parts
            if (rows := rows_of(agreement, part.id))
        )

    def agreed_part(self, activity_id: str, part_id: str) -> tuple[Row, ...]:
        """Return the rows agreed in one part of one activity, or none."""
        agreement = self.latest_of(activity_id)
        return rows_of(agreement, part_id) if agreement and self.stands(agreement) else ()


def rows_of(agreement: Agreement, part_id: str) -> tuple[Row, ...]:
    """Return a part's rows; a single row counts as one."""
    found = agreement.payload.get(part_id)
    rows = found if isinstance(found, list) else [found]
    return tuple(row for row in rows if isinstance(row, dict) and row)


def section_of(activity: Activity, part: Part) -> str:
    """Return the section that prints a part: its own, its activity's, or the usual one."""
    usual = CONTENTS.get(part.id) or CONTENTS.get(activity.id, "")
    return part.section or next(iter(activity.sections), usual)
