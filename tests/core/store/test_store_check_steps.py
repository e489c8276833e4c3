"""A check that goes step by step tells the same, whatever is written between its steps."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pytest

from partnerdesk.errors import EnvironmentProblem
from partnerdesk.store import Change, Store, create_store, open_store, opening

T = TypeVar("T")
GOALS = 30


@pytest.fixture
def store(memory_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Return a file of which every step folds two edits or compares two rows."""
    monkeypatch.setattr("partnerdesk.store.chain.SLICE", 2)
    monkeypatch.setattr("partnerdesk.store.check.SLICE", 2)
    with memory_store() as made:
        for number in range(GOALS):
            with made.transaction("Add goal") as t:
                t.insert("item", {"id": f"i{number:02}", "list": "goals", "text": "Water"})
        made.put_document(b"%PDF one", "one.pdf")
        yield made


def driven(steps: Generator[float, None, T], between: Callable[[], object]) -> T:
    """Return what a check ends in, with something done after each of its steps."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        between()


def edits_of_all_kinds(store: Store) -> Iterator[None]:
    """Write one edit at a time: before and behind where a check is, undone and done again."""
    for number in range(200):
        with store.transaction("Work on") as t:
            t.update("item", f"i{number % GOALS:02}", text=f"Water {number}")
            t.upsert("item", {"id": f"a{number:03}", "list": "goals"})  # before all others by id
            if number % 3 == 2:
                t.delete("item", f"a{number - 1:03}")
        yield
        if number % 5 == 0:
            store.undo()
            yield
            store.redo()
            yield
        if number % 7 == 0:
            store.put_document(f"%PDF {number}".encode(), "more.pdf")
            store.put_secret(f"k{number}", b"key")
            yield


def test_edits_between_the_steps_do_not_mislead_it(store: Store) -> None:
    work = edits_of_all_kinds(store)
    report = driven(store.checked_in_steps(), lambda: next(work, None))
    assert report.problems == ()
    assert report.edits > 2 * GOALS  # most were made while it went on
    assert report.head == store.head()
    assert report == store.check()


def test_what_is_changed_between_the_steps_behind_the_journal_is_found(store: Store) -> None:
    steps = store.checked_in_steps()
    for _step in range(5):
        next(steps)
    store.connection.execute("UPDATE item SET text = 'Oil' WHERE id = 'i20'")
    report = driven(steps, lambda: None)
    assert report.problems == ("A row of item was changed behind the journal: i20",)


def test_a_row_that_goes_between_the_steps_without_an_edit_is_found(store: Store) -> None:
    steps = store.checked_in_steps()
    for _step in range(5):
        next(steps)
    store.connection.execute("DELETE FROM item WHERE id = 'i20'")
    assert driven(steps, lambda: None).problems == ("A row of item is gone: i20",)


def test_an_erasure_between_the_steps_makes_it_begin_anew(store: Store) -> None:
    def oil(change: Change) -> Change:
        after = {**change.after, "text": "Oil"} if change.after else None
        return Change(change.table, change.key, change.before, after)

    def erase() -> None:
        with store.erasing("Erase for safety") as t:
            t.insert("erasure", {"id": "e", "put": "Oil", "edits": store.rewrite_edits(oil)})

    acts = iter([lambda: None] * 10 + [erase])
    report = driven(store.checked_in_steps(), lambda: next(acts, lambda: None)())
    assert report.problems == ()
    assert report.erased == GOALS


def test_the_steps_tell_how_much_is_done(store: Store) -> None:
    shares = list(store.checked_in_steps())
    assert len(shares) > GOALS
    assert shares[0] >= 0.0
    assert shares[-1] <= 1.0
    assert shares == sorted(shares)


# --- the quick check -----------------------------------------------------------------------


@pytest.fixture(params=[None, "correct horse battery staple lamp"])
def passphrase(request: pytest.FixtureRequest) -> str | None:
    """Return the passphrase of the file, or None."""
    passphrase: str | None = request.param
    return passphrase


@pytest.fixture
def file(tmp_path: Path, passphrase: str | None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file of a hundred pages, as large as those that are not looked through at once."""
    monkeypatch.setattr(opening, "LARGEST_CHECKED", 0)
    monkeypatch.setattr("partnerdesk.store.pages.SLICE", 50)
    path = tmp_path / "lake.pdesk"
    with create_store(path, passphrase=passphrase) as store, store.transaction("Fill") as t:
        for number in range(600):
            t.insert("item", {"id": f"i{number:03}", "list": "goals", "text": "Water " * 50})
    return path


def test_a_sound_file_reads_through_while_people_write(file: Path, passphrase: str | None) -> None:
    with open_store(file, passphrase=passphrase) as store:
        work = edits_of_all_kinds(store)
        with store.transaction("Rename") as t:
            for number in range(GOALS):
                t.upsert("item", {"id": f"i{number:02}", "list": "goals"})
        store.put_document(b"%PDF one", "one.pdf")
        some = islice(work, 20)
        assert driven(store.read_in_steps(), lambda: next(some, None)) == ()


def test_a_damaged_page_is_found_after_opening(file: Path, passphrase: str | None) -> None:
    whole = file.read_bytes()
    pages = len(whole) // 4096
    for page in (pages // 3, pages // 2, pages - 1):
        file.write_bytes(whole[: page * 4096] + bytes(4096) + whole[(page + 1) * 4096 :])
        with open_store(file, passphrase=passphrase) as store:
            with pytest.raises(EnvironmentProblem) as raised:
                raise_found(driven(store.read_in_steps(), lambda: None))
            assert raised.value.code == "damaged"


def raise_found(found: tuple[str, ...]) -> None:
    """Raise what was found in pages that could be read, as if they could not."""
    if found:
        raise EnvironmentProblem(found[0], code="damaged")


def test_a_document_whose_bytes_changed_is_named(file: Path, passphrase: str | None) -> None:
    with open_store(file, passphrase=passphrase) as store:
        digest = store.put_document(b"%PDF one", "one.pdf")
        store.connection.execute("UPDATE document SET data = x'00'")
        (problem,) = driven(store.read_in_steps(), lambda: None)
    assert digest in problem
