"""The closing statement while it is written: how the partnership ends, and what is still owed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from partnerdesk.errors import UserError
from partnerdesk.flow.choices import forget, keep
from partnerdesk.flow.values import text, texts
from partnerdesk.flow.versions import Version
from partnerdesk.flow.written import day, printable
from partnerdesk.language import _
from partnerdesk.model.closing import Closing, Ending, Obligation
from partnerdesk.model.json import Json, Row
from partnerdesk.store import Store

KEY = "closing"


def closing_of(store: Store, ended: Version | None) -> Closing | None:
    """Return the closing statement as it is written, None where nobody began it.

    `ended` is the version that it ends; the statement names its number and its words.
    """
    row = store.row("setting", KEY)
    if row is None:
        return None
    value = cast(Row, row["value"])
    return Closing(
        ending=Ending(value["ending"]),
        date=text(value, "date"),
        reason=text(value, "reason"),
        version=ended.number if ended else 0,
        words=ended.words if ended else (),
        leaver=text(value, "leaver"),
        successor=text(value, "successor"),
        until=text(value, "until"),
        reached=texts(value, "reached"),
        learnt=texts(value, "learnt"),
        obligations=tuple(_owed(one) for one in cast(list[Row], value.get("obligations") or [])),
        told=texts(value, "told"),
        survives=texts(value, "survives"),
        no_blame=bool(value.get("no_blame", True)),
        quiet=bool(value.get("quiet")),
    )


def keep_closing(store: Store, closing: Closing, *, origin: object = None) -> None:
    """Keep the closing statement; which version it ends is not kept, but looked up.

    Raises UserError for a wrong date, or a partner that is not there.
    """
    named = {closing.leaver, *(one.owner for one in closing.obligations)} - {""}
    if named - {text(row, "id") for row in store.rows("partner")}:
        raise UserError(
            _("This names a partner that is not here. Nothing was changed. Choose again."),
            code="partner",
        )
    keep(store, KEY, _row(closing), _("Write closing statement"), origin)


def drop_closing(store: Store, *, origin: object = None) -> None:
    """Take the closing statement back: the partnership goes on."""
    with store.transaction(_("Take back closing statement"), origin=origin) as t:
        forget(store, t, KEY)


def _row(closing: Closing) -> Row:
    value: Row = {
        "ending": closing.ending.value,
        "date": day(closing.date),
        "reason": closing.reason.strip(),
        "leaver": closing.leaver,
        "successor": closing.successor.strip(),
        "until": day(closing.until),
        "reached": _lines(closing.reached),
        "learnt": _lines(closing.learnt),
        "obligations": [_owed_row(one) for one in closing.obligations if one.text.strip()],
        "told": _lines(closing.told),
        "survives": _lines(closing.survives),
        "no_blame": closing.no_blame,
        "quiet": closing.quiet,
    }
    return printable(value)


def _lines(texts_: Iterable[str]) -> list[Json]:
    return [one.strip() for one in texts_ if one.strip()]


def _owed_row(one: Obligation) -> Json:
    said = {"text": one.text.strip(), "owner": one.owner, "to": one.to.strip()}
    return {**said, "date": day(one.date)}


def _owed(row: Row) -> Obligation:
    return Obligation(text(row, "text"), text(row, "owner"), text(row, "to"), text(row, "date"))
