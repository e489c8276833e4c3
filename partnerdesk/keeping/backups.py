"""Backups of a file: complete, checked, under its own passphrase, in a folder beside it.

Each is begun with the open file, in a moment, and finished without it, on any thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from partnerdesk import pace
from partnerdesk.errors import EnvironmentProblem, PartnerDeskError
from partnerdesk.keeping.policy import due, kept
from partnerdesk.language import _
from partnerdesk.model.names import unused
from partnerdesk.model.record import JournalHead
from partnerdesk.store import Part, Store, change_passphrase, finish_copy, open_store
from partnerdesk.store.copying import copied, half_made
from partnerdesk.store.problems import exists

FOLDER = ".backups"
# Count of edits, time in UTC, end of the file's id; then a number where two fell into a second.
NAME = re.compile(r"(\d{8,})-(\d{8}T\d{6})Z-([0-9a-z]{1,12})(?:-\d+)?\.pdesk")
TIME = "%Y%m%dT%H%M%S"


@dataclass(frozen=True)
class Backup:
    """One backup: when it was made and what it holds; `head` is where its journal ends."""

    at: datetime
    path: Path
    sessions: int
    answers: int
    edits: int
    head: JournalHead


@dataclass(frozen=True)
class Begun:
    """A backup whose bytes are written; what is left to do needs no open file.

    `stays` says that it becomes a backup beside the file; else it is for `second` alone.
    """

    part: Part
    stays: bool
    file_id: str
    now: datetime
    second: Path | None = None


@dataclass(frozen=True)
class Made:
    """What came of a backup: its path, and why it is not in the second folder where it is due."""

    path: Path | None
    away: EnvironmentProblem | None = None


@dataclass(frozen=True)
class _Named:
    """What the name of a backup tells without a passphrase."""

    edits: int
    at: datetime
    file_id: str
    path: Path


def folder_of(path: Path) -> Path:
    """Return the folder for the backups of a file: `garden.backups` beside `garden.pdesk`."""
    return path.with_name(path.stem + FOLDER)


def begin_backup(store: Store, now: datetime, second: Path | None = None) -> Begun:
    """Write the bytes of a backup, which is wanted whatever the policy says; see `finish_backup`.

    `second` is another folder, such as a stick, that gets the same where it is due there. Raises
    EnvironmentProblem "disk-full", "disk", "read-only" or "backup".
    """
    return _begun(store, now, second, stays=True)


def begin_backup_if_due(store: Store, now: datetime, second: Path | None = None) -> Begun | None:
    """Write them where a backup is due beside the file, or may be in the second folder.

    Whether it is due there is seen later: a stick may take its time to answer.
    """
    stays = _is_due(folder_of(store.path), store.id, store.head().count, now)
    return _begun(store, now, second, stays=stays) if stays or second is not None else None


def begin_backup_before(store: Store, now: datetime) -> Begun | None:
    """Write them before something large, unless the last backup holds all.

    Where this or the rest raises EnvironmentProblem, whatever was to come must wait.
    """
    last = _last(folder_of(store.path), store.id)
    held = last is not None and last.edits == store.head().count
    return None if held else _begun(store, now, None, stays=True)


def finish_backup(begun: Begun) -> Made:
    """Check a backup, give it its place, then let go of those that the policy does not keep.

    It is synchronised, opened and checked before any other is removed. No open file is needed:
    this may run on any thread and be stopped there. Raises EnvironmentProblem "disk-full",
    "disk", "damaged" or "backup": older ones stay. A stick that is not there is no harm: what is
    due stays due, and is made once it is back.
    """
    try:
        path = _finished(begun.part, begun.file_id) if begun.stays else None
        return Made(path, _second(begun, path or begun.part.path))
    finally:
        begun.part.drop()


def back_up(store: Store, now: datetime, second: Path | None = None) -> Path:
    """Make a backup now, here and in a second folder too, and return its path.

    Raises EnvironmentProblem as `begin_backup` and `finish_backup` do, for both folders.
    """
    begun = begin_backup(store, now)
    made = _finished(begun.part, begun.file_id)
    if second is not None:
        _copied(replace(begun.part, path=made), second, store.id)
    return made


def back_up_if_due(store: Store, now: datetime) -> Path | None:
    """Make a backup where the policy wants one; return its path, or None where it does not."""
    begun = begin_backup_if_due(store, now)
    return finish_backup(begun).path if begun is not None else None


def back_up_before(store: Store, now: datetime) -> Path | None:
    """Make a backup before something large, unless the last one holds all; return its path."""
    begun = begin_backup_before(store, now)
    return finish_backup(begun).path if begun is not None else None


def back_up_second(store: Store, now: datetime, folder: Path) -> EnvironmentProblem | None:
    """Make a backup in another folder alone, where one is due there; return why it was not."""
    return finish_backup(_begun(store, now, folder, stays=False)).away


def backups(path: Path, passphrase: str | None = None) -> tuple[Backup, ...]:
    """Return the backups beside a file that open with its passphrase, the newest first.

    The file itself is not opened: it may be open, damaged or gone. Locked files take 0.1 s each.
    """
    found = []
    named = _names(folder_of(path))
    for place, one in enumerate(reversed(named)):
        pace.tell(place / len(named))
        found.append(_read(one, passphrase))
    return tuple(one for one in found if one is not None)


def later_edits(store: Store, backup: Backup) -> int | None:
    """Return how many edits the open file has on top of a backup, None where the two diverge."""
    if backup.head.count == 0:
        return store.head().count
    edit = next(store.edits(backup.head.seq - 1), None)
    same = edit is not None and edit.hash == backup.head.hash
    return store.head().count - backup.head.count if same else None


def backups_of(path: Path, file_id: str) -> tuple[Path, ...]:
    """Return the backups beside a file that are of this very file, whatever they are locked by."""
    return tuple(o.path for o in _names(folder_of(path)) if o.file_id == _short(file_id))


def restore(backup: Path, out: Path, passphrase: str | None = None) -> None:
    """Write a checked copy of a backup to a new file; raises UserError "exists" where one is."""
    if out.exists():
        raise exists(out)
    with closing(open_store(backup, passphrase=passphrase, read_only=True)) as store:
        store.copy_to(out)


def protect_backups(
    path: Path, old: str | None, new: str | None, file_id: str = ""
) -> tuple[Path, ...]:
    """Bring the backups beside a file under its new passphrase; return those left as they were.

    With `file_id`, only those of this very file: others of its name may lie in the same folder.
    """
    left = []
    for one in _names(folder_of(path)):
        if file_id and one.file_id != _short(file_id):
            continue
        try:
            change_passphrase(one.path, old, new)
        except PartnerDeskError:
            left.append(one.path)
    return tuple(left)


def _begun(store: Store, now: datetime, second: Path | None, *, stays: bool) -> Begun:
    folder = folder_of(store.path)
    name = f"{store.head().count:08}-{now.astimezone(UTC):{TIME}}Z-{_short(store.id)}.pdesk"
    with _told(folder):
        part = store.begin_copy(_place(folder, name, store.id))
    return Begun(part, stays, store.id, now, second)


def _place(folder: Path, name: str, file_id: str) -> Path:
    """Return where a backup is to lie, in a folder without half-made ones of this file."""
    folder.mkdir(exist_ok=True)
    for one in half_begun(folder, file_id):
        one.unlink(missing_ok=True)
    return unused(folder / name)


def _finished(part: Part, file_id: str) -> Path:
    """Give a backup its place and let go of older ones."""
    folder = part.target.parent
    with _told(folder):
        finish_copy(part)
        _thin(list(_of_file(folder, file_id)))
    return part.target


def _second(begun: Begun, source: Path) -> EnvironmentProblem | None:
    """Copy a backup to the second folder where one is due there; return why it could not be."""
    part, second = replace(begun.part, path=source), begun.second
    if second is None:
        return None
    if not second.is_dir():
        message = _(
            "{name} is not there, so no second backup was made. The first one is on this laptop. "
            "Plug the stick in: it is tried again."
        )
        return EnvironmentProblem(message.format(name=second.name or second), code="second")
    try:
        if _is_due(second / part.target.parent.name, begun.file_id, part.head.count, begun.now):
            _copied(part, second, begun.file_id)
    except EnvironmentProblem as problem:
        return problem
    return None


def _copied(part: Part, second: Path, file_id: str) -> None:
    """Make the backup that lies at `part` in the second folder too."""
    folder = second / part.target.parent.name
    with _told(folder):
        there = copied(part, _place(folder, part.target.name, file_id))
    _finished(there, file_id)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Tell what the system says of a folder for backups."""
    try:
        yield
    except OSError as error:
        message = _("No backup could be made in {name}: {why}. The file itself is safe.")
        why = error.strerror or type(error).__name__
        raise EnvironmentProblem(
            message.format(name=folder.name, why=why), code="backup"
        ) from error


