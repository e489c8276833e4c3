"""A round: opened, answered in private turns, revealed all at once, discussed and closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from partnerdesk.errors import UserError
from partnerdesk.flow import answers, asked, seal, values
from partnerdesk.flow.clock import now
from partnerdesk.flow.guides import activity_of, kind_of
from partnerdesk.flow.half_turns import drop_half
from partnerdesk.flow.manner import check_manner, keep_manner, manner_of
from partnerdesk.flow.values import found, number, text
from partnerdesk.flow.written import printable
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import wrong
from partnerdesk.kinds.summary import Summary
from partnerdesk.language import _, speaking
from partnerdesk.model.guide import Activity, Attribution, Guide, Item, Respondents
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Json, Row
from partnerdesk.model.round import (
    USUAL_MANNER,
    Answer,
    Entry,
    Manner,
    Response,
    Round,
    RoundState,
    Rule,
)
from partnerdesk.store import Store, Undoing

CONSENT_KIND = "consent"
OPEN_STATES = (RoundState.REVEALED, RoundState.DISCUSSING, RoundState.AGREEING, RoundState.DONE)


@dataclass(frozen=True)
class Turn:
    """Who can answer in a round: a person, or one voice for a partner; and whether it is done."""

    respondent: str
    partner_id: str
    name: str
    language: str = ""
    picture: str = ""
    received: bool = False


def setting_of(
    store: Store,
    guide: Guide,
    activity: Activity,
    shown: Attribution,
    *,
    round_: Round | None = None,
) -> Setting:
    """Return the activity as it is asked of this partnership, with its items resolved.

    A consent round has the clauses in the words that the round asked about: `round_`, or the
    last one where none is given.
    """
    items = asked_items(store, activity)
    if activity.kind != CONSENT_KIND:
        return _setting(store, guide, activity, shown, items)
    of_round = round_ or values.latest_round(store, activity.id)
    round_id = of_round.id if of_round else ""
    items = asked.clauses_asked(store, round_id)
    setting = _setting(store, guide, activity, shown, items)
    return replace(setting, manner=manner_of(store, round_id))


def _setting(
    store: Store, guide: Guide, activity: Activity, shown: Attribution, items: tuple[Item, ...]
) -> Setting:
    lists = {one.id: values.items(store, one.id) for one in guide.lists}
    return Setting(
        activity=activity,
        partners=values.partners(store),
        items=items,
        attribution=shown,
        items_of={**{a.id: a.items for a in guide.activities()}, **lists},
    )


def asked_items(store: Store, activity: Activity, rule: Rule | None = None) -> tuple[Item, ...]:
    """Return what the activity asks about: the guide's items, its list, or the clauses.

    The clauses are those of the consent round that collects, else those to ask about next,
    under `rule` where that is chosen.
    """
    if activity.kind == CONSENT_KIND:
        last = values.latest_round(store, activity.id)
        collecting = last is not None and last.state is RoundState.COLLECTING
        return asked.clauses_asked(store, last.id if last and collecting else "", rule)
    own = values.items(store, activity.item_list) if activity.item_list else ()
    return activity.items + own


def open_round(
    store: Store,
    guide: Guide,
    activity_id: str,
    *,
    attribution: Attribution | None = None,
    manner: Manner = USUAL_MANNER,
    pin: str = "",
    origin: object = None,
) -> str:
    """Open a round, or a second one after a reveal, and return its id.

    How answers will be shown, and the `manner` of a consent round, are fixed here, before
    anyone answers, and an activity that was put off is taken up. Raises UserError where the
    list to ask about is empty, or while an earlier round of the activity still collects.
    """
    activity = activity_of(guide, activity_id)
    last = values.latest_round(store, activity_id)
    if last and last.state is RoundState.COLLECTING:
        raise UserError(
            _("This round is open already. Go on collecting, or reveal it."), code="open"
        )
    shown = attribution or activity.attribution
    items = asked_items(store, activity, manner.rule)
    setting = _setting(store, guide, activity, shown, items)
    _check_askable(setting)
    check_manner(store, manner)
    round_id, key_id, key = new_id(), new_id(), seal.new_key()
    with store.transaction(_("Open round"), origin=origin) as t:
        store.put_secret(key_id, seal.wrap(key, pin))
        t.insert(
            "round",
            {
                "id": round_id,
                "activity": activity_id,
                "number": last.number + 1 if last else 1,
                "state": RoundState.COLLECTING.value,
                "attribution": shown.value,
                "respondents": activity.respondents.value,
                "key_id": key_id,
                "seal_size": answers.seal_size(setting),
                "holder": "",
                "opened_at": now(),
                "revealed_at": "",
            },
        )
        if activity.kind == CONSENT_KIND:
            asked.keep_clauses(store, t, round_id, manner.rule)
            keep_manner(t, round_id, manner)
        values.take_up(store, t, activity_id)
    return round_id


def turns(store: Store, round_: Round) -> tuple[Turn, ...]:
    """Return who is asked, in file order, with whether each answer has been received.

    After the reveal these are the ones who were asked then: who comes later was not.
    """
    received = {text(row, "respondent") for row in store.rows("response", round_id=round_.id)}
    were_asked = asked.asked_of(store, round_.id)
    every = _possible_turns(store, round_)
    there = {p.id for p in values.participants(store) if p.present} | received | {round_.holder}
    there |= {one.respondent for one in every if one.respondent == one.partner_id}
    who = there if were_asked is None else set(were_asked)
    return tuple(
        replace(one, received=one.respondent in received) for one in every if one.respondent in who
    )


def _possible_turns(store: Store, round_: Round) -> list[Turn]:
    """Return the partners' turns, their colleagues' where they are asked too, or all people's."""
    people = values.participants(store)
    each = [Turn(p.id, p.partner_id, p.name, p.language, p.picture) for p in people]
    if round_.respondents is not Respondents.PARTNERS:
        return each
    manner = manner_of(store, round_.id)
    speaking = {turn.respondent: turn for turn in each}
    every: list[Turn] = []
    for partner in values.partners(store):
        voice = speaking.get(manner.speakers.get(partner.id, ""))
        own = Turn(partner.id, partner.id, partner.name)
        every.append(replace(voice, respondent=partner.id) if voice else own)
        colleagues = [t for t in each if t.partner_id == partner.id and t is not voice]
        every += colleagues if manner.colleagues else []
    return every


