"""Rows are written in named transactions, one edit each, and come back as they went in."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.errors import EnvironmentProblem, UserError
from partnerdesk.store import Change, Edit, Store, Undoing, open_store
from partnerdesk.store.connection import in_memory, migrate
from partnerdesk.store.schema import INTERNAL, JSON_COLUMNS

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def _partner(store: Store, key: str = "p", **columns: object) -> str:
    with store.transaction("Add partner") as t:
        return t.insert("partner", {"id": key, **columns})


def test_an_insert_fills_in_what_was_left_out(store: Store) -> None:
    _partner(store, name="Hôpital", position=2)
    assert store.row("partner", "p") == {
        "id": "p", "position": 2, "name": "Hôpital", "short": "", "type": "", "role": "",
        "country": "", "mission": "",
    }  # fmt: skip


def test_rows_come_in_the_order_asked_for_and_only_those_that_match(store: Store) -> None:
    with store.transaction("Add goals") as t:
        for key, place, name in (("a", 3, "goals"), ("b", 1, "goals"), ("c", 2, "decisions")):
            t.insert("item", {"id": key, "position": place, "list": name})
    assert [r["id"] for r in store.rows("item", "position", list="goals")] == ["b", "a"]
    assert [r["id"] for r in store.rows("item")] == ["a", "b", "c"]


def test_a_null_is_found_where_null_is_asked_for(store: Store) -> None:
    with store.transaction("Open round") as t:
        t.insert("round", {"id": "r"})
        t.insert("response", {"id": "x", "round_id": "r"})
    assert [r["id"] for r in store.rows("response", value=None)] == ["x"]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(value=JSON, text=st.text())
def test_what_goes_in_comes_out(memory_store, value, text) -> None:  # type: ignore[no-untyped-def]
    with memory_store() as store:
        with store.transaction("Set") as t:
            t.insert("setting", {"id": "s", "value": value})
            t.insert("partner", {"id": "p", "name": text})
        assert store.row("setting", "s") == {"id": "s", "value": value}
        assert store.rows("partner")[0]["name"] == text
        assert store.check().ok


def test_an_edit_says_who_when_and_what(store: Store) -> None:
    _partner(store, name="Old")
    origin = object()
    heard: list[Edit] = []
    store.listen(heard.append)
    with store.transaction("Rename", session="s", turn="t", origin=origin) as t:
        t.update("partner", "p", name="New", country="")
    (edit,) = heard
    assert edit.changes == (Change("partner", "p", {"name": "Old"}, {"name": "New"}),)
    assert (edit.seq, edit.author, edit.title) == (2, "ada", "Rename")
    assert (edit.session, edit.turn, edit.undoing) == ("s", "t", Undoing.UNDOABLE)
    assert edit.at == "2026-11-24T09:00:02.000+00:00"
    assert edit.origin is origin
    assert list(store.edits(1)) == [edit]
    assert store.head().hash == edit.hash


def test_a_listener_hears_no_more_once_it_has_left(store: Store) -> None:
    heard: list[Edit] = []
    leave = store.listen(heard.append)
    leave()
    leave()
    _partner(store)
    assert heard == []


def test_a_listener_may_write_an_edit_of_its_own(store: Store) -> None:
    def note(edit: Edit) -> None:
        if edit.title == "Add partner":
            with store.transaction("Note") as t:
                t.insert("note", {"id": "n"})

    store.listen(note)
    _partner(store)
    assert [edit.title for edit in store.edits()] == ["Add partner", "Note"]


def test_nothing_written_leaves_no_edit(store: Store) -> None:
    _partner(store, name="Same")
    with store.transaction("Rename") as t:
        t.update("partner", "p", name="Same")
    assert store.head().count == 1


def test_an_error_inside_rolls_everything_back(store: Store) -> None:
    def fails() -> None:
        with store.transaction("Add") as t:
            t.insert("partner", {"id": "p"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert store.rows("partner") == []
    assert store.head().count == 0


def test_transactions_do_not_nest(store: Store) -> None:
    with store.transaction("Outer") as t:
        with pytest.raises(RuntimeError), store.transaction("Inner"):
            pass
        t.insert("partner", {"id": "p"})
    assert store.head().count == 1


def test_writing_outside_a_transaction_raises(store: Store) -> None:
    with store.transaction("Add") as t:
        t.insert("partner", {"id": "p"})
    with pytest.raises(RuntimeError):
        t.update("partner", "p", name="Later")
    assert store.rows("partner")[0]["name"] == ""


def test_upsert_inserts_once_and_updates_then(store: Store) -> None:
    for value in (1, 2):
        with store.transaction("Set") as t:
            assert t.upsert("setting", {"id": "s", "value": value}) == "s"
    assert store.row("setting", "s") == {"id": "s", "value": 2}
    assert [e.changes[0].before for e in store.history("setting", "s")] == [None, {"value": 1}]


def test_history_is_that_of_one_row(store: Store) -> None:
    _partner(store, "p")
    _partner(store, "q")
    with store.transaction("Remove") as t:
        t.delete("partner", "p")
    assert [edit.seq for edit in store.history("partner", "p")] == [1, 3]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("partner", {"id": "p"}),
        ("partner", {"id": ""}),
        ("partner", {"id": "q", "nam": "x"}),
        ("partner", {"id": "q", "name": 5}),
        ("partner", {"id": "q", "name": None}),
        ("partner", {"id": "q", "position": "1"}),
        ("partner", {"id": "q", "name": "\ud800"}),
        ("partner", {"name": "no id"}),
        ("setting", {"id": "q", "value": float("nan")}),
        ("edit", {"id": "q"}),
        ("no such table", {"id": "q"}),
    ],
)
def test_a_row_that_does_not_fit_is_refused(
    store: Store, table: str, row: dict[str, object]
) -> None:
    _partner(store)
    with pytest.raises(ValueError), store.transaction("Add") as t:
        t.insert(table, row)
    assert store.head().count == 1


def test_a_row_that_is_not_there_cannot_be_changed(store: Store) -> None:
    with store.transaction("Change") as t:
        with pytest.raises(LookupError):
            t.update("partner", "p", name="x")
        with pytest.raises(LookupError):
            t.delete("partner", "p")


def test_an_id_never_changes(store: Store) -> None:
    _partner(store)
    with pytest.raises(ValueError), store.transaction("Change") as t:
        t.update("partner", "p", id="q")


def test_what_others_refer_to_stays(store: Store) -> None:
    _partner(store)
    with store.transaction("Add person") as t:
        t.insert("participant", {"id": "a", "partner_id": "p", "present": True})
    with pytest.raises(UserError) as refused, store.transaction("Remove") as t:
        t.delete("partner", "p")
    assert refused.value.code == "in-use"
    assert store.row("partner", "p") is not None
    assert store.rows("participant")[0]["present"] == 1


def test_a_full_disk_rolls_back_whole_and_the_store_goes_on(store: Store) -> None:
    _partner(store)
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(EnvironmentProblem) as full, store.transaction("Much") as t:
        t.insert("note", {"id": "n", "text": "x" * 100_000})
    assert full.value.code == "disk-full"
    assert store.rows("note") == []
    store._connection.execute("PRAGMA max_page_count=100000")
    _partner(store, "q")
    assert store.check().ok


def test_documents_are_kept_under_their_hash_once(store: Store) -> None:
    digest = store.put_document(b"pdf", "charter.pdf")
    with store.transaction("Freeze") as t:
        assert store.put_document(b"pdf", "other.pdf") == digest
        t.insert("note", {"id": "n"})
    assert store.document(digest) == b"pdf"
    assert store.head().count == 1
    with pytest.raises(LookupError):
        store.document("none")


def test_a_document_of_a_transaction_that_fails_is_not_kept(store: Store) -> None:
    def fails() -> None:
        with store.transaction("Freeze"):
            store.put_document(b"pdf", "charter.pdf")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with pytest.raises(LookupError):
        store.document(hashlib.sha256(b"pdf").hexdigest())


def test_a_changed_document_is_reported_when_read(store: Store) -> None:
    digest = store.put_document(b"pdf", "charter.pdf")
    store._connection.execute("UPDATE document SET data = x'00'")
    with pytest.raises(EnvironmentProblem) as found:
        store.document(digest)
    assert found.value.code == "damaged"


def test_a_destroyed_secret_is_gone_from_the_file_and_cannot_be_undone(
    store: Store, path: Path
) -> None:
    secret = b"a very secret key of 32 bytes..."
    with store.transaction("Open round") as t:
        t.insert("round", {"id": "r", "key_id": "k"})
        store.put_secret("k", secret, "round")
    assert store.secret("k") == secret
    with store.transaction("Reveal") as t:
        t.update("round", "r", state="revealed")
        store.destroy_secret("k")
    assert store.secret("k") is None
    assert store.undo() is None
    assert store.rows("sealed_key")[0]["state"] == "destroyed"
    assert store.check().ok
    store.close()
    assert secret not in path.read_bytes()


def test_a_secret_outside_a_transaction_has_an_edit_of_its_own(store: Store) -> None:
    store.put_secret("k", b"key")
    assert store.check().ok
    store.destroy_secret("k")
    assert [edit.undoing for edit in store.edits()] == [Undoing.QUIET, Undoing.BARRIER]
    assert store.secret("k") is None


def test_an_undone_round_keeps_its_key_for_the_redo(store: Store) -> None:
    with store.transaction("Open round") as t:
        t.insert("round", {"id": "r"})
        store.put_secret("k", b"key")
    store.undo()
    assert store.check().ok
    store.redo()
    assert store.secret("k") == b"key"
    assert store.check().ok


def test_a_read_only_store_takes_no_writes(store: Store, path: Path) -> None:
    store.close()
    with open_store(path, read_only=True) as reader:
        with pytest.raises(EnvironmentProblem) as refused, reader.transaction("Add"):
            pass
        assert refused.value.code == "read-only"
        with pytest.raises(EnvironmentProblem):
            reader.put_document(b"x", "x")


def test_the_file_is_set_up_as_was_tried_against_power_cuts(store: Store) -> None:
    wanted = {
        "locking_mode": "exclusive", "journal_mode": "delete", "synchronous": 2,
        "foreign_keys": 1, "temp_store": 2, "secure_delete": 1, "trusted_schema": 0,
        "cell_size_check": 1, "mmap_size": 0, "application_id": 0x5044534B, "user_version": 2,
    }  # fmt: skip
    found = {p: store._connection.execute(f"PRAGMA {p}").fetchone() for p in wanted}
    assert {name: one[0] if one else 0 for name, one in found.items()} == wanted


def test_json_columns_are_those_that_the_tables_check() -> None:
    connection = in_memory()
    migrate(connection)
    checked = {
        (table, column)
        for table, sql in connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql > ''")
        if table not in INTERNAL
        for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        if f"json_valid({column})" in sql
    }
    connection.close()
    assert checked == JSON_COLUMNS


def test_there_are_no_triggers_and_no_cascades() -> None:
    connection = in_memory()
    migrate(connection)
    schema = connection.execute("SELECT type, sql FROM sqlite_schema").fetchall()
    connection.close()
    assert {kind for kind, _sql in schema} == {"table", "index"}
    assert not any("CASCADE" in (sql or "") for _kind, sql in schema)
    assert all("STRICT" in sql for kind, sql in schema if kind == "table")


def test_the_sqlite_of_the_process_has_no_wal_reset_bug() -> None:
    assert sqlite.sqlite_version_info >= (3, 51, 3)
