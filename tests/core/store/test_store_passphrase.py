"""A locked file opens with its passphrase and no other, and shows it to nobody."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from hypothesis import event, given, settings
from hypothesis import strategies as st

import resources
from partnerdesk.errors import EnvironmentProblem, PartnerDeskError, UserError
from partnerdesk.store import (
    Store,
    change_passphrase,
    check_passphrase,
    create_store,
    is_locked,
    open_copy,
    open_store,
    suggest_passphrase,
)
from partnerdesk.store.cipher import key_of

TRIES = 200 if os.environ.get("PARTNERDESK_SOAK") == "1" else 5
WORDS = "calm acorn in the garden"
OTHER = "d'autres mots, très secrets"
CANARY = "Hôpital Canary"
HOLD = """
import sys
from pathlib import Path
from partnerdesk.store import open_store
store = open_store(Path(sys.argv[1]), passphrase=sys.argv[2])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def locked(path: Path) -> Path:
    with create_store(path, passphrase=WORDS) as store:
        _add(store, "p")
    return path


def _add(store: Store, key: str) -> None:
    with store.transaction(f"Add {CANARY}") as t:
        t.insert("partner", {"id": key, "name": CANARY})


def _code(path: Path, passphrase: str | None) -> str:
    before = {one.name: one.read_bytes() for one in path.parent.iterdir()}
    with pytest.raises(PartnerDeskError) as refused:
        open_store(path, passphrase=passphrase)
    assert {one.name: one.read_bytes() for one in path.parent.iterdir()} == before
    assert len(refused.value.message.split()) <= 35
    return refused.value.code


