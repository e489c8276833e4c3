"""What PartnerDesk itself puts beside a file, and how it is taken away for good."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from partnerdesk.keeping.backups import back_up, backups_of, folder_of, half_begun
from partnerdesk.store import Store
from partnerdesk.store.cipher import PAGE_BYTES, looks_encrypted
from partnerdesk.store.copying import sync
from partnerdesk.store.opening import MAGIC
from partnerdesk.store.rewriting import overwrite


def older_copies(path: Path, file_id: str, second: Path | None = None) -> tuple[Path, ...]:
    """Return the backups of a file, begun ones too, and the copies from before a new format.

    `second` is another folder that got backups too.
    """
    migrated = re.compile(re.escape(path.stem) + r"\.v\d+" + re.escape(path.suffix))
    beside = (one for one in _in_folder(path.parent) if migrated.fullmatch(one.name))
    other = backups_of(second / path.name, file_id) if second is not None else ()
    begun = _begun_backups(path, file_id, second)
    found = (*backups_of(path, file_id), *other, *begun, *beside)
    return tuple(one for one in found if _is_ours(one))


def renew_backups(store: Store, now: datetime, second: Path | None = None) -> tuple[Path, ...]:
    """Make a backup as the file is now, and wipe all older copies; return those that stay.

    Raises EnvironmentProblem as `back_up` does; then the older ones are all there still.
    """
    wipe(_begun_backups(store.path, store.id, second))
    older = older_copies(store.path, store.id, second)
    back_up(store, now, second)
    return wipe(older)


def all_of(path: Path, file_id: str, second: Path | None = None) -> tuple[Path, ...]:
    """Return a closed file and all that PartnerDesk puts beside it, as far as it is there."""
    begun = re.compile(re.escape(f".{path.name}.") + r"\d+(-\d+)?\.part")
    parts = (one for one in _in_folder(path.parent) if begun.fullmatch(one.name))
    names = (f".{path.name}.reserve", f"{path.name}-journal", path.name)
    own = (path.with_name(name) for name in names)
    return (*older_copies(path, file_id, second), *parts, *(one for one in own if one.exists()))


def beside(path: Path) -> tuple[Path, ...]:
    """Return other files in the folder whose names begin as the file's: perhaps copies of it."""
    stem = path.stem.casefold()
    return tuple(
        one
        for one in _in_folder(path.parent)
        if one.is_file() and one != path and one.name.casefold().startswith(stem)
    )


def wipe(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Overwrite files that nobody holds, and take them away; return those that stay.

    What bears a second name, or is but a link, is only taken away: the other name is not ours.
    """
    left = []
    for path in (one for one in paths if one.is_symlink() or one.exists()):
        if not path.is_symlink() and path.stat().st_nlink == 1:
            overwrite(path)
        try:
            nameless = path.with_name(f".{os.urandom(8).hex()}")
            os.replace(path, nameless)
            nameless.unlink()
        except OSError:
            left.append(path)
        with suppress(OSError):
            sync(path.parent)
    return tuple(left)


def drop_folder(path: Path, second: Path | None = None) -> None:
    """Take away the folders for the backups of a file, where they are empty."""
    for one in (path, *([second / path.name] if second is not None else [])):
        with suppress(OSError):
            folder_of(one).rmdir()


def _begun_backups(path: Path, file_id: str, second: Path | None) -> tuple[Path, ...]:
    """Return what is left of backups during which a program was stopped."""
    places = (path, *([second / path.name] if second is not None else []))
    return tuple(one for place in places for one in half_begun(folder_of(place), file_id))


def _is_ours(path: Path) -> bool:
    """Return whether a file looks as PartnerDesk writes it, in clear or locked."""
    try:
        with path.open("rb") as file:
            start = file.read(PAGE_BYTES)
    except OSError:
        return False
    return start.startswith(MAGIC) or looks_encrypted(start)


def _in_folder(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(folder.iterdir()))
    except OSError:
        return ()
