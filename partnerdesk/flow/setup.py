"""Who is in the partnership and where it meets: the commands of the Prepare view."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import cast

from partnerdesk.errors import UserError
from partnerdesk.flow import written
from partnerdesk.flow.values import PARTNERSHIP, found, matters, next_position, partnership, rounds
from partnerdesk.language import _
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Authority
from partnerdesk.model.round import RoundState
from partnerdesk.store import Store, create_store

PAGES = ("A4", "Letter")
MOST_PARTNERS = 8
SIGNING_COLUMNS = ("participant_id", "read_by", "witness")


def new_partnership(
    path: Path, title: str, *, practice: bool = False, passphrase: str | None = None
) -> Store:
    """Return a new partnership file at `path`, holding its title and an empty first session.

    With a passphrase nothing of it is ever on the disk in clear. Raises UserError where the file
    exists, the title is empty or the passphrase is weak.
    """
    name = written.name(title, _("The partnership's name"))
    store = create_store(path, passphrase=passphrase)
    with store.transaction(_("Start partnership")) as t:
        t.insert(PARTNERSHIP, _empty_partnership(name, practice))
        t.insert("session", _empty_session())
    return store


def change_partnership(store: Store, *, origin: object = None, **fields: Json) -> None:
    """Change the partnership's title, purpose, language, page, why_now or bid_date."""
    if "title" in fields:
        fields["title"] = written.name(str(fields["title"]), _("The partnership's name"))
    if fields.get("page", "A4") not in PAGES:
        raise UserError(_("The page is A4 or Letter. Nothing was changed. Choose one of them."))
    if "bid_date" in fields:
        fields["bid_date"] = written.day(fields["bid_date"])
    with store.transaction(_("Change partnership"), origin=origin) as t:
        t.update(PARTNERSHIP, PARTNERSHIP, **_kept(fields))


def add_partner(
    store: Store, name: str, short: str = "", *, origin: object = None, **f: Json
) -> str:
    """Add an organisation as the last partner and return its id.

    Raises UserError for an empty name, a ninth partner, or while people answer: what they are
    asked about would change under them.
    """
    name = written.name(name, _("The partner's name"))
    if len(store.rows("partner")) >= MOST_PARTNERS:
        raise UserError(_("A partnership holds at most eight partners. Nothing was changed."))
    if any(one.state is RoundState.COLLECTING for one in rounds(store)):
        raise UserError(
            _("People are answering now. Reveal the answers first, then add the partner."),
            code="in-use",
        )
    row: dict[str, Json] = {
        "id": str(f.pop("id", "") or new_id()),
        "position": next_position(store, "partner"),
        "name": name,
        "short": written.printable(short).strip() or name,
        **dict.fromkeys(("type", "role", "country", "mission"), ""),
        **f,
    }
    with store.transaction(_("Add partner"), origin=origin) as t:
        return t.insert("partner", _kept(row))


def change_partner(store: Store, key: str, *, origin: object = None, **fields: Json) -> None:
    """Change fields of one partner."""
    found(store.row("partner", key), _("This partner"))
    if "name" in fields:
        fields["name"] = written.name(str(fields["name"]), _("The partner's name"))
    with store.transaction(_("Change partner"), origin=origin) as t:
        t.update("partner", key, **_kept(fields))


def remove_partner(store: Store, key: str, *, origin: object = None) -> None:
    """Take out a partner and its people.

    Raises UserError once a round has been opened, or where a clause or a signature needs it.
    """
    found(store.row("partner", key), _("This partner"))
    _before_rounds(store, _("A partner"))
    _check_unnamed(store, key)
    with store.transaction(_("Remove partner"), origin=origin) as t:
        for person in store.rows("participant", partner_id=key):
            t.delete("participant", str(person["id"]))
        t.delete("partner", key)


def add_participant(
    store: Store,
    partner_id: str,
    name: str,
    *,
    authority: Authority = Authority.OBSERVES,
    origin: object = None,
    **fields: Json,
) -> str:
    """Add a person to a partner and return the person's id."""
    row = _person(store, partner_id, name, {"authority": authority.value, **fields})
    with store.transaction(_("Add person"), origin=origin) as t:
        return t.insert("participant", row)


def add_participants(
    store: Store, people: Iterable[tuple[str, str, dict[str, Json]]], *, origin: object = None
) -> tuple[str, ...]:
    """Add people as one step, each as (partner's id, name, further fields); return their ids.

    Raises UserError as `add_participant` does; then nobody is added.
    """
    rows = [_person(store, *one) for one in people]
    with store.transaction(_("Add people"), origin=origin) as t:
        return tuple(
            t.insert("participant", {**row, "position": cast(int, row["position"]) + place})
            for place, row in enumerate(rows)
        )


