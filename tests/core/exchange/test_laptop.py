"""What a laptop knows of itself is kept, and a spoiled list is as good as none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from partnerdesk.exchange.laptop import (
    Laptop,
    choose_folder,
    choose_second,
    laptop,
    name_laptop,
    second_folder,
)


def test_name_folder_and_second_folders_are_kept_apart(tmp_path: Path) -> None:
    name_laptop(" Amina Wako ")
    choose_folder(tmp_path)
    choose_second("lake", tmp_path / "stick")
    choose_second("garden", tmp_path / "other")
    choose_second("garden", None)
    assert laptop() == Laptop("Amina Wako", str(tmp_path), {"lake": str(tmp_path / "stick")})
    assert second_folder("lake") == tmp_path / "stick"
    assert second_folder("garden") is None


@pytest.mark.parametrize(
    "kept",
    ["", "{", "[]", '{"name": 5, "folder": "", "seconds": {}}', '{"name": "", "folder": ""}'],
)
def test_what_cannot_be_read_is_as_nothing(home: Path, kept: str) -> None:
    (home / "laptop.json").write_text(kept)
    assert laptop() == Laptop()


def test_a_folder_that_is_no_text_is_left_out(home: Path) -> None:
    kept = {"name": "A" * 200, "folder": "", "seconds": {"lake": 5, "garden": "/x"}}
    (home / "laptop.json").write_text(json.dumps(kept))
    assert laptop() == Laptop("A" * 80, "", {"garden": "/x"})
