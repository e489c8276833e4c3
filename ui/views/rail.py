"""The stage rail of a partnership: where the workshop stands, and a way to each activity."""

from __future__ import annotations

from collections.abc import Callable

from partnerdesk.flow import progress as flow
from partnerdesk.flow.progress import ActivityProgress, StageProgress, Step
from partnerdesk.store import Edit
from ui.views.place import Go, Place
from ui.views.workplace import Workplace
from ui.widgets.marks import Knot
from ui.widgets.thread import Activity, Stage, StageRail

KNOTS = {
    flow.Place.DONE: Knot.DONE,
    flow.Place.NOW: Knot.NOW,
    flow.Place.TO_COME: Knot.NEXT,
}
PLACES = {
    Step.COLLECT: Go.SESSION,
    Step.REVEAL: Go.REVEAL,
    Step.DISCUSS: Go.REVEAL,
    Step.AGREE: Go.AGREE,
    Step.CHARTER: Go.AGREE,
}


class WorkshopRail(StageRail):
    """The stage rail of one partnership; choosing a row calls `choose` with its place."""

    def __init__(self, work: Workplace, choose: Callable[[Place], None]) -> None:
        super().__init__(_stages(work))
        self._work = work
        self.stage_chosen.connect(lambda key: choose(_place_of_stage(work, key)))
        self.activity_chosen.connect(lambda key: choose(place_of(work, key)))
        work.signals.changed.connect(self._on_changed)

    def _on_changed(self, _edit: Edit) -> None:
        self.set_stages(_stages(self._work))


def stage_rail(work: Workplace, on_choose: Callable[[Place], None] | None = None) -> WorkshopRail:
    """Return the rail, kept true to the record; a choice calls `on_choose`, or `work.go`."""
    return WorkshopRail(work, on_choose or work.go)


def place_of(work: Workplace, activity_id: str) -> Place:
    """Return where an activity goes on: asking, showing or agreeing, as its step says."""
    every = (a for s in flow.progress(work.store, work.guide) for a in s.activities)
    step = next((a.step for a in every if a.activity.id == activity_id), Step.COLLECT)
    return Place(PLACES[step], activity_id)


def _place_of_stage(work: Workplace, stage_id: str) -> Place:
    """Return the place of a stage's first activity that is not done, or of its first."""
    stages = flow.progress(work.store, work.guide)
    inside = next((s.activities for s in stages if s.stage.id == stage_id), ())
    open_ = (a for a in inside if a.place is not flow.Place.DONE and not a.postponed)
    one = next(open_, inside[0] if inside else None)
    return Place(PLACES[one.step], one.activity.id) if one else Place(Go.CHARTER)


def _stages(work: Workplace) -> tuple[Stage, ...]:
    return tuple(map(_stage, flow.progress(work.store, work.guide)))


def _stage(one: StageProgress) -> Stage:
    return Stage(
        key=one.stage.id,
        name=one.stage.short,
        state=KNOTS[one.place],
        activities=tuple(map(_activity, one.activities)),
    )


def _activity(one: ActivityProgress) -> Activity:
    return Activity(one.activity.id, one.activity.title, KNOTS[one.place])
