"""Keeps what is in memory from leaving by a crash: no core dump, no reading by other programs."""

from __future__ import annotations

import sys

_PR_SET_DUMPABLE = 4  # prctl(2)
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