def change_participant(store: Store, key: str, *, origin: object = None, **fields: Json) -> None:
    """Change fields of one person; `present` is true or false, `authority` an Authority value.

    Raises UserError where the person would change sides after answering.
    """
    row = found(store.row("participant", key), _("This person"))
    if fields.get("partner_id", row["partner_id"]) != row["partner_id"]:
        found(store.row("partner", str(fields["partner_id"])), _("This partner"))
        _check_unanswered(store, key)
    if "name" in fields:
        fields["name"] = written.name(str(fields["name"]), _("The person's name"))
    if "authority" in fields:
        fields["authority"] = Authority(fields["authority"]).value
    if "present" in fields:
        fields["present"] = int(bool(fields["present"]))
    with store.transaction(_("Change person"), origin=origin) as t:
        t.update("participant", key, **_kept(fields))


def remove_participant(store: Store, key: str, *, origin: object = None) -> None:
    """Take out a person; raises UserError where this person has answered, signs or witnesses."""
    found(store.row("participant", key), _("This person"))
    _check_unanswered(store, key)
    with store.transaction(_("Remove person"), origin=origin) as t:
        t.delete("participant", key)


def change_session(store: Store, key: str, *, origin: object = None, **fields: Json) -> None:
    """Change a session's title, place, date, facilitator or decision rule."""
    found(store.row("session", key), _("This session"))
    if "date" in fields:
        fields["date"] = written.day(fields["date"])
    with store.transaction(_("Change session"), origin=origin) as t:
        t.update("session", key, **_kept(fields))


def ready_points(store: Store) -> tuple[tuple[str, bool], ...]:
    """Return what must stand before the workshop starts: (sentence, whether it does)."""
    people = store.rows("participant")
    partners = {row["id"] for row in store.rows("partner")}
    voices = {p["partner_id"] for p in people if p["present"]}
    session = next(iter(store.rows("session", "position")), {})
    placed = bool(session.get("place") and session.get("date"))
    return (
        (_("The partnership has a purpose"), bool(partnership(store).purpose)),
        (_("At least two partners"), len(partners) >= 2),
        (_("Each partner has someone here"), bool(partners) and voices >= partners),
        (
            _("Each partner has someone who can bind it"),
            bool(partners) and _binding(people) >= partners,
        ),
        (_("The session has a place and a date"), placed),
        (_("Someone facilitates"), bool(session.get("facilitator"))),
    )


def can_start(store: Store) -> bool:
    """Return whether a first round makes sense: two partners, each with someone present."""
    partners = {row["id"] for row in store.rows("partner")}
    voices = {p["partner_id"] for p in store.rows("participant") if p["present"]}
    return len(partners) >= 2 and voices >= partners


def _person(store: Store, partner_id: str, name: str, fields: dict[str, Json]) -> dict[str, Json]:
    found(store.row("partner", partner_id), _("This partner"))
    row: dict[str, Json] = {
        "partner_id": partner_id,
        "position": next_position(store, "participant"),
        "name": written.name(name, _("The person's name")),
        "role": "",
        "authority": Authority.OBSERVES.value,
        "language": "en",
        "picture": "",
        "present": 1,
        **fields,
        "id": str(fields.get("id", "") or new_id()),
    }
    return _kept(row)


def _binding(people: list[dict[str, Json]]) -> set[Json]:
    able = {Authority.BINDS.value, Authority.SUBJECT.value}
    return {p["partner_id"] for p in people if p["authority"] in able}


def _empty_partnership(title: str, practice: bool) -> dict[str, Json]:
    return {
        "id": PARTNERSHIP,
        "title": title,
        "purpose": "",
        "language": "en",
        "page": "A4",
        "why_now": "",
        "bid_date": "",
        "practice": int(practice),
    }


def _empty_session() -> dict[str, Json]:
    return {
        "id": new_id(),
        "position": 0,
        "title": _("Partnership design workshop"),
        "place": "",
        "date": datetime.now().astimezone().date().isoformat(),
        "facilitator": "",
        "decision_rule": "consent",
    }


def _before_rounds(store: Store, what: str) -> None:
    if store.rows("round"):
        message = _("{what} cannot be taken out once a round was opened. The record needs it.")
        raise UserError(message.format(what=what), code="in-use")


def _kept(fields: dict[str, Json]) -> dict[str, Json]:
    return {column: written.printable(value) for column, value in fields.items()}


def _check_unanswered(store: Store, person: str) -> None:
    """Raise UserError where the record needs this person as he or she is."""
    holds = any(one.holder == person for one in rounds(store))
    named = any(store.rows("signatory", **{c: person}) for c in SIGNING_COLUMNS)
    if holds or named or store.rows("response", respondent=person):
        raise UserError(
            _("This person has answered or will sign, so the record needs the name. Mark as away."),
            code="in-use",
        )


def _check_unnamed(store: Store, partner: str) -> None:
    """Raise UserError where a clause, a consent, a question or a signatory speaks of it."""
    people = [str(row["id"]) for row in store.rows("participant", partner_id=partner)]
    for person in people:
        _check_unanswered(store, person)
    clauses = store.rows("clause")
    named = any(partner in (*cast(list[str], c["affects"]), c["owner"]) for c in clauses)
    named |= any(one.owner == partner for one in matters(store))
    if named or store.rows("consent", partner_id=partner):
        raise UserError(
            _("Clauses or questions speak of this partner, so it stays. Change those first."),
            code="in-use",
        )
