"""Makes copies that are complete and checked before they take their name."""

from __future__ import annotations

import os
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.store import holder, problems
from partnerdesk.store.check import CheckReport, check
from partnerdesk.store.cipher import Key
from partnerdesk.store.connection import connect


def copy_to(
    connection: sqlite.Connection, source: Path, target: Path, key: Key | None = None
) -> None:
    """Write the whole file, under its key, beside `target`, check it, then put it in place."""
    _refuse(source, target)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    beside.unlink(missing_ok=True)
    try:
        with problems.told(target):
            connection.execute("VACUUM INTO ?", (str(beside),))
        sync(beside)
        if checked(beside, key).head != check(connection).head:
            raise problems.damaged(target)
        os.replace(beside, target)
        sync(target.parent)
    finally:
        beside.unlink(missing_ok=True)


def _refuse(source: Path, target: Path) -> None:
    """Raise where a copy would replace a folder, or a file that somebody has open."""
    if target.is_dir():
        raise problems.folder(target)
    if not target.exists():
        return
    if target.samefile(source):
        raise problems.exists(target)
    if by := holder.holder_name(target):
        raise problems.already_open(target, by)


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


def checked(path: Path, key: Key | None = None) -> CheckReport:
    """Return the check of a closed file; raises EnvironmentProblem "damaged" where it fails."""
    connection = connect(path, "ro", key)
    try:
        with problems.told(path):
            report = check(connection)
    finally:
        connection.close()
    if not report.ok:
        raise problems.damaged(path)
    return report