def received(store: Store, round_: Round) -> tuple[int, int]:
    """Return how many answers are in, and how many are asked for: all that anyone may see."""
    every, were_asked = turns(store, round_), asked.asked_of(store, round_.id)
    have = sum(turn.received for turn in every)
    return have, len(every) if were_asked is None else len(were_asked)


def begin_turn(store: Store, round_id: str, respondent: str, *, origin: object = None) -> None:
    """Note whose private turn is open, so that a power cut comes back to the same hand-over."""
    round_ = _collecting(store, round_id)
    _check_respondent(store, round_, respondent)
    with speaking(None):
        title = _("Begin turn")
    with store.transaction(title, undoing=Undoing.QUIET, origin=origin) as t:
        t.update("round", round_id, holder=respondent)


def leave_turn(store: Store, round_id: str, *, origin: object = None) -> None:
    """Close an open turn without an answer; what was typed is gone, nothing else changes."""
    if not values.round_of(store, round_id).holder:
        return
    with speaking(None):
        title = _("Leave turn")
    with store.transaction(title, undoing=Undoing.QUIET, origin=origin) as t:
        t.update("round", round_id, holder="")
        drop_half(store, t, round_id)


def submit_answer(
    store: Store,
    guide: Guide,
    round_id: str,
    respondent: str,
    answer: Answer | None,
    *,
    entry: Entry = Entry.TURN,
    pin: str = "",
    origin: object = None,
) -> None:
    """Seal one answer, or a pass where `answer` is None; a new one replaces the person's last.

    Raises UserError where the answer is not complete or valid, or where the round is revealed.
    """
    round_ = _collecting(store, round_id)
    turn = _check_respondent(store, round_, respondent)
    if answer is not None:
        answer = printable(dict(answer))
        check_answer(store, guide, round_, turn.partner_id, answer, entry)
    row = found(store.row("round", round_id), _("This round"))
    key = answers.key_of(store, row, pin)
    sealed = seal.seal(key, round_id, respondent, answer, number(row, "seal_size"))
    with speaking(None):
        title = _("Receive answer")
    with store.transaction(title, undoing=Undoing.BARRIER, origin=origin) as t:
        for old in store.rows("response", round_id=round_id, respondent=respondent):
            t.delete("response", text(old, "id"))
        t.insert("response", answers.sealed_row(round_id, respondent, entry, sealed))
        drop_half(store, t, round_id)
        if round_.holder == respondent:
            t.update("round", round_id, holder="")


def check_answer(
    store: Store,
    guide: Guide,
    round_: Round,
    partner_id: str,
    answer: Answer,
    entry: Entry = Entry.TURN,
) -> None:
    """Raise UserError with the first fault of an answer; the answer stays in the form.

    An answer that was not given here, but on paper or in a recorded workshop, may have gaps.
    """
    activity = activity_of(guide, round_.activity)
    setting = setting_of(store, guide, activity, round_.attribution, round_=round_)
    faults = kind_of(activity).check_answer(setting, partner_id, answer)
    if entry is not Entry.TURN:
        faults = wrong(faults)
    if faults:
        raise UserError(faults[0], code="answer")


