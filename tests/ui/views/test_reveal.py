"""The reveal shows every answer at once, and leads on through talk to agreement."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QVariantAnimation
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from partnerdesk.flow import rounds, values
from partnerdesk.model.round import RoundState
from ui.views.place import Go, Place
from ui.views.reveal import RevealView
from ui.views.workplace import Workplace
from ui.widgets.dots import DotTrack


def revealed(work: Workplace) -> str:
    """Take a mindset round to its reveal."""
    activity = work.guide.activity("mindset")
    assert activity is not None
    round_id = rounds.open_round(work.store, work.guide, "mindset")
    for place, person in enumerate(("ann", "ben", "cleo")):
        said = {item.id: {"now": place - 1, "wanted": 1} for item in activity.items}
        rounds.submit_answer(work.store, work.guide, round_id, person, said)
    rounds.reveal_round(work.store, work.guide, round_id)
    return round_id


def shown(work: Workplace, qtbot: QtBot, key: str = "mindset") -> RevealView:
    view = RevealView(work, key)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    return view


def press(view: RevealView, qtbot: QtBot, words: str) -> None:
    button = next(b for b in view.findChildren(QPushButton) if b.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_primary_leads_from_reveal_to_talk_to_agreement(
    begun: Workplace, qtbot: QtBot, desk: object
) -> None:
    round_id = revealed(begun)
    view = shown(begun, qtbot)
    press(view, qtbot, "Start the talk")
    assert values.round_of(begun.store, round_id).state is RoundState.DISCUSSING
    press(view, qtbot, "Write what you agree")
    assert values.round_of(begun.store, round_id).state is RoundState.AGREEING
    assert desk.places[-1] == Place(Go.AGREE, "mindset")  # type: ignore[attr-defined]


def test_dots_go_to_their_places_when_the_answers_were_just_opened(
    begun: Workplace, qtbot: QtBot
) -> None:
    revealed(begun)
    view = shown(begun, qtbot)
    tracks = view.findChildren(DotTrack)
    assert tracks
    assert all(track.findChildren(QVariantAnimation) for track in tracks)
    qtbot.waitUntil(lambda: not any(t.findChildren(QVariantAnimation) for t in tracks))
    press(view, qtbot, "Start the talk")
    view.hide()
    view.show()
    assert not any(track.findChildren(QVariantAnimation) for track in tracks)


def test_a_second_round_leads_back_to_collecting(
    begun: Workplace, qtbot: QtBot, desk: object
) -> None:
    revealed(begun)
    view = shown(begun, qtbot)
    press(view, qtbot, "Open a second round")
    assert [r.number for r in values.rounds(begun.store, "mindset")] == [1, 2]
    assert desk.places[-1] == Place(Go.SESSION, "mindset")  # type: ignore[attr-defined]


def test_a_sealed_round_shows_nothing(begun: Workplace, qtbot: QtBot) -> None:
    round_id = rounds.open_round(begun.store, begun.guide, "reflection")
    activity = begun.guide.activity("reflection")
    assert activity is not None
    said = {item.id: "CANARY" for item in activity.items}
    rounds.submit_answer(begun.store, begun.guide, round_id, "ann", said)
    view = shown(begun, qtbot, "reflection")
    words = " ".join(label.text() for label in view.findChildren(QLabel))
    assert "sealed" in words
    assert "CANARY" not in words


@pytest.mark.parametrize(
    "key", ["mindset", "values", "decision_ladder", "dependence", "four_r", "goals", "trust"]
)
def test_every_round_of_the_workshop_shows(workshop: Workplace, qtbot: QtBot, key: str) -> None:
    view = shown(workshop, qtbot, key)
    assert not view.grab().isNull()
    assert view.findChildren(QLabel)
