"""Prepare: what is typed is kept at once, by keyboard alone, and undo reaches it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.flow import setup, values
from partnerdesk.model.names import badge_letters
from partnerdesk.model.partnership import Authority
from partnerdesk.store import Store, open_copy
from tests.recording import RecordingMessages
from ui.theme import Look, apply_theme
from ui.views.place import Go, Place
from ui.views.prepare import PrepareView
from ui.views.workplace import Workplace
from ui.widgets.fields import QUIET_MS

ENTER = Qt.Key.Key_Return


@pytest.fixture(autouse=True)
def _gone() -> Iterator[None]:
    """Let each test's window go before the next, so that no look is given to it again."""
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def empty(tmp_path: Path, workplace: Callable[[Store], Workplace]) -> Workplace:
    return workplace(setup.new_partnership(tmp_path / "empty.pdesk", "Lake"))


def shown(qtbot: QtBot, work: Workplace, width: int = 1366, height: int = 768) -> PrepareView:
    view = PrepareView(work)
    qtbot.addWidget(view)
    view.resize(width, height)
    view.show()
    view.activateWindow()
    QApplication.processEvents()
    return view


def type_on(qtbot: QtBot, *words: str) -> None:
    """Type into whatever has the focus, each followed by Enter."""
    for one in words:
        focus = QApplication.focusWidget()
        assert focus is not None
        if one:
            qtbot.keyClicks(focus, one)
        qtbot.keyClick(focus, ENTER)


def retype(qtbot: QtBot, editor: Any, words: str) -> None:
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, words)


def texts(people: tuple[Any, ...], field: str) -> list[str]:
    return [getattr(one, field) for one in people]


def test_three_partners_and_seven_people_are_entered_by_keyboard_alone(
    qtbot: QtBot, empty: Workplace
) -> None:
    view, store = shown(qtbot, empty), empty.store
    crews = {
        "Northbridge": [("Marit", "Can"), ("Samuel", "Must")],
        "Network": [("Akinyi", "Can"), ("Peter", "Obs"), ("Grace", "Must")],
        "Kisumbe": [("Rose", "Can"), ("Juma", "Obs")],
    }
    for partner, crew in crews.items():
        qtbot.keyClick(view, Qt.Key.Key_N, _CTRL | Qt.KeyboardModifier.ShiftModifier)
        type_on(qtbot, partner, "", "NGO", "member", "KE", "To work")
        for n, (person, say) in enumerate(crew):
            type_on(qtbot, person, "Chair", say, "Swa" if n == 0 else "")
            last = n == len(crew) - 1
            if not last:
                type_on(qtbot, "")
    assert texts(values.partners(store), "name") == list(crews)
    people = values.participants(store)
    assert texts(people, "name") == [person for crew in crews.values() for person, _say in crew]
    says = {"Can": Authority.BINDS, "Must": Authority.SUBJECT, "Obs": Authority.OBSERVES}
    assert texts(people, "authority") == [says[s] for crew in crews.values() for _p, s in crew]
    assert set(texts(people, "language")) == {"sw"}
    assert set(texts(people, "role")) == {"Chair"}
    assert view.page.footer.primary.isEnabled()


def test_typing_is_kept_after_a_short_quiet(qtbot: QtBot, begun: Workplace) -> None:
    view = shown(qtbot, begun)
    purpose = view.about.fields["purpose"].editor
    purpose.setFocus()
    qtbot.keyClicks(purpose, "Clean water")
    assert values.partnership(begun.store).purpose == ""
    qtbot.waitUntil(
        lambda: values.partnership(begun.store).purpose == "Clean water", timeout=QUIET_MS * 10
    )
    assert purpose.toPlainText() == "Clean water"


def test_leaving_a_field_keeps_it(qtbot: QtBot, begun: Workplace) -> None:
    view = shown(qtbot, begun)
    place = view.session.fields["place"].editor
    retype(qtbot, place, "Kisumbe")
    qtbot.keyClick(place, Qt.Key.Key_Tab)
    assert values.sessions(begun.store)[0].place == "Kisumbe"


