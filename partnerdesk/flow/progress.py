"""Where the workshop stands: which stage, which activity, which of the five steps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from partnerdesk.errors import UserError
from partnerdesk.flow import values
from partnerdesk.flow.agree import agreements
from partnerdesk.flow.clock import now
from partnerdesk.flow.values import POSTPONED
from partnerdesk.flow.written import printable
from partnerdesk.language import _
from partnerdesk.model.guide import Activity, Guide, Stage
from partnerdesk.model.ids import new_id
from partnerdesk.model.round import Round, RoundState
from partnerdesk.store import Store


class Step(Enum):
    """The one movement that every activity makes."""

    COLLECT = 0
    REVEAL = 1
    DISCUSS = 2
    AGREE = 3
    CHARTER = 4


class Place(Enum):
    """Whether something lies behind, is under way, or is to come."""

    DONE = "done"
    NOW = "now"
    TO_COME = "to_come"


@dataclass(frozen=True)
class ActivityProgress:
    """One activity, its last round, its step, and why it was postponed ('' where it was not)."""

    activity: Activity
    place: Place
    step: Step
    round: Round | None
    postponed: str = ""


@dataclass(frozen=True)
class StageProgress:
    """One stage and its activities."""

    stage: Stage
    place: Place
    activities: tuple[ActivityProgress, ...]


def progress(store: Store, guide: Guide) -> tuple[StageProgress, ...]:
    """Return every stage with its activities; exactly one activity is NOW until all are done."""
    last = {one.activity: one for one in values.rounds(store)}
    agreed = {a.activity for a in agreements(store)}
    reasons = values.postponed(store)
    current = next(
        (a.id for a in guide.activities() if not _done(a, last, agreed) and a.id not in reasons), ""
    )
    stages = []
    for stage in guide.stages:
        inside = tuple(
            ActivityProgress(
                activity=a,
                place=_place(_done(a, last, agreed), a.id == current),
                step=step_of(last.get(a.id)),
                round=last.get(a.id),
                postponed=reasons.get(a.id, ""),
            )
            for a in stage.activities
        )
        stages.append(StageProgress(stage, _stage_place(inside), inside))
    return tuple(stages)


def current_activity(store: Store, guide: Guide) -> ActivityProgress | None:
    """Return the activity to go on with, or None when all are done or postponed."""
    every = (a for stage in progress(store, guide) for a in stage.activities)
    return next((a for a in every if a.place is Place.NOW), None)


def step_of(round_: Round | None) -> Step:
    """Return the step that a round stands at; no round yet means collecting."""
    steps = {
        RoundState.COLLECTING: Step.COLLECT,
        RoundState.REVEALED: Step.REVEAL,
        RoundState.DISCUSSING: Step.DISCUSS,
        RoundState.AGREEING: Step.AGREE,
        RoundState.DONE: Step.CHARTER,
    }
    return steps[round_.state] if round_ else Step.COLLECT


def postpone_activity(
    store: Store, guide: Guide, activity_id: str, reason: str, *, origin: object = None
) -> None:
    """Put an activity off with a reason, which the charter prints; raises UserError without one."""
    said = printable(reason).strip()
    if guide.activity(activity_id) is None or not said:
        raise UserError(_("Say why this is put off. The charter prints the reason."), code="reason")
    with store.transaction(_("Put off activity"), origin=origin) as t:
        values.take_up(store, t, activity_id)
        t.insert(
            "note",
            {
                "id": new_id(),
                "session_id": activity_id,
                "kind": POSTPONED,
                "text": said,
                "author": store.author,
                "at": now(),
            },
        )


def resume_activity(store: Store, activity_id: str, *, origin: object = None) -> None:
    """Take up an activity that was put off."""
    with store.transaction(_("Take up activity"), origin=origin) as t:
        values.take_up(store, t, activity_id)


def _done(activity: Activity, last: dict[str, Round], agreed: set[str]) -> bool:
    round_ = last.get(activity.id)
    if round_ is None:
        return activity.id in agreed
    return round_.state is RoundState.DONE


def _place(done: bool, now_: bool) -> Place:
    return Place.DONE if done else Place.NOW if now_ else Place.TO_COME


def _stage_place(inside: tuple[ActivityProgress, ...]) -> Place:
    if any(one.place is Place.NOW for one in inside):
        return Place.NOW
    settled = all(one.place is Place.DONE or one.postponed for one in inside)
    return Place.DONE if settled else Place.TO_COME
