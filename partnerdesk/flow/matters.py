"""Open matters: questions that the charter leaves open, each with an owner and a date."""

from __future__ import annotations

from partnerdesk.errors import UserError
from partnerdesk.flow.values import MATTERS, found, next_position, text
from partnerdesk.flow.written import day, printable
from partnerdesk.language import _
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Row
from partnerdesk.store import Store


def add_matter(store: Store, words: str, owner: str, date: str, *, origin: object = None) -> str:
    """Note a question that stays open and return its id.

    `owner` is the partner that takes it on, by the ISO day `date`. Raises UserError where a
    part is missing: a question without owner and date is nobody's.
    """
    question = printable(words).strip()
    if not question:
        raise UserError(_("The question is empty. Nothing was changed. Write it."), code="empty")
    if store.row("partner", owner) is None:
        raise UserError(
            _("Nobody takes this question on yet. Nothing was changed. Choose a partner."),
            code="owner",
        )
    until = day(date)
    if not until:
        raise UserError(
            _("This question has no date yet. Nothing was changed. Say by when."), code="date"
        )
    details: Row = {"owner": owner, "date": until, "settled": False}
    with store.transaction(_("Note open matter"), origin=origin) as t:
        return t.insert(
            "item",
            {
                "id": new_id(),
                "list": MATTERS,
                "position": next_position(store, "item", list=MATTERS),
                "text": question,
                "details": details,
            },
        )


def settle_matter(store: Store, matter_id: str, *, origin: object = None) -> None:
    """Note that an open matter is settled; it stays in the record."""
    row = store.row("item", matter_id)
    row = found(row if row and row["list"] == MATTERS else None, _("This question"))
    details = row["details"]
    settled: Row = {**(details if isinstance(details, dict) else {}), "settled": True}
    with store.transaction(_("Settle open matter"), origin=origin) as t:
        t.update("item", text(row, "id"), details=settled)
