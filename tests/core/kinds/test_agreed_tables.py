"""Agreed tables are checked by their columns alone, and suggest clauses in plain words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerdesk.kinds.tables import (
    Suggested,
    cell_words,
    check_parts,
    check_payload,
    suggested_clauses,
)
from partnerdesk.model.guide import Column, ColumnType, Part, Scale
from partnerdesk.model.round import ClauseType
from tests.core.kinds import sample_workshop as sample

KIND = Column("type", "Type", ColumnType.CHOICE, choices=(("money", "money"), ("time", "hours")))
COLUMNS = {
    "text": Column("text", "Text"),
    "days": Column("days", "Days", ColumnType.DAYS),
    "date": Column("date", "Date", ColumnType.DATE),
    "type": KIND,
    "partner": Column("partner", "Partner", ColumnType.PARTNER),
    "item": Column("item", "Item", ColumnType.ITEM, items="asked"),
    "roles": Column("roles", "Roles", ColumnType.ROLES),
    "level": Column("level", "Level", ColumnType.LEVEL),
}
ALL_ROLES = {"ingo": "D", "lngo": "C", "cbo": "I"}


def asked(*parts: Part) -> Any:
    scale = Scale(0, 4, ("none", "told", "heard", "together", "alone"))
    setting = sample.setting("plan", ("d1", "d2"), scale)
    return replace(setting, activity=replace(setting.activity, parts=parts))


def faults(part: Part, given: Any) -> list[str]:
    setting = asked(part)
    return check_payload(setting.activity, {part.id: given}, setting)


@pytest.mark.parametrize(
    ("column", "sound", "wrong"),
    [
        ("text", "We call.", 3),
        ("text", ["sw", "en"], ["sw", 1]),
        ("days", 0, -1),
        ("days", 30, "30"),
        ("date", "2027-01-31", "31.1.2027"),
        ("date", "2029-12", "2029-13"),
        ("type", "money", "gold"),
        ("partner", "cbo", "kisumbe"),
        ("item", "d1", "d9"),
        ("roles", ALL_ROLES, {**ALL_ROLES, "cbo": "X"}),
        ("roles", ALL_ROLES, {"ingo": "D", "lngo": "C"}),
        ("roles", ALL_ROLES, {**ALL_ROLES, "x": "I"}),
        ("level", 4, 5),
        ("level", 0, True),
    ],
)
def test_a_column_takes_what_its_type_says(column: str, sound: Any, wrong: Any) -> None:
    part = Part("p", "Table", (COLUMNS[column],))
    assert faults(part, [{column: sound}]) == []
    told = faults(part, [{column: wrong}])
    assert len(told) == 1
    assert told[0].startswith(f"“Table, row 1, {COLUMNS[column].text}")


def test_a_required_cell_must_be_filled_and_another_may_stay_empty() -> None:
    part = Part("p", "Table", (COLUMNS["text"], replace(COLUMNS["date"], required=False)))
    assert faults(part, [{"text": "a", "date": ""}, {"text": "b"}]) == []
    assert faults(part, [{"text": " "}]) == ["“Table, row 1, Text” is still empty."]


def test_unknown_tables_and_columns_are_named() -> None:
    part = Part("p", "Table", (COLUMNS["text"],))
    setting = asked(part)
    payload: Any = {"p": [{"text": "a", "colour": "red"}], "q": []}
    assert check_payload(setting.activity, payload, setting) == [
        "“q” is not asked about here.",
        "“Table, row 1, colour” is not asked about here.",
    ]


def test_a_form_needs_its_cells_even_when_it_is_left_out() -> None:
    part = Part("p", "Form", (COLUMNS["text"],), single=True)
    setting = asked(part)
    assert check_payload(setting.activity, {}, setting) == ["“Form, Text” is still empty."]
    assert check_payload(setting.activity, {"p": {"text": "a"}}, setting) == []


def test_an_agreement_needs_some_words() -> None:
    one, other = (Part(name, name, (COLUMNS["text"],)) for name in ("a", "b"))
    setting = asked(one, other)
    assert check_payload(setting.activity, {"a": [], "b": []}, setting) == [
        "Nothing is written yet. Write down what you agreed."
    ]
    assert check_payload(setting.activity, {"b": [{"text": "x"}]}, setting) == []
    assert check_payload(asked().activity, {}, setting) == []


GRID = Part(
    "p", "Levels", (COLUMNS["item"], COLUMNS["partner"], COLUMNS["level"]), grid=("item", "partner")
)


def test_a_grid_has_one_row_for_every_pair() -> None:
    pairs = [(i, p) for i in ("d1", "d2") for p in ("ingo", "lngo", "cbo")]
    full = [{"item": i, "partner": p, "level": 1} for i, p in pairs]
    assert faults(GRID, full) == []
    assert faults(GRID, full[1:]) == ["“Levels”: 1 row is still missing."]
    assert faults(GRID, [*full, full[0]]) == ["“Levels”: “d1 / ingo” is there more than once."]


SENTENCE = Part(
    "p",
    "Habits",
    (COLUMNS["text"], Column("owner", "Who", ColumnType.PARTNER, required=False)),
    section="C4",
    clause="commitment",
    sentence="{owner} sees to it: {text}.",
)


def clauses(part: Part, *rows: Any) -> tuple[Suggested, ...]:
    setting = asked(part)
    return suggested_clauses(setting.activity, {part.id: [*rows]}, setting)


def test_a_row_suggests_a_clause_that_touches_all_but_its_owner() -> None:
    assert clauses(SENTENCE, {"text": "We call first.", "owner": "lngo"}) == (
        Suggested(
            ClauseType.COMMITMENT,
            "C4",
            "Lake Basin Farmers' Network sees to it: We call first.",
            "lngo",
            ("ingo", "cbo"),
        ),
    )


def test_the_partners_named_in_a_row_are_the_ones_it_touches() -> None:
    line = replace(
        SENTENCE,
        columns=(COLUMNS["partner"], COLUMNS["text"]),
        clause="red_line",
        sentence="{partner} draws this line: {text}",
    )
    (found,) = clauses(line, {"partner": "cbo", "text": "No photographs."})
    assert (found.type, found.owner, found.affects) == (ClauseType.RED_LINE, "", ("cbo",))


def test_ids_and_levels_become_words_in_a_clause() -> None:
    part = replace(
        SENTENCE,
        columns=tuple(COLUMNS.values()),
        sentence="{item}: {roles}; {level}, {type} within {days} days of {date}.",
    )
    row = {
        "item": "d1",
        "roles": ALL_ROLES,
        "level": 3,
        "type": "time",
        "days": 7,
        "date": "2027-01",
    }
    (found,) = clauses(part, row)
    assert found.text == (
        "D1: Northbridge: D, LBFN: C, Kisumbe WUC: I; together, hours within 7 days of 2027-01."
    )
    assert found.affects == ("ingo", "lngo", "cbo")


def test_braces_in_the_words_people_wrote_are_words() -> None:
    (found,) = clauses(SENTENCE, {"text": "{owner} {0.__class__} {", "owner": ""})
    assert found.text == "sees to it: {owner} {0.__class__} {."


def test_empty_rows_and_tables_without_a_clause_suggest_nothing() -> None:
    assert clauses(SENTENCE, {"text": " ", "owner": ""}, "x") == ()
    assert clauses(replace(SENTENCE, clause=""), {"text": "a"}) == ()


def test_lists_are_read_out_one_after_the_other() -> None:
    setting = asked()
    assert cell_words(setting.activity, KIND, ["money", "time"], setting) == "money, hours"
    assert cell_words(setting.activity, KIND, None, setting) == ""


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        (replace(SENTENCE, clause="promise"), "“Habits, promise” is not asked about here."),
        (replace(SENTENCE, sentence="{who}"), "“Habits, who” is not asked about here."),
        (replace(SENTENCE, grid=("text", "x")), "“Habits, x” is not asked about here."),
        (Part("p", "T", (replace(KIND, choices=()),)), "“T, Type” needs choices."),
        (Part("p", "T", (replace(COLUMNS["item"], items=""),)), "“T, Item” must say whose items."),
        (Part("p", "T", (KIND, KIND)), "“T”: “type” is there more than once."),
    ],
)
def test_a_table_that_cannot_work_is_told_so(part: Part, fault: str) -> None:
    assert check_parts(asked(part).activity) == [fault]
