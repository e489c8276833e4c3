"""Clauses as printed: their fate, their numbers, whom they bind, and how each party stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from partnerdesk.analysis.adoption import adoption
from partnerdesk.charter.source import Source
from partnerdesk.charter.wording import fate_words, level_words, said, type_words
from partnerdesk.language import _
from partnerdesk.model.charter import (
    Cell,
    ClauseEntry,
    ClauseFate,
    ConsentEntry,
    Table,
    TableColumn,
    TableRow,
    Translation,
)
from partnerdesk.model.round import Clause, ClauseType, Consent

ADOPTED = frozenset({ClauseFate.ADOPTED, ClauseFate.WITH_RESERVATIONS})
AGREES_WITH_RESERVATIONS = 3


@dataclass(frozen=True)
class Reserve:
    """One party's reservation, abstention or stand-aside, and what it is about."""

    about: str
    consent: ConsentEntry


def fate_of(source: Source, clause: Clause) -> ClauseFate:
    """Return where a clause stands by the rule that was fixed before it was asked."""
    levels = {c.partner_id: c.level for c in clause.consents}
    stale = {c.partner_id for c in clause.consents if c.stale}
    verdict = adoption(levels, clause.affects, stale, source.partner_ids, clause.rule)
    return ClauseFate(verdict.state.value)


def adopted(source: Source, section: str) -> tuple[ClauseEntry, ...]:
    """Return the adopted clauses of a section, numbered from 1."""
    found = (c for c in source.clauses if c.section == section)
    entries = (entry_of(source, clause) for clause in found)
    return numbered(section, (entry for entry in entries if entry.state in ADOPTED))


def not_adopted(source: Source) -> tuple[ClauseEntry, ...]:
    """Return every clause that is offered but not adopted, numbered within C19."""
    entries = (entry_of(source, clause) for clause in source.clauses)
    return numbered("C19", (entry for entry in entries if entry.state not in ADOPTED))


def numbered(section: str, entries: Iterable[ClauseEntry]) -> tuple[ClauseEntry, ...]:
    """Return the entries with the numbers section.1, section.2 and so on."""
    return tuple(replace(e, number=f"{section}.{n}") for n, e in enumerate(entries, 1))


def entry_of(source: Source, clause: Clause) -> ClauseEntry:
    """Return a clause as printed, still without a number."""
    fate = fate_of(source, clause)
    return ClauseEntry(
        number="",
        id=clause.id,
        section=clause.section,
        type=clause.type,
        type_words=type_words(clause.type),
        text=clause.text,
        state=fate,
        state_words=fate_words(fate),
        affects=clause.affects,
        affects_words=source.names(clause.affects),
        binds_words=_binds(source, clause),
        owner=clause.owner,
        owner_words=source.name(clause.owner) if clause.owner else "",
        date=clause.date,
        origin=clause.origin,
        origin_words=_origin(source, clause),
        consents=consents_of(source, clause.consents),
        translations=tuple(Translation(*one) for one in sorted(clause.translations.items())),
    )


def consents_of(source: Source, consents: Iterable[Consent]) -> tuple[ConsentEntry, ...]:
    """Return how each partner stands, in file order; who has not answered is at level 0."""
    given = {consent.partner_id: consent for consent in consents}
    ids = dict.fromkeys((*source.partner_ids, *given))
    return tuple(_consent(source, given.get(one, Consent(one, 0))) for one in ids)


def _consent(source: Source, consent: Consent) -> ConsentEntry:
    words = level_words(consent.level)
    if consent.stale:
        words = said(_("{level}, to earlier words"), level=words)
    return ConsentEntry(
        consent.partner_id,
        source.name(consent.partner_id),
        consent.level,
        words,
        consent.reservation,
        consent.stale,
    )


def _binds(source: Source, clause: Clause) -> str:
    """Return whom a clause binds: its owner where somebody must act, else everybody."""
    if clause.owner and clause.type in (ClauseType.COMMITMENT, ClauseType.PROCESS):
        return source.name(clause.owner)
    return _("all partners")


def _origin(source: Source, clause: Clause) -> str:
    """Return which activity a clause came from, or ''."""
    if not clause.origin:
        return ""
    stage = source.record.guide.stage_of(clause.origin)
    title = source.title(clause.origin)
    if stage is None:
        return title
    return said(_("{activity}, in {stage}"), activity=title, stage=_(stage.title))


def reserves(source: Source, entries: Sequence[ClauseEntry]) -> tuple[Reserve, ...]:
    """Return all reservations on adopted clauses and on agreements, word for word."""
    on_clauses = ((entry.number, entry.consents) for entry in entries)
    return tuple(
        Reserve(about, consent)
        for about, consents in (*on_clauses, *_on_agreements(source))
        for consent in consents
        if consent.reservation or consent.level >= AGREES_WITH_RESERVATIONS
    )


def _on_agreements(source: Source) -> Iterator[tuple[str, tuple[ConsentEntry, ...]]]:
    for agreement in source.latest():
        yield source.title(agreement.activity), consents_of(source, agreement.consents)


def reserve_table(found: Iterable[Reserve]) -> Table:
    """Return the reservations as a table, each row marked as its party's."""
    columns = (
        TableColumn("about", _("About"), 2),
        TableColumn("partner", _("Partner"), 2),
        TableColumn("level", _("How it stands"), 2),
        TableColumn("words", _("In its own words"), 4),
    )
    rows = tuple(
        TableRow(
            (
                Cell(one.about),
                Cell(one.consent.name, one.consent.party),
                Cell(one.consent.words, one.consent.level),
                Cell(one.consent.reservation),
            ),
            one.consent.party,
        )
        for one in found
    )
    return Table(_("Reservations, abstentions and stand-asides"), columns, rows)
