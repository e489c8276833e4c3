"""A folder that sends on what is put into it is told by its name, its marks, or its disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerdesk.exchange import leaving
from partnerdesk.exchange.leaving import sent_on_by, warning


@pytest.mark.parametrize(
    ("place", "service"),
    [
        ("Dropbox/charters", "Dropbox"),
        ("Dropbox (Relief)/a", "Dropbox"),
        ("OneDrive - Northbridge/Documents", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Nextcloud/lake", "Nextcloud"),
        ("Syncthing", "Syncthing"),
        ("Documents/partnerships", ""),
        ("mailbox/boxes", ""),
    ],
)
def test_the_name_of_a_folder_tells(tmp_path: Path, place: str, service: str) -> None:
    assert sent_on_by(tmp_path / place) == service


def test_what_a_service_leaves_in_a_folder_tells(tmp_path: Path) -> None:
    (tmp_path / "shared" / ".stfolder").mkdir(parents=True)
    assert sent_on_by(tmp_path / "shared" / "lake" / "data") == "Syncthing"


@pytest.mark.parametrize(
    ("kind", "far"), [("nfs4", True), ("cifs", True), ("fuse.sshfs", True), ("ext4", False)]
)
def test_a_disk_on_the_network_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, far: bool
) -> None:
    folder = tmp_path / "field office"
    folder.mkdir()
    mounts = tmp_path / "mounts"
    point = str(folder).replace(" ", "\\040")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {point} {kind} rw 0 0\n")
    monkeypatch.setattr(leaving, "MOUNTS", mounts)
    assert bool(sent_on_by(folder / "lake")) is far


def test_a_warning_says_what_may_happen(tmp_path: Path) -> None:
    assert warning(tmp_path, locked=False) == ""
    assert "Dropbox" in warning(tmp_path / "Dropbox", locked=False)
    assert "Anybody can read" in warning(tmp_path, locked=True)
