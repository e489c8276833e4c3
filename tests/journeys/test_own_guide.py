"""An activity is data: one from a guide file made here runs through the real window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.flow import rounds, setup, values
from partnerdesk.flow.agree import agreements
from partnerdesk.model.round import RoundState
from ui.views.place import Go
from ui.views.reveal import RevealView
from ui.views.session import SessionView

if TYPE_CHECKING:
    from conftest import Walker

GUIDE = """
id = "ours"
title = "Our own guide"
language = "en"

[[stages]]
id = "ST2"

[[stages.activities]]
id = "pace"
title = "How fast we go"
kind = "spectrum"
purpose = "Find a pace that suits all."
minutes = 15
question = "Where do we stand?"
scale = { low = -2, high = 2 }
sections = ["C4"]
steps = [
  { text = "Read both ends aloud.", say = "How fast do we go today?", minutes = 5 },
  { text = "Let each person answer alone.", minutes = 5 },
  { text = "Talk about the widest difference.", minutes = 5 },
]
prompts = ["Who pays for haste?", "Who pays for waiting?", "What would be enough?"]
items = [
  { id = "speed", text = "Our pace", low = "Fast and rough", high = "Slow and thorough" },
  { id = "news", text = "Bad news", low = "At once", high = "When it is sure" },
]
"""


def test_an_activity_of_an_own_guide_runs_through_the_window(
    walker: Walker, file: Path, tmp_path: Path
) -> None:
    store = setup.new_partnership(file, "Lake")
    for name in ("North", "South"):
        partner = setup.add_partner(store, name)
        setup.add_participant(store, partner, f"{name} person")
    store.close()
    guide = tmp_path / "ours.toml"
    guide.write_text(GUIDE, "utf-8")
    walker.desk.open(file)
    walker.desk.add_guide(guide)
    assert walker.messages.told == []
    walker.go(Go.SESSION, "pace")
    assert isinstance(walker.view, SessionView)
    walker.primary()
    walker.collect(passing=1)
    walker.primary()
    assert isinstance(walker.view, RevealView)
    round_ = values.latest_round(walker.store, "pace")
    assert round_ is not None
    assert round_.state is RoundState.REVEALED
    said = rounds.responses(walker.store, round_)
    assert [one.answer is None for one in said] == [False, True]
    assert agreements(walker.store) == ()
    assert walker.store.check().ok


def test_a_faulty_guide_is_told_and_changes_nothing(
    walker: Walker, file: Path, tmp_path: Path
) -> None:
    setup.new_partnership(file, "Lake").close()
    guide = tmp_path / "ours.toml"
    guide.write_text(GUIDE.replace('kind = "spectrum"', 'kind = "seance"'), "utf-8")
    walker.desk.open(file)
    walker.desk.add_guide(guide)
    assert walker.messages.told
    assert walker.store.rows("guide_text") == []