def test_a_locked_file_has_all_that_a_plain_one_has(locked: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdesk"
    with open_store(locked, passphrase=WORDS) as store:
        assert store.encrypted
        assert store.undo() is not None
        assert store.redo() is not None
        assert store.check().problems == ()
        store.copy_to(copy)
        head = store.head()
    with open_store(copy, passphrase=WORDS, read_only=True) as again:
        assert again.head() == head


def test_nothing_stands_in_clear_in_a_locked_file(locked: Path) -> None:
    data = locked.read_bytes()
    assert all(CANARY.encode(form) not in data for form in ("utf-8", "utf-16le"))
    assert data[:16] != b"SQLite format 3\0"


def test_a_wrong_a_missing_and_a_needless_passphrase_are_told_apart(
    locked: Path, tmp_path: Path
) -> None:
    assert _code(locked, OTHER) == "wrong-passphrase"
    assert _code(locked, " ") == "passphrase-needed"
    assert _code(locked, "nul \0 and half \ud800") == "wrong-passphrase"
    assert _code(locked, None) == "passphrase-needed"
    plain = tmp_path / "plain.pdesk"
    create_store(plain).close()
    assert _code(plain, WORDS) == "no-passphrase"
    assert (is_locked(locked), is_locked(plain)) == (True, False)


def test_no_wrong_passphrase_changes_the_file_or_is_told_apart_from_another(locked: Path) -> None:
    before, messages = _folder(locked), set()
    for number in range(TRIES):
        near = (WORDS.upper(), WORDS[:-1], WORDS + "s", f"{WORDS} {number}", WORDS[::-1])
        with pytest.raises(UserError) as refused:
            open_store(locked, passphrase=near[number % 5])
        messages.add((refused.value.code, refused.value.message))
    assert len(messages) == 1
    assert _folder(locked) == before
    open_store(locked, passphrase=WORDS).close()  # the control: the right one does open, and
    with open_store(locked, passphrase=WORDS) as store:
        _add(store, "q")
    assert _folder(locked) != before  # a change would be noticed


def _folder(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in path.parent.iterdir()}


@pytest.mark.parametrize("data", [b"x" * 9000, b"PK" + bytes(range(256)) * 40, bytes(8192)])
def test_garbage_asks_for_no_passphrase(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert _code(path, None) == _code(path, WORDS) == "not-ours"


def test_another_program_s_locked_database_is_not_ours(path: Path) -> None:
    connection = sqlite.connect(str(path))
    connection.execute(f"PRAGMA key='{WORDS}'")
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert _code(path, WORDS) == "not-ours"


def test_any_sqlcipher_opens_the_file_with_its_own_defaults(locked: Path) -> None:
    connection = sqlite.connect(str(locked))
    connection.execute(f"PRAGMA key='{WORDS}'")
    assert connection.execute("SELECT name FROM partner").fetchall() == [(CANARY,)]
    connection.close()


def test_typed_spaces_and_composed_letters_do_not_matter(path: Path) -> None:
    create_store(path, passphrase="  très  secret   été ").close()
    open_store(path, passphrase="tre\u0300s secret e\u0301te\u0301").close()


@pytest.mark.parametrize("share", [0.5, 0.9, 0.999])
def test_a_torn_locked_file_is_damaged(locked: Path, share: float) -> None:
    data = locked.read_bytes()
    locked.write_bytes(data[: int(len(data) * share)])
    assert _code(locked, WORDS) == "damaged"


def test_a_passphrase_is_set_changed_and_removed(path: Path) -> None:
    with create_store(path) as store:
        _add(store, "p")
        head = store.head()
    steps = [(None, WORDS), (WORDS, OTHER), (OTHER, None), (None, None)]
    for old, new in steps:
        change_passphrase(path, old, new)
        with open_store(path, passphrase=new) as store:
            assert (store.head(), store.check().problems) == (head, ())
            assert store.undo_title() == f"Add {CANARY}"
        assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_change_that_is_refused_leaves_the_file(locked: Path) -> None:
    before = locked.read_bytes()
    for old, new in [(OTHER, WORDS), (None, WORDS), (WORDS, "short")]:
        with pytest.raises(UserError):
            change_passphrase(locked, old, new)
        assert locked.read_bytes() == before


def test_a_file_that_does_not_check_keeps_its_passphrase(path: Path) -> None:
    with create_store(path) as store:
        _add(store, "p")
        store.connection.execute("UPDATE partner SET name = 'forged'")
    before = path.read_bytes()
    with pytest.raises(EnvironmentProblem) as refused:
        change_passphrase(path, None, WORDS)
    assert refused.value.code == "damaged"
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_locked_file_held_elsewhere_is_copied_with_its_passphrase(locked: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(locked), WORDS]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with open_copy(locked, passphrase=WORDS) as copy:
            assert copy.rows("partner")[0]["name"] == CANARY
            assert copy.check().problems == ()
        with pytest.raises(UserError) as refused:
            open_copy(locked, passphrase=OTHER)
        assert refused.value.code == "wrong-passphrase"
        process.kill()


def test_no_passphrase_shows_in_values_and_errors(
    locked: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert OTHER not in repr(key_of(OTHER))
    try:
        open_store(locked, passphrase=OTHER)
    except UserError as error:
        told = "".join(traceback.format_exception(error))
        assert OTHER not in told
        assert WORDS not in told
    with open_store(locked, passphrase=WORDS) as store:
        assert WORDS not in repr(vars(store))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("passphrase", "strong"),
    [("twelve chars", True), ("a b c d e", True), ("elevenchars", False), ("   a    b   ", False)],
)
def test_a_passphrase_has_twelve_characters_or_five_words(passphrase: str, strong: bool) -> None:
    if strong:
        check_passphrase(passphrase)
    else:
        with pytest.raises(UserError):
            check_passphrase(passphrase)


def test_a_weak_passphrase_makes_no_file(path: Path) -> None:
    with pytest.raises(UserError):
        create_store(path, passphrase="short")
    assert not path.exists()


def test_six_words_are_suggested_and_never_the_same_twice() -> None:
    words = set(resources.path("words/en.txt").read_text().split())
    made = {suggest_passphrase(language) for language in ("en", "fr-FR", "xx") for _n in range(20)}
    assert len(made) == 60
    for one in made:
        check_passphrase(one)
        assert len(one.split()) == 6
    assert set(suggest_passphrase("en").split()) <= words
    french = set(resources.path("words/fr.txt").read_text("utf-8").split())
    assert set(suggest_passphrase("fr-FR").split()) <= french


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    path = tmp_path_factory.mktemp("mutated") / "garden.pdesk"
    with create_store(path, passphrase=WORDS) as store:
        _add(store, "p")
    return path, path.read_bytes()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.data())
def test_every_flipped_bit_of_a_locked_file_is_noticed(
    sound: tuple[Path, bytes], data: st.DataObject
) -> None:
    path, whole = sound
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(changed)
    try:
        with open_store(path, passphrase=WORDS) as opened:
            found = "check" if opened.check().problems else ""
    except PartnerDeskError as refused:
        found = refused.code
    event(found)
    assert found in ("check", "damaged", "wrong-passphrase")