def half_begun(folder: Path, file_id: str) -> tuple[Path, ...]:
    """Return what is left of backups of a file during which a program was stopped."""
    return half_made(folder, rf"\d+-\d+T\d+Z-{_short(file_id)}(?:-\d+)?\.pdesk")


def _is_due(folder: Path, file_id: str, edits: int, now: datetime) -> bool:
    last = _last(folder, file_id)
    return due(last.at if last else None, last.edits if last else 0, edits, now)


def _last(folder: Path, file_id: str) -> _Named | None:
    return next(reversed(list(_of_file(folder, file_id))), None)


def _thin(named: list[_Named]) -> None:
    stay = kept([one.at for one in named])
    for place, one in enumerate(named):
        if place not in stay:
            one.path.unlink(missing_ok=True)


def _of_file(folder: Path, file_id: str) -> Iterator[_Named]:
    """Yield the backups of this very file, and not of one that had its name before."""
    return (one for one in _names(folder) if one.file_id == _short(file_id))


def _names(folder: Path) -> list[_Named]:
    """Return what is named as a backup, in the order of the journal, then of the clock."""
    try:
        here = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError:
        here = []
    found = [(NAME.fullmatch(one.name), one) for one in here]
    named = [
        _Named(int(m[1]), datetime.strptime(m[2], TIME).replace(tzinfo=UTC), m[3], one)
        for m, one in found
        if m
    ]
    return sorted(named, key=lambda one: (one.edits, one.at, one.path.name))


def _short(file_id: str) -> str:
    return re.sub(r"[^0-9a-z]", "", file_id.lower())[-12:] or "0"


def _read(named: _Named, passphrase: str | None) -> Backup | None:
    try:
        with closing(open_store(named.path, passphrase=passphrase, read_only=True)) as store:
            head = store.head()
            sessions, answers = (len(store.rows(table)) for table in ("session", "response"))
    except PartnerDeskError:
        return None
    return Backup(named.at, named.path, sessions, answers, head.count, head)
