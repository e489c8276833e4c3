"""The lists that a partnership writes itself: its decisions, its goals."""

from __future__ import annotations

from collections.abc import Mapping

from partnerdesk.errors import UserError
from partnerdesk.flow.values import found, next_position, rounds
from partnerdesk.flow.written import printable
from partnerdesk.language import _
from partnerdesk.model.guide import Guide
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Json
from partnerdesk.model.round import RoundState
from partnerdesk.store import Store


def add_item(
    store: Store,
    guide: Guide,
    list_id: str,
    text: str,
    details: Mapping[str, Json] | None = None,
    *,
    item_id: str = "",
    origin: object = None,
) -> str:
    """Add an item at the end of a list and return its id.

    Raises UserError for an empty text, for a list that the guide does not have, or while people
    answer questions about the list.
    """
    if guide.item_list(list_id) is None:
        raise UserError(_("The guide has no such list. Nothing was changed."), code="list")
    _check_open(store, guide, list_id)
    position = next_position(store, "item", list=list_id)
    row: dict[str, Json] = {
        "id": item_id or new_id(),
        "list": list_id,
        "position": position,
        "text": _written(text),
        "details": printable(dict(details or {})),
    }
    with store.transaction(_("Add to the list"), origin=origin) as t:
        return t.insert("item", row)


def change_item(
    store: Store,
    guide: Guide,
    item_id: str,
    *,
    text: str | None = None,
    details: Mapping[str, Json] | None = None,
    origin: object = None,
) -> None:
    """Change an item's text or details.

    The text can change only until a round asks about it: answers belong to words that were read.
    """
    row = found(store.row("item", item_id), _("This item"))
    fields: dict[str, Json] = {}
    if text is not None and printable(text).strip() != row["text"]:
        _check_unasked(store, guide, str(row["list"]))
        fields["text"] = _written(text)
    if details is not None:
        fields["details"] = printable(dict(details))
    with store.transaction(_("Change the list"), origin=origin) as t:
        t.update("item", item_id, **fields)


def remove_item(store: Store, guide: Guide, item_id: str, *, origin: object = None) -> None:
    """Take an item out; raises UserError once a round has asked about the list."""
    row = found(store.row("item", item_id), _("This item"))
    _check_unasked(store, guide, str(row["list"]))
    with store.transaction(_("Take out of the list"), origin=origin) as t:
        t.delete("item", item_id)


def _written(text: str) -> str:
    written = printable(text).strip()
    if not written:
        raise UserError(
            _("The text is empty. Nothing was changed. Write a few words."), code="empty"
        )
    return written


def _asking(guide: Guide, list_id: str) -> set[str]:
    return {a.id for a in guide.activities() if a.item_list == list_id}


def _check_open(store: Store, guide: Guide, list_id: str) -> None:
    asking = _asking(guide, list_id)
    if any(r.activity in asking and r.state is RoundState.COLLECTING for r in rounds(store)):
        raise UserError(
            _("People are answering questions about this list now. Reveal the answers first."),
            code="in-use",
        )


def _check_unasked(store: Store, guide: Guide, list_id: str) -> None:
    asking = _asking(guide, list_id)
    if any(r.activity in asking for r in rounds(store)):
        raise UserError(
            _("People have answered about these words, so they stay. Add a new item instead."),
            code="in-use",
        )
