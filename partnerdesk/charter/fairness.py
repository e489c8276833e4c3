"""Fairness notes on clauses: questions to ask before anyone signs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from partnerdesk.charter.source import Source
from partnerdesk.charter.wording import said
from partnerdesk.language import _
from partnerdesk.model.record import Record
from partnerdesk.model.round import Clause, ClauseType

ACTS = frozenset({ClauseType.COMMITMENT, ClauseType.PROCESS})
MANY = 3


@dataclass(frozen=True)
class FairnessNote:
    """One question: its code, the clause it is about ('' for the whole), and its words."""

    code: str
    clause: str
    words: str


def fairness_notes(record: Record) -> tuple[FairnessNote, ...]:
    """Return what to ask: commitments without owner or date, and burdens on one partner."""
    source = Source(record)
    on_clauses = (note for clause in source.clauses for note in _on_clause(source, clause))
    return (*on_clauses, *_burdens(source), *_reservations(source), *_exit(source))


def _on_clause(source: Source, clause: Clause) -> Iterator[FairnessNote]:
    if clause.type is ClauseType.COMMITMENT and not clause.owner:
        yield FairnessNote("no_owner", clause.id, _("Nobody is named who does this. Who does?"))
    if clause.type is ClauseType.COMMITMENT and not clause.date:
        yield FairnessNote("no_date", clause.id, _("This has no date. By when is it done?"))
    if not clause.affects and clause.type is not ClauseType.STATEMENT:
        yield FairnessNote(
            "no_one_affected", clause.id, _("Whom does this affect? Their support counts most.")
        )


def _burdens(source: Source) -> Iterator[FairnessNote]:
    """Yield a note where all that is to be done, of two things or more, binds one partner."""
    owners = Counter(c.owner for c in source.clauses if c.type in ACTS and c.owner)
    if len(owners) == 1 and owners.total() > 1 and len(source.partner_ids) > 1:
        name = source.name(next(iter(owners)))
        words = said(_("Only {partner} takes on duties. Is that fair?"), partner=name)
        yield FairnessNote("one_bound", "", words)


def _reservations(source: Source) -> Iterator[FairnessNote]:
    """Yield a note where one partner holds more than half of at least three reservations."""
    held = Counter(
        consent.partner_id
        for clause in source.clauses
        for consent in clause.consents
        if consent.reservation
    )
    for partner, count in held.most_common(1):
        if held.total() >= MANY and count * 2 > held.total():
            template = _("Most reservations are {partner}'s. Is this still a shared charter?")
            words = said(template, partner=source.name(partner))
            yield FairnessNote("one_reserved", "", words)


def _exit(source: Source) -> Iterator[FairnessNote]:
    """Yield a note where no text lets a partner leave."""
    clauses = any(clause.section == "C17" for clause in source.clauses)
    if not clauses and not source.agreed_part("walking_away", "triggers"):
        yield FairnessNote("no_exit", "", _("No text says how a partner may leave."))
