"""The session page leads one activity from its list to the reveal, and shows nobody's answer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.flow import values
from partnerdesk.flow.items import add_item
from partnerdesk.flow.progress import current_activity, postpone_activity
from partnerdesk.flow.rounds import open_round, submit_answer, turns
from partnerdesk.model.guide import Attribution
from partnerdesk.model.round import RoundState
from tests.recording import RecordingMessages
from ui.views.place import Go, Place
from ui.views.session import SessionView
from ui.views.session_after import PutOff
from ui.views.session_state import Next
from ui.views.workplace import Workplace

WORDS = "big_words"
CANARY = "zebra-on-the-roof"


def shown(work: Workplace, qtbot: QtBot, key: str, size: tuple[int, int] = (1366, 768)):
    view = SessionView(work, key)
    qtbot.addWidget(view)
    view.resize(*size)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    return view


def press(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def press_primary(qtbot: QtBot, view: SessionView) -> None:
    press(qtbot, view.page.footer.primary)


def primary(view: SessionView) -> str:
    return view.page.footer.primary.text()


def text_activity(work: Workplace) -> str:
    """Return the first activity that asks for words and has no list of its own."""
    return next(a.id for a in work.guide.activities() if a.kind == "text")


def answer_of(work: Workplace, activity_id: str) -> dict[str, object]:
    activity = work.guide.activity(activity_id)
    assert activity is not None
    return {item.id: CANARY for item in activity.items}


def collecting(work: Workplace, answered: int) -> tuple[str, str]:
    """Open a round on words and let the first few answer; return the activity and the round."""
    activity = text_activity(work)
    round_id = open_round(work.store, work.guide, activity)
    for turn in turns(work.store, values.round_of(work.store, round_id))[:answered]:
        answer = answer_of(work, activity)
        submit_answer(work.store, work.guide, round_id, turn.respondent, answer)
    return activity, round_id


def spoken(one: QAccessibleInterface | None) -> list[str]:
    """Return every text below `one` that assistive technology can read."""
    if one is None:
        return []
    kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
    own = [one.text(kind) for kind in kinds]
    return own + [text for n in range(one.childCount()) for text in spoken(one.child(n))]


def heard(view: QWidget) -> str:
    return " ".join(spoken(QAccessible.queryAccessibleInterface(view)))


def states(view: SessionView) -> list[str]:
    assert view.people is not None
    return [row.accessibleName() for row in view.people.rows()]


def test_the_round_opens_with_the_attribution_that_the_page_showed(
    begun: Workplace, qtbot: QtBot
) -> None:
    activity = text_activity(begun)
    view = shown(begun, qtbot, activity)
    assert primary(view) == "Open this round"
    assert "Will be shown by organisation" in heard(view)
    press_primary(qtbot, view)
    opened = values.latest_round(begun.store, activity)
    assert opened is not None
    assert (opened.state, opened.attribution) == (RoundState.COLLECTING, Attribution.ORGANISATION)
    assert primary(view) == "Give the laptop to Ann"


def test_people_are_done_next_or_waiting_in_the_order_of_the_file(
    begun: Workplace, qtbot: QtBot
) -> None:
    activity, round_id = collecting(begun, 0)
    submit_answer(begun.store, begun.guide, round_id, "cleo", None)
    view = shown(begun, qtbot, activity)
    assert states(view) == ["Ann, Next", "Ben, Waiting", "Cleo, Turn done"]
    assert "1 of 3 received" in heard(view)


def test_no_answer_shows_before_the_reveal(begun: Workplace, qtbot: QtBot) -> None:
    activity, round_id = collecting(begun, 2)
    view = shown(begun, qtbot, activity)
    submit_answer(begun.store, begun.guide, round_id, "cleo", answer_of(begun, activity))
    assert primary(view) == "Reveal the answers"
    labels = [w.property("text") for w in view.findChildren(QWidget) if w.property("text")]
    everything = " ".join([*map(str, labels), heard(view), view.windowTitle()])
    assert "3 of 3 received" in everything
    assert CANARY not in everything


def test_pressing_a_person_who_waits_makes_them_next(
    begun: Workplace, qtbot: QtBot, desk: object
) -> None:
    activity, round_id = collecting(begun, 1)
    view = shown(begun, qtbot, activity)
    assert view.people is not None
    press(qtbot, view.people.rows()[2])
    assert states(view) == ["Ann, Turn done", "Ben, Waiting", "Cleo, Next"]
    qtbot.keyClick(view, Qt.Key.Key_F6)
    assert desk.places == [Place(Go.TURN, f"{round_id}/cleo")]


def test_somebody_who_is_away_is_not_waited_for(begun: Workplace, qtbot: QtBot) -> None:
    activity, _round_id = collecting(begun, 1)
    view = shown(begun, qtbot, activity)
    press(qtbot, next(b for b in view.findChildren(QPushButton) if "not here" in b.text()))
    assert states(view) == ["Ann, Turn done", "Cleo, Next"]
    press(qtbot, next(b for b in view.findChildren(QPushButton) if b.text() == "Ben is here now"))
    assert states(view) == ["Ann, Turn done", "Ben, Next", "Cleo, Waiting"]


def test_when_all_answers_are_in_f8_reveals_them(
    begun: Workplace, qtbot: QtBot, desk: object
) -> None:
    activity, round_id = collecting(begun, 3)
    view = shown(begun, qtbot, activity)
    qtbot.keyClick(view, Qt.Key.Key_F6)
    assert values.round_of(begun.store, round_id).state is RoundState.COLLECTING
    qtbot.keyClick(view, Qt.Key.Key_F8)
    assert values.round_of(begun.store, round_id).state is RoundState.REVEALED
    assert desk.places == [Place(Go.REVEAL, activity)]


@pytest.mark.parametrize("yes", [True, False])
def test_revealing_without_the_others_asks_once(
    begun: Workplace, qtbot: QtBot, desk: object, messages: RecordingMessages, yes: bool
) -> None:
    messages.yes = yes
    activity, round_id = collecting(begun, 2)
    view = shown(begun, qtbot, activity)
    press(qtbot, view.ways["without"])
    assert len(messages.asked) == 1
    state = values.round_of(begun.store, round_id).state
    assert state is (RoundState.REVEALED if yes else RoundState.COLLECTING)
    assert desk.places == ([Place(Go.REVEAL, activity)] if yes else [])


def test_nothing_is_asked_until_the_list_is_written(begun: Workplace, qtbot: QtBot) -> None:
    view = shown(begun, qtbot, "decision_ladder")
    assert view.items is not None
    assert not view.page.footer.primary.isEnabled()
    assert view.page.footer.note() == "Write the list first"
    assert not view.items.more.isVisible()
    qtbot.keyClicks(view.items.entry, "Who hires")
    qtbot.keyClick(view.items.entry, Qt.Key.Key_Return)
    assert [item.text for item in values.items(begun.store, "decisions")] == ["Who hires"]
    assert view.page.footer.primary.isEnabled()
    assert view.items.entry.text() == ""


def test_suggestions_come_only_after_people_wrote_their_own(begun: Workplace, qtbot: QtBot) -> None:
    asks = begun.guide.item_list("decisions")
    assert asks is not None
    add_item(begun.store, begun.guide, "decisions", "Who hires")
    view = shown(begun, qtbot, "decision_ladder")
    assert view.items is not None
    assert asks.suggestions[0] not in heard(view)
    press(qtbot, view.items.more)
    wanted = f"Add: {asks.suggestions[0]}"
    press(
        qtbot,
        next(b for b in view.findChildren(QPushButton) if b.accessibleName() == wanted),
    )
    texts = [item.text for item in values.items(begun.store, "decisions")]
    assert texts == ["Who hires", asks.suggestions[0]]


def test_items_are_changed_and_taken_out(begun: Workplace, qtbot: QtBot) -> None:
    for words in ("Who hires", "Who pays"):
        add_item(begun.store, begun.guide, "decisions", words)
    view = shown(begun, qtbot, "decision_ladder")
    assert view.items is not None
    first = view.items.rows()[0]
    first.words.selectAll()
    qtbot.keyClicks(first.words, "Who hires and fires")
    qtbot.keyClick(first.words, Qt.Key.Key_Return)
    gone = next(
        b for b in view.findChildren(QPushButton) if b.accessibleName() == "Take out item 2"
    )
    press(qtbot, gone)
    assert [item.text for item in values.items(begun.store, "decisions")] == ["Who hires and fires"]


def test_a_goal_has_details_that_the_record_keeps(begun: Workplace, qtbot: QtBot) -> None:
    add_item(begun.store, begun.guide, "goals", "Clean water")
    view = shown(begun, qtbot, "goals")
    assert view.items is not None
    row = view.items.rows()[0]
    press(qtbot, next(b for b in row.findChildren(QPushButton) if b.text() == "Details"))
    field = row.fields()["sustain"]
    qtbot.keyClicks(field.editor, "The committee")
    view.closing()
    assert values.items(begun.store, "goals")[0].details == {"sustain": "The committee"}


def test_what_is_typed_into_the_list_survives_a_change_from_elsewhere(
    begun: Workplace, qtbot: QtBot
) -> None:
    view = shown(begun, qtbot, "decision_ladder")
    assert view.items is not None
    qtbot.keyClicks(view.items.entry, "Who hires")
    add_item(begun.store, begun.guide, "decisions", "Who pays")
    assert view.items.entry.text() == "Who hires"
    assert len(view.items.rows()) == 1
    view.closing()
    texts = [item.text for item in values.items(begun.store, "decisions")]
    assert texts == ["Who pays", "Who hires"]


def test_putting_off_needs_a_reason_and_leads_on(
    begun: Workplace, qtbot: QtBot, desk: object
) -> None:
    first = begun.guide.activities()[0].id
    view = shown(begun, qtbot, first)
    press(qtbot, view.ways["put_off"])
    form = view.findChild(PutOff)
    assert isinstance(form, PutOff)
    press(qtbot, form.put_off)
    assert form.field.error()
    qtbot.keyClicks(form.reason, "The chief arrives tomorrow")
    press(qtbot, form.put_off)
    now = current_activity(begun.store, begun.guide)
    assert now is not None
    assert now.activity.id != first
    assert desk.places == [Place(Go.SESSION, now.activity.id)]
    again = shown(begun, qtbot, first)
    assert "Put off: The chief arrives tomorrow" in heard(again)
    press(qtbot, next(b for b in again.findChildren(QPushButton) if b.text() == "Take it up now"))
    assert primary(again) == "Open this round"


def test_an_empty_list_that_was_put_off_does_not_stop_the_workshop(
    begun: Workplace, qtbot: QtBot, desk: object
) -> None:
    postpone_activity(begun.store, begun.guide, "decision_ladder", "No time today")
    view = shown(begun, qtbot, "decision_ladder")
    assert view.page.footer.primary.isEnabled()
    press_primary(qtbot, view)
    assert desk.places == [Place(Go.SESSION, begun.guide.activities()[0].id)]


def test_a_plan_can_be_written_together_at_once(
    begun: Workplace, qtbot: QtBot, desk: object
) -> None:
    view = shown(begun, qtbot, "contributions")
    press(qtbot, view.ways["together"])
    assert desk.places == [Place(Go.AGREE, "contributions")]
    assert values.rounds(begun.store) == ()


def test_a_revealed_round_leads_to_its_answers_and_a_second_round_can_open(
    begun: Workplace, qtbot: QtBot, desk: object
) -> None:
    activity, round_id = collecting(begun, 3)
    view = shown(begun, qtbot, activity)
    press_primary(qtbot, view)
    later = shown(begun, qtbot, activity)
    assert later.now.next is Next.RESULTS
    press_primary(qtbot, later)
    assert desk.places == [Place(Go.REVEAL, activity)] * 2
    press(qtbot, later.ways["again"])
    second = values.latest_round(begun.store, activity)
    assert second is not None
    assert (second.number, second.id != round_id) == (2, True)
    assert primary(later) == "Give the laptop to Ann"


def test_after_the_last_activity_the_charter_is_next(
    workshop: Workplace, qtbot: QtBot, desk: object
) -> None:
    now = current_activity(workshop.store, workshop.guide)
    done = next(a for a in workshop.guide.activities() if a.id == "decision_ladder")
    view = shown(workshop, qtbot, done.id)
    assert view.now.done
    press_primary(qtbot, view)
    wanted = Place(Go.SESSION, now.activity.id) if now else Place(Go.CHARTER)
    assert desk.places == [wanted]


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
def test_every_control_has_a_name(begun: Workplace, qtbot: QtBot, size: tuple[int, int]) -> None:
    activity, _round_id = collecting(begun, 1)
    add_item(begun.store, begun.guide, "goals", "Clean water")
    for key in (activity, "goals"):
        view = shown(begun, qtbot, key, size)
        controls = [*view.findChildren(QAbstractButton), *view.findChildren(QLineEdit)]
        nameless = [c for c in controls if not c.accessibleName() and c.isVisible()]
        assert nameless == []