def reveal_round(
    store: Store,
    guide: Guide,
    round_id: str,
    *,
    pin: str = "",
    incomplete: bool = False,
    origin: object = None,
) -> None:
    """Open all answers at once and destroy the round's key; this cannot be undone.

    Raises UserError while answers are missing, unless `incomplete` says that the room wants it.
    """
    round_ = _collecting(store, round_id)
    have, wanted = received(store, round_)
    if not have or (have < wanted and not incomplete):
        message = _("{have} of {asked} answers are in. All stay sealed. Collect the others first.")
        raise UserError(message.format(have=have, asked=wanted), code="incomplete")
    row = found(store.row("round", round_id), _("This round"))
    key = answers.key_of(store, row, pin)
    responses = store.rows("response", round_id=round_id)
    opened = {text(r, "id"): answers.unsealed(key, round_id, r) for r in responses}
    with store.transaction(_("Reveal answers"), undoing=Undoing.BARRIER, origin=origin) as t:
        for response in responses:
            answers.write_opened(t, response, opened[text(response, "id")])
        asked.keep_asked(t, round_id, [turn.respondent for turn in turns(store, round_)])
        t.update("round", round_id, state=RoundState.REVEALED.value, revealed_at=now(), holder="")
        if activity_of(guide, round_.activity).kind == CONSENT_KIND:
            sides = {turn.respondent: turn.partner_id for turn in turns(store, round_)}
            answers.write_consents(store, t, round_id, responses, opened, sides)
        store.destroy_secret(text(row, "key_id"))


def start_discussion(store: Store, round_id: str, *, origin: object = None) -> None:
    """Move a revealed round to the discussion of its differences."""
    _move(store, round_id, (RoundState.REVEALED,), RoundState.DISCUSSING, origin)


def start_agreeing(store: Store, round_id: str, *, origin: object = None) -> None:
    """Move a round to writing the agreement."""
    _move(
        store, round_id, (RoundState.REVEALED, RoundState.DISCUSSING), RoundState.AGREEING, origin
    )


def close_round(store: Store, round_id: str, *, origin: object = None) -> None:
    """Close a round that was revealed; its activity is done."""
    _move(store, round_id, OPEN_STATES[:3], RoundState.DONE, origin)


def responses(store: Store, round_: Round) -> tuple[Response, ...]:
    """Return the opened answers of a revealed round; a sealed round gives none."""
    if round_.state is RoundState.COLLECTING:
        return ()
    sides = {p.id: p.partner_id for p in values.participants(store)}
    rows = store.rows("response", round_id=round_.id)
    order = {turn.respondent: place for place, turn in enumerate(turns(store, round_))}
    rows.sort(key=lambda row: order.get(text(row, "respondent"), len(order)))
    return tuple(
        Response(
            respondent=text(row, "respondent"),
            partner_id=sides.get(text(row, "respondent"), text(row, "respondent")),
            answer=cast(Mapping[str, Json] | None, row["value"]),
        )
        for row in rows
    )


def summary(store: Store, guide: Guide, round_: Round) -> Summary:
    """Return what a revealed round shows: dots, figures and their working, questions to ask.

    Raises UserError while the round is sealed.
    """
    if round_.state is RoundState.COLLECTING:
        raise UserError(_("The answers are sealed until the reveal."), code="sealed")
    activity = activity_of(guide, round_.activity)
    setting = setting_of(store, guide, activity, round_.attribution, round_=round_)
    return kind_of(activity).summarise(setting, responses(store, round_))


def unproven(store: Store) -> tuple[str, ...]:
    """Return the ids of opened answers that are not what was committed to before the reveal."""
    return tuple(
        text(row, "id") for row in store.rows("response") if row["nonce"] and not _proven(row)
    )


def _proven(row: Row) -> bool:
    answer = cast(Mapping[str, Json] | None, row["value"])
    place = text(row, "round_id"), text(row, "respondent")
    return seal.proves(*place, text(row, "nonce"), answer, text(row, "commitment"))


def _move(
    store: Store,
    round_id: str,
    allowed: tuple[RoundState, ...],
    state: RoundState,
    origin: object,
) -> None:
    round_ = values.round_of(store, round_id)
    if round_.state is state:
        return
    if round_.state not in allowed:
        raise UserError(_("This round is not at that step. Nothing was changed."), code="step")
    titles = {
        RoundState.DISCUSSING: _("Start discussion"),
        RoundState.AGREEING: _("Start agreement"),
        RoundState.DONE: _("Close activity"),
    }
    with store.transaction(titles[state], origin=origin) as t:
        t.update("round", round_id, state=state.value)


def _collecting(store: Store, round_id: str) -> Round:
    round_ = values.round_of(store, round_id)
    if round_.state is not RoundState.COLLECTING:
        raise UserError(
            _("This round is revealed, so its answers stay as they are. Open a second round."),
            code="revealed",
        )
    return round_


def _check_respondent(store: Store, round_: Round, respondent: str) -> Turn:
    for turn in turns(store, round_):
        if turn.respondent == respondent:
            return turn
    raise UserError(_("This person is not asked in this round. Nothing was changed."), code="turn")


def _check_askable(setting: Setting) -> None:
    if len(setting.partners) < 2:
        raise UserError(_("A round needs two partners. Add them under Prepare."), code="partners")
    asks = setting.activity
    if not setting.items and (asks.item_list or asks.kind == CONSENT_KIND):
        raise UserError(_("There is nothing to ask about yet. Write the list first."), code="list")
