"""What every test may rely on: no screen, a home of its own, a quiet log."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.offline import sitecustomize as offline

OFFLINE = str(Path(offline.__file__).parent)
os.environ["PYTHONPATH"] = os.pathsep.join(
    [OFFLINE, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
).rstrip(os.pathsep)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.fonts.warning=false")


class _Kept(logging.Handler):
    """Keeps the records from WARNING up."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"{record.name}: {record.getMessage()}")

    def unexpected(self) -> list[str]:
        """Return the texts that no test announced."""
        return [t for t in self.texts if not any(part in t for part in self.expected)]


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the test's own PARTNERDESK_HOME, so that no test sees a person's settings."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PARTNERDESK_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def _tried(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file where each try to reach a network is noted, by the children too."""
    path = tmp_path_factory.mktemp("offline") / "tried"
    path.touch()
    os.environ[offline.LOG] = str(path)
    return path


@pytest.fixture(autouse=True)
def tried(_tried: Path) -> Iterator[Path]:
    """Fail the test in which anything tries to reach a network, even where it got over it."""
    yield _tried
    assert not _tried.stat().st_size, _tried.read_text()


@pytest.fixture(autouse=True)
def _logs() -> Iterator[_Kept]:
    """Fail the test that leaves a warning or an error in the log."""
    kept = _Kept()
    root = logging.getLogger()
    root.addHandler(kept)
    yield kept
    root.removeHandler(kept)
    assert not kept.unexpected(), kept.unexpected()


@pytest.fixture(autouse=True)
def _garbage(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect after a test with windows, not during it: as the window itself does."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture
def expect_log(_logs: _Kept) -> Callable[[str], None]:
    """Return a call that announces a log record by a part of its text."""
    return _logs.expected.append


@pytest.fixture(scope="session")
def qapp(qapp: object) -> object:
    """Return the application as it looks to people: shipped fonts, light colours, 100 %."""
    from PySide6.QtWidgets import QApplication

    from ui.theme import Look, apply_theme

    assert isinstance(qapp, QApplication)
    apply_theme(qapp, Look.LIGHT, 100)
    return qapp


@pytest.fixture
def plain_theme(qapp: object) -> Iterator[None]:
    """Put the light theme at 100 %, read from the start, back after a test that changes it."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from ui.theme import Look, apply_theme

    assert isinstance(qapp, QApplication)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    apply_theme(qapp, Look.LIGHT, 100)
