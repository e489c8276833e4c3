"""A form half filled is read and put into a new one, part by part, in every kind."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from partnerdesk.model.guide import Guide
from tests.ui.kinds.test_kind_forms import named
from ui.kinds import TWINS, AnswerForm
from ui.kinds.cards import Cards, Order
from ui.kinds.half import fill, half
from ui.kinds.private import PrivateText
from ui.widgets.fields import ChoiceField
from ui.widgets.points import Points
from ui.widgets.radio import RadioRow

KINDS = ("mindset", "values", "decision_ladder", "trust", "goals", "terms", "clause_consent")


@pytest.fixture(scope="module")
def guide() -> Guide:
    from partnerdesk.flow.guides import built_in_guide

    return built_in_guide()


def _form(qtbot: QtBot, guide: Guide, activity: str) -> AnswerForm:
    setting = named(guide, activity)
    form = TWINS[setting.activity.kind].form(setting, "wuc", None)
    qtbot.addWidget(form)
    return form


def _begin(form: AnswerForm) -> None:
    """Fill a part of everything: what is left open must stay open."""
    for row in form.findChildren(RadioRow)[::2]:
        row.faces[-1].click()
    for cards in form.findChildren(Cards):
        for card in cards.findChildren(QPushButton)[:2] or list(cards._cards.values())[-3:]:
            card.click()
    for order in form.findChildren(Order):
        order.choose(tuple(reversed(order.keys)))
    for points in form.findChildren(Points):
        points.choose(dict.fromkeys(list(points.values)[:1], 7))
    for words in form.findChildren(PrivateText)[:1]:
        words.setPlainText("Our own words\nof two lines")
    for choice in form.findChildren(ChoiceField)[:1]:
        choice.setCurrentIndex(1)


def _said(form: AnswerForm) -> list[object]:
    return [page.answer() for page in form._pages]


@pytest.mark.parametrize("activity", KINDS)
def test_a_form_half_filled_goes_on_as_it_was(qtbot: QtBot, guide: Guide, activity: str) -> None:
    first, second = _form(qtbot, guide, activity), _form(qtbot, guide, activity)
    _begin(first)
    held = half(first)
    assert held != half(second)
    assert fill(second, held)
    assert _said(second) == _said(first)
    pages = range(first.page_count())
    assert [first.page_done(n) for n in pages] == [second.page_done(n) for n in pages]


def test_a_form_with_more_rows_says_that_it_does_not_fit(qtbot: QtBot, guide: Guide) -> None:
    first, second = _form(qtbot, guide, "walking_away"), _form(qtbot, guide, "walking_away")
    next(b for b in first.findChildren(QPushButton) if b.text() == "Write another one").click()
    assert not fill(second, half(first))


def test_an_empty_form_fits_too(qtbot: QtBot, guide: Guide) -> None:
    first, second = _form(qtbot, guide, "terms"), _form(qtbot, guide, "terms")
    assert fill(second, half(first))
