"""Who has a file open: another program, found by its lock, or this very process."""

from __future__ import annotations

import os
import struct
import sys
from datetime import datetime
from pathlib import Path

from partnerdesk.language import _

# Where SQLite locks a file (https://www.sqlite.org/src/file/src/os.h, PENDING_BYTE).
_LOCK_START, _LOCK_LENGTH = 0x40000000, 512
_FLOCK = "hhqqi4x"  # struct flock of 64-bit Linux: type, whence, start, length, pid

_held: set[tuple[int, int]] = set()


def identity(path: Path) -> tuple[int, int]:
    """Return what tells a file from all others, whatever its name."""
    known = path.stat()
    return known.st_dev, known.st_ino


def hold(path: Path) -> None:
    """Note that this process has the file open."""
    _held.add(identity(path))


def release(file: tuple[int, int]) -> None:
    """Note that this process has closed the file with this identity."""
    _held.discard(file)


def held_here(path: Path) -> bool:
    """Return whether this process has the file open.

    Ask before touching the file: POSIX drops all locks of a process at its first close.
    """
    return identity(path) in _held


def holder_name(path: Path) -> str:
    """Return program, process number and start of who holds the file, or '' if untold."""
    if held_here(path):
        return _("this PartnerDesk")
    pid = _holder_pid(path) if sys.platform == "linux" else 0
    return _described(pid) if pid else ""


def _holder_pid(path: Path) -> int:
    import fcntl

    question = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, _LOCK_START, _LOCK_LENGTH, 0)
    with path.open("rb") as file:
        answer = fcntl.fcntl(file, fcntl.F_GETLK, question)
    kind, *_rest, pid = struct.unpack(_FLOCK, answer)
    return 0 if kind == fcntl.F_UNLCK else max(pid, 0)


def _described(pid: int) -> str:
    process = Path(f"/proc/{pid}")
    try:
        program = process.joinpath("comm").read_text().strip()
        since = _started(process)
    except (OSError, ValueError):
        return _("process {pid}").format(pid=pid)
    return _("{program} (process {pid}, since {since:%H:%M})").format(
        program=program, pid=pid, since=since
    )


def _started(process: Path) -> datetime:
    """Return when a process started, by field 22 of /proc/PID/stat (proc(5))."""
    ticks = int(process.joinpath("stat").read_text().rpartition(")")[2].split()[19])
    boot = next(
        int(line.split()[1])
        for line in Path("/proc/stat").read_text().splitlines()
        if line.startswith("btime")
    )
    return datetime.fromtimestamp(boot + ticks / os.sysconf("SC_CLK_TCK")).astimezone()
