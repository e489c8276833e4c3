"""What somebody who opens a file should know of its place, each in one sentence with one offer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from partnerdesk.keeping.spot import Medium, Spot
from partnerdesk.language import _
from partnerdesk.store import Store


class Offer(Enum):
    """What can be done about a notice."""

    NONE = ""
    WORK_HERE = "work here"
    PUT_BACK = "put back"
    SAVE_COPY = "save a copy"


@dataclass(frozen=True)
class Notice:
    """One sentence and what can be done; `lasts` where it stays true wherever one goes."""

    code: str
    words: str
    offer: Offer = Offer.NONE
    warns: bool = True
    lasts: bool = False


def notices(store: Store, spot: Spot, *, away_from: str = "") -> tuple[Notice, ...]:
    """Return what to tell of an open file, the most urgent first.

    `away_from` is the folder that a working copy will be put back into, '' for any other file.
    """
    return tuple(_notices(store, spot, away_from))


def _notices(store: Store, spot: Spot, away_from: str) -> Iterator[Notice]:
    if store.read_only:
        words = _("This file can only be read where it is. To change something, work on a copy.")
        yield Notice("read-only", words, Offer.WORK_HERE, lasts=True)
    if store.low_on_space or not spot.roomy:
        words = _("This disk is nearly full. Free some space, or save a copy on another disk.")
        yield Notice("low-space", words, Offer.SAVE_COPY)
    if not store.read_only and spot.medium is not Medium.DISK:
        yield Notice(spot.medium.value, _unsafe(spot), Offer.WORK_HERE)
    if store.clock_behind:
        words = _(
            "The clock of this laptop is behind the last change. Set it, or dates will be wrong."
        )
        yield Notice("clock", words)
    if away_from:
        words = _("This is a working copy. It goes back to {folder} when you close it.")
        words = words.format(folder=away_from)
        yield Notice("working-copy", words, Offer.PUT_BACK, warns=False, lasts=True)
    stopped = store.stopped_at
    if stopped is not None:
        yield Notice("stopped", _stopped(store, stopped), warns=False)


def _unsafe(spot: Spot) -> str:
    if spot.medium is Medium.CLOUD:
        words = _("{name} may copy this file in the middle of a change. Work on a copy here.")
        return words.format(name=spot.name)
    if spot.medium is Medium.NETWORK:
        return _("This file is on another computer, and the line may break. Work on a copy here.")
    return _("Sticks like this one can lose a file when pulled out. Work on a copy here.")


def _stopped(store: Store, at: datetime) -> str:
    """Return when the program was stopped, and up to when everything is there."""
    last = next((edit.at for edit in store.edits(max(0, store.head().seq - 1))), "")
    words = _("PartnerDesk closed unexpectedly at {at:%H:%M}. Nothing was lost.")
    try:
        saved = datetime.fromisoformat(last).astimezone()
    except ValueError:
        return words.format(at=at.astimezone())
    words = _(
        "PartnerDesk closed unexpectedly at {at:%H:%M}. "
        "Nothing was lost: the last change is from {saved:%H:%M:%S}."
    )
    return words.format(at=at.astimezone(), saved=saved)
