"""A fault of ours is noted by class, code and place; no name and no answer is in it."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from partnerdesk import faults, shield
from partnerdesk.errors import EnvironmentProblem, UserError
from partnerdesk.exchange.recent import Recent

ROOT = Path(__file__).parents[2]
CANARY = "Nafula-of-the-north-shore"


def _key_error() -> None:
    {}[CANARY]  # type: ignore[var-annotated]


def _attribute() -> None:
    getattr(Recent("", CANARY), CANARY)


def _user_error() -> None:
    raise UserError(CANARY, code="answer")


def _chained() -> None:
    try:
        _key_error()
    except KeyError as error:
        raise EnvironmentProblem(f"{CANARY} could not be written", code="write") from error


def _in_context() -> None:
    try:
        _user_error()
    finally:
        int(CANARY)


FAULTS: dict[str, Callable[[], object]] = {
    "key": _key_error,
    "attribute": _attribute,
    "os": lambda: os.listdir(f"/nowhere/{CANARY}"),
    "user": _user_error,
    "chained": _chained,
    "context": _in_context,
    "number": lambda: int(CANARY),
    "day": lambda: date.fromisoformat(CANARY),
    "json": lambda: json.loads(f'{{"{CANARY}"'),
    "file": lambda: Path(f"/nowhere/{CANARY}.pdesk").read_bytes(),
    "group": lambda: (_ for _ in ()).throw(ExceptionGroup(CANARY, [ValueError(CANARY)])),
}


@pytest.fixture
def watched() -> Iterator[None]:
    """Watch for faults as the program does, and leave off after the test."""
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    handlers = list(logging.getLogger().handlers)
    faults.watch()
    yield
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    logging.getLogger().handlers[:] = handlers
    logging.raiseExceptions = True


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_noted_without_a_value(
    name: str, watched: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(BaseException) as caught:  # whatever it is
        FAULTS[name]()
    assert CANARY in f"{caught.value} {vars(caught.value)}"  # it was there
    sys.excepthook(caught.type, caught.value, caught.tb)
    noted = faults.log_path().read_text() + capsys.readouterr().err
    assert caught.type.__name__ in noted
    assert f"{__name__}:" in noted
    assert CANARY not in noted


def test_the_code_of_a_problem_and_its_cause_are_noted() -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        _chained()
    noted = faults.described(caught.value)
    assert noted.startswith("EnvironmentProblem write ")
    assert " < KeyError " in noted


def test_a_logged_error_is_noted_by_its_place(
    watched: None, expect_log: Callable[[str], None]
) -> None:
    expect_log("failed")
    try:
        _key_error()
    except KeyError:
        logging.getLogger("partnerdesk.x").exception("Work on %s failed", CANARY)
    noted = faults.log_path().read_text()
    assert "KeyError" in noted
    assert "test_faults:test_a_logged_error" in noted
    assert CANARY not in noted


def test_what_is_less_than_an_error_is_not_noted(
    watched: None, expect_log: Callable[[str], None]
) -> None:
    expect_log("slow")
    logging.getLogger("partnerdesk.x").warning("slow: %s", CANARY)
    assert not faults.log_path().exists()


def test_an_error_on_a_thread_is_noted(watched: None) -> None:
    thread = threading.Thread(target=_user_error)
    thread.start()
    thread.join()
    noted = faults.log_path().read_text()
    assert "UserError answer" in noted
    assert CANARY not in noted


def test_who_waits_for_it_is_told_of_each_fault_but_not_of_a_break(watched: None) -> None:
    told: list[int] = []
    faults.watch(lambda: told.append(1))
    sys.excepthook(ValueError, ValueError(CANARY), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == [1]
    assert len(faults.log_path().read_text().splitlines()) == 1


def test_the_log_is_a_ring_of_one_megabyte(watched: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "HALF", 2000)
    for number in range(200):
        sys.excepthook(ValueError, ValueError(number), None)
    folder = faults.log_path().parent
    sizes = [one.stat().st_size for one in folder.iterdir()]
    assert len(sizes) == 2
    assert all(size < 2000 + 200 for size in sizes)


def test_a_log_that_cannot_be_written_keeps_nobody(
    watched: None, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    (home / "file").touch()
    monkeypatch.setenv("PARTNERDESK_HOME", str(home / "file" / "folder"))
    sys.excepthook(ValueError, ValueError(CANARY), None)


STARTED = """
import sys
from partnerdesk import cli, commands
def fail(options):
    name = "{canary}"
    raise ValueError(name)
commands.portfolio = fail
sys.argv[1:] = ["portfolio", "."]
cli.main()
"""
CRASHING = """
import os, signal
from partnerdesk import shield
{guard}
print(open("/proc/self/limits").read().split("Max core file size")[1].split()[0], flush=True)
import ctypes
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)
os.kill(os.getpid(), signal.SIGSEGV)
"""


def _started(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Return what a new interpreter with this checkout says, with core dumps allowed."""
    allow = "import resource as r; r.setrlimit(r.RLIMIT_CORE, (r.getrlimit(r.RLIMIT_CORE)[1],) * 2)"
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{allow}\n{code}"
    command = [sys.executable, "-c", start]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_program_tells_no_value_when_it_fails(tmp_path: Path) -> None:
    done = _started(STARTED.format(canary=CANARY), tmp_path)
    assert done.returncode == 1
    assert "ValueError" in done.stderr
    assert CANARY not in done.stderr + done.stdout + faults.log_path().read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_crash_leaves_no_core(tmp_path: Path) -> None:
    done = _started(CRASHING.format(guard="shield.forbid_dumps()"), tmp_path)
    assert done.returncode == -signal.SIGSEGV
    assert done.stdout.split() == ["0", "0"]  # size of a core, and whether memory may be dumped
    assert not list(tmp_path.iterdir())
    unguarded = _started(CRASHING.format(guard=""), tmp_path)
    assert unguarded.stdout.split()[1] == "1"


def test_passing_files_of_the_system_lie_in_memory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TMPDIR", "before")
    monkeypatch.setattr(shield, "_MEMORY", str(tmp_path / "nowhere"))
    shield.pass_in_memory()
    assert os.environ["TMPDIR"] == "before"
    monkeypatch.setattr(shield, "_MEMORY", str(tmp_path))
    monkeypatch.setattr(shield.sys, "platform", "linux")
    shield.pass_in_memory()
    assert os.environ["TMPDIR"] == str(tmp_path)
