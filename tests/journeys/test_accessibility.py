"""Every place by ear and by keyboard: names, roles, and a Tab that comes round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from shiboken6 import isValid

from tests.journeys.places import PLACES, Table, put_away, show
from ui.theme import Look, apply_theme
from ui.views.base import View

SMALL = (1024, 600)
WITHOUT_ROLE = (QAccessible.Role.NoRole, QAccessible.Role.Client)
Shown = Callable[..., View]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that the tests of this module share."""
    return tmp_path_factory.mktemp("places")


@pytest.fixture
def shown(qapp: QApplication, folder: Path) -> Iterator[Shown]:
    """Return what shows a place by its name; it is put away and dressed as before afterwards."""
    made: list[tuple[View, Table]] = []

    def make(name: str, size: tuple[int, int] = SMALL) -> View:
        own = folder / f"{name} {len(list(folder.iterdir()))}".replace(",", "")
        own.mkdir()
        table = Table(own)
        view = PLACES[name](table)
        made.append((view, table))
        show(view, *size)
        return view

    yield make
    for view, table in made:
        put_away(view)
        table.clear()
    apply_theme(qapp, Look.LIGHT, 100)


@pytest.mark.parametrize("name", PLACES)
def test_whatever_takes_the_focus_has_a_name_of_its_own_and_a_role(name: str, shown: Shown) -> None:
    heard = [hear(part) for part in shown(name).findChildren(QWidget) if stops(part)]
    assert [one.what for one in heard if not one.name] == []
    scrolls = "QScrollArea"  # a client to every screen reader, whatever is in it
    assert [one for one in heard if one.role in WITHOUT_ROLE and one.what != scrolls] == []
    often = Counter((one.among, one.name) for one in heard)
    assert [name for (_among, name), count in often.items() if count > 1] == []


@pytest.mark.parametrize("name", PLACES)
def test_tab_reaches_everything_and_comes_round(name: str, shown: Shown) -> None:
    view = shown(name)
    start = QApplication.focusWidget()
    assert start is not None
    assert view.isAncestorOf(start)
    wanted = {part for part in view.findChildren(QWidget) if stops(part)}
    reached: list[QWidget] = []
    for _step in range(len(wanted) + 20):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus in reached:
            break
        reached.append(focus)
    still = {part for part in wanted - set(reached) if isValid(part) and stops(part)}
    left_out = [(type(part).__name__, part.accessibleName()) for part in still]
    assert left_out == []
    assert QApplication.focusWidget() is reached[0]


@pytest.mark.parametrize("name", PLACES)
def test_nothing_but_the_page_is_a_window_while_it_is_built(name: str, shown: Shown) -> None:
    watch = Windows()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    view = shown(name)
    app.removeEventFilter(watch)
    assert [type(window).__name__ for window in watch.seen if window is not view] == []


class Windows(QObject):
    """Notes each window that shows."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note `watched` where it is a window."""
        shows = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shows and watched.isWindow() and watched not in self.seen:
            self.seen.append(watched)
        return False


@dataclass(frozen=True)
class Heard:
    """What assistive technology is told of one widget, and among which siblings it stands."""

    what: str
    name: str
    role: QAccessible.Role
    among: int


def hear(part: QWidget) -> Heard:
    """Ask as a screen reader does; nothing of the answer outlives the widget."""
    node = QAccessible.queryAccessibleInterface(part)
    assert node is not None
    name = node.text(QAccessible.Text.Name)
    if isinstance(part, QComboBox):  # on Linux Qt gives what is chosen for the name of a list
        name = part.accessibleName()
    return Heard(type(part).__name__, name, node.role(), id(part.parentWidget()))


def stops(part: QWidget) -> bool:
    """Return whether Tab must come to `part`."""
    tabbed = part.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return tabbed and part.focusProxy() is None and part.isVisible() and part.isEnabled()
