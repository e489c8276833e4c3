"""What can go wrong with the file, in words: who can act, what is safe, what to do next."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.errors import EnvironmentProblem, PartnerDeskError, UserError
from partnerdesk.language import _

PASSING = ("disk-full", "disk", "moved")
"""What a person can end by freeing space or putting something back: then all goes on."""


def missing(path: Path) -> UserError:
    """Return the refusal of a file that is not there."""
    message = _("The file {name} is not there. Look in another folder, or take a copy.")
    return UserError(message.format(name=path.name), code="missing")


def folder(path: Path) -> UserError:
    """Return the refusal of a folder in place of a file."""
    message = _("{name} is a folder. Choose a file inside it.")
    return UserError(message.format(name=path.name), code="folder")


def not_ours(path: Path) -> UserError:
    """Return the refusal of a file that another program made."""
    message = _("{name} is not a PartnerDesk file. It was not changed. Choose another file.")
    return UserError(message.format(name=path.name), code="not-ours")


def passphrase_needed(path: Path) -> UserError:
    """Return the question for a passphrase: the file is encrypted, or nobody's."""
    message = _("{name} is locked with a passphrase. It was not changed. Type the passphrase.")
    return UserError(message.format(name=path.name), code="passphrase-needed")


def wrong_passphrase(path: Path) -> UserError:
    """Return the refusal of a passphrase; a damaged first page looks the same."""
    message = _(
        "This passphrase does not open {name}. It was not changed. "
        "Try again: spelling, capital letters and keyboard language matter."
    )
    return UserError(message.format(name=path.name), code="wrong-passphrase")


def no_passphrase(path: Path) -> UserError:
    """Return the refusal of a passphrase for a file that has none."""
    message = _("{name} has no passphrase: anybody can read it. Open it without one.")
    return UserError(message.format(name=path.name), code="no-passphrase")


def exists(path: Path) -> UserError:
    """Return the refusal to write over a file."""
    message = _("There is a file named {name} already. It was not changed. Choose another name.")
    return UserError(message.format(name=path.name), code="exists")


def in_use() -> UserError:
    """Return the refusal to remove what other rows refer to."""
    message = _("Something else in the file still needs this. Nothing was changed.")
    return UserError(message, code="in-use")


def changed_since(title: str) -> UserError:
    """Return the refusal to take back an edit whose place was changed later."""
    message = _("“{title}” was changed again later. Nothing was taken back. Change it by hand.")
    return UserError(message.format(title=title), code="changed-since")


def not_compacted(path: Path) -> EnvironmentProblem:
    """Return the report that something was erased, but may still stand in the free space."""
    message = _(
        "What you chose is erased from {name}, but the disk has no room to clear the free space. "
        "Free some space, then erase it again."
    )
    return EnvironmentProblem(message.format(name=path.name), code="not-compacted")


def newer(path: Path, version: int, known: int) -> EnvironmentProblem:
    """Return the refusal of a file whose format is newer than the newest `known` one."""
    message = _(
        "A newer PartnerDesk made {name}: its format is {version}, this PartnerDesk reads up to "
        "{known}. It was not changed. Update PartnerDesk first."
    )
    words = message.format(name=path.name, version=version, known=known)
    return EnvironmentProblem(words, code="newer")


def damaged(path: Path) -> EnvironmentProblem:
    """Return the report of a file that cannot be read as it was written."""
    message = _(
        "The file {name} is damaged. It was not changed. "
        "Go back to a backup, or recover what it holds."
    )
    return EnvironmentProblem(message.format(name=path.name), code="damaged")


def found_damaged(path: Path) -> EnvironmentProblem:
    """Return the report of damage in a file that is open: some page of it cannot be read."""
    message = _(
        "Part of {name} can no longer be read. Its backups stay as they are. "
        "Recover what it holds before you write more."
    )
    return EnvironmentProblem(message.format(name=path.name), code="damaged")


def read_only(path: Path) -> EnvironmentProblem:
    """Return the report of a medium or folder that cannot be written to."""
    message = _("{name} cannot be written to. Nothing was changed. Open it read-only, or copy it.")
    return EnvironmentProblem(message.format(name=path.name), code="read-only")


