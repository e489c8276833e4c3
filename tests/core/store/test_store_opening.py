"""Opening tells apart whatever can be wrong with a file, and changes none that it refuses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from hypothesis import event, given, settings
from hypothesis import strategies as st

from partnerdesk.errors import EnvironmentProblem, PartnerDeskError, UserError
from partnerdesk.store import Store, create_store, holder, open_copy, open_store, opening

HOLD = """
import sys
from pathlib import Path
from partnerdesk.store import open_store
store = open_store(Path(sys.argv[1]))
print("held", flush=True)
for line in sys.stdin:
    with store.transaction("Rename") as t:
        t.update("partner", "p", name=line.strip())
    print("done", flush=True)
"""


@pytest.fixture
def made(path: Path) -> Path:
    with create_store(path) as store:
        _add(store)
    return path


@pytest.fixture
def held(made: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the file; a line on its stdin renames the partner."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(made)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def _add(store: Store) -> None:
    with store.transaction("Add partner") as t:
        t.insert("partner", {"id": "p", "name": "Garden"})


def _refusal(path: Path) -> str:
    """Return why the file is refused, and see that not one byte changed on the way."""
    before = _folder(path.parent)
    with pytest.raises((UserError, EnvironmentProblem)) as refused:
        open_store(path)
    assert _folder(path.parent) == before
    assert len(refused.value.message.split()) <= 35
    return refused.value.code


def _folder(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


def _patch(path: Path, place: int, new: bytes) -> None:
    data = bytearray(path.read_bytes())
    data[place : place + len(new)] = new
    path.write_bytes(data)


def test_a_new_file_is_complete_and_alone_in_its_folder(path: Path) -> None:
    with create_store(path) as store:
        _add(store)
        assert (store.path, store.read_only, len(store.id)) == (path, False, 36)
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    with open_store(path) as again:
        assert (again.id, again.head().count) == (store.id, 1)


def test_a_name_may_be_in_any_script(tmp_path: Path) -> None:
    path = tmp_path / "شراكة #1 100% ?.pdesk"
    with create_store(path) as store:
        _add(store)
    with open_store(path) as again:
        assert again.check().ok


def test_a_file_is_never_made_over_another(made: Path) -> None:
    before = made.read_bytes()
    with pytest.raises(UserError) as refused:
        create_store(made)
    assert refused.value.code == "exists"
    assert made.read_bytes() == before


def test_a_file_that_came_in_between_is_not_replaced(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = opening._make

    def and_another(beside: Path, *rest: object) -> None:
        make(beside, *rest)  # type: ignore[arg-type]  # passed through
        path.write_text("came in between")

    monkeypatch.setattr(opening, "_make", and_another)
    with pytest.raises(UserError) as refused:
        create_store(path)
    assert refused.value.code == "exists"
    assert _folder(path.parent) == {path.name: b"came in between"}


def test_a_medium_without_links_takes_a_new_file_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_names: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    with create_store(path) as store:
        assert store.check().ok


def test_a_folder_that_is_not_there_takes_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        create_store(tmp_path / "no" / "garden.pdesk")
    assert refused.value.code == "missing"


def test_what_a_stopped_program_left_half_made_is_taken_away(made: Path) -> None:
    """It may be the file in clear, where a passphrase was being taken off."""
    left = [made.with_name(f".{made.name}.{n}.part") for n in (1, 77777)]
    left.append(made.with_name(f".{made.name}.1.part-journal"))
    others = [made.with_name(f".{made.name}x.1.part"), made.with_name(f"{made.name}.1.part")]
    for one in (*left, *others):
        one.write_bytes(b"half")
    open_store(made, read_only=True).close()
    assert all(one.exists() for one in left)
    open_store(made).close()
    assert not any(one.exists() for one in left)
    assert all(one.exists() for one in others)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "none.pdesk") == "missing"
    (tmp_path / "folder.pdesk").mkdir()
    assert _refusal(tmp_path / "folder.pdesk") == "folder"


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n" + b"x" * 200, bytes(5000)])
def test_another_program_s_file_is_not_ours(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert _refusal(path) == "not-ours"


def test_another_program_s_database_is_not_ours(path: Path) -> None:
    connection = sqlite.connect(str(path))
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert _refusal(path) == "not-ours"


def test_a_newer_file_is_refused(made: Path) -> None:
    _patch(made, 60, (99).to_bytes(4, "big"))
    assert _refusal(made) == "newer"


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_torn_copy_is_damaged(made: Path, share: float) -> None:
    data = made.read_bytes()
    made.write_bytes(data[: int(len(data) * share)])
    assert _refusal(made) == "damaged"


def test_a_file_with_something_behind_its_end_is_damaged(made: Path) -> None:
    made.write_bytes(made.read_bytes() + bytes(4096))
    assert _refusal(made) == "damaged"


def test_a_file_without_its_tables_is_damaged(made: Path) -> None:
    _patch(made, 100, bytes(3000))
    assert _refusal(made) == "damaged"


def test_a_file_without_its_identity_is_damaged(made: Path) -> None:
    connection = sqlite.connect(str(made))
    connection.execute("DELETE FROM identity")
    connection.commit()
    connection.close()
    assert _refusal(made) == "damaged"


def test_text_that_is_no_text_is_damage(made: Path) -> None:
    _patch(made, made.read_bytes().rindex(b"Garden"), b"\xff\xfe")
    with open_store(made) as store, pytest.raises(EnvironmentProblem) as found:
        store.rows("partner")
    assert found.value.code == "damaged"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Return a place for a file, and what a sound one holds."""
    path = tmp_path_factory.mktemp("mutated") / "garden.pdesk"
    with create_store(path) as store:
        _add(store)
    return path, path.read_bytes()


