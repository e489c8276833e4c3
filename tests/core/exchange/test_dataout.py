"""Data goes out whole, as text that no spreadsheet runs, and without what nobody was shown."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from partnerdesk.exchange.dataout import Data, Table, as_csv, as_json, as_xlsx, data_of, neutral
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workbook import workbook
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow import agree, rounds, setup
from partnerdesk.model.guide import Attribution
from partnerdesk.model.record import JournalHead
from partnerdesk.model.round import ClauseType
from partnerdesk.store import Store
from tests.core.exchange.mergers import GUIDE, first

HARMS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "=cmd|' /C calc'!A0"]
HEAD = JournalHead(1, "h", 1)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    sample = read_workshop(resources.path("samples/workshop-a.json"), GUIDE)
    path = tmp_path_factory.mktemp("data") / "a.pdesk"
    with replay(sample, GUIDE, path) as store:
        yield store


def tables(data: Data) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(as_json(data))["tables"]
    return found


def read_csv(data: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    return {name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in texts.items()}


def read_xlsx(data: bytes) -> dict[str, list[list[Any]]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    for sheet in book:
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_json_holds_the_partnership_and_the_head_of_its_journal(workshop: Store) -> None:
    value = json.loads(as_json(data_of(workshop)))
    assert value["format"] == "partnerdesk/data/1"
    assert value["journal"]["hash"] == workshop.head().hash
    found = value["tables"]
    assert len(found["participants"]) == len(workshop.rows("participant"))
    assert len(found["clauses"]) == len(workshop.rows("clause"))
    assert {r["state"] for r in found["rounds"]} <= {"revealed", "discussing", "agreeing", "done"}
    assert found["answers"]
    assert found["figures"]


def test_every_table_is_a_csv_file_and_a_sheet(workshop: Store) -> None:
    data = data_of(workshop)
    files, sheets = read_csv(as_csv(data)), read_xlsx(as_xlsx(data))
    assert [f"{table.name}.csv" for table in data.tables] == list(files)
    assert [table.name for table in data.tables] == list(sheets)
    for table in data.tables:
        rows = files[f"{table.name}.csv"], sheets[table.name]
        for found in rows:
            assert tuple(found[0]) == table.columns
            assert len(found) == len(table.rows) + 1


def test_every_csv_file_starts_with_a_byte_order_mark(workshop: Store) -> None:
    with zipfile.ZipFile(io.BytesIO(as_csv(data_of(workshop)))) as archive:
        assert all(archive.read(name)[:3] == b"\xef\xbb\xbf" for name in archive.namelist())


@pytest.mark.parametrize("harm", HARMS)
def test_a_formula_is_text_behind_an_apostrophe(harm: str) -> None:
    data = Data((Table("t", ("a", "b"), ((harm, [harm]),)),), HEAD)
    assert read_csv(as_csv(data))["t.csv"][1][0] == "'" + harm
    cell = read_xlsx(as_xlsx(data))["t"][1][0]
    assert cell.startswith("'")


def test_a_number_stays_a_number() -> None:
    data = Data((Table("t", ("a", "b"), ((-5, -0.5),)),), HEAD)
    assert read_csv(as_csv(data))["t.csv"][1] == ["-5", "-0.5"]
    assert read_xlsx(as_xlsx(data))["t"][1] == [-5, -0.5]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_any_text_comes_back_from_csv_and_never_starts_a_formula(text: str) -> None:
    assert neutral(text).removeprefix("'") == text.removeprefix("'")
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    written = as_csv(Data((Table("t", ("a", "b"), ((text, "x"),)),), HEAD))
    assert read_csv(written)["t.csv"][1] == [neutral(text), "x"]


def test_what_a_workbook_cannot_hold_is_left_out_or_shortened() -> None:
    data = Data((Table("t", ("a", "b"), (("a\x01b\x0bc", "x" * 40_000),)),), HEAD)
    short, long = read_xlsx(as_xlsx(data))["t"][1]
    assert short == "abc"
    assert (len(long), long[-1]) == (32_767, "…")


def slid(now: int) -> dict[str, dict[str, int]]:
    activity = GUIDE.activity("mindset")
    assert activity is not None
    return {item.id: {"now": now, "wanted": 1} for item in activity.items}


@pytest.mark.parametrize("write", [as_json, as_csv, as_xlsx])
def test_no_sealed_answer_goes_out(write: Any) -> None:
    store = first()
    round_id = rounds.open_round(store, GUIDE, "mindset")
    rounds.submit_answer(store, GUIDE, round_id, "north-1", slid(-2))
    data = data_of(store)
    sealed = [row["sealed"] for row in store.rows("response")]
    assert str(sealed[0]) not in repr(data)
    assert tables(data)["answers"] == tables(data)["figures"] == []
    assert [(r["state"], r["answers"], r["asked"]) for r in tables(data)["rounds"]] == [
        ("collecting", 1, 2)
    ]
    assert write(data)


@pytest.mark.parametrize("attribution", [Attribution.POOLED, Attribution.FACILITATOR])
def test_an_answer_goes_out_no_further_than_the_reveal_showed_it(attribution: Attribution) -> None:
    store = first()
    round_id = rounds.open_round(store, GUIDE, "mindset", attribution=attribution)
    for who in ("north-1", "south-1"):
        rounds.submit_answer(store, GUIDE, round_id, who, slid(-2))
    rounds.reveal_round(store, GUIDE, round_id)
    assert tables(data_of(store))["answers"] == []


def test_no_answer_names_a_person() -> None:
    store = first()
    round_id = rounds.open_round(store, GUIDE, "mindset", attribution=Attribution.ORGANISATION)
    for who in ("north-1", "south-1"):
        rounds.submit_answer(store, GUIDE, round_id, who, slid(-2))
    rounds.reveal_round(store, GUIDE, round_id)
    found = tables(data_of(store))
    assert {row["partner_id"] for row in found["answers"]} == {"north", "south"}
    for name in ("rounds", "answers", "quotes", "figures"):
        assert "north-1" not in json.dumps(found[name])


def test_drafts_and_keys_stay(workshop: Store) -> None:
    store = first()
    agree.propose_clause(store, "C9", ClauseType.RULE, "=HYPERLINK()")
    setup.change_partnership(store, purpose="Fish")
    with store.transaction("Draft") as t:
        t.upsert("setting", {"id": "draft:x", "value": "CANARY"})
    store.put_secret("k", b"SECRET")
    out = as_json(data_of(store))
    assert b"CANARY" not in out
    assert b"SECRET" not in out
    assert b"Fish" in out


def test_a_workbook_is_made_without_a_passing_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library that puts sheets into passing files would leave what they hold on the disk."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    made = workbook([("people", ("name", "age"), [("Ann", 40), ("Ben", None)])])
    sheet = openpyxl.load_workbook(io.BytesIO(made))["people"]
    assert [tuple(row) for row in sheet.values] == [("name", "age"), ("Ann", 40), ("Ben", None)]
    assert sheet.freeze_panes == "A2"
    with pytest.raises(FileNotFoundError):
        openpyxl.Workbook().save(io.BytesIO())
