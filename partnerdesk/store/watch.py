"""Watches over the place of an open file: who else touches it, and what room is left for it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.errors import EnvironmentProblem
from partnerdesk.store import holder, problems
from partnerdesk.store.cipher import PAGE_BYTES

RESERVE_BYTES = 8 * 1024 * 1024
BLOCK = 2**20
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
        self._seen: tuple[int, bytes] | None = self._state()
        self._reserve = path.with_name(f".{path.name}.reserve")
        self.left_at = self._left_at()
        """When a program that was stopped last wrote to the file; None where all were closed."""
        self._take_reserve()

    @property
    def low(self) -> bool:
        """Return whether the reserve had to be given up: somebody should free some space."""
        return not self._reserve.exists()

    @contextmanager
    def guarding(self, connection: sqlite.Connection) -> Iterator[None]:
        """Write only while the file is where and how we left it; make room on a full disk.

        Raises EnvironmentProblem "moved" or "foreign" where writing could lose something.
        """
        self._refuse_strange()
        self._make_room()
        try:
            with self.asking():
                yield
        except EnvironmentProblem as problem:
            if problem.code == "disk-full" and self.free():
                raise problems.reserve_free(self._path) from problem
            raise
        finally:
            self._settle(connection)

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Tell damage, or a file that takes no changes, from a disk that is away.

        SQLite says the same of them, the latter where it cannot read a page of a locked file.
        """
        try:
            yield
        except EnvironmentProblem as problem:
            if problem.code in ("damaged", "read-only"):
                with problems.told_by_system(self._path):
                    self._state()
            raise

    def blocks(self) -> Iterator[bytes]:
        """Yield the bytes of the file that is watched, from its place on the disk."""
        with problems.told_by_system(self._path):
            os.lseek(self._handle, 0, os.SEEK_SET)
            while block := os.read(self._handle, BLOCK):
                yield block

    def _refuse_strange(self) -> None:
        try:
            here = holder.identity(self._path)
        except OSError:
            away = problems.moved if self._path.parent.is_dir() else problems.disk
            raise away(self._path) from None
        if here != self._identity:
            raise problems.moved(self._path)
        with problems.told_by_system(self._path):
            if self._seen is not None and self._state() != self._seen:
                raise problems.foreign(self._path)

    def _settle(self, connection: sqlite.Connection) -> None:
        """Let a step that failed be taken back on the disk, then note how the file is.

        While the disk does not answer nobody can tell how the file is: it is noted later.
        """
        self._seen = None
        with suppress(OSError, sqlite.Error):
            connection.execute("SELECT 1 FROM identity").fetchone()
            self._seen = self._state()
            os.utime(self._reserve)

    def free(self) -> bool:
        """Give up the reserve; return whether there was one."""
        with suppress(OSError):
            self._reserve.unlink()
            return True
        return False

    def is_there(self) -> bool:
        """Return whether the file at the path is the one that is watched."""
        try:
            return holder.identity(self._path) == self._identity
        except OSError:
            return False

    def close(self) -> None:
        """Stop watching; to be called after the file's connection is closed, never before."""
        self.free()
        self.let_go()

    def let_go(self) -> None:
        """Stop watching, and leave the reserve to whoever watches the path now."""
        with suppress(OSError):
            os.close(self._handle)

    def _state(self) -> tuple[int, bytes]:
        """Return the file's size and first page, where every writer leaves its trace."""
        os.lseek(self._handle, 0, os.SEEK_SET)
        return os.fstat(self._handle).st_size, os.read(self._handle, PAGE_BYTES)

    def _left_at(self) -> datetime | None:
        """Return when the reserve was last touched, which whoever closes the file takes away."""
        with suppress(OSError):
            return datetime.fromtimestamp(self._reserve.stat().st_mtime, UTC)
        return None

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
