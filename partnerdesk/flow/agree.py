"""Agreements and clauses: what is written together, and each partner's consent to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from partnerdesk.analysis.adoption import Adoption, adoption
from partnerdesk.errors import InputErrors, UserError
from partnerdesk.flow import values
from partnerdesk.flow.clock import now
from partnerdesk.flow.consents import (
    LEVELS,
    clause_digest,
    consent_row,
    consents_of,
    digest_of,
    keys_of,
    write_consent,
)
from partnerdesk.flow.guides import activity_of
from partnerdesk.flow.keys import confirm
from partnerdesk.flow.manner import rules
from partnerdesk.flow.rounds import CONSENT_KIND, setting_of
from partnerdesk.flow.values import found, text, texts
from partnerdesk.flow.written import day, printable
from partnerdesk.kinds.tables import check_payload, suggested_clauses
from partnerdesk.language import _
from partnerdesk.model.guide import Guide
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Json, Row
from partnerdesk.model.round import (
    Agreement,
    Basis,
    Clause,
    ClauseState,
    ClauseType,
    RoundState,
    Rule,
)
from partnerdesk.store import Store, Transaction

SECTIONS = tuple(f"C{number}" for number in range(1, 21))


@dataclass(frozen=True)
class Support:
    """One partner's level of support, 1 endorses to 8 blocks, and its reservation as said."""

    level: int
    reservation: str = ""


def record_agreement(
    store: Store,
    guide: Guide,
    activity_id: str,
    payload: Mapping[str, Json],
    supports: Mapping[str, Support],
    *,
    basis: Basis = Basis.CONSENT,
    origin: object = None,
) -> Adoption:
    """Record what was agreed with each partner's level, and return whether it is adopted.

    An adopted agreement closes the activity's round; an objection keeps the round open, and
    the levels and reservations are kept word for word. Raises InputErrors for a faulty table,
    UserError where a partner's level is missing.
    """
    activity = activity_of(guide, activity_id)
    setting = setting_of(store, guide, activity, activity.attribution)
    payload = printable(dict(payload))
    faults = check_payload(activity, payload, setting)
    if faults:
        headline = _("The agreement has gaps, so it was not recorded. Your words are still here.")
        raise InputErrors(headline, tuple(faults), code="payload")
    if basis is Basis.CONSENT:
        _check_all_partners(store, supports)
    last = values.latest_round(store, activity_id)
    result = _adoption(store, {p: s.level for p, s in supports.items()}, (), basis)
    agreement_id, digest = new_id(), digest_of(payload)
    with store.transaction(_("Record agreement"), origin=origin) as t:
        t.insert(
            "agreement",
            {
                "id": agreement_id,
                "activity": activity_id,
                "round_id": last.id if last else "",
                "payload": payload,
                "basis": basis.value,
                "recorded_at": now(),
            },
        )
        for partner, support in supports.items():
            said: Row = {"level": support.level, "reservation": support.reservation}
            t.insert("consent", consent_row(partner, said, digest, agreement_id=agreement_id))
        if result.adopted and store.row("setting", draft_key(activity_id)) is not None:
            t.delete("setting", draft_key(activity_id))
        values.take_up(store, t, activity_id)
        if last and result.adopted and last.state is not RoundState.COLLECTING:
            t.update("round", last.id, state=RoundState.DONE.value)
    return result


def level_words(guide: Guide) -> tuple[str, ...]:
    """Return the words of the eight levels of support, as the guide's consent activity has them."""
    scales = (a.scale for a in guide.activities() if a.kind == CONSENT_KIND and a.scale)
    return next((scale.words for scale in scales if len(scale.words) == len(LEVELS)), ())


def draft_key(activity_id: str) -> str:
    """Return the key under which the draft of an activity's agreement is kept."""
    return f"draft:{activity_id}"


def agreements(store: Store) -> tuple[Agreement, ...]:
    """Return the latest agreement of each activity, in the order they were recorded."""
    latest = {text(row, "activity"): row for row in store.rows("agreement", "recorded_at")}
    return tuple(_agreement(store, row) for row in latest.values())


def adopted_of(store: Store, activity_id: str) -> Agreement | None:
    """Return the latest agreement of an activity where it is adopted, or None."""
    latest = next((a for a in agreements(store) if a.activity == activity_id), None)
    return latest if latest and adoption_of(store, latest).adopted else None


def adoption_of(store: Store, agreement: Agreement) -> Adoption:
    """Return whether an agreement is adopted, by its recorded levels."""
    levels = {c.partner_id: c.level for c in agreement.consents}
    return _adoption(store, levels, (), agreement.basis)


