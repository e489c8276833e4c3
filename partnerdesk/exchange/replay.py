"""Replays a recorded workshop into a new partnership file, through the window's own commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from partnerdesk.errors import UserError
from partnerdesk.exchange.workshop import RecordedRound, Workshop
from partnerdesk.flow import values
from partnerdesk.flow.agree import Support, propose_clause, record_agreement, record_consents
from partnerdesk.flow.items import add_item
from partnerdesk.flow.rounds import close_round, open_round, reveal_round, submit_answer
from partnerdesk.flow.setup import (
    add_participant,
    add_partner,
    change_partnership,
    change_session,
    new_partnership,
)
from partnerdesk.flow.signatories import add_signatory
from partnerdesk.language import _
from partnerdesk.model.guide import Guide
from partnerdesk.model.round import Basis, Entry
from partnerdesk.store import Store

Progress = Callable[[int, int], None]


def replay(
    workshop: Workshop,
    guide: Guide,
    path: Path,
    *,
    practice: bool = False,
    passphrase: str | None = None,
    progress: Progress = lambda done, total: None,
) -> Store:
    """Write a checked workshop into a new file at `path` and return it open.

    Raises UserError where the file exists. A file that could not be finished is taken away.
    """
    if path.exists():
        message = _("{name} exists already. Nothing was changed. Choose another name.")
        raise UserError(message.format(name=path.name), code="exists")
    title = workshop.partnership.title
    store = new_partnership(path, title, practice=practice, passphrase=passphrase)
    try:
        _write(store, guide, workshop, progress)
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return store


def _write(store: Store, guide: Guide, workshop: Workshop, progress: Progress) -> None:
    total = len(workshop.rounds) + 2
    _write_people(store, workshop)
    progress(1, total)
    for place, recorded in enumerate(workshop.rounds, start=2):
        _write_round(store, guide, recorded)
        progress(place, total)
    _write_clauses(store, workshop)
    progress(total, total)


def _write_people(store: Store, workshop: Workshop) -> None:
    p, s = workshop.partnership, workshop.session
    change_partnership(
        store,
        purpose=p.purpose,
        language=p.language,
        page=p.page,
        why_now=p.why_now,
        bid_date=p.bid_date,
    )
    for partner in workshop.partners:
        add_partner(
            store,
            partner.name,
            partner.short,
            id=partner.id,
            type=partner.type,
            role=partner.role,
            country=partner.country,
            mission=partner.mission,
        )
    for person in workshop.participants:
        add_participant(
            store,
            person.partner_id,
            person.name,
            authority=person.authority,
            id=person.id,
            role=person.role,
            language=person.language,
        )
    change_session(
        store,
        values.sessions(store)[0].id,
        title=s.title,
        place=s.place,
        date=s.date,
        facilitator=s.facilitator,
        decision_rule=s.decision_rule,
    )


def _write_round(store: Store, guide: Guide, recorded: RecordedRound) -> None:
    activity = guide.activity(recorded.activity)
    for item in recorded.items:
        list_id = activity.item_list if activity else ""
        add_item(store, guide, list_id, item.text, item.details, item_id=item.id)
    if recorded.answers:
        round_id = open_round(store, guide, recorded.activity)
        for who, answer in recorded.answers.items():
            submit_answer(store, guide, round_id, who, answer, entry=Entry.IMPORTED)
        reveal_round(store, guide, round_id, incomplete=True)
    for name, payload in recorded.agreed.items():
        record_agreement(store, guide, name, payload, {}, basis=Basis.IMPORTED)
    if recorded.answers and recorded.activity not in recorded.agreed:
        close_round(store, round_id)


def _write_clauses(store: Store, workshop: Workshop) -> None:
    for clause in workshop.clauses:
        propose_clause(
            store,
            clause.section,
            clause.type,
            clause.text,
            affects=clause.affects,
            owner=clause.owner,
            date=clause.date,
            origin_activity=clause.origin,
            clause_id=clause.id,
        )
        supports = {c.partner_id: Support(c.level, c.reservation) for c in clause.consents}
        record_consents(store, clause.id, supports)
    for one in workshop.signatories:
        add_signatory(
            store,
            one.participant_id,
            one.method,
            read_in=one.read_in,
            read_by=one.read_by,
            witness=one.witness,
        )