def test_closing_keeps_what_is_being_typed(qtbot: QtBot, begun: Workplace) -> None:
    view = shown(qtbot, begun)
    retype(qtbot, view.parts[0].rows[0].role, "Chair")
    retype(qtbot, view.about.fields["title"].editor, "River")
    view.closing()
    assert values.participants(begun.store)[0].role == "Chair"
    assert values.partnership(begun.store).title == "River"


def test_undo_by_the_menu_shows_in_the_fields(qtbot: QtBot, begun: Workplace) -> None:
    view = shown(qtbot, begun)
    undo = QAction("Undo", view)
    undo.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
    undo.triggered.connect(lambda: begun.store.undo())
    view.addAction(undo)
    title = view.about.fields["title"].editor
    retype(qtbot, title, "River")
    qtbot.keyClick(title, Qt.Key.Key_Z, _CTRL)
    assert values.partnership(begun.store).title == "Lake"
    assert title.text() == "Lake"


def test_an_emptied_name_is_refused_beside_the_field(qtbot: QtBot, begun: Workplace) -> None:
    view = shown(qtbot, begun)
    row, title = view.parts[0].rows[0], view.about.fields["title"]
    for editor in (row.name, title.editor):
        editor.setFocus()
        editor.selectAll()
        qtbot.keyClick(editor, Qt.Key.Key_Delete)
        qtbot.keyClick(editor, ENTER)
    assert "is empty" in row.error()
    assert "is empty" in title.error()
    assert values.participants(begun.store)[0].name == "Ann"


def test_what_is_not_a_day_is_not_kept(qtbot: QtBot, begun: Workplace) -> None:
    view = shown(qtbot, begun)
    day = view.about.fields["bid_date"]
    retype(qtbot, day.editor, "soon")
    qtbot.keyClick(day.editor, ENTER)
    assert "not a day" in day.error()
    retype(qtbot, day.editor, "2027-03-01")
    qtbot.keyClick(day.editor, ENTER)
    assert day.error() == ""
    assert values.partnership(begun.store).bid_date == "2027-03-01"


def test_choices_are_kept_at_once(qtbot: QtBot, begun: Workplace) -> None:
    view = shown(qtbot, begun)
    row = view.parts[0].rows[0]
    row.authority.setFocus()
    qtbot.keyClick(row.authority, Qt.Key.Key_Down)
    qtbot.mouseClick(row.present, Qt.MouseButton.LeftButton, pos=row.present.rect().center())
    view.about.fields["page"].editor.setFocus()
    qtbot.keyClick(view.about.fields["page"].editor, Qt.Key.Key_Down)
    person = values.participants(begun.store)[0]
    assert person.authority is Authority.SUBJECT
    assert not person.present
    assert values.partnership(begun.store).page == "Letter"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a menu, offscreen
def test_a_picture_is_chosen_from_the_badge(qtbot: QtBot, begun: Workplace) -> None:
    view = shown(qtbot, begun)
    badge = view.parts[0].rows[0].picture
    qtbot.mouseClick(badge, Qt.MouseButton.LeftButton)
    fish = next(action for action in badge.menu().actions() if action.text() == "Fish")
    fish.trigger()
    badge.menu().hide()
    assert values.participants(begun.store)[0].picture == "fish"
    assert badge.accessibleName() == "Picture of Ann: Fish"


def test_a_removed_person_comes_back_by_undo(qtbot: QtBot, begun: Workplace) -> None:
    view = shown(qtbot, begun)
    qtbot.mouseClick(view.parts[0].rows[0].remove, Qt.MouseButton.LeftButton)
    assert texts(values.participants(begun.store), "name") == ["Ben", "Cleo"]
    qtbot.mouseClick(view.page.toast.undo, Qt.MouseButton.LeftButton)
    assert texts(values.participants(begun.store), "name") == ["Ann", "Ben", "Cleo"]
    assert [row.name.text() for row in view.parts[0].rows if row.key] == ["Ann", "Ben"]