def support_adoption(store: Store, supports: Mapping[str, Support]) -> Adoption:
    """Return whether a text with these levels would be adopted, before it is recorded."""
    levels = {partner: support.level for partner, support in supports.items()}
    return _adoption(store, levels, (), Basis.CONSENT)


def propose_clause(
    store: Store,
    section: str,
    kind: ClauseType,
    words: str,
    *,
    affects: Sequence[str] = (),
    owner: str = "",
    date: str = "",
    origin_activity: str = "",
    clause_id: str = "",
    keys: Sequence[str] = (),
    origin: object = None,
) -> str:
    """Propose a clause and return its id; `keys` are the partners whose people wrote it.

    It is a draft, and not asked about, until people of two partners wrote or confirmed it.

    Raises UserError for an empty text, a wrong section or date, or a partner that is not there.
    """
    row = _clause_row(section, kind, words, affects, owner, date, origin_activity)
    _check_partners(store, row)
    row["id"] = clause_id or new_id()
    row["position"] = values.next_position(store, "clause")
    _check_known(store, keys)
    with store.transaction(_("Propose clause"), origin=origin) as t:
        return _insert(store, t, row, keys)


def propose_suggested(
    store: Store, guide: Guide, activity_id: str, *, origin: object = None
) -> tuple[str, ...]:
    """Propose the clauses that an agreement suggests and are not yet there; return their ids.

    Where every partner consented to the agreement, all of them confirmed its clauses.
    """
    activity = activity_of(guide, activity_id)
    agreement = next((a for a in agreements(store) if a.activity == activity_id), None)
    if agreement is None:
        raise UserError(_("Nothing is agreed here yet. Record the agreement first."), code="none")
    setting = setting_of(store, guide, activity, activity.attribution)
    present = {row["text"] for row in store.rows("clause", origin=activity_id)}
    whole = adoption_of(store, agreement).adopted
    keys = [text(row, "id") for row in store.rows("partner")] if whole else []
    place = values.next_position(store, "clause")
    made: list[str] = []
    with store.transaction(_("Write clauses"), origin=origin) as t:
        for one in suggested_clauses(activity, agreement.payload, setting):
            if one.text in present:
                continue
            row = _clause_row(
                one.section, one.type, one.text, one.affects, one.owner, "", activity_id
            )
            row |= {"id": new_id(), "position": place + len(made)}
            made.append(_insert(store, t, row, keys))
    return tuple(made)


def change_clause(
    store: Store,
    clause_id: str,
    *,
    keys: Sequence[str] = (),
    origin: object = None,
    **fields: Json,
) -> None:
    """Change a clause's section, type, text, affects, owner or date; `keys` wrote the change.

    Levels and confirmations given for the earlier words become stale: only this clause is
    asked again, once two partners stand by it. Raises UserError for an empty text, a wrong
    section or date, or a partner that is not there.
    """
    row = found(store.row("clause", clause_id), _("This clause"))
    fields = _clean_fields(fields)
    merged = {**row, **fields}
    _check_clause(text(merged, "section"), text(merged, "text"))
    _check_partners(store, merged)
    _check_known(store, keys)
    with store.transaction(_("Change clause"), origin=origin) as t:
        t.update("clause", clause_id, **fields)
        if keys:
            confirm(store, t, clause_id, clause_digest(merged), keys)


def confirm_clause(store: Store, clause_id: str, partner_id: str, *, origin: object = None) -> None:
    """Note that people of a partner confirm a clause as it reads; two partners end the draft."""
    row = found(store.row("clause", clause_id), _("This clause"))
    _check_known(store, [partner_id])
    with store.transaction(_("Confirm clause"), origin=origin) as t:
        confirm(store, t, clause_id, clause_digest(row), [partner_id])


def withdraw_clause(store: Store, clause_id: str, *, origin: object = None) -> None:
    """Take a clause back; it stays in the record."""
    _set_state(store, clause_id, ClauseState.WITHDRAWN, _("Withdraw clause"), origin)


def restore_clause(store: Store, clause_id: str, *, origin: object = None) -> None:
    """Offer a withdrawn clause again."""
    _set_state(store, clause_id, ClauseState.PROPOSED, _("Restore clause"), origin)


def record_consents(
    store: Store, clause_id: str, supports: Mapping[str, Support], *, origin: object = None
) -> None:
    """Record the partners' levels for a clause as it now reads."""
    found(store.row("clause", clause_id), _("This clause"))
    with store.transaction(_("Record consents"), origin=origin) as t:
        for partner, support in supports.items():
            said: Row = {"level": support.level, "reservation": support.reservation}
            write_consent(store, t, clause_id, partner, said)


