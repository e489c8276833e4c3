"""What people write, as the record keeps it: word for word, without what no page can show."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import overload

from partnerdesk.errors import UserError
from partnerdesk.language import _
from partnerdesk.model.json import Json, Row

LONGEST_NAME = 200
KEPT = "\n\t"


@overload
def printable(value: str) -> str: ...
@overload
def printable(value: Row) -> Row: ...
@overload
def printable(value: Json) -> Json: ...
def printable(value: Json) -> Json:
    """Return a JSON value whose texts hold no control characters and no half characters."""
    if isinstance(value, str):
        return value if value.isprintable() else "".join(c for c in value if _shows(c))
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    if isinstance(value, dict):
        return {printable(key): printable(one) for key, one in value.items()}
    return value


def name(value: str, what: str) -> str:
    """Return a name on one line; raises UserError where it is empty or over 200 characters."""
    written = " ".join(printable(value).split())
    if not written:
        message = _("{what} is empty. Nothing was changed. Type a name.")
        raise UserError(message.format(what=what), code="empty")
    if len(written) > LONGEST_NAME:
        message = _("{what} is longer than {n} characters. Nothing was changed. Shorten it.")
        raise UserError(message.format(what=what, n=LONGEST_NAME), code="long")
    return written


def day(value: Json) -> str:
    """Return a date as ISO text, '' for none; raises UserError where it is no date."""
    try:
        return date.fromisoformat(str(value).strip()).isoformat() if value else ""
    except ValueError as error:
        message = _("{value} is not a date. Nothing was changed. Write it as 2027-01-31.")
        raise UserError(message.format(value=str(value)[:40]), code="date") from error


def _shows(char: str) -> bool:
    return char in KEPT or unicodedata.category(char) not in ("Cc", "Cs")
