"""One open file: what it is, whether it is still there, the check of it, and letting go of it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.model.json import Row
from partnerdesk.store import problems
from partnerdesk.store.check import CheckReport, check, walked
from partnerdesk.store.cipher import Key, same
from partnerdesk.store.pages import read_through
from partnerdesk.store.watch import Watch


class OpenFile:
    """A file that this process holds until `close`.

    Every method may raise EnvironmentProblem: "disk-full", "disk", "read-only" or "damaged".
    """

    def __init__(
        self,
        connection: sqlite.Connection,
        path: Path,
        *,
        read_only: bool,
        key: Key | None,
        watch: Watch | None,
        on_close: Callable[[], None],
    ) -> None:
        """Take over a connection that holds the file; `on_close` lets go of it."""
        self.path = path
        self.read_only = read_only
        self._connection = connection
        self._key = key
        self._watch = watch
        self._on_close = on_close
        self._identity = _identity(connection, path)

    @property
    def id(self) -> str:
        """Return the identity of the file, the same in all its copies."""
        return str(self._identity["id"])

    @property
    def identity(self) -> Row:
        """Return what the journal's chain begins with: the file's id, its format, when made."""
        return dict(self._identity)

    @property
    def passphrase(self) -> str | None:
        """Return what opens copies of this file, None where it has no passphrase; never show it."""
        return self._key.text if self._key else None

    @property
    def encrypted(self) -> bool:
        """Return whether the file has a passphrase."""
        return self._key is not None

    def fits(self, passphrase: str) -> bool:
        """Return whether this passphrase opens the file."""
        return self._key is not None and same(self._key, passphrase)

    @property
    def connection(self) -> sqlite.Connection:
        """Return the one connection, for the store's own modules; nobody else writes through it."""
        return self._connection

    @property
    def is_there(self) -> bool:
        """Return whether the file at its path is the one that was opened."""
        return self._watch is None or self._watch.is_there()

    @property
    def low_on_space(self) -> bool:
        """Return whether the disk is so full that the file lives on its reserve of 8 MB."""
        return self._watch is not None and self._watch.low

    @property
    def stopped_at(self) -> datetime | None:
        """Return when the program that last had the file was stopped, None where it was closed."""
        return self._watch.left_at if self._watch else None

    def __enter__(self) -> Self:
        """Return the file itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file; closing twice does nothing."""
        self._connection.close()
        if self._watch is not None:
            self._watch.close()
        self._on_close()

    def check(self) -> CheckReport:
        """Return whether the journal's chain, all rows and the file itself are as written."""
        return check(self._connection)

    def checked_in_steps(self) -> Generator[float, None, CheckReport]:
        """Check as `check` does, step by step: each yields the share done, the last the report.

        Edits may be made between two steps; the file must not be closed before the last.
        """
        return walked(self._connection)

    def read_in_steps(self) -> Generator[float, None, tuple[str, ...]]:
        """Read through all pages, quickly and step by step; return what is damaged in them.

        Raises EnvironmentProblem "damaged" where a page cannot be read, "disk" where the disk is.
        """
        with problems.told_opening(self.path):
            return (yield from read_through(self._connection))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        guard = self._watch.asking() if self._watch else nullcontext()
        with guard, problems.told_reading(self.path):
            yield


def _identity(connection: sqlite.Connection, path: Path) -> Row:
    found = connection.execute("SELECT id, format, made_at FROM identity").fetchone()
    if found is None:
        raise problems.damaged(path)
    return dict(zip(("id", "format", "made_at"), found, strict=True))