def clauses(store: Store) -> tuple[Clause, ...]:
    """Return the clauses in order, each with the partners' levels for its words."""
    under = rules(store)
    return tuple(
        _clause(store, row, under.get(text(row, "id"), Rule.DEFAULT))
        for row in store.rows("clause", "position")
    )


def clause_adoption(clause: Clause, partners: Sequence[str]) -> Adoption:
    """Return where a clause stands, by the rule that was fixed before it was asked."""
    levels = {c.partner_id: c.level for c in clause.consents}
    stale = frozenset(c.partner_id for c in clause.consents if c.stale)
    return adoption(levels, clause.affects, stale, partners, clause.rule)


def _adoption(
    store: Store, levels: Mapping[str, int], affects: Sequence[str], basis: Basis
) -> Adoption:
    partners = [text(row, "id") for row in store.rows("partner", "position")]
    if basis is Basis.IMPORTED:
        return adoption(dict.fromkeys(partners, 1), (), frozenset(), partners)
    return adoption(levels, affects, frozenset(), partners)


def _insert(store: Store, t: Transaction, row: Row, keys: Collection[str]) -> str:
    clause_id = t.insert("clause", row)
    if keys:
        confirm(store, t, clause_id, clause_digest(row), keys)
    return clause_id


def _check_all_partners(store: Store, supports: Mapping[str, Support]) -> None:
    for row in store.rows("partner", "position"):
        if text(row, "id") not in supports:
            message = _("{name} has not stated its level of support. Ask, then record again.")
            raise UserError(message.format(name=row["short"]), code="support")


def _agreement(store: Store, row: Row) -> Agreement:
    payload = cast(Row, row["payload"])
    return Agreement(
        id=text(row, "id"),
        activity=text(row, "activity"),
        payload=payload,
        basis=Basis(row["basis"]),
        recorded_at=text(row, "recorded_at"),
        consents=consents_of(store, digest_of(payload), agreement_id=text(row, "id")),
    )


def _clause(store: Store, row: Row, rule: Rule) -> Clause:
    consents = consents_of(store, clause_digest(row), clause_id=text(row, "id"))
    return Clause(
        id=text(row, "id"),
        section=text(row, "section"),
        type=ClauseType(row["type"]),
        text=text(row, "text"),
        affects=texts(row, "affects"),
        owner=text(row, "owner"),
        date=text(row, "date"),
        origin=text(row, "origin"),
        state=ClauseState(row["state"]),
        consents=consents,
        rule=rule,
        keys=keys_of(store, row),
    )


def _clause_row(
    section: str,
    kind: ClauseType,
    words: str,
    affects: Sequence[str],
    owner: str,
    date: str,
    activity: str,
) -> Row:
    _check_clause(section, words)
    return {
        "section": section,
        "type": kind.value,
        "text": printable(words).strip(),
        "affects": list(affects),
        "owner": owner,
        "date": day(date),
        "origin": activity,
        "state": ClauseState.PROPOSED.value,
    }


def _check_clause(section: str, words: str) -> None:
    if section not in SECTIONS:
        raise UserError(_("A clause belongs to a section from C1 to C20. Choose its section."))
    if not printable(words).strip():
        raise UserError(
            _("The clause is empty. Nothing was changed. Write its text."), code="empty"
        )


def _check_partners(store: Store, row: Row) -> None:
    """Raise UserError where a clause names a partner that is not there: it could never stand."""
    _check_known(store, {*texts(row, "affects"), *filter(None, [text(row, "owner")])})


def _check_known(store: Store, named: Collection[str]) -> None:
    known = {text(one, "id") for one in store.rows("partner")}
    if set(named) - known:
        raise UserError(
            _("The clause names a partner that is not here. Nothing was changed. Choose again."),
            code="partner",
        )


def _clean_fields(fields: Row) -> Row:
    """Return changed columns of a clause as they are kept; raises for a type there is not."""
    clean = dict(fields)
    if "text" in clean:
        clean["text"] = printable(str(clean["text"])).strip()
    if "date" in clean:
        clean["date"] = day(clean["date"])
    if "type" in clean:
        clean["type"] = ClauseType(clean["type"]).value
    return clean


def _set_state(
    store: Store, clause_id: str, state: ClauseState, title: str, origin: object
) -> None:
    found(store.row("clause", clause_id), _("This clause"))
    with store.transaction(title, origin=origin) as t:
        t.update("clause", clause_id, state=state.value)
