"""The first window against a bare PySide6 window: time until settled, and memory when idle."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from bench.measure import Finding, Surroundings, compiled, interleaved
from bench.screen import screen
from bench.settling import LEAVE

OURS, BARE = "bench.our_window", "bench.bare_window"
STARTS, STAYS = 15, 5
IDLE = 2.0  # seconds after the window has settled: what loads in the background is in
MIB = 1 << 20


def hindrance() -> str:
    """Return why our window cannot be measured, or nothing where it can."""
    tried = subprocess.run(
        [sys.executable, "-c", "import ui.app"], capture_output=True, text=True, check=False
    )
    return tried.stderr.strip().rpartition("\n")[2]


def windows(home: Path) -> tuple[Finding, Finding]:
    """Return seconds from the start of the process to the settled window, and MiB when idle."""
    with screen() as shown:
        around = compiled(home) | {"PARTNERDESK_HOME": str(home)} | shown
        settled = _both(_settled, around, STARTS)
        idle = _both(_idle, around, STAYS)
    return (
        Finding("first window settled / bare PySide6", *settled, "s", 1.5),
        Finding("idle window, memory (PSS) / bare PySide6", *idle, "MiB", 1.4),
    )


def _both(
    measure: Callable[[str, Surroundings], float], around: Surroundings, rounds: int
) -> tuple[float, float]:
    return interleaved(lambda: measure(OURS, around), lambda: measure(BARE, around), rounds)


def _settled(program: str, around: Surroundings) -> float:
    """Return seconds until the last painting, on the clock that all processes share."""
    start = time.monotonic()
    with _started(program, around, LEAVE) as process:
        return _settled_at(process) - start


def _idle(program: str, around: Surroundings) -> float:
    with _started(program, around) as process:
        _settled_at(process)
        time.sleep(IDLE)
        memory = psutil.Process(process.pid).memory_full_info()
        process.terminate()
    return float(getattr(memory, "pss", memory.uss)) / MIB


def _started(program: str, around: Surroundings, *given: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", program, *given]
    return subprocess.Popen(command, env=around, stdout=subprocess.PIPE, text=True)


def _settled_at(process: subprocess.Popen[str]) -> float:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.startswith("settled "):
        process.kill()
        raise RuntimeError(f"The window did not settle: {line!r}")
    return float(line.split()[1])
