"""What belongs to this laptop survives a full disk, strange files and older programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from partnerdesk.errors import EnvironmentProblem
from partnerdesk.exchange.files import write_whole
from partnerdesk.exchange.known import known_here, remember
from partnerdesk.exchange.recent import MOST, Recent, forget_recent, recent, remember_recent
from partnerdesk.exchange.settings import Settings, keep_settings, settings

JUNK = [b"", b"{", b"[]", b"{}", b"5", b'"look"', b"null", b"\xff\xfe", b"[" * 100_000, b"[1, [2]]"]


def test_a_file_is_written_whole_and_nothing_is_left_beside(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 120 + ".pdf")
    for data in (b"one", b"two"):
        write_whole(path, data)
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["folder", "missing/file.pdf", "x" * 300])
def test_what_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(EnvironmentProblem):
        write_whole(tmp_path / name, b"data")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "charter.pdf"
    write_whole(path, b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(EnvironmentProblem, match="No space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_ceremonies_are_remembered_once_each() -> None:
    for mark in ("a" * 64, "b" * 64, "a" * 64):
        remember(mark)
    assert known_here() == {"a" * 64, "b" * 64}


def test_only_whole_fingerprints_count(home: Path) -> None:
    lines = ["a" * 64, "b" * 63, "c" * 128, "D" * 64, "# note"]
    (home / "known-charters.txt").write_text("\n".join(lines), "utf-8")
    assert known_here() == {"a" * 64}


def test_a_list_that_cannot_be_read_is_never_replaced(home: Path) -> None:
    (home / "known-charters.txt").mkdir()
    assert known_here() == frozenset()
    with pytest.raises(EnvironmentProblem, match="stays"):
        remember("a" * 64)


@pytest.mark.parametrize("put", [lambda: remember("a" * 64), lambda: keep_settings(Settings())])
def test_a_home_that_is_no_folder_is_told(
    put: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("PARTNERDESK_HOME", str(tmp_path / "file" / "home"))
    assert settings() == Settings()
    with pytest.raises(EnvironmentProblem):
        put()  # type: ignore[operator]  # each writes one list


def test_the_newest_partnership_stands_first_and_the_list_is_short() -> None:
    for number in range(MOST + 3):
        remember_recent(Recent(f"/{number}.pdesk", f"ماء {number}"))
    remember_recent(Recent("/5.pdesk", "again"))
    assert len(recent()) == MOST
    assert recent()[0] == Recent("/5.pdesk", "again")
    forget_recent("/5.pdesk")
    forget_recent("/never.pdesk")
    assert "/5.pdesk" not in {one.path for one in recent()}


def test_a_line_of_another_program_costs_only_itself(home: Path) -> None:
    good = {"path": "/a.pdesk", "title": "Lake", "newer": 1}
    bad = [{"path": 5, "title": "x"}, {"title": "x"}, {"path": "/b", "partners": "3"}, [], None]
    (home / "recent.json").write_text(json.dumps([*bad, good]), "utf-8")
    assert recent() == (Recent("/a.pdesk", "Lake"),)


@pytest.mark.parametrize("junk", JUNK)
def test_junk_counts_as_nothing(home: Path, junk: bytes) -> None:
    for name in ("recent.json", "settings.json"):
        (home / name).write_bytes(junk)
    assert recent() == ()
    assert settings() == Settings()


def test_settings_come_back() -> None:
    chosen = Settings(look="dark", percent=150, calm=True)
    keep_settings(chosen)
    assert settings() == chosen
