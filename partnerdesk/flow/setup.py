"""Who is in the partnership and where it meets: the commands of the Prepare view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from partnerdesk.errors import UserError
from partnerdesk.flow.values import PARTNERSHIP, found, next_position, partnership
from partnerdesk.language import _
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Authority
from partnerdesk.store import Store, create_store

PAGES = ("A4", "Letter")
MOST_PARTNERS = 8


def new_partnership(path: Path, title: str, *, practice: bool = False) -> Store:
    """Return a new partnership file at `path`, holding its title and an empty first session.

    Raises UserError where the file exists or the title is empty.
    """
    name = _required(title, _("The partnership's name"))
    store = create_store(path)
    with store.transaction(_("Start partnership")) as t:
        t.insert(PARTNERSHIP, _empty_partnership(name, practice))
        t.insert("session", _empty_session())
    return store


def change_partnership(store: Store, *, origin: object = None, **fields: Json) -> None:
    """Change the partnership's title, purpose, language, page, why_now or bid_date."""
    if "title" in fields:
        fields["title"] = _required(str(fields["title"]), _("The partnership's name"))
    if fields.get("page", "A4") not in PAGES:
        raise UserError(_("The page is A4 or Letter. Nothing was changed. Choose one of them."))
    _check_date(fields.get("bid_date"))
    with store.transaction(_("Change partnership"), origin=origin) as t:
        t.update(PARTNERSHIP, PARTNERSHIP, **fields)


def add_partner(
    store: Store, name: str, short: str = "", *, origin: object = None, **f: Json
) -> str:
    """Add an organisation as the last partner and return its id."""
    name = _required(name, _("The partner's name"))
    if len(store.rows("partner")) >= MOST_PARTNERS:
        raise UserError(_("A partnership holds at most eight partners. Nothing was changed."))
    row: dict[str, Json] = {
        "id": str(f.pop("id", "") or new_id()),
        "position": next_position(store, "partner"),
        "name": name,
        "short": short.strip() or name,
        **dict.fromkeys(("type", "role", "country", "mission"), ""),
        **f,
    }
    with store.transaction(_("Add partner"), origin=origin) as t:
        return t.insert("partner", row)


def change_partner(store: Store, key: str, *, origin: object = None, **fields: Json) -> None:
    """Change fields of one partner."""
    found(store.row("partner", key), _("This partner"))
    if "name" in fields:
        fields["name"] = _required(str(fields["name"]), _("The partner's name"))
    with store.transaction(_("Change partner"), origin=origin) as t:
        t.update("partner", key, **fields)


def remove_partner(store: Store, key: str, *, origin: object = None) -> None:
    """Take out a partner and its people; raises UserError once a round has been opened."""
    _before_rounds(store, _("A partner"))
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
    found(store.row("partner", partner_id), _("This partner"))
    row: dict[str, Json] = {
        "id": str(fields.pop("id", "") or new_id()),
        "partner_id": partner_id,
        "position": next_position(store, "participant"),
        "name": _required(name, _("The person's name")),
        "role": "",
        "authority": authority.value,
        "language": "en",
        "picture": "",
        "present": 1,
        **fields,
    }
    with store.transaction(_("Add person"), origin=origin) as t:
        return t.insert("participant", row)


def change_participant(store: Store, key: str, *, origin: object = None, **fields: Json) -> None:
    """Change fields of one person; `present` is true or false, `authority` an Authority value."""
    found(store.row("participant", key), _("This person"))
    if "name" in fields:
        fields["name"] = _required(str(fields["name"]), _("The person's name"))
    if "authority" in fields:
        fields["authority"] = Authority(fields["authority"]).value
    if "present" in fields:
        fields["present"] = int(bool(fields["present"]))
    with store.transaction(_("Change person"), origin=origin) as t:
        t.update("participant", key, **fields)


def remove_participant(store: Store, key: str, *, origin: object = None) -> None:
    """Take out a person; raises UserError where this person has answered or signs."""
    if store.rows("response", respondent=key) or store.rows("signatory", participant_id=key):
        raise UserError(
            _("This person has answered or will sign, so the record needs the name. Mark as away.")
        )
    with store.transaction(_("Remove person"), origin=origin) as t:
        t.delete("participant", key)


def change_session(store: Store, key: str, *, origin: object = None, **fields: Json) -> None:
    """Change a session's title, place, date, facilitator or decision rule."""
    found(store.row("session", key), _("This session"))
    _check_date(fields.get("date"))
    with store.transaction(_("Change session"), origin=origin) as t:
        t.update("session", key, **fields)


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


def file_name(title: str) -> str:
    """Return a file name for a partnership called `title`: letters and digits of any script."""
    words = "".join(c if c.isalnum() else " " for c in title).split()
    return ("-".join(words)[:60] or "partnership") + ".pdesk"


def unused(path: Path, exists: Callable[[Path], bool] = Path.exists) -> Path:
    """Return `path`, with a number added where a file of that name exists."""
    number, free = 1, path
    while exists(free):
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


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


def _required(value: str, what: str) -> str:
    if not value.strip():
        message = _("{what} is empty. Nothing was changed. Type a name.")
        raise UserError(message.format(what=what), code="empty")
    return value.strip()


def _check_date(value: Json) -> None:
    if not value:
        return
    try:
        date.fromisoformat(str(value))
    except ValueError as error:
        message = _("{value} is not a date. Nothing was changed. Write it as 2027-01-31.")
        raise UserError(message.format(value=value), code="date") from error


def _before_rounds(store: Store, what: str) -> None:
    if store.rows("round"):
        message = _("{what} cannot be taken out once a round was opened. The record needs it.")
        raise UserError(message.format(what=what), code="in-use")
