"""The check finds whatever was changed behind the journal's back, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerdesk.store import Change, Store, Undoing, chain
from partnerdesk.store.schema import INTERNAL

MUTATIONS = 10_000 if os.environ.get("PARTNERDESK_SOAK") == "1" else 1_000
UNGUARDED = {("document", "name")}  # a label, not part of what was agreed


def _fill(store: Store) -> None:
    """Write a bit of everything: all tables, undo, redo, documents, keys, and an erasure."""
    people = ("ada", "ben")
    with store.transaction("Set up", author="ada", session="s", turn="t") as t:
        t.insert("partnership", {"id": "partnership", "title": "Garden"})
        t.insert("partner", {"id": "p", "name": "Hôpital"})
        t.insert("participant", {"id": "a", "partner_id": "p", "name": "Ada"})
        t.insert("session", {"id": "s", "title": "First"})
        t.insert("guide_text", {"id": "g", "text": "[guide]"})
        t.insert("setting", {"id": "z", "value": {"1": [True, None, 1.5]}})
        t.insert("note", {"id": "n", "text": "postponed"})
    for number in range(6):
        with store.transaction("Write goal", author=people[number % 2]) as t:
            t.upsert("item", {"id": f"i{number % 3}", "text": str(number), "position": number})
    store.undo("ben")
    store.redo("ben")
    store.undo()
    with store.transaction("Open round", undoing=Undoing.BARRIER) as t:
        t.insert("round", {"id": "r", "key_id": "k", "number": 1})
        t.insert("response", {"id": "x", "round_id": "r", "sealed": "c2VhbGVk"})
        store.put_secret("k", b"round key")
        store.put_secret("v", b"version key")
    with store.transaction("Reveal") as t:
        t.update("response", "x", sealed="", value={"choice": 1})
        store.destroy_secret("k")
    with store.transaction("Agree", undoing=Undoing.BARRIER) as t:
        t.insert("agreement", {"id": "g", "payload": {"goals": []}})
        t.insert("clause", {"id": "c", "affects": ["p"], "text": "We share."})
        t.insert("consent", {"id": "o", "clause_id": "c", "partner_id": "p", "level": 1})
        t.insert("signatory", {"id": "s", "participant_id": "a"})
        document = store.put_document(b"%PDF", "charter.pdf")
        t.insert("charter_version", {"id": "v", "signed_id": document, "words": ["calm"]})
        t.insert("signature", {"id": "q", "version_id": "v", "signatory_id": "s"})
    with store.transaction("Tidy") as t:
        t.delete("note", "n")
    with store.erasing("Erase for safety") as t:
        left = store.rewrite_edits(_without_ada, lambda text: "" if text == "s" else text)
        t.insert("erasure", {"id": "e", "put": "A.", "edits": left})


def _without_ada(change: Change) -> Change:
    images = (change.before, change.after)
    before, after = ({**i, "name": "A."} if i and i.get("name") == "Ada" else i for i in images)
    return Change(change.table, change.key, before, after)


@pytest.fixture(scope="module")
def full(memory_store: Callable[[], Store]) -> Iterator[Store]:
    with memory_store() as store:
        _fill(store)
        store._connection.execute("PRAGMA foreign_keys=0")
        store._connection.execute("PRAGMA ignore_check_constraints=1")
        yield store


def _tables(store: Store) -> list[str]:
    sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    return [name for (name,) in store._connection.execute(sql)]


def _cells(store: Store) -> list[tuple[str, str, tuple[object, ...]]]:
    """Return every cell of the file: its table, its column and the whole row it is in."""
    return [
        (table, column, tuple(row))
        for table in _tables(store)
        for row in store._connection.execute(f"SELECT * FROM {table}")
        for column in _columns(store, table)
        if (table, column) not in UNGUARDED
    ]


def _columns(store: Store, table: str) -> list[str]:
    info = store._connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
    return [name for (name,) in info]


def _where(store: Store, table: str) -> str:
    return " AND ".join(f"{column} IS ?" for column in _columns(store, table))


def _altered(data: st.DataObject, value: object) -> object:
    """Return another value of the same type, as near as can be or far away."""
    if isinstance(value, int):
        return data.draw(st.integers(-3, 30).filter(lambda other: other != value))
    if isinstance(value, bytes):
        return value + data.draw(st.binary(min_size=1, max_size=2))
    text = str(value or "")
    near = [text + " ", text + "\0", " " + text, text.upper(), text[:-1], text[1:], "", "{}"]
    near += [text.replace("true", "1"), text.replace("1", "1.0"), text.replace(":", ": ")]
    return data.draw(st.sampled_from([one for one in near if one != value]) | st.text()) or (
        "" if value else "x"
    )


@settings(
    max_examples=MUTATIONS, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_any_single_change_is_found(full: Store, data: st.DataObject) -> None:
    connection = full._connection
    table, column, row = data.draw(st.sampled_from(_cells(full)))
    value = row[_columns(full, table).index(column)]
    connection.execute("SAVEPOINT before")
    try:
        if data.draw(st.integers(0, 9)):
            new = _altered(data, value)
            sql = f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {_where(full, table)}"
            connection.execute(sql, (new, *row))
        else:
            connection.execute(f"DELETE FROM {table} WHERE {_where(full, table)}", row)
        changed = row not in connection.execute(f"SELECT * FROM {table}").fetchall()
        assert full.check().ok is not changed
    finally:
        connection.execute("ROLLBACK TO before")
        connection.execute("RELEASE before")


def test_a_file_that_nobody_touched_is_in_order(full: Store) -> None:
    report = full.check()
    assert (report.ok, report.problems) == (True, ())
    assert (report.edits, report.head, report.erased) == (full.head().count, full.head(), 1)


def test_every_table_of_the_record_is_in_the_check(full: Store) -> None:
    empty = {table for table in _tables(full) if table not in INTERNAL and not full.rows(table)}
    assert empty == {"note"}


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("INSERT INTO partner (id) VALUES ('forged')", "partner"),
        ("INSERT INTO vault VALUES ('forged', x'00')", "forged"),
        ("INSERT INTO change SELECT 99, 0, 'partner', 'p', NULL, NULL", "99"),
        ("INSERT INTO identity VALUES ('other', 'x', 'y')", "journal"),
        ("INSERT INTO vault VALUES ('k', x'00')", "k"),
        ("DELETE FROM document", "gone"),
        ("DELETE FROM vault", "v"),
        ("UPDATE identity SET id = 'another file'", "1"),
        ("UPDATE edit SET salt = upper(salt) WHERE seq = 3", "3"),
        ("UPDATE change SET place = 5 WHERE seq = 2", "2"),
        ("UPDATE change SET after = replace(after, 'A.', 'Ada') WHERE seq = 1", "1"),
        (
            "UPDATE change SET after = replace(after, '{', '{ ') WHERE name = 'erasure'",
            "changes of edit",
        ),
        ("CREATE TABLE extra (id TEXT)", "extra"),
        ("CREATE TRIGGER evil AFTER INSERT ON note BEGIN DELETE FROM edit; END", "evil"),
        ("CREATE VIEW spy AS SELECT * FROM partner", "spy"),
        ("DROP INDEX change_of_row", "change_of_row"),
        ("ALTER TABLE partner ADD COLUMN extra TEXT", "partner"),
        ("DROP TABLE vault", "vault"),
        ("PRAGMA user_version=0", "version"),
        ("PRAGMA application_id=1", "program"),
        ("UPDATE partner SET name = CAST(x'ff' AS TEXT)", "part"),
    ],
)
def test_a_forgery_is_found_and_named(
    memory_store: Callable[[], Store], sql: str, named: str
) -> None:
    with memory_store() as store:
        _fill(store)
        store._connection.execute("PRAGMA foreign_keys=0")
        store._connection.execute(sql)
        report = store.check()
    assert not report.ok
    assert any(named in problem for problem in report.problems)


def test_a_forged_chain_still_has_to_fit_the_rows(memory_store: Callable[[], Store]) -> None:
    """Whoever rewrites the journal as a whole needs the rows, and the head on paper, as well."""
    with memory_store() as store, memory_store() as other:
        _fill(store)
        with other.transaction("Another history") as t:
            t.insert("partner", {"id": "p", "name": "Else"})
        for table in ("change", "edit"):
            store._connection.execute(f"DELETE FROM {table}")
        for table in ("edit", "change"):
            for row in other._connection.execute(f"SELECT * FROM {table}"):
                marks = ", ".join("?" * len(row))
                store._connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)
        report = store.check()
    assert not report.ok
    assert all("Edit" not in problem for problem in report.problems)


@pytest.mark.parametrize("sql", ["UPDATE edit SET title = 'x' WHERE seq = 2"])
def test_a_chain_that_nobody_recomputes_hides_a_forgery(
    memory_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch, sql: str
) -> None:
    """The control: were the hashes not compared, the tests above would notice."""
    with memory_store() as store:
        _fill(store)
        store._connection.execute(sql)
        assert not store.check().ok
        monkeypatch.setattr(chain, "_faults", lambda *_what: iter(()))
        assert store.check().ok