def test_a_removed_partner_goes_with_its_people_and_comes_back(
    qtbot: QtBot, begun: Workplace
) -> None:
    view = shown(qtbot, begun)
    qtbot.mouseClick(view.parts[0].change, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view.parts[0].remove, Qt.MouseButton.LeftButton)
    assert texts(values.partners(begun.store), "name") == ["South"]
    assert [part.index for part in view.parts] == [0]
    begun.store.undo()
    assert [part.accessibleName() for part in view.parts] == ["North", "South"]


def test_a_partner_stays_once_a_round_was_opened(
    qtbot: QtBot, workshop: Workplace, messages: RecordingMessages
) -> None:
    view = shown(qtbot, workshop)
    qtbot.mouseClick(view.parts[0].change, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view.parts[0].remove, Qt.MouseButton.LeftButton)
    assert len(view.parts) == 3
    assert "once a round was opened" in messages.told[0]


def test_a_person_without_a_name_is_not_kept(qtbot: QtBot, begun: Workplace) -> None:
    view = shown(qtbot, begun)
    part = view.parts[1]
    qtbot.mouseClick(part.add, Qt.MouseButton.LeftButton)
    row = part.rows[-1]
    qtbot.keyClicks(row.role, "Chair")
    qtbot.keyClick(row.present, ENTER)
    assert row.error() == "Type this person's name first."
    assert QApplication.focusWidget() is row.name
    assert len(values.participants(begun.store)) == 3
    qtbot.mouseClick(row.remove, Qt.MouseButton.LeftButton)
    assert len(part.rows) == 1


def test_a_partner_without_a_name_takes_no_people(qtbot: QtBot, empty: Workplace) -> None:
    view = shown(qtbot, empty)
    qtbot.mouseClick(view.add_partner_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view.add_partner_button, Qt.MouseButton.LeftButton)
    (part,) = view.parts
    qtbot.mouseClick(part.add, Qt.MouseButton.LeftButton)
    assert part.form.fields["name"].error() == "Type the partner's name first."
    assert not part.rows


def test_an_empty_partnership_says_that_nobody_is_here(qtbot: QtBot, empty: Workplace) -> None:
    view = shown(qtbot, empty)
    nobody = next(w for w in view.findChildren(QLabel) if w.text().startswith("Nobody is here"))
    assert nobody.isVisible()
    setup.add_partner(empty.store, "North")
    assert not nobody.isVisible()


def test_a_ninth_partner_is_refused_beside_its_name(qtbot: QtBot, empty: Workplace) -> None:
    for n in range(setup.MOST_PARTNERS):
        setup.add_partner(empty.store, f"P{n}")
    view = shown(qtbot, empty)
    view.add_partner()
    type_on(qtbot, "One more")
    assert "at most eight" in view.parts[-1].form.fields["name"].error()
    assert len(values.partners(empty.store)) == setup.MOST_PARTNERS


def test_a_pause_after_a_space_leaves_the_space_alone(qtbot: QtBot, begun: Workplace) -> None:
    view = shown(qtbot, begun)
    title = view.about.fields["title"].editor
    retype(qtbot, title, "River ")
    qtbot.waitUntil(lambda: values.partnership(begun.store).title == "River")
    qtbot.keyClicks(title, "Basin")
    qtbot.keyClick(title, ENTER)
    assert values.partnership(begun.store).title == "River Basin"


def test_the_side_ticks_what_is_ready(qtbot: QtBot, begun: Workplace) -> None:
    view = shown(qtbot, begun)
    assert view.ready.points() == setup.ready_points(begun.store)
    retype(qtbot, view.session.fields["facilitator"].editor, "Naliaka")
    qtbot.keyClick(view.session.fields["facilitator"].editor, ENTER)
    assert view.ready.points()[-1] == ("Someone facilitates", True)


