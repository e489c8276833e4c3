"""Makes copies that are complete and checked before they take their name.

A copy has two parts. The short one needs the open file: its bytes are written beside the place of
the copy. The long one needs nothing but those bytes, and may run on any thread.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from partnerdesk import pace
from partnerdesk.model.record import JournalHead
from partnerdesk.store import holder, problems
from partnerdesk.store.check import CheckReport, check, walked
from partnerdesk.store.cipher import Key
from partnerdesk.store.connection import connect, export_to

BLOCK = 2**20
_HALF_MADE = r"\.(\d+)(?:-\d+)?\.part(?:-journal)?"
_numbers = count(1)


@dataclass(frozen=True)
class Part:
    """A copy that is written and closed, but not checked yet: `finish_copy` gives it its name.

    `head` is where the journal of `source` ended when it was copied.
    """

    path: Path
    source: Path
    target: Path
    head: JournalHead
    key: Key | None

    def drop(self) -> None:
        """Take it away, whether it was finished or not."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def copy_to(
    connection: sqlite.Connection, source: Path, target: Path, key: Key | None = None
) -> None:
    """Write the whole file, under its key, beside `target`, check it, then put it in place."""
    finish_copy(vacuumed(connection, source, target, check(connection).head, key))


def written(
    blocks: Iterable[bytes], source: Path, target: Path, head: JournalHead, key: Key | None
) -> Part:
    """Write the bytes of a file that nobody changes meanwhile beside `target`.

    Nothing is encrypted anew, which makes this the shortest way.
    """

    def write(beside: Path) -> None:
        with problems.told_by_writing(target), open(beside, "xb", 0, opener=_made) as file:
            for block in blocks:
                _write_all(file.write, block)

    return _begun(write, source, target, head, key)


def vacuumed(
    connection: sqlite.Connection, source: Path, target: Path, head: JournalHead, key: Key | None
) -> Part:
    """Let the database write all it holds beside `target`, also where it is in memory alone."""

    def write(beside: Path) -> None:
        with problems.told(target):
            if key is not None and _in_memory(connection):
                export_to(connection, beside, key)
            else:
                connection.execute("VACUUM INTO ?", (str(beside),))

    return _begun(write, source, target, head, key)


def copied(part: Part, target: Path) -> Part:
    """Write the bytes of a closed file, checked or not, beside another place."""
    return written(blocks_of(part.path), part.source, target, part.head, part.key)


def blocks_of(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a closed file; raises EnvironmentProblem "disk"."""
    with problems.told_by_system(path), path.open("rb", buffering=0) as file:
        while block := file.read(BLOCK):
            yield block


def finish_copy(part: Part) -> None:
    """Wait for the disk, check the copy in full, and put it in place; or take it away.

    Tells how far it is, and may be stopped until the last step.
    """
    try:
        with problems.told_by_writing(part.target):
            pace.tell(0.0)
            sync(part.path)
            if checked(part.path, part.key, part.target).head != part.head:
                raise problems.damaged(part.target)
            _refuse(part.source, part.target)
            os.replace(part.path, part.target)
            sync(part.target.parent)
    finally:
        part.drop()


def half_made(folder: Path, name: str) -> tuple[Path, ...]:
    """Return what programs that were stopped left half-made in a folder.

    `name` is a pattern for the names that it was to take. What this program makes now, on
    another thread, is not among it.
    """
    pattern = re.compile(r"\." + name + _HALF_MADE)
    with suppress(OSError):
        found = ((pattern.fullmatch(one.name), one) for one in os.scandir(folder))
        return tuple(Path(one.path) for m, one in found if m and int(m[1]) != os.getpid())
    return ()


def sync(path: Path) -> None:
    """Wait until the disk has a file's bytes, or a folder's names."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows cannot open folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def checked(path: Path, key: Key | None = None, name: Path | None = None) -> CheckReport:
    """Return the check of a closed file; raises EnvironmentProblem "damaged" where it fails.

    `name` is where the file is to lie, which says more to a person.
    """
    connection = connect(path, "ro", key)
    try:
        with problems.told(name or path):
            report = _walked(connection)
    finally:
        connection.close()
    if not report.ok:
        raise problems.damaged(name or path)
    return report


def _begun(
    write: Callable[[Path], None], source: Path, target: Path, head: JournalHead, key: Key | None
) -> Part:
    """Let `write` make the part of a copy, or leave nothing of it, nor of one begun before."""
    _refuse(source, target)
    for one in half_made(target.parent, re.escape(target.name)):
        one.unlink(missing_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}-{next(_numbers)}.part")
    part = Part(beside, source, target, head, key)
    try:
        write(beside)
    except BaseException:
        part.drop()
        raise
    return part


def _refuse(source: Path, target: Path) -> None:
    """Raise where a copy would replace a folder, or a file that somebody has open."""
    if target.is_dir():
        raise problems.folder(target)
    if not target.exists():
        return
    if source.exists() and target.samefile(source):
        raise problems.exists(target)
    if by := holder.holder_name(target):
        raise problems.already_open(target, by)


def _walked(connection: sqlite.Connection) -> CheckReport:
    """Check a whole file and tell how far that is."""
    walk = walked(connection)
    try:
        while True:
            pace.tell(next(walk))
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]  # a generator's value has no type here


def _in_memory(connection: sqlite.Connection) -> bool:
    return not connection.execute("PRAGMA database_list").fetchone()[2]


def _made(path: str, flags: int) -> int:
    """Open a new file that others may read no more than one that the database makes."""
    return os.open(path, flags, 0o644)


def _write_all(write: Callable[[memoryview], int], block: bytes) -> None:
    """Write a whole block: a disk that is nearly full takes less of it at first."""
    left = memoryview(block)
    while left:
        left = left[write(left) :]
