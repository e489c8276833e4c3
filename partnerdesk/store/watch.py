"""Watches over the place of an open file: who else touches it, and what room is left for it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from partnerdesk.store import holder, problems
from partnerdesk.store.cipher import PAGE_BYTES

RESERVE_BYTES = 8 * 1024 * 1024
LOW_BYTES = 2 * 1024 * 1024
PLENTY_BYTES = 64 * 1024 * 1024


class Watch:
    """Notices before each change that the file is still the one that was opened.

    Holds 8 MB of the disk beside the file, and gives them up when no other room is left, so that
    the last edits of a day on a full disk are kept.
    """

    def __init__(self, path: Path) -> None:
        """Watch the file at `path`, which this process holds; raises OSError."""
        self._path = path
        self._identity = holder.identity(path)
        self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._seen = self._state()
        self._reserve = path.with_name(f".{path.name}.reserve")
        self._take_reserve()

    @property
    def low(self) -> bool:
        """Return whether the reserve had to be given up: somebody should free some space."""
        return not self._reserve.exists()

    def before(self) -> None:
        """Raise EnvironmentProblem "moved" or "foreign" where writing could lose something."""
        try:
            here = holder.identity(self._path)
        except OSError:
            raise problems.moved(self._path) from None
        if here != self._identity:
            raise problems.moved(self._path)
        if self._state() != self._seen:
            raise problems.foreign(self._path)
        self._make_room()

    def after(self) -> None:
        """Note how the file is after a change of our own."""
        with suppress(OSError):
            self._seen = self._state()

    def free(self) -> bool:
        """Give up the reserve; return whether there was one."""
        with suppress(OSError):
            self._reserve.unlink()
            return True
        return False

    def close(self) -> None:
        """Stop watching; to be called after the file's connection is closed, never before."""
        self.free()
        with suppress(OSError):
            os.close(self._handle)

    def _state(self) -> tuple[int, bytes]:
        """Return the file's size and first page, where every writer leaves its trace."""
        os.lseek(self._handle, 0, os.SEEK_SET)
        return os.fstat(self._handle).st_size, os.read(self._handle, PAGE_BYTES)

    def _make_room(self) -> None:
        with suppress(OSError):
            left = shutil.disk_usage(self._path.parent).free
            if left < LOW_BYTES:
                self.free()
            elif left > PLENTY_BYTES and self.low:
                self._take_reserve()

    def _take_reserve(self) -> None:
        """Hold the reserve where the disk has it to spare; without it, all else works the same."""
        with suppress(OSError):
            if shutil.disk_usage(self._path.parent).free < 2 * RESERVE_BYTES:
                return
            handle = os.open(self._reserve, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                _allocate(handle)
            finally:
                os.close(handle)


def _allocate(handle: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, RESERVE_BYTES)
    else:
        os.write(handle, bytes(RESERVE_BYTES))
