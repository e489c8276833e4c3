"""Fills every private form by real clicks and keys, and lets the kind check what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from partnerdesk.flow.guides import built_in_guide
from partnerdesk.kinds import KINDS
from partnerdesk.kinds.base import Setting
from partnerdesk.model.guide import Activity, Guide, Item, Scale
from partnerdesk.model.partnership import Partner
from ui.kinds import TWINS, AnswerForm
from ui.kinds.base import Page
from ui.kinds.cards import Cards, Order
from ui.kinds.page import Asked
from ui.kinds.private import PrivateText
from ui.theme import Look, apply_theme
from ui.widgets.fields import ChoiceField
from ui.widgets.points import Points
from ui.widgets.radio import RadioRow

PARTNERS = (
    Partner("north", 0, "Northbridge Relief", "Northbridge"),
    Partner("lake", 1, "Lake Basin Farmers' Network", "LBFN"),
    Partner("wuc", 2, "Kisumbe Water Users' Committee", "Kisumbe WUC"),
)
OWN_ITEMS = {
    "decisions": (Item("budget", "How the budget is split"), Item("hire", "Who is hired")),
    "goals": (Item("water", "All water points work"), Item("sell", "Farmers sell together")),
}
CLAUSES = (Item("c1", "We answer within ten days."), Item("c2", "Each partner keeps its name."))


@pytest.fixture(scope="module")
def guide() -> Guide:
    return built_in_guide()


def setting_of(guide: Guide, activity: Activity) -> Setting:
    own = OWN_ITEMS.get(activity.item_list, ())
    items = CLAUSES if activity.kind == "consent" else activity.items + own
    known = {one.id: one.items for one in guide.activities()} | OWN_ITEMS
    return Setting(activity, PARTNERS, items, activity.attribution, known)


def named(guide: Guide, activity_id: str) -> Setting:
    activity = guide.activity(activity_id)
    assert activity is not None
    return setting_of(guide, activity)


def opened(qtbot: QtBot, setting: Setting, width: int = 1290, height: int = 518) -> AnswerForm:
    form = TWINS[setting.activity.kind].form(setting, "wuc", None)
    qtbot.addWidget(form)
    form.resize(width, height)
    form.show()
    qtbot.waitExposed(form)
    return form


def page_of(form: AnswerForm, index: int) -> Page:
    form.show_page(index)
    QGuiApplication.processEvents()
    layout = form.layout()
    assert isinstance(layout, QStackedLayout)
    page = layout.currentWidget()
    assert isinstance(page, Page)
    return page


def press(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def fill(qtbot: QtBot, page: Page) -> None:
    """Answer one page with the mouse: the second way of each row, the first cards, some words."""
    for row in page.findChildren(RadioRow):
        if row.isVisibleTo(page):
            press(qtbot, row.faces[1])
    for cards in page.findChildren(Cards):
        for card in cards.findChildren(QAbstractButton):
            if card.isVisibleTo(page) and card.isEnabled() and not cards.complete:
                press(qtbot, card)
    for number in [n for p in page.findChildren(Points) for n in p.findChildren(QLineEdit)][:1]:
        number.setFocus()
        number.selectAll()
        qtbot.keyClicks(number, "100")
    for text in page.findChildren(PrivateText):
        if text.isVisibleTo(page):
            qtbot.keyClicks(text, "Words of ours")
    for choice in page.findChildren(ChoiceField):
        qtbot.keyClick(choice, Qt.Key.Key_Down)


def filled(qtbot: QtBot, form: AnswerForm) -> None:
    for index in range(form.page_count()):
        fill(qtbot, page_of(form, index))


ASKED = [a.id for a in built_in_guide().activities() if a.kind != "plan" or a.options]


def test_every_kind_has_its_twin() -> None:
    assert set(TWINS) == set(KINDS)


@pytest.mark.parametrize("activity_id", ASKED)
def test_a_form_that_is_filled_by_clicks_gives_an_answer_without_fault(
    qtbot: QtBot, guide: Guide, activity_id: str
) -> None:
    setting = named(guide, activity_id)
    form = opened(qtbot, setting)
    filled(qtbot, form)
    assert all(form.page_done(index) for index in range(form.page_count()))
    kind = KINDS[setting.activity.kind]
    assert kind.check_answer(setting, "wuc", form.answer()) == []


@pytest.mark.parametrize("activity_id", ASKED)
def test_nothing_is_chosen_before_the_person_chooses(
    qtbot: QtBot, guide: Guide, activity_id: str
) -> None:
    setting = named(guide, activity_id)
    form = opened(qtbot, setting)
    assert not form.page_done(form.page_count() - 1)
    assert not any(row.value is not None for row in form.findChildren(RadioRow))


@pytest.mark.parametrize("activity_id", ASKED)
def test_each_page_takes_the_keyboard_and_every_control_says_its_name(
    qtbot: QtBot, guide: Guide, activity_id: str
) -> None:
    form = opened(qtbot, named(guide, activity_id))
    for index in range(form.page_count()):
        page = page_of(form, index)
        controls = [
            w for w in page.findChildren(QWidget) if w.focusPolicy() and w.isVisibleTo(page)
        ]
        assert all(control.accessibleName() for control in controls)
    form.show_page(0)
    focus = form.window().focusWidget()
    assert focus is not None
    assert form.isAncestorOf(focus)


@pytest.mark.parametrize("activity_id", ASKED)
def test_a_form_fits_the_width_of_a_small_screen(
    qtbot: QtBot, guide: Guide, plain_theme: None, qapp: object, activity_id: str
) -> None:
    apply_theme(qapp, Look.LIGHT, 200)  # type: ignore[arg-type]  # pytest-qt's own type
    form = opened(qtbot, named(guide, activity_id), 924, 390)
    for index in range(form.page_count()):
        page = page_of(form, index)
        area = page.findChild(QScrollArea)
        assert area is not None
        assert area.horizontalScrollBar().maximum() == 0, page.accessibleName()


def test_a_rating_is_given_by_a_digit_and_no_basis_is_none(qtbot: QtBot, guide: Guide) -> None:
    form = opened(qtbot, named(guide, "trust"))
    rows = page_of(form, 0).findChildren(RadioRow)
    qtbot.keyClick(rows[0].faces[0], Qt.Key.Key_3)
    qtbot.keyClick(rows[1].faces[0], Qt.Key.Key_End)
    answer = form.answer()
    assert answer["north"]["a1"] == {"value": 3}
    assert answer["lake"]["a1"] == {"value": None}
    assert form.page_done(0)


def test_a_scale_without_no_basis_offers_none(qtbot: QtBot, guide: Guide) -> None:
    form = opened(qtbot, named(guide, "dependence"))
    assert all(face.value >= 0 for row in form.findChildren(RadioRow) for face in row.faces)


def test_the_ladder_asks_for_today_for_wanted_and_for_content(qtbot: QtBot, guide: Guide) -> None:
    form = opened(qtbot, named(guide, "decision_ladder"))
    assert form.page_count() == len(OWN_ITEMS["decisions"])
    page_of(form, 0)
    assert not form.page_done(0)
    fill(qtbot, page_of(form, 0))
    decision = form.answer()["budget"]
    assert decision["partners"]["wuc"] == {"actual": 1, "wanted": 1}
    assert decision["content"] == dict.fromkeys(("north", "lake", "wuc"), "no")
    assert form.page_done(0)
    assert not form.page_done(1)


def test_open_rows_below_are_told_and_can_be_gone_to(qtbot: QtBot, guide: Guide) -> None:
    form = opened(qtbot, named(guide, "decision_ladder"), 924, 390)
    page = page_of(form, 0)
    assert isinstance(page, Asked)
    first = page.rows_below()[0]
    told = next(b for b in page.findChildren(QPushButton) if "below" in b.text())
    assert told.text() == f"{len(page.rows_below())} open rows below"
    press(qtbot, told)
    assert first not in page.rows_below()
    fill(qtbot, page)
    assert not told.isVisibleTo(page)


def test_cards_are_put_in_order_by_buttons_and_leave_the_second_choice(
    qtbot: QtBot, guide: Guide
) -> None:
    form = opened(qtbot, named(guide, "values"))
    fill(qtbot, page_of(form, 0))
    order = page_of(form, 1).findChild(Order)
    assert order is not None
    before = order.keys
    down = [b for b in order.findChildren(QPushButton) if b.text() == "Down"]
    press(qtbot, down[0])
    assert order.keys == (before[1], before[0], *before[2:])
    more = page_of(form, 2).findChild(Cards)
    assert more is not None
    offered = [c for c in more.findChildren(QAbstractButton) if c.isVisibleTo(more)]
    assert len(offered) == 30 - len(before)
    fill(qtbot, page_of(form, 2))
    assert form.answer()["ranked"] == [*order.keys]


def test_a_card_that_is_put_back_leaves_the_order(qtbot: QtBot, guide: Guide) -> None:
    form = opened(qtbot, named(guide, "values"))
    page = page_of(form, 0)
    fill(qtbot, page)
    chosen = form.answer()["ranked"]
    first = next(c for c in page.findChildren(QAbstractButton) if c.isChecked())
    press(qtbot, first)
    assert form.answer()["ranked"] == chosen[1:]
    assert not form.page_done(0)


def test_points_may_go_on_once_all_are_given(qtbot: QtBot, guide: Guide) -> None:
    form = opened(qtbot, named(guide, "goals"))
    points = form.findChild(Points)
    assert points is not None
    plus = [b for b in points.findChildren(QPushButton) if "More" in b.accessibleName()]
    for _press in range(20):
        assert not form.page_done(0)
        press(qtbot, plus[0])
    assert form.page_done(0)
    assert form.answer() == {"points": {"water": 100, "sell": 0}}


def test_a_reservation_appears_from_level_three_and_is_kept_word_for_word(
    qtbot: QtBot, guide: Guide
) -> None:
    form = opened(qtbot, named(guide, "clause_consent"))
    page = page_of(form, 0)
    levels, words = page.findChild(RadioRow), page.findChild(PrivateText)
    assert levels is not None
    assert words is not None
    press(qtbot, levels.faces[1])
    assert not words.isVisibleTo(page)
    press(qtbot, levels.faces[2])
    assert words.isVisibleTo(page)
    qtbot.keyClicks(words, " Ten days are  short ")
    assert form.answer()["c1"] == {"level": 3, "reservation": " Ten days are  short "}
    press(qtbot, levels.faces[0])
    assert form.answer()["c1"] == {"level": 1, "reservation": ""}


def test_too_many_words_are_said_and_hold_the_page(qtbot: QtBot, guide: Guide) -> None:
    setting = named(guide, "terms")
    short = replace(setting.activity, options={"max": 5})
    form = opened(qtbot, replace(setting, activity=short))
    text = page_of(form, 0).findChild(PrivateText)
    assert text is not None
    qtbot.keyClicks(text, "too long")
    assert not form.page_done(0)
    assert "3 characters too many" in _words(form)


def test_open_questions_may_stay_empty_but_not_all_of_them(qtbot: QtBot, guide: Guide) -> None:
    form = opened(qtbot, named(guide, "terms"))
    last = form.page_count() - 1
    assert form.page_done(0)
    assert not form.page_done(last)
    text = page_of(form, 1).findChild(PrivateText)
    assert text is not None
    qtbot.keyClicks(text, "To carry together")
    assert form.page_done(last)
    assert form.answer() == {"power": "To carry together"}


@pytest.mark.parametrize("key", [Qt.Key.Key_C, Qt.Key.Key_X])
def test_private_words_do_not_reach_the_clipboard(qtbot: QtBot, guide: Guide, key: Qt.Key) -> None:
    form = opened(qtbot, named(guide, "terms"))
    text = page_of(form, 0).findChild(PrivateText)
    assert text is not None
    QGuiApplication.clipboard().setText("from elsewhere")
    qtbot.keyClicks(text, "a secret")
    text.selectAll()
    qtbot.keyClick(text, key, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "from elsewhere"
    assert text.words() == "a secret"
    assert not text.createMimeDataFromSelection().hasText()
    hints = text.inputMethodHints()
    assert hints & Qt.InputMethodHint.ImhSensitiveData
    assert hints & Qt.InputMethodHint.ImhNoPredictiveText


def test_rows_are_added_and_taken_away(qtbot: QtBot, guide: Guide) -> None:
    form = opened(qtbot, named(guide, "walking_away"), height=1600)
    qtbot.keyClicks(form.findChildren(PrivateText)[0], "Money is late")
    more = next(b for b in form.findChildren(QPushButton) if b.text() == "Write another one")
    press(qtbot, more)
    assert len(form.answer()["rows"]) == 1  # an empty row is not an answer
    drop = next(b for b in form.findChildren(QPushButton) if b.text() == "Take away")
    press(qtbot, drop)
    assert not form.page_done(0)


def test_a_slider_with_other_steps_is_asked_by_tiles(qtbot: QtBot, guide: Guide) -> None:
    setting = named(guide, "mindset")
    wider = replace(setting.activity, scale=Scale(0, 6))
    setting = replace(setting, activity=wider)
    form = opened(qtbot, setting)
    filled(qtbot, form)
    assert KINDS["spectrum"].check_answer(setting, "wuc", form.answer()) == []


def test_tiles_follow_each_other_against_the_direction_of_reading_from_right_to_left(
    qtbot: QtBot, guide: Guide
) -> None:
    form = opened(qtbot, named(guide, "trust"))
    form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    row = page_of(form, 0).findChildren(RadioRow)[0]
    places = [face.mapTo(form, face.rect().center()).x() for face in row.faces]
    assert all(one > other for one, other in pairwise(places))


def _words(form: AnswerForm) -> str:
    texts: list[Callable[[], str]] = [
        w.text for w in form.findChildren(QWidget) if hasattr(w, "text")
    ]
    return " ".join(str(text()) for text in texts)
