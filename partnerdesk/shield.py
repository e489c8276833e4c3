"""Keeps what is in memory from the disk: no core dump, and passing files in memory alone."""

from __future__ import annotations

import os
import sys

_PR_SET_DUMPABLE = 4  # prctl(2)
_MEMORY = "/dev/shm"  # noqa: S108  # a folder in memory, shm_overview(7)
_NO_BOXES = 0x8003  # SetErrorMode: no error boxes, so no report with memory in it


def forbid_dumps() -> None:
    """Let no crash of this process, or of its children, leave its memory on the disk.

    On Linux no program of the same user can read its memory either.
    """
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(_NO_BOXES)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def pass_in_memory() -> None:
    """Let what the system's printing must put into a passing file lie in memory, not on a disk.

    PartnerDesk itself makes none. Where there is no such folder all stays as it is.
    """
    if sys.platform == "linux" and os.access(_MEMORY, os.W_OK | os.X_OK):
        os.environ["TMPDIR"] = _MEMORY