@settings(max_examples=400, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_file_with_any_bytes_changed_opens_or_is_refused_in_words(
    sound: tuple[Path, bytes], data: st.DataObject
) -> None:
    path, whole = sound
    path.write_bytes(whole)
    for _each in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, 120) | st.integers(0, len(whole) - 1))
        _patch(path, start, data.draw(st.binary(min_size=1, max_size=8)))
    try:
        with open_store(path) as opened:
            opened.check()
            opened.rows("partner")
            opened.undo()
    except PartnerDeskError as refused:
        code = refused.code
    else:
        code = ""
    event(code)
    assert code in ("", "damaged", "not-ours", "newer", "changed-since")


def test_a_file_open_here_is_not_opened_twice(made: Path) -> None:
    with open_store(made) as store:
        with pytest.raises(EnvironmentProblem) as refused:
            open_store(made)
        assert refused.value.code == "already-open"
        assert "this PartnerDesk" in refused.value.message
        with pytest.raises(EnvironmentProblem):
            open_copy(made)
        _add_again(store)
    open_store(made).close()


def _add_again(store: Store) -> None:
    with store.transaction("Add") as t:
        t.insert("partner", {"id": "q"})


def test_a_file_open_elsewhere_is_said_to_be_with_whom(
    made: Path, held: subprocess.Popen[str]
) -> None:
    for read_only in (False, True):
        with pytest.raises(EnvironmentProblem) as refused:
            open_store(made, read_only=read_only)
        assert refused.value.code == "already-open"
        if sys.platform == "linux":
            assert f"python (process {held.pid}, since " in refused.value.message


def test_a_holder_that_is_gone_by_now_is_told_by_number() -> None:
    assert holder._described(2**22 + 1) == f"process {2**22 + 1}"


def test_a_copy_of_a_held_file_has_every_edit_and_takes_none(
    made: Path, held: subprocess.Popen[str]
) -> None:
    assert held.stdin is not None
    assert held.stdout is not None
    held.stdin.write("Renamed\n")
    held.stdin.flush()
    assert held.stdout.readline() == "done\n"
    with open_copy(made) as copy:
        assert copy.rows("partner")[0]["name"] == "Renamed"
        assert (copy.read_only, copy.check().ok) == (True, True)
        with pytest.raises(EnvironmentProblem), copy.transaction("Rename"):
            pass
    assert _refused_as(made) == "already-open"


def _refused_as(path: Path) -> str:
    with pytest.raises(EnvironmentProblem) as refused:
        open_store(path)
    return refused.value.code


def test_a_file_halfway_through_a_change_is_not_copied(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = made.with_name(made.name + "-journal")
    journal.write_bytes(opening.JOURNAL_MAGIC + bytes(600))
    monkeypatch.setattr(opening, "COPY_ATTEMPTS", 2)
    with pytest.raises(EnvironmentProblem) as refused:
        open_copy(made)
    assert refused.value.code == "already-open"


def test_a_damaged_file_is_not_copied(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made.write_bytes(made.read_bytes()[:8192])
    monkeypatch.setattr(opening, "COPY_ATTEMPTS", 1)
    with pytest.raises(EnvironmentProblem):
        open_copy(made)


def test_several_may_read_at_once(made: Path) -> None:
    code = "import sys; from pathlib import Path; from partnerdesk.store import open_store\n"
    code += "print(open_store(Path(sys.argv[1]), read_only=True).row('partner', 'p')['name'])"
    with open_store(made, read_only=True) as reader:
        done = subprocess.run(
            [sys.executable, "-c", code, str(made)], capture_output=True, text=True, check=True
        )
        assert done.stdout == "Garden\n"
        assert reader.check().ok


def test_a_medium_that_cannot_be_written_is_read(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_asked: False)
    assert _refusal(made) == "read-only"
    with open_store(made, read_only=True) as store:
        assert store.read_only
        assert store.rows("partner")[0]["name"] == "Garden"
        assert store.undo_title() == "Add partner"


def test_opening_loads_no_library_that_is_slow_to_load(made: Path) -> None:
    code = "import sys; from pathlib import Path; from partnerdesk.store import open_store\n"
    code += "open_store(Path(sys.argv[1])).undo_title()\n"
    code += "print(*sorted({'sqlite_utils', 'sqlite3', 'PySide6', 'click'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(made)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "\n"
