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

    def __init__(self, work: Workplace, choose: Callable[[Place], None], at: str = "") -> None:
        super().__init__(_stages(work, at))
        self._work, self._at = work, at
        self.stage_chosen.connect(lambda key: choose(_place_of_stage(work, key)))
        self.activity_chosen.connect(lambda key: choose(place_of(work, key)))
        work.signals.changed.connect(self._on_changed)

    def _on_changed(self, _edit: Edit) -> None:
        self.set_stages(_stages(self._work, self._at))


def stage_rail(
    work: Workplace, on_choose: Callable[[Place], None] | None = None, *, at: str = ""
) -> WorkshopRail:
    """Return the rail, kept true to the record; a choice calls `on_choose`, or `work.go`.

    `at` is the activity on the page: its stage is opened. Without one the current stage is.
    """
    return WorkshopRail(work, on_choose or work.go, at)


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


def _stages(work: Workplace, at: str) -> tuple[Stage, ...]:
    return tuple(_stage(one, at) for one in flow.progress(work.store, work.guide))


def _stage(one: StageProgress, at: str) -> Stage:
    here = any(a.activity.id == at for a in one.activities)
    shown = here or (not at and one.place is flow.Place.NOW)
    return Stage(
        key=one.stage.id,
        name=one.stage.short,
        state=KNOTS[one.place],
        activities=tuple(_activity(a, at) for a in one.activities) if shown else (),
        opened=here,
    )


def _activity(one: ActivityProgress, at: str) -> Activity:
    here = one.activity.id == at if at else one.place is flow.Place.NOW
    return Activity(one.activity.id, one.activity.title, KNOTS[one.place], here)
