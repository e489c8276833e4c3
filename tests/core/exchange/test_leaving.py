"""Where data in clear would be sent on, that is said before it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerdesk.exchange import leaving
from partnerdesk.exchange.leaving import warning
from partnerdesk.keeping.spot import Medium, Spot


def test_a_warning_says_what_may_happen(tmp_path: Path) -> None:
    assert warning(tmp_path / "data.xlsx", locked=False) == ""
    assert "Dropbox" in warning(tmp_path / "Dropbox" / "data.xlsx", locked=False)
    assert "Anybody can read" in warning(tmp_path / "data.xlsx", locked=True)


def test_a_disk_on_the_network_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "spot_of", lambda _path: Spot(Medium.NETWORK))
    assert "on the network" in warning(tmp_path / "data.xlsx", locked=False)
