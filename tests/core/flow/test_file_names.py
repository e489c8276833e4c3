"""A partnership's file is named after it, in any script, and fits every disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerdesk.flow.setup import new_partnership
from partnerdesk.model.names import file_name, unused


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Lake Basin: water!", "Lake-Basin-water.pdesk"),
        ("../../etc/passwd", "etc-passwd.pdesk"),
        ("हिन्दी", "हिन्दी.pdesk"),
        ("شراكة الماء", "شراكة-الماء.pdesk"),
        ("con", "con-1.pdesk"),
        ("!?", "partnership.pdesk"),
    ],
)
def test_a_file_is_named_after_its_partnership(title: str, name: str) -> None:
    assert file_name(title) == name


def test_a_file_name_of_any_script_fits_the_disk(tmp_path: Path) -> None:
    name = file_name("\U0001e900" * 300)
    assert len(name.encode()) <= 130
    new_partnership(tmp_path / name, "Pulaar").close()
    assert unused(tmp_path / name).name != name
