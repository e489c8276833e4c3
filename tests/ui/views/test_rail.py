"""The stage rail says where the workshop stands and leads to the right place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

import resources
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.progress import progress
from partnerdesk.flow.rounds import open_round, reveal_round, submit_answer, turns
from partnerdesk.flow.setup import (
    add_participant,
    add_partner,
    new_partnership,
)
from partnerdesk.flow.values import latest_round
from partnerdesk.store import Store
from tests.recording import RecordingMessages
from ui.signals import StoreSignals
from ui.tasks import Tasks
from ui.views.place import Go, Place
from ui.views.rail import place_of, stage_rail
from ui.views.workplace import Workplace
from ui.widgets.marks import Knot
from ui.widgets.thread import ActivityRow, StageRow

GUIDE = built_in_guide()


def workplace(store: Store, gone: list[Place]) -> Workplace:
    """Return what a view of `store` is given; the places it goes to are written to `gone`."""

    class NoFiles:
        def open(self, path: Path) -> None: ...
        def new(self, path: Path, title: str) -> None: ...
        def practice(self) -> None: ...
        def close(self) -> None: ...
        def lock(self) -> None: ...

    return Workplace(
        tasks=Tasks(),
        messages=RecordingMessages(),
        files=NoFiles(),
        go=gone.append,
        menu=lambda button: None,
        store=store,
        guide=GUIDE,
        signals=StoreSignals(store),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a partnership of two partners and two people, before its first round."""
    made = new_partnership(tmp_path / "lake.pdesk", "Lake Basin")
    for name, person in (("Farmers", "Grace"), ("Donor", "Marit")):
        add_participant(made, add_partner(made, name), person)
    yield made
    made.close()


def test_the_rail_shows_every_stage_and_the_activities_of_the_present_one(qtbot, store):
    rail = stage_rail(workplace(store, []))
    qtbot.addWidget(rail)
    stages = [row.stage for row in rail.rows() if isinstance(row, StageRow)]
    names = [row.activity.key for row in rail.rows() if isinstance(row, ActivityRow)]
    assert [s.key for s in stages] == [s.id for s in GUIDE.stages]
    assert stages[0].state is Knot.NOW
    assert names == [a.id for a in GUIDE.stages[0].activities]


def test_choosing_an_activity_leads_to_the_step_at_which_it_stands(qtbot, store):
    gone: list[Place] = []
    work = workplace(store, gone)
    rail = stage_rail(work)
    qtbot.addWidget(rail)
    first = GUIDE.activities()[0].id
    row = next(r for r in rail.rows() if isinstance(r, ActivityRow))
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    round_id = open_round(store, GUIDE, first)
    for turn in turns(store, latest_round(store, first)):
        submit_answer(store, GUIDE, round_id, turn.respondent, None)
    reveal_round(store, GUIDE, round_id)
    row = next(r for r in rail.rows() if isinstance(r, ActivityRow))
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert gone == [Place(Go.SESSION, first), Place(Go.REVEAL, first)]


def test_choosing_a_stage_leads_to_its_first_open_activity(qtbot, store):
    gone: list[Place] = []
    rail = stage_rail(workplace(store, gone))
    qtbot.addWidget(rail)
    third = next(r for r in rail.rows() if isinstance(r, StageRow) and r.stage.key == "ST3")
    third.setFocus()
    qtbot.keyClick(third, Qt.Key.Key_Space)
    assert gone == [Place(Go.SESSION, "decision_ladder")]


def test_a_finished_workshop_has_all_knots_filled(qtbot, tmp_path):
    workshop = read_workshop(resources.path("samples/workshop-a.json"), GUIDE)
    store = replay(workshop, GUIDE, tmp_path / "a.pdesk")
    work = workplace(store, [])
    rail = stage_rail(work)
    qtbot.addWidget(rail)
    shown = {r.stage.key: r.stage.state for r in rail.rows() if isinstance(r, StageRow)}
    for stage in progress(store, GUIDE):
        assert (shown[stage.stage.id] is Knot.DONE) == (stage.place.value == "done")
    done = next(a for s in progress(store, GUIDE) for a in s.activities if a.round)
    assert place_of(work, done.activity.id).go is Go.AGREE
    store.close()
