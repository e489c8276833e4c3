"""Canonical JSON: the round trip, the same bytes for the same charter, and refusals."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerdesk.charter.canonical import (
    BLOCKS,
    FORMAT,
    MAX_BYTES,
    canonical,
    digest,
    from_json,
    normal,
)
from partnerdesk.charter.compose import compose
from partnerdesk.errors import InputErrors
from partnerdesk.model import bars, changes, charter
from partnerdesk.model.changes import Comparison, TextChange
from partnerdesk.model.charter import (
    Block,
    Cell,
    Charter,
    CharterStatus,
    ClauseEntry,
    ClauseFate,
    ConsentEntry,
    Definition,
    Definitions,
    Heading,
    Ink,
    InLanguage,
    LadderBar,
    LadderChart,
    Notice,
    Paragraph,
    PartyEntry,
    Seal,
    Section,
    Table,
    TableColumn,
    TableRow,
)
from partnerdesk.model.record import JournalHead, Record
from partnerdesk.model.round import ClauseType

DOCS = Path(__file__).parents[3] / "docs" / "charter-json.md"
WORDS = st.text(max_size=12)
COUNT = st.integers(min_value=0, max_value=99)
VALUE = st.one_of(st.none(), COUNT, WORDS)
CELL = st.builds(Cell, WORDS, VALUE)
CONSENT = st.builds(ConsentEntry, WORDS, WORDS, st.integers(0, 8), WORDS, WORDS, st.booleans())
PAIRS = st.lists(st.tuples(CELL, CELL), max_size=3)
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, WORDS),
    st.builds(Paragraph, WORDS, WORDS),
    st.builds(Notice, WORDS, st.booleans()),
    st.builds(Definitions, WORDS, st.lists(st.builds(Definition, WORDS, WORDS, VALUE)).map(tuple)),
    PAIRS.map(
        lambda rows: Table(
            "t",
            (TableColumn("a", "A"), TableColumn("b", "B", 3)),
            tuple(TableRow(row, "p") for row in rows),
        )
    ),
    st.builds(
        LadderChart,
        WORDS,
        WORDS,
        COUNT,
        st.lists(st.builds(LadderBar, WORDS, WORDS, COUNT, COUNT), max_size=3).map(tuple),
    ),
    st.builds(
        ClauseEntry,
        WORDS,
        WORDS,
        WORDS,
        st.sampled_from(ClauseType),
        WORDS,
        WORDS,
        st.sampled_from(ClauseFate),
        WORDS,
        consents=st.lists(CONSENT, max_size=2).map(tuple),
    ),
)
SECTION = st.builds(Section, WORDS, WORDS, st.lists(BLOCK, max_size=4).map(tuple))


def small(*sections: Section) -> Charter:
    """Return a charter of one party with these sections."""
    return Charter(
        id="x1",
        title="Lake",
        purpose="Water",
        language="en",
        page="A4",
        version=1,
        status=CharterStatus.DRAFT,
        place="",
        date="",
        parties=(PartyEntry("ngo", 0, "N", "N"),),
        sections=sections,
        annexes=(),
        journal=JournalHead(1, "00", 1),
    )


@settings(
    max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.lists(SECTION, max_size=3), WORDS)
def test_reading_back_gives_the_same_charter_in_nfc(sections: list[Section], title: str) -> None:
    charter = replace(small(*sections), title=title)
    data = canonical(charter)
    assert from_json(data) == normal(charter)
    assert canonical(from_json(data)) == data
    assert normal(normal(charter)) == normal(charter)


def test_the_bytes_are_sorted_utf8_without_spare_whitespace() -> None:
    data = canonical(replace(small(), title="Eau né"))
    tree = json.loads(data)
    assert tree["format"] == FORMAT
    assert list(tree) == sorted(tree)
    assert "né".encode() in data
    assert b'": ' not in data


def test_two_spellings_of_one_accent_have_one_digest() -> None:
    one = replace(small(), title="caf\u00e9")
    other = replace(small(), title=unicodedata.normalize("NFD", "caf\u00e9"))
    assert digest(one) == digest(other)
    assert digest(one) != digest(small())


def test_a_table_says_its_kind_and_keeps_the_data_beside_the_words() -> None:
    row = TableRow((Cell("Decides", 4),), "ngo")
    tree = json.loads(canonical(small(Section("C5", "Power", (Table("", (), ()),)))))
    assert tree["sections"][0]["blocks"][0]["kind"] == "table"
    table = Table("Ladder", (TableColumn("now", "Today"),), (row,))
    assert from_json(canonical(small(Section("C5", "Power", (table,))))).sections[0].blocks == (
        table,
    )


def changed(change: Callable[[dict[str, object]], object]) -> bytes:
    """Return the JSON of a small charter after `change` was made to its tree."""
    tree = json.loads(canonical(small(Section("C1", "Who", (Paragraph("x"),)))))
    change(tree)
    return json.dumps(tree).encode()


BAD = {
    "not json": b"{",
    "not utf-8": b"\xff\xfe",
    "a list": b"[]",
    "a doubled key": b'{"a":1,"a":2}',
    "no number": b'{"a":NaN}',
    "too deep": b"[" * 200_000,
    "a number beyond counting": b'{"a":' + b"9" * 5000 + b"}",
    "another format": changed(lambda t: t.update(format="other/1")),
    "a key too many": changed(lambda t: t.update(more=1)),
    "a key too few": changed(lambda t: t.pop("title")),
    "a number for a title": changed(lambda t: t.update(title=7)),
    "true for a version": changed(lambda t: t.update(version=True)),
    "a fraction for a version": changed(lambda t: t.update(version=1.0)),
    "version nought": changed(lambda t: t.update(version=0)),
    "a huge version": changed(lambda t: t.update(version=2**60)),
    "an unknown page": changed(lambda t: t.update(page="A3")),
    "an unknown status": changed(lambda t: t.update(status="final")),
    "a text for a list": changed(lambda t: t.update(sections="C1")),
    "an unknown block": changed(
        lambda t: t.update(sections=[{"code": "C1", "title": "", "blocks": [{"kind": "script"}]}])
    ),
    "a doubled party": changed(lambda t: t.update(parties=t["parties"] * 2)),  # type: ignore[operator]  # the tree is plain JSON
    "half a character": changed(lambda t: t.update(title="\ud800")),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_data_is_refused_with_reasons(name: str) -> None:
    with pytest.raises(InputErrors) as caught:
        from_json(BAD[name])
    assert caught.value.problems
    assert len(caught.value.message.split()) <= 35


def test_a_file_above_the_limit_is_refused_unread() -> None:
    with pytest.raises(InputErrors):
        from_json(b" " * (MAX_BYTES + 1))


def test_a_row_with_too_few_cells_is_refused() -> None:
    table = Table("", (TableColumn("a", "A"), TableColumn("b", "B")), (TableRow((Cell("x"),)),))
    with pytest.raises(InputErrors) as caught:
        from_json(canonical(small(Section("C7", "", (table,)))))
    assert "C7" in caught.value.problems[0]


def test_a_problem_names_its_place() -> None:
    with pytest.raises(InputErrors) as caught:
        from_json(changed(lambda t: t.update(journal={"seq": "1", "hash": "", "count": 1})))
    assert caught.value.problems[0].startswith("journal.seq")


def keys_of(tree: object) -> set[str]:
    """Return every key that stands anywhere in a JSON tree."""
    if isinstance(tree, list):
        return set().union(*map(keys_of, tree)) if tree else set()
    if isinstance(tree, dict):
        return set(tree) | keys_of(list(tree.values()))
    return set()


def test_the_page_for_strangers_names_every_key_and_kind(workshop_a: Record) -> None:
    page = DOCS.read_text(encoding="utf-8")
    tree = json.loads(canonical(compose(workshop_a)))
    unnamed = {one for one in keys_of(tree) | set(BLOCKS) if f"`{one}`" not in page}
    assert not unnamed
    assert FORMAT in page


NOT_WRITTEN = (Seal, Ink, Comparison, TextChange)


def test_the_page_for_strangers_names_every_field_that_is_ever_written() -> None:
    page = DOCS.read_text(encoding="utf-8")
    shapes = (one for module in (charter, changes, bars) for one in vars(module).values())
    written = {s for s in shapes if isinstance(s, type) and is_dataclass(s)} - {*NOT_WRITTEN}
    assert InLanguage in written
    unnamed = {f.name for shape in written for f in fields(shape) if f"`{f.name}`" not in page}
    assert not unnamed
