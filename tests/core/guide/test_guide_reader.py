"""A guide is read whole, or refused whole with every fault and its place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.errors import EnvironmentProblem, InputErrors
from partnerdesk.guide import read_guide, read_guide_text
from partnerdesk.model.guide import Activity, Guide

GUIDES = Path(__file__).parents[2] / "files" / "guides"
KINDS = ("text", "spectrum")
GOOD = (GUIDES / "good.toml").read_text(encoding="utf-8")
ACTIVITY = "stages[0].activities[0]"

FAULTS = {
    "missing_key": [
        f"line 7 ({ACTIVITY}): purpose is missing.",
        f"line 7 ({ACTIVITY}): minutes is missing.",
        f"line 11 ({ACTIVITY}.scale): high is missing.",
    ],
    "wrong_type": [
        "line 2 (title): This must be a text.",
        f"line 12 ({ACTIVITY}.minutes): This must be a whole number.",
        f"line 13 ({ACTIVITY}.replaces): This must be true or false.",
        f"line 14 ({ACTIVITY}.prompts): This must be a list.",
        f"line 16 ({ACTIVITY}.steps[0]): This must be a table.",
        f"line 18 ({ACTIVITY}.options): This must be a table.",
        f"line 19 ({ACTIVITY}.scale): This must be a table.",
        f"line 21 ({ACTIVITY}.items[0].text): This must be a text.",
    ],
    "unknown_key": [
        "line 3 (colour): colour is not known here. Known are: id, language, lists, stages, title.",
        f"line 13 ({ACTIVITY}.minuts): minuts is not known here. Did you mean minutes?",
        f"line 17 ({ACTIVITY}.items[1].hihg): hihg is not known here. Did you mean high?",
    ],
    "unknown_kind": [
        f"line 10 ({ACTIVITY}.kind): spectrun is not known here. Did you mean spectrum?",
        f"line 13 ({ACTIVITY}.attribution): organization is not known here. "
        "Did you mean organisation?",
        "line 16 (stages[1].id): ST12 is not known here. Did you mean ST2?",
    ],
    "duplicate_id": [
        f"line 16 ({ACTIVITY}.items[2]): The id spring comes twice. Each id may come once."
    ],
    "duplicate_activity": [
        "line 8 (stages[0].activities[1].id): The id walk comes twice. Each id may come once.",
        "line 12 (stages[1].id): The id ST1 comes twice. Each id may come once.",
    ],
    "broken": [
        "line 4: this is not written as TOML. Expected ']]' at the end of an array declaration."
    ],
    "key_twice": ["line 3: this is not written as TOML. Cannot overwrite a value."],
    "out_of_range": [
        f"line 12 ({ACTIVITY}.minutes): 100000 is outside 1 to 480.",
        f"line 13 ({ACTIVITY}.scale.low): -99 is outside -10 to 10.",
    ],
    "bad_scale": [
        f"line 13 ({ACTIVITY}.scale): The scale's low end must lie below its high end.",
        "line 21 (stages[0].activities[1].scale.words): The scale has 5 steps but 2 words.",
        "line 23 (stages[0].activities[1].items[0]): "
        "Name both ends of the scale, low and high, or none.",
    ],
    "empty_items": [
        f"line 9 ({ACTIVITY}.title): This text is empty.",
        f"line 13 ({ACTIVITY}.prompts[1]): This text is empty.",
        f"line 14 ({ACTIVITY}.items): items is empty. Leave it out, or name at least one.",
    ],
    "bad_part": [
        f"line 13 ({ACTIVITY}.sections): "
        "C77 is no section. Sections are C1 to C20, annexes A to H.",
        f"line 15 ({ACTIVITY}.parts[0]): "
        "A clause needs its sentence, and a sentence needs its type of clause.",
        f"line 18 ({ACTIVITY}.parts[0].clause): wish is not known here. "
        "Known are: commitment, process, red_line, right, rule, statement.",
        f"line 19 ({ACTIVITY}.parts[0].sentence): "
        "{text.__class__} in the sentence is not a column of this table.",
        f"line 19 ({ACTIVITY}.parts[0].sentence): "
        "{whoever} in the sentence is not a column of this table.",
        f"line 20 ({ACTIVITY}.parts[0].grid): A grid names two columns of a table with many rows.",
        f"line 22 ({ACTIVITY}.parts[0].columns[0]): A column of type choice needs its choices.",
        f"line 23 ({ACTIVITY}.parts[0].columns[1]): "
        "A column of type item says in items where its items come from.",
        f"line 23 ({ACTIVITY}.parts[0].columns[1]): "
        "The id text comes twice. Each id may come once.",
        f"line 24 ({ACTIVITY}.parts[0].columns[2].choices[1]): "
        "The id a comes twice. Each id may come once.",
        f"line 24 ({ACTIVITY}.parts[0].columns[2].choices[2]): "
        "This must be a list of two texts: a key and its words.",
        f"line 31 ({ACTIVITY}.parts[1].sentence): "
        "A { or } stands alone. Write {column} with the id of a column.",
        f"line 34 ({ACTIVITY}.parts[2]): "
        "A clause needs its sentence, and a sentence needs its type of clause.",
    ],
    "bad_id": [
        "line 1 (id): An id has letters, digits and _ only, and starts with a letter.",
        "line 4 (options): options is not known here. "
        "Known are: id, language, lists, stages, title.",
        f"line 11 ({ACTIVITY}.id): An id has letters, digits and _ only, and starts with a letter.",
        f"line 12 ({ACTIVITY}.title): "
        "This text holds a sign that nobody can see. Type the text again.",
        *(
            f"line 16 ({ACTIVITY}.options.{option}): This must be a text, "
            "a whole number up to a million, true, false, or a list."
            for option in ("far", "near[0]", "when")
        ),
    ],
}
ENCODINGS = {
    "utf16": "The file is not written as UTF-8. Save it again as UTF-8.",
    "utf16_no_mark": "The file is not written as UTF-8. Save it again as UTF-8.",
    "latin1": "Line 2 is not UTF-8. Save the file again as UTF-8.",
}


def read(text: str, **more: object) -> Guide:
    return read_guide_text("own.toml", text, kinds=KINDS, **more)  # type: ignore[arg-type]  # one optional key


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(InputErrors) as caught:
        read(text)
    return caught.value.problems


@pytest.mark.parametrize("name", FAULTS)
def test_a_bad_guide_is_refused_with_every_fault_and_its_line(name: str) -> None:
    with pytest.raises(InputErrors) as caught:
        read_guide(GUIDES / f"{name}.toml", kinds=KINDS)
    assert sorted(caught.value.problems) == sorted(f"{name}.toml, {one}" for one in FAULTS[name])
    assert caught.value.code == "guide"


@pytest.mark.parametrize("name", ENCODINGS)
def test_another_encoding_is_told_in_words(name: str) -> None:
    with pytest.raises(InputErrors) as caught:
        read_guide(GUIDES / f"{name}.toml", kinds=KINDS)
    assert caught.value.problems == (f"{name}.toml: {ENCODINGS[name]}",)


def test_every_bad_guide_in_the_folder_is_expected_here() -> None:
    here = {file.stem for file in GUIDES.glob("*.toml")}
    assert here == {*FAULTS, *ENCODINGS, "good", "windows"}


def test_a_good_guide_becomes_values_and_takes_its_stage_from_where_it_stands() -> None:
    guide = read(GOOD)
    activity = guide.activity("river_walk")
    assert isinstance(activity, Activity)
    assert (activity.stage, activity.minutes, activity.item_list) == ("ST1", 30, "places")
    assert activity.steps[0].say == "Let us walk."
    assert guide.lists[0].suggestions == ("The spring", "The ford")


def test_a_file_from_windows_reads_like_any_other() -> None:
    assert read_guide(GUIDES / "windows.toml", kinds=KINDS) == read(GOOD)


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    huge = tmp_path / "huge.toml"
    huge.write_bytes(b'a = "' + b"x" * 10_000_000)
    began = time.perf_counter()
    with pytest.raises(InputErrors) as caught:
        read_guide(huge, kinds=KINDS)
    assert time.perf_counter() - began < 1
    assert caught.value.problems[0].endswith("A guide may have up to 1,000,000.")


@pytest.mark.parametrize(
    "bomb",
    ["a = " + "[" * 50_000, "a = " + "{ a = " * 50_000, ".".join("a" * 200_000) + " = 1"],
    ids=["lists", "tables", "names"],
)
def test_a_file_that_nests_too_deep_is_refused_at_once(bomb: str) -> None:
    began = time.perf_counter()
    assert faults(f"\n{bomb}") == ("own.toml: Line 2 nests deeper than 32 levels.",)
    assert time.perf_counter() - began < 1


FLOODS = [
    '\\"""\n',
    "\\'''a\n",
    "'''",
    '"""',
    '"\n',
    "'\n",
    '"\\\n',
    "[[a]]\n",
    "a.b = 1\n",
    "{",
    "#\n",
]


