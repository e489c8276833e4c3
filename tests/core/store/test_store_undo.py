"""Undo and redo: named, persistent, fair to several people, and exact."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from partnerdesk.errors import UserError
from partnerdesk.store import Store, Undoing, create_store, open_store
from partnerdesk.store.schema import INTERNAL

PEOPLE = ("ada", "ben", "chi")
KEYS = ("a", "b", "c")


def _set(store: Store, key: str, author: str = "ada", **columns: object) -> None:
    with store.transaction(f"Set {key}", author=author) as t:
        t.upsert("partner", {"id": key, **columns})


def _name(store: Store, key: str) -> object:
    row = store.row("partner", key)
    return row and row["name"]


def _rows(store: Store) -> dict[str, object]:
    names = store._connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return {name: store.rows(name) for (name,) in names.fetchall() if name not in INTERNAL}


def test_undo_takes_back_and_redo_makes_again(store: Store) -> None:
    _set(store, "a", name="One")
    _set(store, "a", name="Two")
    undone = store.undo()
    assert undone is not None
    assert (undone.title, undone.changes[0].after) == ("Set a", {"name": "One"})
    assert (_name(store, "a"), store.undo_title(), store.redo_title()) == ("One", "Set a", "Set a")
    redone = store.redo()
    assert redone is not None
    assert redone.reverses == undone.id
    assert (_name(store, "a"), store.redo_title()) == ("Two", "")


def test_an_empty_file_has_nothing_to_undo(store: Store) -> None:
    assert (store.undo(), store.redo(), store.undo_title(), store.redo_title()) == (
        None, None, "", "",
    )  # fmt: skip


def test_undo_outlives_the_program(store: Store, path: Path) -> None:
    _set(store, "a", name="One")
    _set(store, "a", name="Two")
    store.undo()
    store.close()
    with open_store(path) as again:
        assert again.redo_title() == "Set a"
        again.undo()
        assert again.row("partner", "a") is None
        again.redo()
        again.redo()
        assert _name(again, "a") == "Two"
        assert again.check().ok


def test_an_undone_deletion_has_its_identity_back(store: Store) -> None:
    _set(store, "a", name="One", position=4)
    before = store.row("partner", "a")
    with store.transaction("Remove") as t:
        t.delete("partner", "a")
    store.undo()
    assert store.row("partner", "a") == before


def test_a_new_edit_clears_redo(store: Store) -> None:
    _set(store, "a", name="One")
    store.undo()
    _set(store, "b")
    assert store.redo_title() == ""
    assert store.redo() is None


def test_a_barrier_stops_undo(store: Store) -> None:
    _set(store, "a")
    with store.transaction("Reveal", undoing=Undoing.BARRIER) as t:
        t.insert("note", {"id": "n"})
    assert store.undo() is None
    _set(store, "b")
    assert store.undo() is not None
    assert store.undo() is None


def test_a_barrier_clears_redo(store: Store) -> None:
    _set(store, "a")
    store.undo()
    with store.transaction("Reveal", undoing=Undoing.BARRIER) as t:
        t.insert("note", {"id": "n"})
    assert store.redo() is None


def test_a_quiet_edit_is_passed_over(store: Store) -> None:
    _set(store, "a")
    _set(store, "b")
    store.undo()
    with store.transaction("Begin turn", undoing=Undoing.QUIET) as t:
        t.insert("note", {"id": "n"})
    assert (store.undo_title(), store.redo_title()) == ("Set a", "Set b")
    store.undo()
    assert [row["id"] for row in store.rows("note")] == ["n"]


def test_undo_does_not_overwrite_what_a_quiet_edit_changed(store: Store) -> None:
    _set(store, "a", name="One")
    with store.transaction("Tidy", undoing=Undoing.QUIET) as t:
        t.update("partner", "a", name="Two")
    with pytest.raises(UserError) as refused:
        store.undo()
    assert refused.value.code == "changed-since"
    assert _name(store, "a") == "Two"


def test_each_person_undoes_their_own_last_edit(store: Store) -> None:
    _set(store, "a", "ada", name="Ada")
    _set(store, "b", "ben", name="Ben")
    undone = store.undo("ada")
    assert undone is not None
    assert undone.author == "ada"
    assert (store.row("partner", "a"), _name(store, "b")) == (None, "Ben")
    assert (store.undo("ada"), store.undo_title("ben")) == (None, "Set b")
    store.redo("ada")
    assert _name(store, "a") == "Ada"


def test_nobody_undoes_what_somebody_else_built_upon(store: Store) -> None:
    _set(store, "a", "ada", name="Ada", country="ET")
    _set(store, "a", "ada", name="Ada's")
    _set(store, "a", "ben", name="Ben's")
    before = _rows(store)
    with pytest.raises(UserError) as refused:
        store.undo("ada")
    assert refused.value.code == "changed-since"
    assert _rows(store) == before


def test_an_equal_value_from_somebody_else_is_still_theirs(store: Store) -> None:
    for author, name in (("ada", "One"), ("ben", "Two"), ("chi", "One")):
        _set(store, "a", author, name=name)
    with pytest.raises(UserError):
        store.undo("ada")


def test_other_columns_of_the_row_do_not_stand_in_the_way(store: Store) -> None:
    _set(store, "a")
    _set(store, "a", "ada", name="Ada")
    _set(store, "a", "ben", country="ET")
    store.undo("ada")
    assert store.rows("partner")[0]["country"] == "ET"
    assert _name(store, "a") == ""


def test_undo_leaves_what_others_refer_to(store: Store) -> None:
    _set(store, "a", "ada")
    with store.transaction("Add person", author="ben") as t:
        t.insert("participant", {"id": "x", "partner_id": "a"})
    with pytest.raises(UserError) as refused:
        store.undo("ada")
    assert refused.value.code == "changed-since"
    assert store.check().ok


def test_undo_leaves_what_an_edit_on_the_way_back_refers_to(store: Store) -> None:
    _set(store, "b", "ben")
    _set(store, "a", "ada")
    for partner in ("b", "a"):
        with store.transaction("Set person", author="ada") as t:
            t.upsert("participant", {"id": "x", "partner_id": partner})
    with pytest.raises(UserError) as refused:
        store.undo("ben")
    assert refused.value.code == "changed-since"
    while store.undo():
        pass
    assert store.rows("partner") == []


def test_undo_in_either_order_keeps_references(store: Store) -> None:
    with store.transaction("Add both") as t:
        t.insert("participant", {"id": "x", "partner_id": "a"})
        t.insert("partner", {"id": "a"})
    store.undo()
    assert store.rows("participant") == []
    store.redo()
    assert len(store.rows("participant")) == 1


COMMAND = st.tuples(
    st.sampled_from(PEOPLE),
    st.sampled_from(["set", "two", "delete", "person", "undo", "undo-own", "redo", "redo-own"]),
    st.sampled_from(KEYS),
    st.sampled_from(("name", "country")),
    st.integers(0, 3),
)  # fmt: skip


def _do(store: Store, author: str, what: str, key: str, column: str, value: int) -> None:
    """Carry out one command; a refusal is an answer too, and must change nothing."""
    person = None if what in ("undo", "redo") else author
    before = store.head()
    try:
        if what.startswith("undo"):
            store.undo(person)
        elif what.startswith("redo"):
            store.redo(person)
        else:
            _edit(store, author, what, key, {column: str(value)})
    except UserError:
        event("refused")
        assert store.head() == before


def _edit(store: Store, author: str, what: str, key: str, values: dict[str, str]) -> None:
    with store.transaction(what, author=author) as t:
        if what == "delete" and store.row("partner", key):
            t.delete("partner", key)
        elif what == "person":
            t.upsert("participant", {"id": "x", "partner_id": key})
        elif what != "delete":
            t.upsert("partner", {"id": key, **values})
            if what == "two":
                t.upsert("setting", {"id": "s", "value": dict(values)})


@settings(max_examples=300, deadline=None, derandomize=True)
@given(commands=st.lists(COMMAND, min_size=50, max_size=50))
def test_undo_all_is_the_start_and_redo_all_the_end(
    memory_store: Callable[[], Store], commands: list[tuple[str, str, str, str, int]]
) -> None:
    with memory_store() as store:
        for command in commands:
            _do(store, *command)
        while store.redo():
            pass
        end = _rows(store)
        undone = 0
        while store.undo():
            undone += 1
        assert not any(_rows(store).values())
        for _each in range(undone):
            assert store.redo() is not None
        assert store.redo() is None
        assert _rows(store) == end
        assert store.check().problems == ()


def test_a_long_journal_does_not_slow_opening(tmp_path: Path) -> None:
    paths = [tmp_path / "short.pdesk", tmp_path / "long.pdesk"]
    for path, edits in zip(paths, (1, 2_000), strict=True):
        with create_store(path) as store:
            store._connection.execute("PRAGMA synchronous=OFF")
            for number in range(edits):
                _set(store, "a", position=number + 1)
    short, long = (_instructions_to_open(path) for path in paths)
    assert long <= 1.5 * short


def _instructions_to_open(path: Path) -> int:
    """Return how much the database works until undo is known: unlike time, it never wavers."""
    done = 0

    def tick() -> int:
        nonlocal done
        done += 1
        return 0

    with open_store(path) as store:
        store._connection.set_progress_handler(tick, 1)
        assert store.undo_title() == "Set a"
        assert store.row("partner", "a") is not None
    return done
