"""Backups of a file: complete, checked, under its own passphrase, in a folder beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from partnerdesk import pace
from partnerdesk.errors import EnvironmentProblem, PartnerDeskError
from partnerdesk.keeping.policy import due, kept
from partnerdesk.language import _
from partnerdesk.model.names import unused
from partnerdesk.model.record import JournalHead
from partnerdesk.store import Store, change_passphrase, open_store
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
class _Named:
    """What the name of a backup tells without a passphrase."""

    edits: int
    at: datetime
    file_id: str
    path: Path


def folder_of(path: Path) -> Path:
    """Return the folder for the backups of a file: `garden.backups` beside `garden.pdesk`."""
    return path.with_name(path.stem + FOLDER)


def back_up(store: Store, now: datetime, second: Path | None = None) -> Path:
    """Make a backup now, then let go of those that the policy does not keep; return its path.

    It is written under the file's passphrase, synchronised, opened and checked before any other
    is removed. `second` is another folder, such as a stick, that gets the same. Raises
    EnvironmentProblem "disk-full", "disk", "read-only", "damaged" or "backup": older ones stay.
    """
    made = _made(store, folder_of(store.path), now)
    if second is not None:
        _made(store, second / folder_of(store.path).name, now)
    return made


def back_up_if_due(
    store: Store, now: datetime, second: Path | None = None, *, into: Path | None = None
) -> Path | None:
    """Make a backup where the policy wants one; return its path, or None where it does not.

    `into` is another folder to look at and to write to, such as one on a stick.
    """
    folder = _folder(store, into)
    last = next(reversed(list(_of_file(store, folder))), None)
    edits = store.head().count
    if not due(last.at if last else None, last.edits if last else 0, edits, now):
        return None
    return back_up(store, now, second) if into is None else _made(store, folder, now)


def back_up_before(store: Store, now: datetime) -> Path | None:
    """Make a backup before something large, unless the last one holds all; return its path.

    Raises EnvironmentProblem as `back_up`: whatever was to come must then wait.
    """
    last = next(reversed(list(_of_file(store, folder_of(store.path)))), None)
    held = last is not None and last.edits == store.head().count
    return None if held else back_up(store, now)


def back_up_second(store: Store, now: datetime, folder: Path) -> EnvironmentProblem | None:
    """Make a backup in another folder where one is due there; return why it could not be made.

    A stick that is not there is no harm: what is due stays due, and is made once it is back.
    """
    if not folder.is_dir():
        message = _(
            "{name} is not there, so no second backup was made. The first one is on this laptop. "
            "Plug the stick in: it is tried again."
        )
        return EnvironmentProblem(message.format(name=folder.name or folder), code="second")
    try:
        back_up_if_due(store, now, into=folder)
    except EnvironmentProblem as problem:
        return problem
    return None


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


def _folder(store: Store, into: Path | None) -> Path:
    own = folder_of(store.path)
    return own if into is None else into / own.name


def _made(store: Store, folder: Path, now: datetime) -> Path:
    at = now.astimezone(UTC)
    name = f"{store.head().count:08}-{at:{TIME}}Z-{_short(store.id)}.pdesk"
    try:
        folder.mkdir(exist_ok=True)
        target = unused(folder / name)
        store.copy_to(target)
        _thin(list(_of_file(store, folder)))
    except OSError as error:
        message = _("No backup could be made in {name}: {why}. The file itself is safe.")
        why = error.strerror or type(error).__name__
        raise EnvironmentProblem(
            message.format(name=folder.name, why=why), code="backup"
        ) from error
    return target


def _thin(named: list[_Named]) -> None:
    stay = kept([one.at for one in named])
    for place, one in enumerate(named):
        if place not in stay:
            one.path.unlink(missing_ok=True)


def _of_file(store: Store, folder: Path) -> Iterator[_Named]:
    """Yield the backups of this very file, and not of one that had its name before."""
    return (one for one in _names(folder) if one.file_id == _short(store.id))


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
