"""The session record and the check against a charter, as a person meets them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from partnerdesk.evidence import Bond
from tests.journeys.places import PLACES, Table, put_away, show
from ui.messages import RecordingMessages
from ui.views.base import View
from ui.views.evidence import EvidenceView
from ui.views.place import Go
from ui.views.session import SessionView
from ui.views.session_paper import SessionPaperView


@pytest.fixture
def table(qapp: QApplication, tmp_path: Path) -> Iterator[Table]:
    own = tmp_path / "place"
    own.mkdir()
    made = Table(own)
    yield made
    made.clear()


@pytest.fixture
def shown(table: Table) -> Iterator[list[View]]:
    """Return a list; what is put into it is put away afterwards."""
    views: list[View] = []
    yield views
    for view in views:
        put_away(view)


def _show(name: str, table: Table, shown: list[View]) -> View:
    view = PLACES[name](table)
    shown.append(view)
    show(view, 1366, 768)
    return view


def test_the_session_record_is_seen_then_kept(
    table: Table, shown: list[View], qtbot: QtBot, tmp_path: Path
) -> None:
    view = _show("session record", table, shown)
    assert isinstance(view, SessionPaperView)
    qtbot.waitUntil(lambda: bool(view.pdf), timeout=40_000)
    assert isinstance(table.hall.messages, RecordingMessages)
    table.hall.messages.path = tmp_path / "record.pdf"
    view.go_on()
    qtbot.waitUntil(
        lambda: not view.is_waiting and (tmp_path / "record.pdf").exists(), timeout=40_000
    )
    assert (tmp_path / "record.pdf").read_bytes() == view.pdf


def test_the_session_leads_to_its_record(table: Table, shown: list[View]) -> None:
    view = _show("session, done", table, shown)
    assert isinstance(view, SessionView)
    view.ways["paper"].click()
    assert table.desk.places[-1].go is Go.PAPER


def test_a_charter_is_known_to_its_file_and_changed_ones_are_not(
    table: Table, shown: list[View], qtbot: QtBot, tmp_path: Path
) -> None:
    view = _show("evidence, found", table, shown)
    assert isinstance(view, EvidenceView)
    qtbot.waitUntil(lambda: view.evidence is not None, timeout=60_000)
    assert view.evidence is not None
    assert view.evidence.bond is Bond.WHOLE
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(view.path.read_bytes() + b"\n% more\n")
    view.take(changed)
    qtbot.waitUntil(lambda: not view.is_waiting, timeout=60_000)
    assert view.evidence.bond is Bond.CHANGED_CHARTER
    nothing = tmp_path / "nothing.pdf"
    nothing.write_text("hello")
    view.take(nothing)
    qtbot.waitUntil(lambda: not view.is_waiting, timeout=60_000)
    assert view.evidence.bond is Bond.CANNOT_TELL
