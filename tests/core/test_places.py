"""What belongs to this laptop lies in one folder, beside a portable program or in the system's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from partnerdesk import places


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a packed program, with no folder chosen by the environment."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(places.sys, "frozen", True, raising=False)
    monkeypatch.setattr(places.sys, "executable", str(folder / "partnerdesk"))
    monkeypatch.delenv("PARTNERDESK_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return folder


def test_without_a_marker_the_systems_folder_is_used(program: Path, tmp_path: Path) -> None:
    assert places.home() == tmp_path / "data" / "partnerdesk"
    assert places.suggested_folder() == Path.home()


def test_a_marker_beside_the_program_keeps_everything_there(program: Path) -> None:
    (program / places.MARKER).touch()
    assert places.home() == program / places.KEPT
    assert places.suggested_folder() == program


def test_caches_of_libraries_stay_beside_a_portable_program(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "before")
    places.stay_beside()
    assert os.environ["XDG_CACHE_HOME"] == "before"
    monkeypatch.setenv("XDG_CONFIG_HOME", "before")
    (program / places.MARKER).touch()
    places.stay_beside()
    assert program in Path(os.environ["XDG_CACHE_HOME"]).parents
    assert places.home() == program / places.KEPT


def test_a_chosen_folder_comes_first(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program / places.MARKER).touch()
    monkeypatch.setenv("PARTNERDESK_HOME", "/chosen")
    assert places.home() == Path("/chosen")
