"""A consent round: rule, faces and spokespeople are chosen first, and fixed for all to read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.flow import agree, rounds, values
from partnerdesk.flow.manner import manner_of
from partnerdesk.model.round import ClauseType, Manner, Rule
from ui.kinds import TWINS
from ui.theme import Look, apply_theme
from ui.views.agree import AgreeView
from ui.views.session import SessionView
from ui.views.session_manner import FACES, MODE, RULE
from ui.views.workplace import Workplace
from ui.widgets.faces import FaceChoice
from ui.widgets.fields import ChoiceField

CONSENT = "clause_consent"


@pytest.fixture
def work(begun: Workplace) -> Workplace:
    """Return North with Ann and Ben, South with Cleo, and one clause that both wrote."""
    agree.propose_clause(
        begun.store, "C9", ClauseType.RULE, "We share.", keys=("north", "south"), clause_id="one"
    )
    return begun


def texts(view: QWidget) -> str:
    QApplication.processEvents()  # what was built just now is laid out
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisibleTo(view))


def shown(work: Workplace, qtbot: QtBot) -> SessionView:
    view = SessionView(work, CONSENT)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    with qtbot.waitExposed(view):
        view.show()
    return view


def choose(view: SessionView, name: str, key: str) -> None:
    """Choose as a person does; the page may be built anew by it."""
    assert view.asking.panel is not None
    field = view.asking.panel.fields[name].editor
    assert isinstance(field, ChoiceField)
    field.setCurrentIndex(field.findData(key))
    field.activated.emit(field.currentIndex())


def opened(view: SessionView, qtbot: QtBot) -> Manner:
    assert view.page.footer.primary.text() == "Open this round"
    qtbot.mouseClick(view.page.footer.primary, Qt.MouseButton.LeftButton)
    last = values.latest_round(view.work.store, CONSENT)
    assert last is not None
    return manner_of(view.work.store, last.id)


def answered(work: Workplace, **levels: int) -> None:
    """Let who is named answer the open round, and reveal it."""
    last = values.latest_round(work.store, CONSENT)
    assert last is not None
    for who, level in levels.items():
        said = {"one": {"level": level}}
        rounds.submit_answer(work.store, work.guide, last.id, who, said)  # type: ignore[arg-type]  # JSON
    rounds.reveal_round(work.store, work.guide, last.id)


def test_the_rule_is_chosen_first_and_shown_to_all_once_it_is_fixed(
    work: Workplace, qtbot: QtBot
) -> None:
    view = shown(work, qtbot)
    choose(view, RULE, Rule.UNANIMITY.value)
    assert "Every partner agrees, between 1 and 3." in texts(view)
    assert opened(view, qtbot).rule is Rule.UNANIMITY
    assert view.asking.panel is None
    assert "Everybody agrees" in texts(view)


def test_a_spokesperson_is_named_for_each_partner_and_gets_the_laptop(
    work: Workplace, qtbot: QtBot
) -> None:
    view = shown(work, qtbot)
    choose(view, "speaker:north", "ben")
    assert opened(view, qtbot).speakers == {"north": "ben", "south": "cleo"}
    assert view.page.footer.primary.text() == "Give the laptop to Ben"
    assert "Ben speaks for North." in texts(view)
    assert view.people is not None
    assert [row.turn.name for row in view.people.rows()] == ["Ben", "Cleo"]
    names = [b.text() for b in view.findChildren(QAbstractButton)]
    assert "Ben is not here" not in names


def test_colleagues_answer_too_where_the_box_is_ticked(work: Workplace, qtbot: QtBot) -> None:
    view = shown(work, qtbot)
    assert view.asking.panel is not None
    box = view.asking.panel.colleagues
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert opened(view, qtbot).colleagues
    assert view.people is not None
    assert [row.turn.respondent for row in view.people.rows()] == ["north", "ben", "south"]


def test_a_colleague_at_eight_asks_its_partner_for_a_pause_and_changes_no_level(
    work: Workplace, qtbot: QtBot
) -> None:
    manner = Manner(speakers={"north": "ann", "south": "cleo"}, colleagues=True)
    rounds.open_round(work.store, work.guide, CONSENT, manner=manner)
    answered(work, north=1, ben=8, south=2)
    view = AgreeView(work, CONSENT)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    words = texts(view)
    assert "A colleague in North cannot let it pass. North: pause and talk first." in words
    assert "colleagues: 8" in words
    assert "Adopted" in words
    assert [c.level for c in agree.clauses(work.store)[0].consents] == [1, 2]


def test_the_results_show_colleagues_beside_their_partner(work: Workplace, qtbot: QtBot) -> None:
    manner = Manner(speakers={"north": "ann"}, colleagues=True)
    rounds.open_round(work.store, work.guide, CONSENT, manner=manner)
    answered(work, north=1, ben=6, south=2, cleo=2)
    last = values.latest_round(work.store, CONSENT)
    assert last is not None
    activity = work.guide.activity(CONSENT)
    assert activity is not None
    setting = rounds.setting_of(work.store, work.guide, activity, last.attribution, round_=last)
    found = rounds.summary(work.store, work.guide, last)
    widget = TWINS["consent"].results(setting, found, None)
    qtbot.addWidget(widget)
    assert "A colleague: 6: We disagree, and will still go along" in texts(widget)


def test_four_faces_stand_for_four_levels(work: Workplace, qtbot: QtBot) -> None:
    view = shown(work, qtbot)
    choose(view, MODE, FACES)
    assert opened(view, qtbot).faces
    last = values.latest_round(work.store, CONSENT)
    activity = work.guide.activity(CONSENT)
    assert last is not None
    assert activity is not None
    setting = rounds.setting_of(work.store, work.guide, activity, last.attribution, round_=last)
    form = TWINS["consent"].form(setting, "north", None)
    qtbot.addWidget(form)
    form.resize(1000, 600)
    form.show()
    form.show_page(0)
    (faces,) = form.findChildren(FaceChoice)
    assert [face.accessibleName() for face in faces.faces] == [
        "We support it",
        "We can live with it",
        "We cannot carry it out",
        "Stop",
    ]
    qtbot.keyClick(faces.faces[0], Qt.Key.Key_3)
    assert form.answer() == {"one": {"level": 7, "reservation": ""}}


@pytest.mark.parametrize("look", list(Look))
def test_each_face_is_painted_in_every_look(qtbot: QtBot, qapp: object, look: Look) -> None:
    apply_theme(qapp, look)  # type: ignore[arg-type]  # the application
    choice = FaceChoice("How far?", ("Yes", "Fine", "No", "Stop"), (1, 3, 7, 8))
    qtbot.addWidget(choice)
    choice.resize(720, 160)
    choice.choose(3)
    drawn = choice.grab().toImage()
    colours = {drawn.pixel(x, 50) for x in range(0, drawn.width(), 2)}
    assert len(colours) > 3
    apply_theme(qapp, Look.LIGHT)  # type: ignore[arg-type]  # the application


def test_another_rule_asks_again_about_clauses_that_were_answered(
    work: Workplace, qtbot: QtBot
) -> None:
    rounds.open_round(work.store, work.guide, CONSENT)
    answered(work, north=1, south=5)
    last = values.latest_round(work.store, CONSENT)
    assert last is not None
    rounds.close_round(work.store, last.id)
    view = shown(work, qtbot)
    assert view.page.footer.primary.text() != "Open this round"
    again = view.ways["again"]
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert not view.page.footer.primary.isEnabled()
    choose(view, RULE, Rule.UNANIMITY.value)
    assert opened(view, qtbot).rule is Rule.UNANIMITY
    assert values.latest_round(work.store, CONSENT) != last
