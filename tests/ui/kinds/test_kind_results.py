"""Shows every revealed round of the sample workshop, and reads what it says in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

import resources
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow import rounds, values
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.kinds import KINDS
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.summary import Summary
from partnerdesk.model.guide import Attribution, Item
from partnerdesk.model.round import Response
from partnerdesk.store import Store
from ui.kinds import TWINS
from ui.kinds.grid_results import burden_words, mean_needs
from ui.kinds.ladder_results import least_first
from ui.kinds.lines import LineRow, Working, apart_words, track_of
from ui.kinds.pick_rank import first_cards
from ui.theme import Look, apply_theme
from ui.widgets.bars import BarLine, LadderCell
from ui.widgets.dots import DotTrack

GUIDE = built_in_guide()
REVEALED = (
    "mindset",
    "values",
    "decision_ladder",
    "dependence",
    "four_r",
    "goals",
    "trust",
    "readiness",
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    workshop = read_workshop(resources.path("samples/workshop-a.json"), GUIDE)
    path: Path = tmp_path_factory.mktemp("sample") / "sample.pdesk"
    store = replay(workshop, GUIDE, path)
    yield store
    store.close()


def revealed(
    sample: Store, activity_id: str, shown: Attribution = Attribution.ORGANISATION
) -> tuple[Setting, Summary]:
    activity = GUIDE.activity(activity_id)
    last = values.latest_round(sample, activity_id)
    assert activity is not None
    assert last is not None
    setting = rounds.setting_of(sample, GUIDE, activity, shown)
    return setting, KINDS[activity.kind].summarise(setting, rounds.responses(sample, last))


def view_of(qtbot: QtBot, setting: Setting, summary: Summary) -> QWidget:
    view = TWINS[setting.activity.kind].results(setting, summary, None)
    qtbot.addWidget(view)
    view.resize(806, 2000)
    view.show()
    qtbot.waitExposed(view)
    return view


def said(view: QWidget) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view))


def open_workings(qtbot: QtBot, view: QWidget) -> None:
    for button in view.findChildren(QPushButton):
        if button.isVisibleTo(view):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("activity_id", REVEALED)
def test_the_widest_differences_stand_first_and_each_line_has_its_dots(
    qtbot: QtBot, sample: Store, activity_id: str
) -> None:
    setting, summary = revealed(sample, activity_id)
    view = view_of(qtbot, setting, summary)
    more = [b for b in view.findChildren(QPushButton) if "more line" in b.text()]
    for button in more:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    rows = view.findChildren(LineRow)
    assert len(rows) == len(summary.lines)
    names = [row.findChild(DotTrack).accessibleName() for row in rows]  # type: ignore[union-attr]  # each row has one
    assert names == [line.label for line in summary.lines]


@pytest.mark.parametrize("activity_id", REVEALED)
def test_every_answer_is_in_words_for_those_who_do_not_see_the_dots(
    qtbot: QtBot, sample: Store, activity_id: str
) -> None:
    setting, summary = revealed(sample, activity_id)
    view = view_of(qtbot, setting, summary)
    tracks = {t.accessibleName(): t for t in view.findChildren(DotTrack)}
    line = summary.lines[0]
    words = QAccessible.queryAccessibleInterface(tracks[line.label]).text(
        QAccessible.Text.Description
    )
    names = {p.id: p.short for p in setting.partners}
    assert all(names[dot.partner_id] in words for dot in line.dots)
    assert words.count("stands apart") == line.apart


@pytest.mark.parametrize("activity_id", REVEALED)
def test_the_working_shows_each_count_and_says_how_each_number_comes_about(
    qtbot: QtBot, sample: Store, activity_id: str
) -> None:
    setting, summary = revealed(sample, activity_id)
    view = view_of(qtbot, setting, summary)
    open_workings(qtbot, view)
    working = view.findChild(Working)
    assert working is not None
    shown, line = said(working), summary.lines[0]
    for tally in line.working:
        assert tally.label in shown
    for figure in line.figures:
        assert figure.label in shown
        assert figure.words in shown


def test_the_working_closes_again(qtbot: QtBot, sample: Store) -> None:
    view = view_of(qtbot, *revealed(sample, "mindset"))
    row = view.findChildren(LineRow)[0]
    button = row.findChild(QPushButton)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.text() == "Hide the working"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    working = row.findChild(Working)
    assert working is not None
    assert not working.isVisibleTo(view)


@pytest.mark.parametrize("activity_id", REVEALED)
def test_figures_and_questions_are_on_the_page(
    qtbot: QtBot, sample: Store, activity_id: str
) -> None:
    setting, summary = revealed(sample, activity_id)
    shown = said(view_of(qtbot, setting, summary))
    assert all(figure.words in shown for figure in summary.figures)
    assert all(question in shown for question in summary.questions)


def test_the_lone_dissenter_is_marked_in_words(qtbot: QtBot, sample: Store) -> None:
    setting, summary = revealed(sample, "mindset")
    assert any(line.apart == 1 for line in summary.lines)
    assert "One stands apart" in said(view_of(qtbot, setting, summary))


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, ""), (1, "One stands apart"), (3, "Three stand apart"), (7, "7 stand apart")],
)
def test_those_who_stand_apart_are_counted_in_words(count: int, words: str) -> None:
    assert apart_words(count) == words


@pytest.mark.parametrize("activity_id", REVEALED)
def test_pooled_answers_have_no_marks_and_no_names(
    qtbot: QtBot, sample: Store, activity_id: str
) -> None:
    setting, summary = revealed(sample, activity_id, Attribution.POOLED)
    tracks = [track_of(setting, line) for line in summary.lines]
    assert all(dot.partner is None for track in tracks for dot in track.dots)
    shown = said(view_of(qtbot, setting, summary))
    assert "Shown without names" in shown
    assert "Shown by organisation" not in shown


@pytest.mark.parametrize("activity_id", REVEALED)
def test_what_is_for_the_facilitator_alone_shows_no_answer(
    qtbot: QtBot, sample: Store, activity_id: str
) -> None:
    setting, summary = revealed(sample, activity_id, Attribution.FACILITATOR)
    view = view_of(qtbot, setting, summary)
    assert "Only the facilitator reads these answers" in said(view)
    assert not view.findChildren(DotTrack)
    assert not view.findChildren(BarLine)


@pytest.mark.parametrize("activity_id", REVEALED)
def test_a_view_fits_a_small_screen_with_large_text(
    qtbot: QtBot, sample: Store, plain_theme: None, qapp: object, activity_id: str
) -> None:
    apply_theme(qapp, Look.LIGHT, 200)  # type: ignore[arg-type]  # pytest-qt's own type
    setting, summary = revealed(sample, activity_id)
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(TWINS[setting.activity.kind].results(setting, summary, None))
    area.resize(884, 500)
    area.show()
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() == 0, timeout=1000)


def test_the_ladder_has_a_cell_for_each_decision_and_partner_least_power_first(
    qtbot: QtBot, sample: Store
) -> None:
    setting, summary = revealed(sample, "decision_ladder")
    view = view_of(qtbot, setting, summary)
    cells = view.findChildren(LadderCell)
    assert len(cells) == len(setting.items) * len(setting.partners)
    shorts = [partner.short for partner in least_first(setting, summary)]
    assert shorts == ["Kisumbe WUC", "LBFN", "Northbridge"]
    assert "today" in cells[0].accessibleDescription()


def test_need_is_shown_in_pairs_by_the_mean_over_people_and_resources(
    qtbot: QtBot, sample: Store
) -> None:
    setting, summary = revealed(sample, "dependence")
    found = mean_needs(summary)
    shown = said(view_of(qtbot, setting, summary))
    names = {p.id: p.short for p in setting.partners}
    for (who, whom), mean in found.items():
        assert f"{names[who]} needs {names[whom]}" in shown
        assert f"{mean:.1f}" in shown
    net = {f"{over} over {under}": found[under, over] - found[over, under] for over, under in found}
    assert isinstance(summary.data, dict)
    assert net == pytest.approx(summary.data)


def test_burdens_are_said_in_words(qtbot: QtBot, sample: Store) -> None:
    shown = said(view_of(qtbot, *revealed(sample, "four_r")))
    assert "Kisumbe WUC gets back 4.7 less than it carries" in shown
    assert burden_words("LBFN", 0.04) == "LBFN gets back as much as it carries"
    assert burden_words("LBFN", 1.25) == "LBFN gets back 1.2 more than it carries"


def test_trust_is_shown_in_each_direction_with_its_lowest_part(qtbot: QtBot, sample: Store) -> None:
    shown = said(view_of(qtbot, *revealed(sample, "trust")))
    assert "Kisumbe WUC trusts Northbridge" in shown
    assert "Trust stands on its lowest part: Ability, 1.3." in shown


def test_values_stand_in_a_column_for_each_partner_with_what_is_shared(
    qtbot: QtBot, sample: Store
) -> None:
    setting, summary = revealed(sample, "values")
    shown = said(view_of(qtbot, setting, summary))
    assert all(len(first_cards(summary, p.id)) == 5 for p in setting.partners)
    assert "shared with another partner" in shown
    assert "gave no answer" not in shown


def test_goals_have_a_bar_for_each_partner(qtbot: QtBot, sample: Store) -> None:
    setting, summary = revealed(sample, "goals")
    view = view_of(qtbot, setting, summary)
    bars = view.findChildren(BarLine)
    assert len(bars) == len(setting.items) * len(setting.partners)


def test_words_are_quoted_as_they_were_said(qtbot: QtBot, sample: Store) -> None:
    setting = revealed(sample, "mindset")[0]
    terms = GUIDE.activity("terms")
    assert terms is not None
    asked = replace(setting, activity=terms, items=terms.items)
    side = asked.partners[0]
    told = Response("someone", side.id, {"power": "Who holds the <b>pen</b>"})
    summary = KINDS["text"].summarise(asked, [told])
    assert "“Who holds the <b>pen</b>”" in said(view_of(qtbot, asked, summary))


def test_a_clause_shows_where_it_stands_and_each_reservation_once(
    qtbot: QtBot, sample: Store
) -> None:
    setting = revealed(sample, "mindset")[0]
    consent = GUIDE.activity("clause_consent")
    assert consent is not None
    asked = replace(setting, activity=consent, items=(Item("c1", "We answer within ten days."),))
    one, other, third = (partner.id for partner in asked.partners)
    given = {one: (1, ""), other: (8, "Not in harvest time"), third: (3, "")}
    summary = KINDS["consent"].summarise(
        asked,
        [
            Response(who, who, {"c1": {"level": level, "reservation": words}})
            for who, (level, words) in given.items()
        ],
    )
    shown = said(view_of(qtbot, asked, summary))
    assert "Blocked" in shown
    assert shown.count("“Not in harvest time”") == 1


def test_a_round_without_answers_says_so(qtbot: QtBot, sample: Store) -> None:
    setting = revealed(sample, "mindset")[0]
    terms = GUIDE.activity("terms")
    assert terms is not None
    asked = replace(setting, activity=terms, items=terms.items)
    summary = KINDS["text"].summarise(asked, [])
    assert "Nobody gave an answer that can be shown." in said(view_of(qtbot, asked, summary))
