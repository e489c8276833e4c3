"""The session record and the check against a charter, as a person meets them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from partnerdesk.evidence import Bond, Evidence
from tests.journeys.places import PLACES, Table, put_away, show
from tests.recording import RecordingMessages
from ui.views.base import View
from ui.views.evidence import EvidenceView
from ui.views.place import Go
from ui.views.session import SessionView
from ui.views.session_paper import SessionPaperView
from ui.widgets.banner import Banner


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


@pytest.mark.parametrize("bond", list(Bond))
def test_what_a_charter_tells_of_the_file_is_said_in_words(
    table: Table, shown: list[View], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, bond: Bond
) -> None:
    monkeypatch.setattr("ui.views.evidence.verify_isolated", lambda _pdf, _known: None)
    monkeypatch.setattr("ui.views.evidence.weighed", lambda *_asked: Evidence(bond, 7))
    view = EvidenceView(table.begun(), "charter.pdf")
    shown.append(view)
    qtbot.waitUntil(lambda: view.evidence is not None, timeout=60_000)
    (banner,) = view.findChildren(Banner)
    assert banner.text() == Evidence(bond, 7).words
    kinds = {Bond.WHOLE: "good", Bond.ARRIVED: "note", Bond.CANNOT_TELL: "note"}
    assert banner.property("kind") == kinds.get(bond, "stop")


def test_what_is_no_charter_tells_nothing(
    table: Table, shown: list[View], qtbot: QtBot, tmp_path: Path
) -> None:
    nothing = tmp_path / "nothing.pdf"
    nothing.write_text("hello")
    view = EvidenceView(table.begun())
    shown.append(view)
    view.take(nothing)
    qtbot.waitUntil(lambda: view.evidence is not None, timeout=60_000)
    assert view.evidence is not None
    assert view.evidence.bond is Bond.CANNOT_TELL
