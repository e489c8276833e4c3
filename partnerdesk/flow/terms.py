"""On what terms somebody signs: today or after taking the charter home, alone or with a board."""

from __future__ import annotations

from datetime import date, timedelta

from partnerdesk.errors import UserError
from partnerdesk.flow.values import found, terms_key, terms_row
from partnerdesk.flow.written import day, printable
from partnerdesk.language import _
from partnerdesk.model.json import Json
from partnerdesk.model.round import Standing
from partnerdesk.store import Store

USUAL_DAYS = 7
TERMS = frozenset({"home_until", "board", "board_due", "ratified", "signs_as"})


def take_home(
    store: Store,
    signatory_id: str,
    today: date,
    *,
    days: int = USUAL_DAYS,
    origin: object = None,
) -> None:
    """Note that a signatory takes the charter home and signs within `days` from `today`."""
    if days < 1:
        raise UserError(_("Somebody who takes it home has at least one day. Nothing was changed."))
    until = (today + timedelta(days=days)).isoformat()
    set_terms(store, signatory_id, origin=origin, home_until=until)


def sign_today(store: Store, signatory_id: str, *, origin: object = None) -> None:
    """Note that a signatory signs without taking the charter home first."""
    set_terms(store, signatory_id, origin=origin, home_until="")


def set_terms(store: Store, signatory_id: str, *, origin: object = None, **fields: Json) -> None:
    """Change home_until, board, board_due (ISO days, '' for none), ratified or signs_as.

    Raises UserError for a wrong day, or a consent of a body that is not named.
    """
    found(store.row("signatory", signatory_id), _("This signatory"))
    if set(fields) - TERMS:
        raise ValueError(sorted(set(fields) - TERMS))
    terms = {**terms_row(store, signatory_id), **_clean(fields)}
    if terms.get("ratified") and not terms.get("board"):
        raise UserError(_("Name the board that has consented first. Nothing was changed."))
    with store.transaction(_("Change terms of signing"), origin=origin) as t:
        t.upsert("setting", {"id": terms_key(signatory_id), "value": terms})


def _clean(fields: dict[str, Json]) -> dict[str, Json]:
    clean = dict(fields)
    for name in ("home_until", "board_due"):
        if name in clean:
            clean[name] = day(clean[name])
    if "board" in clean:
        clean["board"] = " ".join(printable(str(clean["board"])).split())
    if "ratified" in clean:
        clean["ratified"] = bool(clean["ratified"])
    if "signs_as" in clean:
        clean["signs_as"] = Standing(clean["signs_as"]).value
    return clean
