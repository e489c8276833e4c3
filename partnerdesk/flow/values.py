"""Reads rows of the store as the frozen values that everything else works with."""

from __future__ import annotations

from typing import cast

from partnerdesk.errors import UserError
from partnerdesk.language import _
from partnerdesk.model.guide import Attribution, Item, Respondents
from partnerdesk.model.json import Row
from partnerdesk.model.partnership import Authority, Participant, Partner, Partnership, Session
from partnerdesk.model.round import Matter, Method, Round, RoundState, Signatory, Standing
from partnerdesk.store import Store, Transaction

PARTNERSHIP = "partnership"
POSTPONED = "postponed"
MATTERS = "open_matters"


def text(row: Row, column: str) -> str:
    """Return a text column, '' where the file holds nothing."""
    return cast(str, row.get(column) or "")


def number(row: Row, column: str) -> int:
    """Return an integer column, 0 where the file holds nothing."""
    return cast(int, row.get(column) or 0)


def texts(row: Row, column: str) -> tuple[str, ...]:
    """Return a JSON column that holds a list of texts."""
    return tuple(str(one) for one in cast(list[str], row.get(column) or []))


def found(row: Row | None, what: str) -> Row:
    """Return `row`, or raise UserError saying that `what` is no longer in this partnership."""
    if row is None:
        message = _(
            "{what} is no longer in this partnership. Nothing was changed. Go back one step."
        )
        raise UserError(message.format(what=what), code="gone")
    return row


def next_position(store: Store, table: str, **equals: str) -> int:
    """Return the position after the last row of a table."""
    return 1 + max((number(row, "position") for row in store.rows(table, **equals)), default=-1)


def partnership(store: Store) -> Partnership:
    """Return what the partnership is for; raises UserError where the file holds none."""
    row = found(store.row(PARTNERSHIP, PARTNERSHIP), _("The partnership"))
    return Partnership(
        title=text(row, "title"),
        purpose=text(row, "purpose"),
        language=text(row, "language") or "en",
        page=text(row, "page") or "A4",
        why_now=text(row, "why_now"),
        bid_date=text(row, "bid_date"),
        practice=bool(row.get("practice")),
    )


def partners(store: Store) -> tuple[Partner, ...]:
    """Return the partners in file order, which gives each its colour and shape."""
    return tuple(
        _partner(index, row) for index, row in enumerate(store.rows("partner", "position"))
    )


def participants(store: Store) -> tuple[Participant, ...]:
    """Return the people in file order."""
    return tuple(map(_participant, store.rows("participant", "position")))


def sessions(store: Store) -> tuple[Session, ...]:
    """Return the workshops in order."""
    return tuple(map(_session, store.rows("session", "position")))


def items(store: Store, list_id: str) -> tuple[Item, ...]:
    """Return the partnership's own items of one list, in order."""
    return tuple(map(_item, store.rows("item", "position", list=list_id)))


def rounds(store: Store, activity: str = "") -> tuple[Round, ...]:
    """Return the rounds of `activity`, or all rounds, in the order they were opened."""
    rows = store.rows("round", activity=activity) if activity else store.rows("round")
    return tuple(sorted(map(_round, rows), key=_opened))


def round_of(store: Store, round_id: str) -> Round:
    """Return one round; raises UserError where there is none."""
    return _round(found(store.row("round", round_id), _("This round")))


def latest_round(store: Store, activity: str) -> Round | None:
    """Return the last round opened on `activity`, or None."""
    return next(reversed(rounds(store, activity)), None)


def signatories(store: Store) -> tuple[Signatory, ...]:
    """Return who signs, in signing order."""
    rows = store.rows("signatory", "position")
    return tuple(_signatory(row, terms_row(store, text(row, "id"))) for row in rows)


def terms_key(signatory_id: str) -> str:
    """Return the key under which the terms of a signatory are kept."""
    return f"terms:{signatory_id}"


def terms_row(store: Store, signatory_id: str) -> Row:
    """Return the terms of a signatory as they are kept, or none."""
    row = store.row("setting", terms_key(signatory_id))
    return cast(Row, row["value"]) if row else {}


def matters(store: Store) -> tuple[Matter, ...]:
    """Return the open matters in the order they were noted, those that are settled too."""
    return tuple(map(_matter, store.rows("item", "position", list=MATTERS)))


def postponed(store: Store) -> dict[str, str]:
    """Return why each activity that was put off, and not taken up since, waits."""
    rows = store.rows("note", kind=POSTPONED)
    return {text(row, "session_id"): text(row, "text") for row in rows}


def take_up(store: Store, t: Transaction, activity: str) -> None:
    """Take up an activity that was put off, as part of a transaction."""
    for row in store.rows("note", kind=POSTPONED, session_id=activity):
        t.delete("note", text(row, "id"))


def _opened(one: Round) -> tuple[str, int]:
    return one.activity, one.number


def _partner(index: int, row: Row) -> Partner:
    return Partner(
        id=text(row, "id"),
        index=index,
        name=text(row, "name"),
        short=text(row, "short") or text(row, "name"),
        type=text(row, "type"),
        role=text(row, "role"),
        country=text(row, "country"),
        mission=text(row, "mission"),
    )


def _participant(row: Row) -> Participant:
    return Participant(
        id=text(row, "id"),
        partner_id=text(row, "partner_id"),
        name=text(row, "name"),
        role=text(row, "role"),
        authority=Authority(row["authority"]),
        language=text(row, "language") or "en",
        picture=text(row, "picture"),
        present=bool(row["present"]),
    )


def _session(row: Row) -> Session:
    return Session(
        id=text(row, "id"),
        title=text(row, "title"),
        place=text(row, "place"),
        date=text(row, "date"),
        facilitator=text(row, "facilitator"),
        decision_rule=text(row, "decision_rule") or "consent",
    )


def _item(row: Row) -> Item:
    details = cast("dict[str, object]", row.get("details") or {})
    return Item(id=text(row, "id"), text=text(row, "text"), details=cast(Row, details))


def _round(row: Row) -> Round:
    return Round(
        id=text(row, "id"),
        activity=text(row, "activity"),
        number=number(row, "number"),
        state=RoundState(row["state"]),
        attribution=Attribution(row["attribution"]),
        respondents=Respondents(row["respondents"]),
        holder=text(row, "holder"),
        opened_at=text(row, "opened_at"),
        revealed_at=text(row, "revealed_at"),
    )


def _matter(row: Row) -> Matter:
    details = cast(Row, row["details"])
    return Matter(
        id=text(row, "id"),
        text=text(row, "text"),
        owner=text(details, "owner"),
        date=text(details, "date"),
        settled=bool(details.get("settled")),
    )


def _signatory(row: Row, terms: Row) -> Signatory:
    return Signatory(
        id=text(row, "id"),
        participant_id=text(row, "participant_id"),
        method=Method(row["method"]),
        read_in=text(row, "read_in"),
        read_by=text(row, "read_by"),
        witness=text(row, "witness"),
        home_until=text(terms, "home_until"),
        board=text(terms, "board"),
        board_due=text(terms, "board_due"),
        ratified=bool(terms.get("ratified")),
        signs_as=Standing(terms.get("signs_as") or Standing.ORGANISATION.value),
    )