def test_the_first_step_waits_for_two_partners_and_says_why(qtbot: QtBot, empty: Workplace) -> None:
    view = shown(qtbot, empty)
    assert not view.page.footer.primary.isEnabled()
    assert view.page.footer.note() == "Add at least two partners to start."
    for name in ("North", "South"):
        setup.add_partner(empty.store, name, id=name)
    setup.add_participant(empty.store, "North", "Ann")
    assert view.page.footer.note() == "South has nobody here today. Add a person."


def test_the_next_step_leads_to_the_first_activity(
    qtbot: QtBot, begun: Workplace, desk: Any
) -> None:
    view = shown(qtbot, begun)
    first = begun.guide.activities()[0]
    assert view.page.footer.primary.text() == f"Start with {first.title}"
    retype(qtbot, view.about.fields["title"].editor, "River")
    qtbot.mouseClick(view.page.footer.primary, Qt.MouseButton.LeftButton)
    assert desk.places == [Place(Go.SESSION, first.id)]
    assert values.partnership(begun.store).title == "River"


def test_the_rail_leads_to_a_part_and_marks_where_the_focus_is(
    qtbot: QtBot, begun: Workplace
) -> None:
    view = shown(qtbot, begun)
    qtbot.mouseClick(view.rail.rows()[2], Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is view.session.fields["title"].editor
    assert view.rail.rows()[2].accessibleName() == "The session, now"


def test_tab_goes_down_the_page_past_what_was_added(qtbot: QtBot, begun: Workplace) -> None:
    view = shown(qtbot, begun)
    qtbot.mouseClick(view.parts[0].add, Qt.MouseButton.LeftButton)
    added = view.parts[0].rows[-1]
    view.parts[0].rows[-2].remove.setFocus()
    qtbot.keyClick(view.parts[0].rows[-2].remove, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is added.name
    added.remove.setFocus()
    qtbot.keyClick(added.remove, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is view.parts[0].add


def test_a_copy_to_read_cannot_be_typed_into(
    qtbot: QtBot, tmp_path: Path, workplace: Callable[[Store], Workplace]
) -> None:
    setup.new_partnership(tmp_path / "kept.pdesk", "Lake").close()
    view = shown(qtbot, workplace(open_copy(tmp_path / "kept.pdesk")))
    assert not view.about.fields["title"].editor.isEnabled()
    assert not view.add_partner_button.isEnabled()


@pytest.mark.parametrize(
    ("width", "height", "percent"), [(1366, 768, 100), (1024, 600, 100), (1366, 768, 200)]
)
def test_no_field_is_cut_or_laid_over_another(
    qtbot: QtBot, workshop: Workplace, plain_theme: None, width: int, height: int, percent: int
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, Look.LIGHT, percent)
    view = shown(qtbot, workshop, width, height)
    for row in (row for part in view.parts for row in part.rows):
        boxes: list[QRect] = []
        for stop in row.stops():
            box = stop.rect().translated(stop.mapTo(row, stop.rect().topLeft()))
            assert row.rect().contains(box), stop.accessibleName()
            assert not any(other.intersects(box) for other in boxes), stop.accessibleName()
            boxes.append(box)


def test_every_control_has_a_name(qtbot: QtBot, workshop: Workplace) -> None:
    view = shown(qtbot, workshop)
    stops: list[QWidget] = []
    for kind in (QAbstractButton, QLineEdit, QComboBox):
        stops += view.findChildren(kind)
    for stop in stops:
        told = QAccessible.queryAccessibleInterface(stop)
        assert told is None or not stop.isVisible() or told.text(QAccessible.Text.Name), stop


def test_letters_are_of_the_first_and_last_word_everywhere() -> None:
    assert badge_letters("Marit de Wolff") == "MW"
    assert badge_letters("rose") == "R"
    assert badge_letters("नीलम शर्मा") == "नीश"
    assert badge_letters("") == ""


_CTRL = Qt.KeyboardModifier.ControlModifier
