"""Figures that may be printed: what each one says now, and which partners let it show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from partnerdesk.errors import UserError
from partnerdesk.flow import values
from partnerdesk.flow.choices import keep
from partnerdesk.flow.consents import digest_of
from partnerdesk.flow.guides import activity_of
from partnerdesk.flow.rounds import responses, setting_of
from partnerdesk.flow.values import found, text, texts
from partnerdesk.kinds.printed import can_print, printed_rows
from partnerdesk.language import _
from partnerdesk.model.guide import Activity, Guide
from partnerdesk.model.json import Row
from partnerdesk.model.record import AgreedFigure
from partnerdesk.model.round import RoundState
from partnerdesk.store import Store


@dataclass(frozen=True)
class FigureState:
    """One figure that a revealed round gives, and how its partners stand to printing it.

    `agreed` said yes to these very rows; `stale` said yes to others, that a later round replaced.
    """

    activity: Activity
    rows: tuple[Row, ...]
    digest: str
    agreed: tuple[str, ...]
    stale: tuple[str, ...]


def figures(store: Store, guide: Guide) -> tuple[FigureState, ...]:
    """Return every figure that can be asked about, in the order of the guide."""
    return tuple(_figures(store, guide))


def agreed_figures(store: Store, guide: Guide) -> tuple[AgreedFigure, ...]:
    """Return the figures that every single partner lets show, as they are printed."""
    partners = {one.id for one in values.partners(store)}
    return tuple(
        AgreedFigure(one.activity.id, one.rows)
        for one in _figures(store, guide, asked=True)
        if partners and set(one.agreed) >= partners
    )


def let_show(
    store: Store,
    guide: Guide,
    activity_id: str,
    partner_id: str,
    agrees: bool,
    digest: str,
    *,
    origin: object = None,
) -> None:
    """Note whether a partner lets the figure of `digest` be printed.

    Raises UserError where a later round replaced that figure, so that nobody agrees to numbers
    that were not seen.
    """
    found(store.row("partner", partner_id), _("This partner"))
    state = _state(store, guide, activity_of(guide, activity_id))
    if state is None or state.digest != digest:
        raise UserError(
            _("The figure has changed since you saw it. Nothing was noted. Look at it again."),
            code="changed-since",
        )
    others = [one for one in state.agreed if one != partner_id]
    partners = sorted({*others, partner_id} if agrees else others)
    title = _("Let a figure show") if agrees else _("Keep a figure out")
    keep(store, _key(activity_id), {"digest": digest, "partners": [*partners]}, title, origin)


def _figures(store: Store, guide: Guide, asked: bool = False) -> Iterator[FigureState]:
    """Yield the figures, or only those about which somebody was asked."""
    for activity in guide.activities():
        if asked and store.row("setting", _key(activity.id)) is None:
            continue
        if (state := _state(store, guide, activity)) is not None:
            yield state


def _state(store: Store, guide: Guide, activity: Activity) -> FigureState | None:
    opened = (
        one
        for one in reversed(values.rounds(store, activity.id))
        if one.state is not RoundState.COLLECTING
    )
    last = next(opened, None)
    if last is None:
        return None
    setting = setting_of(store, guide, activity, last.attribution, round_=last)
    if not can_print(setting):
        return None
    rows = printed_rows(setting, responses(store, last))
    if not rows:
        return None
    digest = digest_of([last.id, [*rows]])
    said = store.row("setting", _key(activity.id))
    value = cast(Row, said["value"]) if said else {}
    partners = texts(value, "partners")
    fresh = text(value, "digest") == digest
    return FigureState(activity, rows, digest, partners if fresh else (), () if fresh else partners)


def _key(activity_id: str) -> str:
    return f"figure:{activity_id}"
