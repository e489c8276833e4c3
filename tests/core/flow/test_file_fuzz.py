"""Whatever happens to the bytes of a file, it opens or is refused in the right words, soon."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from random import Random

import pytest
import sqlcipher3.dbapi2 as sqlite

import resources
from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow import setup, values
from partnerdesk.flow.guides import built_in_guide, guide_of
from partnerdesk.flow.progress import current_activity
from partnerdesk.flow.versions import open_version
from partnerdesk.store import Store, create_store, open_store, problems, schema
from partnerdesk.store.cipher import key_of, raw_key
from partnerdesk.store.sense import making_sense
from tests.core.mutations import mutated, soon

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
FILES = 5_000 if SOAK else 75
WORDS = "calm acorn in the garden"
TOKENS = (b"\0\0\0\2", b"\xff\xff\xff\xff", b"CREATE TRIGGER", b"{}", b"collecting", b"\xff")


@pytest.fixture(scope="module")
def worked_on(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a partnership that was worked on for a whole workshop."""
    path, guide = tmp_path_factory.mktemp("sound") / "lake.pdesk", built_in_guide()
    replay(read_workshop(resources.path("samples/workshop-a.json"), guide), guide, path).close()
    return path.read_bytes()


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sound") / "lake.pdesk"
    with create_store(path, passphrase=WORDS) as store:
        for name in ("North", "South"):
            setup.add_participant(store, setup.add_partner(store, name), f"{name} person")
    return path.read_bytes()


def _used(path: Path, passphrase: str | None) -> None:
    """Open a file, read what the window reads first, write, take that back, and check."""
    with open_store(path, passphrase=passphrase) as store, making_sense(store):
        _read(store)
        with store.transaction("Write") as t:
            t.upsert("setting", {"id": "fuzz", "value": 1})
        store.undo()
        store.check()


def _read(store: Store) -> None:
    open_version(store)
    current_activity(store, guide_of(store))
    for read in (values.sessions, values.partners, values.participants, values.signatories):
        read(store)


def _told(path: Path, passphrase: str | None) -> str:
    """Return the code of the refusal, or '' where the file serves."""
    refused = PartnerDeskError("Nothing is wrong with this file.")
    with soon():
        try:
            _used(path, passphrase)
        except PartnerDeskError as problem:
            refused = problem
    assert 5 <= len(refused.message.split()) <= 35
    return refused.code


def _expected(data: bytes) -> set[str]:
    """Return what may be said of a plain file: its first page tells whose it is."""
    if not data.startswith(b"SQLite format 3\0"):
        return {"not-ours", "passphrase-needed", "damaged"}
    if data[68:72].ljust(4, b"\0") != schema.APPLICATION_ID.to_bytes(4, "big"):
        return {"not-ours"}
    if int.from_bytes(data[60:64], "big") > len(schema.MIGRATIONS):
        return {"newer"}
    return {"", "damaged", "in-use", "changed-since", "guide", "gone"}


def test_a_plain_file_with_any_fault_is_told_for_what_it_is(
    worked_on: bytes, tmp_path: Path
) -> None:
    draw, told = Random(2026), Counter[str]()
    for number in range(FILES):
        path = tmp_path / f"{number}.pdesk"
        data = mutated(worked_on, draw, TOKENS)
        path.write_bytes(data)
        code = _told(path, None)
        assert code in _expected(data), number
        told[code] += 1
        for left in tmp_path.iterdir():
            left.unlink()
    assert {"", "damaged", "not-ours", "newer"} <= set(told), told


def test_a_locked_file_with_any_fault_is_told_for_what_it_is(locked: bytes, tmp_path: Path) -> None:
    key = key_of(WORDS)
    assert key is not None
    fast = raw_key(key, locked[:16]).text
    draw, told = Random(2027), Counter[str]()
    for number in range(FILES):
        path = tmp_path / f"{number}.pdesk"
        data = mutated(locked, draw, TOKENS)
        path.write_bytes(data)
        code = _told(path, fast)
        assert code in {"", "damaged", "wrong-passphrase", "not-ours"}, number
        assert code or data[16:].startswith(locked[16:]), number
        told[code] += 1
        for left in tmp_path.iterdir():
            left.unlink()
    assert {"damaged", "wrong-passphrase", "not-ours"} <= set(told), told


def test_an_error_that_is_not_told_in_words_would_be_noticed(
    worked_on: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: were one kind of damage not told, the tests above would end in a traceback."""
    path = tmp_path / "lake.pdesk"
    path.write_bytes(worked_on[:100] + bytes(3996) + worked_on[4096:])
    assert _told(path, None) == "damaged"
    monkeypatch.setattr(problems, "told_opening", lambda _path: nullcontext())
    with pytest.raises(sqlite.Error):
        _told(path, None)


def test_an_error_in_the_wrong_words_would_be_noticed(
    worked_on: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: were a newer file called damaged, the tests above would fail."""
    path, newer = tmp_path / "lake.pdesk", bytearray(worked_on)
    newer[60:64] = (99).to_bytes(4, "big")
    path.write_bytes(newer)
    assert _told(path, None) in _expected(newer)
    monkeypatch.setattr(problems, "newer", lambda path, *_numbers: problems.damaged(path))
    assert _told(path, None) not in _expected(newer)
