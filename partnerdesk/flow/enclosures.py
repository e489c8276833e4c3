"""What the partners enclose with their charter: repair plan, money, contracts, contacts, channels.

Each entry is a row of `item` in a list of its own; its main words are the item's text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import cast

from partnerdesk.errors import UserError
from partnerdesk.flow.choices import keep
from partnerdesk.flow.values import found, next_position, number, text, texts
from partnerdesk.flow.written import day, printable
from partnerdesk.language import _
from partnerdesk.model.enclosures import Channel, Contact, Enclosures, LinkedContract, RepairStep
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Json, Row
from partnerdesk.store import Store

MONEY_KEY, SEALED_KEY = "charter:money", "charter:repair_sealed"
MOST_DAYS = 9999


class Enclosed(Enum):
    """The lists of entries; the value is the list's name in the file."""

    REPAIR = "enclosed.repair"
    CONTRACTS = "enclosed.contracts"
    CONTACTS = "enclosed.contacts"
    CHANNELS = "enclosed.channels"


DETAILS: Mapping[Enclosed, Mapping[str, Json]] = {
    Enclosed.REPAIR: {"owner": "", "date": "", "state": ""},
    Enclosed.CONTRACTS: {"between": [], "about": "", "date": "", "contradicts": ""},
    Enclosed.CONTACTS: {"party": "", "role": "", "reach": ""},
    Enclosed.CHANNELS: {"reach": "", "answers": "", "days": 0, "outside": False},
}
"""What each list keeps beside the text, and what stands there when nothing was said."""

NO_DETAILS: Row = {}


@dataclass(frozen=True)
class Entry:
    """One entry of a list as it is kept: its id, its main words, and its details."""

    id: str
    words: str
    details: Row


def entries_of(store: Store, of: Enclosed) -> tuple[Entry, ...]:
    """Return the entries of one list, in order."""
    rows = store.rows("item", "position", list=of.value)
    return tuple(
        Entry(text(row, "id"), text(row, "text"), {**DETAILS[of], **cast(Row, row["details"])})
        for row in rows
    )


def enclosures_of(store: Store) -> Enclosures:
    """Return all that is enclosed."""
    return Enclosures(
        repair_plan=tuple(map(_step, entries_of(store, Enclosed.REPAIR))),
        sealed=_setting(store, SEALED_KEY) is True,
        budget_principle=str(_setting(store, MONEY_KEY) or ""),
        contracts=tuple(map(_contract, entries_of(store, Enclosed.CONTRACTS))),
        contacts=tuple(map(_contact, entries_of(store, Enclosed.CONTACTS))),
        channels=tuple(map(_channel, entries_of(store, Enclosed.CHANNELS))),
    )


def add_entry(
    store: Store, of: Enclosed, words: str, details: Row = NO_DETAILS, *, origin: object = None
) -> str:
    """Add an entry at the end of a list and return its id.

    Raises UserError for empty words, a wrong date, or a partner that is not there.
    """
    row: Row = {
        "id": new_id(),
        "list": of.value,
        "position": next_position(store, "item", list=of.value),
        "text": _words(words),
        "details": _checked(store, of, {**DETAILS[of], **details}),
    }
    with store.transaction(_add_title(of), origin=origin) as t:
        return t.insert("item", row)


def change_entry(
    store: Store,
    entry_id: str,
    *,
    words: str | None = None,
    details: Row = NO_DETAILS,
    origin: object = None,
) -> None:
    """Change an entry's words or details; raises UserError as `add_entry` does."""
    row = found(store.row("item", entry_id), _("This entry"))
    of = Enclosed(text(row, "list"))
    fields: Row = {"details": _checked(store, of, {**cast(Row, row["details"]), **details})}
    if words is not None:
        fields["text"] = _words(words)
    with store.transaction(_change_title(of), origin=origin) as t:
        t.update("item", entry_id, **fields)


def remove_entry(store: Store, entry_id: str, *, origin: object = None) -> None:
    """Take an entry out."""
    row = found(store.row("item", entry_id), _("This entry"))
    with store.transaction(_remove_title(Enclosed(text(row, "list"))), origin=origin) as t:
        t.delete("item", entry_id)


def set_money(store: Store, words: str, *, origin: object = None) -> None:
    """Say how the partners treat money, or '' for nothing."""
    keep(store, MONEY_KEY, printable(words).strip(), _("Change how money is treated"), origin)


def seal_repair(store: Store, sealed: bool, *, origin: object = None) -> None:
    """Name the repair plan in the charter without printing it, or print it."""
    title = _("Seal the repair plan") if sealed else _("Print the repair plan")
    keep(store, SEALED_KEY, sealed, title, origin)


def _words(words: str) -> str:
    written = printable(words).strip()
    if not written:
        raise UserError(
            _("The text is empty. Nothing was changed. Write a few words."), code="empty"
        )
    return written


def _checked(store: Store, of: Enclosed, details: Mapping[str, Json]) -> Row:
    """Return details as they are kept; raises for what no such entry can have."""
    if set(details) - set(DETAILS[of]):
        raise ValueError(sorted(set(details) - set(DETAILS[of])))
    clean: Row = printable(dict(details))
    if "date" in clean:
        clean["date"] = day(clean["date"])
    if "days" in clean and number(clean, "days") not in range(MOST_DAYS + 1):
        raise UserError(_("The days are a number up to 9999. Nothing was changed."), code="days")
    known = {text(row, "id") for row in store.rows("partner")}
    named = {text(clean, "owner"), text(clean, "party"), *texts(clean, "between")} - {""}
    if named - known:
        raise UserError(
            _("This names a partner that is not here. Nothing was changed. Choose again."),
            code="partner",
        )
    return clean


def _step(one: Entry) -> RepairStep:
    at = one.details
    return RepairStep(one.words, text(at, "owner"), text(at, "date"), text(at, "state"))


def _contract(one: Entry) -> LinkedContract:
    at = one.details
    between, about = texts(at, "between"), text(at, "about")
    return LinkedContract(one.words, between, about, text(at, "date"), text(at, "contradicts"))


def _contact(one: Entry) -> Contact:
    at = one.details
    return Contact(one.words, text(at, "party"), text(at, "role"), text(at, "reach"))


def _channel(one: Entry) -> Channel:
    at = one.details
    answers, days = text(at, "answers"), number(at, "days")
    return Channel(one.words, text(at, "reach"), answers, days, bool(at.get("outside")))


def _setting(store: Store, key: str) -> Json:
    row = store.row("setting", key)
    return row["value"] if row else None


def _add_title(of: Enclosed) -> str:
    return {
        Enclosed.REPAIR: _("Add step of repair"),
        Enclosed.CONTRACTS: _("Add contract"),
        Enclosed.CONTACTS: _("Add contact"),
        Enclosed.CHANNELS: _("Add way to complain"),
    }[of]


def _change_title(of: Enclosed) -> str:
    return {
        Enclosed.REPAIR: _("Change step of repair"),
        Enclosed.CONTRACTS: _("Change contract"),
        Enclosed.CONTACTS: _("Change contact"),
        Enclosed.CHANNELS: _("Change way to complain"),
    }[of]


def _remove_title(of: Enclosed) -> str:
    return {
        Enclosed.REPAIR: _("Remove step of repair"),
        Enclosed.CONTRACTS: _("Remove contract"),
        Enclosed.CONTACTS: _("Remove contact"),
        Enclosed.CHANNELS: _("Remove way to complain"),
    }[of]
