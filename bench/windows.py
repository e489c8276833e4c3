"""The first window against a bare PySide6 window: time until settled, and memory when idle."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from bench.measure import Finding, interleaved

OURS = ("-m", "partnerdesk", "run")
BARE = ("-m", "bench.bare_window")
ROUNDS = 15
IDLE = 2.0  # seconds after the window has settled: what loads in the background is in
MIB = 1 << 20


def windows(folder: Path) -> tuple[Finding, Finding]:
    """Return seconds from the start of the process to the settled window, and MiB when idle."""
    settled = interleaved(lambda: _settled(OURS, folder), lambda: _settled(BARE, folder), ROUNDS)
    idle = interleaved(lambda: _idle(OURS, folder), lambda: _idle(BARE, folder), 3)
    return (
        Finding("first window settled / bare PySide6", *settled, "s", 1.5),
        Finding("idle window, memory (PSS) / bare", *idle, "MiB", 1.4),
    )


def _settled(program: tuple[str, ...], home: Path) -> float:
    """Return seconds until the line that says so has arrived, on the clock of this process."""
    start = time.perf_counter()
    with _started(program, home, "exit") as process:
        _wait_for_line(process)
        return time.perf_counter() - start


def _idle(program: tuple[str, ...], home: Path) -> float:
    with _started(program, home, "1") as process:
        _wait_for_line(process)
        time.sleep(IDLE)
        memory = psutil.Process(process.pid).memory_full_info()
        process.terminate()
    return float(getattr(memory, "pss", memory.uss)) / MIB


def _started(program: tuple[str, ...], home: Path, bench: str) -> subprocess.Popen[str]:
    surroundings = {"PARTNERDESK_BENCH": bench, "PARTNERDESK_HOME": str(home)}
    if not os.environ.get("DISPLAY"):
        surroundings["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.Popen(
        [sys.executable, *program], env=os.environ | surroundings, stdout=subprocess.PIPE, text=True
    )


def _wait_for_line(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.startswith("settled "):
        process.kill()
        raise RuntimeError(f"The window did not settle: {line!r}")
