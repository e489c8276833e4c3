"""The agreement is written together, kept as it is typed, and stands only with everybody."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.flow.agree import agreements, clauses
from partnerdesk.flow.drafts import draft_of
from ui.views.agree import AgreeView
from ui.views.place import Go, Place
from ui.views.workplace import Workplace
from ui.widgets.fields import ChoiceField, LongTextField


def named(view: QWidget, kind: type[QWidget], name: str) -> QWidget:
    found = [w for w in view.findChildren(kind) if w.accessibleName() == name]
    assert len(found) == 1, [w.accessibleName() for w in view.findChildren(kind)]
    return found[0]


def choose(view: QWidget, name: str, key: str) -> None:
    field = named(view, ChoiceField, name)
    assert isinstance(field, ChoiceField)
    field.setCurrentIndex(field.findData(key))
    field.activated.emit(field.currentIndex())


def press(view: AgreeView, qtbot: QtBot, words: str) -> None:
    button = next(b for b in view.findChildren(QPushButton) if b.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def shown(work: Workplace, qtbot: QtBot, activity: str) -> AgreeView:
    view = AgreeView(work, activity)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    return view


def written(view: AgreeView, qtbot: QtBot) -> None:
    """Write one red line as a person would."""
    add = named(view, QPushButton, "Add a row: Red lines")
    assert isinstance(add, QPushButton)
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    partner = next(
        f
        for f in view.findChildren(ChoiceField)
        if f.findData("south") >= 0 and "row" in f.accessibleName()
    )
    partner.setCurrentIndex(partner.findData("south"))
    partner.activated.emit(partner.currentIndex())
    long = view.findChildren(LongTextField) or view.findChildren(QLineEdit)
    box = next(f for f in long if "row 1" in f.accessibleName())
    qtbot.keyClicks(box, "Nobody is photographed <b>unasked</b>.")
    box.clearFocus()


def test_a_new_row_is_written_at_once(begun: Workplace, qtbot: QtBot) -> None:
    view = shown(begun, qtbot, "values")
    add = named(view, QPushButton, "Add a row: Red lines")
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    focus = view.focusWidget()
    assert isinstance(focus, QLineEdit | LongTextField | ChoiceField)
    assert "row 1" in focus.accessibleName()


def test_what_is_typed_is_kept_before_it_is_recorded(begun: Workplace, qtbot: QtBot) -> None:
    view = shown(begun, qtbot, "values")
    written(view, qtbot)
    choose(view, "Level of support of North", "3")
    view.closing()
    draft = draft_of(begun.store, "values")
    assert draft is not None
    assert draft.payload["red_lines"] == [
        {"partner": "south", "text": "Nobody is photographed <b>unasked</b>."}
    ]
    assert draft.supports["north"].level == 3
    again = shown(begun, qtbot, "values")
    assert again.levels.supports()["north"].level == 3


def test_an_agreement_is_recorded_with_every_level_and_becomes_clauses(
    begun: Workplace, qtbot: QtBot, desk: object
) -> None:
    view = shown(begun, qtbot, "values")
    written(view, qtbot)
    choose(view, "Level of support of North", "3")
    assert not view.page.footer.primary.isEnabled()
    assert "South" in view.page.footer.note()
    choose(view, "Level of support of South", "1")
    said = named(view, QLineEdit, "Reservation of North, in their own words")
    qtbot.keyClicks(said, "Only for a year.")
    press(view, qtbot, "Record this agreement")
    recorded = agreements(begun.store)[0]
    assert [(c.partner_id, c.level, c.reservation) for c in recorded.consents] == [
        ("north", 3, "Only for a year."),
        ("south", 1, ""),
    ]
    assert [c.origin for c in clauses(begun.store)] == ["values"]
    assert draft_of(begun.store, "values") is None
    press(view, qtbot, "Go on")
    assert desk.places[-1] == Place(Go.SESSION)  # type: ignore[attr-defined]


def test_a_block_keeps_it_open_and_on_record(begun: Workplace, qtbot: QtBot) -> None:
    view = shown(begun, qtbot, "values")
    written(view, qtbot)
    choose(view, "Level of support of North", "1")
    choose(view, "Level of support of South", "8")
    press(view, qtbot, "Record this agreement")
    assert agreements(begun.store)[0].consents[1].level == 8
    assert clauses(begun.store) == ()
    assert any(b.text() == "Record this agreement" for b in view.findChildren(QPushButton))


def test_the_agreed_ladder_of_the_workshop_shows_every_pair(
    workshop: Workplace, qtbot: QtBot
) -> None:
    view = shown(workshop, qtbot, "decision_ladder")
    choices = [f for f in view.findChildren(ChoiceField) if "Today" in f.accessibleName()]
    assert len(choices) == 15
    assert all(f.value() is not None for f in choices)


def test_clauses_show_each_partners_stand_and_lead_to_the_charter(
    workshop: Workplace, qtbot: QtBot, desk: object
) -> None:
    view = shown(workshop, qtbot, "clause_consent")
    for _place in range(7):
        press(view, qtbot, "Next clause")
    names = [w.accessibleName() for w in view.findChildren(QWidget)]
    assert any("8" in name and "Not without asking." in name for name in names)
    press(view, qtbot, "Go to the charter")
    assert desk.places[-1] == Place(Go.CHARTER)  # type: ignore[attr-defined]
