"""The partners' logos, which stand on the cover of the charter with words for what they show."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import cast

from partnerdesk.errors import UserError
from partnerdesk.flow.choices import forget, keep
from partnerdesk.flow.values import found, text
from partnerdesk.flow.written import printable
from partnerdesk.language import _
from partnerdesk.model.json import Row
from partnerdesk.model.logo import MOST_LOGO_BYTES, Logo
from partnerdesk.store import Store


def logos(store: Store) -> Mapping[str, Logo]:
    """Return each partner's logo, where it has one."""
    kept = ((text(row, "id"), _kept(store, text(row, "id"))) for row in store.rows("partner"))
    return {partner: logo for partner, logo in kept if logo is not None}


def set_logo(store: Store, partner_id: str, png: bytes, *, origin: object = None) -> None:
    """Keep a partner's logo, a PNG as `logo_isolated` makes it.

    What it shows is described as the partner's logo until somebody says it better. Raises
    UserError for anything larger than 48 kB.
    """
    partner = found(store.row("partner", partner_id), _("This partner"))
    if len(png) > MOST_LOGO_BYTES:
        raise UserError(
            _("This logo is too large to keep. Nothing was changed. Choose a simpler one."),
            code="large",
        )
    earlier = _kept(store, partner_id)
    usual = _("Logo of {partner}").format(partner=text(partner, "name"))
    words = earlier.words if earlier else usual
    value: Row = {"png": base64.b64encode(png).decode(), "words": words}
    keep(store, _key(partner_id), value, _("Set logo"), origin)


def describe_logo(store: Store, partner_id: str, words: str, *, origin: object = None) -> None:
    """Say what a logo shows, for people who do not see it; raises UserError for no words."""
    row = found(store.row("setting", _key(partner_id)), _("This logo"))
    written = " ".join(printable(words).split())
    if not written:
        raise UserError(
            _("Say what the logo shows, for people who cannot see it. Nothing was changed."),
            code="empty",
        )
    value: Row = {**cast(Row, row["value"]), "words": written}
    keep(store, _key(partner_id), value, _("Describe logo"), origin)


def remove_logo(store: Store, partner_id: str, *, origin: object = None) -> None:
    """Take a partner's logo off the cover."""
    with store.transaction(_("Remove logo"), origin=origin) as t:
        forget(store, t, _key(partner_id))


def _kept(store: Store, partner_id: str) -> Logo | None:
    row = store.row("setting", _key(partner_id))
    if row is None:
        return None
    value = cast(Row, row["value"])
    return Logo(base64.b64decode(text(value, "png")), text(value, "words"))


def _key(partner_id: str) -> str:
    return f"logo:{partner_id}"