def moved(path: Path) -> EnvironmentProblem:
    """Return the report of an open file that lost its place; writing on would break its repair."""
    message = _(
        "{name} was moved, renamed or replaced while it was open. Earlier changes are safe in it. "
        "Put it back, or save a copy and open that."
    )
    return EnvironmentProblem(message.format(name=path.name), code="moved")


def foreign(path: Path) -> EnvironmentProblem:
    """Return the report of an open file that another program wrote into."""
    message = _(
        "Another program changed {name} while it was open. Nothing was written over that. "
        "Save a copy, close this, and compare the two."
    )
    return EnvironmentProblem(message.format(name=path.name), code="foreign")


def long_name(path: Path) -> UserError:
    """Return the refusal of a name that leaves no room for what is made beside the file."""
    message = _("The name or folder of {name} is too long. Nothing was changed. Shorten it.")
    return UserError(message.format(name=path.name[:40]), code="long-name")


def disk_full(path: Path) -> EnvironmentProblem:
    """Return the report of a full disk; the last change was rolled back whole."""
    message = _(
        "The disk with {name} is full. Earlier changes are safe, the last one is not kept. "
        "Free some space, then try again."
    )
    return EnvironmentProblem(message.format(name=path.name), code="disk-full")


def reserve_free(path: Path) -> EnvironmentProblem:
    """Return the report of a full disk on which the reserve has just made room once more."""
    message = _(
        "The disk with {name} is full. Earlier changes are safe. PartnerDesk freed its reserve: "
        "do the last change again now, then free some space."
    )
    return EnvironmentProblem(message.format(name=path.name), code="disk-full")


def disk(path: Path) -> EnvironmentProblem:
    """Return the report of a disk that does not answer, such as a stick pulled out."""
    message = _(
        "The disk with {name} does not answer. Earlier changes are safe. "
        "Put it back, then open the file again."
    )
    return EnvironmentProblem(message.format(name=path.name), code="disk")


def already_open(path: Path, holder: str = "") -> EnvironmentProblem:
    """Return the report of a file that is open elsewhere; `holder` says where, or is ''."""
    by = holder or _("another program")
    message = _("{name} is open in {holder}. Close it there, or open a read-only copy here.")
    return EnvironmentProblem(message.format(name=path.name, holder=by), code="already-open")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Tell the database's errors about the surroundings in words; let our own bugs through."""
    try:
        yield
    except sqlite.Error as error:
        problem = _problem(path, error)
        if problem is None:
            raise
        raise problem from error


@contextmanager
def told_by_system(path: Path) -> Iterator[None]:
    """Tell what the system says of a file that it can no longer read as a disk that is away."""
    try:
        yield
    except OSError as error:
        raise disk(path) from error


@contextmanager
def told_by_writing(path: Path) -> Iterator[None]:
    """Tell what the system says of a file that it does not take, as a database tells it."""
    try:
        yield
    except OSError as error:
        raise _BY_NUMBER.get(error.errno or 0, disk)(path) from error


@contextmanager
def told_reading(path: Path) -> Iterator[None]:
    """Tell errors as `told` does; text or JSON that cannot be read is damage."""
    try:
        with told(path):
            yield
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise damaged(path) from error


@contextmanager
def told_opening(path: Path) -> Iterator[None]:
    """Tell errors as `told_reading` does; whatever else a database says is damage."""
    try:
        with told_reading(path):
            yield
    except sqlite.Error as error:
        raise damaged(path) from error


def _problem(path: Path, error: Exception) -> PartnerDeskError | None:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_CONSTRAINT") and "FOREIGN KEY" in str(error):
        return in_use()
    if "decode to UTF-8" in str(error):
        return damaged(path)
    for prefix, make in _BY_NAME.items():
        if name.startswith(prefix):
            return make(path)
    return None


_BY_NUMBER = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), disk_full),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT), read_only),
}
_BY_NAME = {
    "SQLITE_FULL": disk_full,
    "SQLITE_READONLY": read_only,
    "SQLITE_CANTOPEN": read_only,
    "SQLITE_PERM": read_only,
    "SQLITE_BUSY": already_open,
    "SQLITE_LOCKED": already_open,
    "SQLITE_CORRUPT": damaged,
    "SQLITE_NOTADB": damaged,
    "SQLITE_IOERR": disk,
}
