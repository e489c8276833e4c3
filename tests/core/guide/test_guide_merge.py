"""An organisation adds to the standard guide, and replaces only what it says it replaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerdesk.errors import InputErrors
from partnerdesk.guide import merge, read_guide_text, standard_guide
from partnerdesk.kinds import KINDS
from partnerdesk.model.guide import Guide
from resources import path

GOOD = (Path(__file__).parents[2] / "files" / "guides" / "good.toml").read_text(encoding="utf-8")


def own(text: str) -> Guide:
    return read_guide_text("own.toml", text, kinds=KINDS)


def standard() -> Guide:
    return standard_guide(kinds=KINDS)


def problems(base: Guide, other: Guide) -> tuple[str, ...]:
    with pytest.raises(InputErrors) as caught:
        merge(base, other)
    return caught.value.problems


def ids(guide: Guide, stage: str) -> list[str]:
    return [a.id for one in guide.stages if one.id == stage for a in one.activities]


def test_an_added_activity_comes_last_in_its_stage_and_the_stage_keeps_its_words() -> None:
    merged = merge(standard(), own(GOOD))
    assert ids(merged, "ST1") == ["terms", "mission_mirror", "mindset", "river_walk"]
    assert merged.stages[1].title == standard().stages[1].title
    assert merged.item_list("places") is not None
    assert (merged.id, merged.title) == (standard().id, standard().title)


def test_merging_leaves_both_guides_as_they_were() -> None:
    before, other = standard(), own(GOOD)
    merge(before, other)
    assert before == standard()
    assert other == own(GOOD)


def test_an_activity_takes_another_s_place_only_when_it_says_so() -> None:
    text = GOOD.replace('id = "river_walk"', 'id = "terms"')
    assert problems(standard(), own(text)) == (
        "terms is there already. Choose another id, or write replaces = true.",
    )
    said = text.replace('id = "terms"', 'id = "terms"\nreplaces = true')
    merged = merge(standard(), own(said))
    assert ids(merged, "ST1") == ["terms", "mission_mirror", "mindset"]
    terms = merged.activity("terms")
    assert terms is not None
    assert terms.title == "Walk along the river"


def test_a_replacement_may_move_to_another_stage() -> None:
    text = GOOD.replace('"ST1"', '"ST4"').replace('"river_walk"', '"mindset"\nreplaces = true')
    merged = merge(standard(), own(text))
    assert "mindset" not in ids(merged, "ST1")
    assert ids(merged, "ST4")[-1] == "mindset"


def test_replacing_nothing_is_a_fault() -> None:
    text = GOOD.replace('id = "river_walk"', 'id = "river_walk"\nreplaces = true')
    assert problems(standard(), own(text)) == (
        "river_walk replaces an activity that the guide does not have.",
    )


def test_a_list_that_is_there_already_is_a_fault() -> None:
    assert problems(standard(), own(GOOD.replace('"places"', '"goals"'))) == (
        "The list goals is there already. Choose another id.",
    )


def test_a_name_that_leads_nowhere_is_told_at_the_merge() -> None:
    text = GOOD.replace('item_list = "places"', 'item_list = "palaces"')
    assert problems(standard(), own(text)) == (
        "The activity river_walk asks about palaces, which the guide does not have.",
    )


def test_a_column_that_points_nowhere_is_told_at_the_merge() -> None:
    part = """
[[stages.activities.parts]]
id = "kept"
text = "What we keep"
columns = [{ id = "what", text = "What", type = "item", items = "treasures" }]
"""
    assert problems(standard(), own(GOOD + part)) == (
        "The activity river_walk asks about treasures, which the guide does not have.",
    )


def test_a_stage_that_nobody_names_is_a_fault() -> None:
    bare = own(GOOD)
    assert problems(Guide("empty", "Empty", "en", ()), bare) == (
        "The stage ST1 needs a title, a short title and a purpose.",
    )


def test_guides_are_added_one_after_another() -> None:
    lake = GOOD.replace("river_walk", "lake_walk").replace('"places"', '"shores"')
    merged = merge(merge(standard(), own(GOOD)), own(lake))
    assert ids(merged, "ST1")[-2:] == ["river_walk", "lake_walk"]


def test_the_example_for_authors_can_be_added_as_it_stands() -> None:
    written = path("guide/README.md").read_text(encoding="utf-8")
    example = written.split("```toml\n")[1].split("```")[0]
    guide = read_guide_text(
        "example.toml",
        example,
        kinds=KINDS,
        check_activity=lambda one: KINDS[one.kind].check_activity(one),
    )
    assert ids(merge(standard(), guide), "ST4") == ["goals", "contributions", "river_walk"]
