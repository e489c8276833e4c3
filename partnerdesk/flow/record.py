"""The record of a partnership as one frozen value, for the charter to be composed from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from partnerdesk.flow import values
from partnerdesk.flow.agree import adoption_of, agreements, clauses
from partnerdesk.flow.choices import options_of
from partnerdesk.flow.enclosures import enclosures_of
from partnerdesk.flow.figures import agreed_figures
from partnerdesk.flow.logos import logos
from partnerdesk.flow.manner import manner_of
from partnerdesk.flow.rounds import CONSENT_KIND, received
from partnerdesk.flow.translations import fresh_translations
from partnerdesk.flow.versions import charter_json, last_signed, next_number
from partnerdesk.model.guide import Guide
from partnerdesk.model.options import CharterOptions
from partnerdesk.model.record import Record
from partnerdesk.model.round import Clause, ClauseState, Manner, Round, RoundCount
from partnerdesk.store import Store


def record(store: Store, guide: Guide) -> Record:
    """Return everything that the next version of the charter is composed from."""
    every, options, signed = agreements(store), options_of(store), last_signed(store)
    adopted = tuple(a for a in every if adoption_of(store, a).adopted)
    return Record(
        partnership=values.partnership(store),
        partners=values.partners(store),
        participants=values.participants(store),
        sessions=values.sessions(store),
        guide=guide,
        items={one.id: values.items(store, one.id) for one in guide.lists},
        agreements=adopted,
        open_agreements=tuple(a for a in every if a not in adopted),
        clauses=tuple(_clauses(store, options)),
        signatories=values.signatories(store),
        rounds=tuple(_count(store, guide, one) for one in values.rounds(store)),
        journal=store.head(),
        version=next_number(store),
        postponed=values.postponed(store),
        matters=tuple(one for one in values.matters(store) if not one.settled),
        options=options,
        enclosures=enclosures_of(store),
        figures=agreed_figures(store, guide),
        logos=logos(store),
        last_signed=charter_json(store, signed.id) if signed else b"",
    )


def _clauses(store: Store, options: CharterOptions) -> Iterator[Clause]:
    """Yield the clauses that are offered, each in the charter's languages where translated."""
    for clause in clauses(store):
        if clause.state is ClauseState.PROPOSED:
            said = fresh_translations(store, clause.id, options.languages)
            yield replace(clause, translations=said) if said else clause


def _count(store: Store, guide: Guide, one: Round) -> RoundCount:
    have, asked = received(store, one)
    return RoundCount(
        activity=one.activity,
        number=one.number,
        state=one.state,
        received=have,
        expected=asked,
        attribution=one.attribution,
        revealed_at=one.revealed_at,
        manner=_manner(store, guide, one),
    )


def _manner(store: Store, guide: Guide, one: Round) -> Manner | None:
    activity = guide.activity(one.activity)
    asks = activity is not None and activity.kind == CONSENT_KIND
    return manner_of(store, one.id) if asks else None