@pytest.mark.parametrize("flood", FLOODS)
def test_a_megabyte_of_anything_is_answered_in_seconds(flood: str) -> None:
    began = time.perf_counter()
    assert faults(flood * (900_000 // len(flood)))
    assert time.perf_counter() - began < 10


def test_a_fault_under_an_endless_name_stays_readable() -> None:
    found = faults(f"{'x' * 100_000} = 1\n{GOOD}")
    assert len(found[-1]) < 400


def test_brackets_and_dots_inside_texts_and_comments_are_not_depth() -> None:
    text = GOOD.replace("See the river together.", "[" * 40 + "." * 40)
    assert read(f"# {'[' * 40} don't {'.' * 40}\n{text}").activity("river_walk") is not None


def test_a_flood_of_faults_stops_at_two_hundred() -> None:
    flood = "\n".join(f"key{number} = 1" for number in range(5_000))
    assert len(faults(f"{flood}\n{GOOD}")) == 200


def test_a_flood_of_faulty_entries_stops_at_two_hundred_too() -> None:
    assert len(faults(GOOD.replace('"What did you see?"', ", ".join("1" * 400)))) == 200


def test_a_key_in_disguise_is_told_at_the_nearest_line_that_is_known() -> None:
    inside = GOOD.replace("minutes = 30\nitem", '"\\u0063olour" = 1\nminutes = 30\nitem')
    assert faults(inside)[0].startswith(f"own.toml, line 14 ({ACTIVITY}.colour): colour is not")
    assert faults(f'"\\u0063olour" = 1\n{GOOD}')[0].startswith("own.toml, colour: colour is not")


def test_a_list_may_not_grow_without_end() -> None:
    prompts = ", ".join(['"Why?"'] * 501)
    found = faults(GOOD.replace('"What did you see?"', prompts))
    assert found[0].endswith("prompts has 501 entries. A list may have up to 500.")


def test_a_text_may_not_grow_without_end() -> None:
    found = faults(GOOD.replace("See the river together.", "x" * 2_001))
    assert found[0].endswith("This text has 2001 letters. It may have up to 2000.")


def test_a_number_without_end_is_a_fault_and_not_a_crash() -> None:
    assert "this is not written as TOML" in faults(GOOD.replace("30", "9" * 5_000, 1))[0]


def test_half_a_letter_is_a_fault_and_not_a_crash() -> None:
    assert faults('id = "\ud800"') == (
        "own.toml: Line 1 is not UTF-8. Save the file again as UTF-8.",
    )


def test_a_kind_s_own_faults_come_with_the_place_of_the_activity() -> None:
    with pytest.raises(InputErrors) as caught:
        read(GOOD, check_activity=lambda activity: [f"{activity.id} is too wet."])
    assert caught.value.problems == (f"own.toml, line 14 ({ACTIVITY}): river_walk is too wet.",)


def test_a_kind_is_not_asked_about_an_activity_that_is_faulty_already() -> None:
    asked: list[Activity] = []

    def check(activity: Activity) -> list[str]:
        asked.append(activity)
        return []

    with pytest.raises(InputErrors):
        read(GOOD.replace("minutes = 30\nitem", "minutes = 0\nitem"), check_activity=check)
    assert not asked


def test_a_guide_of_several_files_is_named_by_exactly_one(tmp_path: Path) -> None:
    head, stage = GOOD.split("[[stages]]", 1)
    (tmp_path / "a.toml").write_text(head, encoding="utf-8")
    (tmp_path / "b.toml").write_text(f"[[stages]]{stage}", encoding="utf-8")
    assert read_guide(tmp_path, kinds=KINDS) == read(GOOD)
    with pytest.raises(InputErrors, match="cannot be used"):
        read_guide([tmp_path / "b.toml"], kinds=KINDS)
    with pytest.raises(InputErrors) as caught:
        read_guide([tmp_path / "a.toml", tmp_path / "a.toml"], kinds=KINDS)
    assert caught.value.problems == (
        "One file of a guide names it, with id and title, and only one.",
    )


def test_the_same_list_in_two_files_is_told_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    lists = "[[lists]]" + GOOD.split("[[lists]]")[1].split("[[stages]]")[0]
    (tmp_path / "b.toml").write_text(lists, encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        read_guide(tmp_path, kinds=KINDS)
    assert caught.value.problems == (
        "b.toml, line 2 (lists[0].id): The id places comes twice. Each id may come once.",
    )


def test_a_file_that_cannot_be_read_is_a_problem_of_the_surroundings(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"gone\.toml cannot be read"):
        read_guide(tmp_path / "gone.toml", kinds=KINDS)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_guide_is_refused_in_words_or_read_and_never_crashes(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 40)))
    put = data.draw(st.text("[]{}=\"'.,#\n\\ab1", max_size=12))
    assert _outcome(GOOD[:start] + put + GOOD[end:])


def _outcome(text: str) -> bool:
    """Return whether a guide was read, or refused with faults that name the file."""
    try:
        return isinstance(read(text), Guide)
    except InputErrors as error:
        return all(one.startswith("own.toml") or "names it" in one for one in error.problems)
