"""Working on a copy here, and putting it back where it came from at the end."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from partnerdesk.errors import EnvironmentProblem
from partnerdesk.keeping.backups import restore
from partnerdesk.language import _
from partnerdesk.model.names import unused
from partnerdesk.model.record import JournalHead
from partnerdesk.store import Store, open_store

NOTE = ".from.json"


@dataclass(frozen=True)
class Away:
    """A working copy: where it came from, and the head of the journal that both shared."""

    copy: Path
    origin: Path
    seq: int
    hash: str


def work_here(origin: Path, folder: Path, passphrase: str | None = None) -> Path:
    """Copy a closed file into `folder` and return the copy, which knows where to go back to.

    Raises as `open_store` does, and EnvironmentProblem for a full disk.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copy = unused(folder / origin.name)
    restore(origin, copy, passphrase)
    with closing(open_store(copy, passphrase=passphrase, read_only=True)) as store:
        _write_note(copy, origin.absolute(), store.head())
    return copy


def away(copy: Path) -> Away | None:
    """Return where a working copy came from, or None for any other file."""
    try:
        note = json.loads(_note(copy).read_text("utf-8"))
        return Away(copy, Path(note["origin"]), int(note["seq"]), str(note["hash"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def copy_of_origin(origin: Path, folder: Path) -> Path | None:
    """Return the working copy of a file that was not put back yet, or None."""
    try:
        notes = sorted(folder.glob(f"*{NOTE}"))
    except OSError:
        return None
    for note in notes:
        copy = note.with_name(note.name.removesuffix(NOTE))
        found = away(copy)
        if found is not None and copy.exists() and found.origin == origin.absolute():
            return copy
    return None


def put_back(store: Store, passphrase: str | None = None) -> Path:
    """Write an open working copy over the file that it came from and return that path.

    The file there is replaced by one step, and only where nobody changed it meanwhile. Raises
    EnvironmentProblem "away" where it is not reached, "changed-there" where it was changed; then
    both stay as they are.
    """
    found = away(store.path)
    if found is None:
        raise LookupError(f"{store.path} is no working copy")
    if not found.origin.parent.is_dir():
        message = _("The folder {folder} is not here. Your work stays on this laptop. Put it back.")
        folder = found.origin.parent.name or str(found.origin.parent)
        raise EnvironmentProblem(message.format(folder=folder), code="away")
    if found.origin.exists() and not _is_as_left(found, passphrase):
        message = _(
            "{name} was changed where it came from. Nothing was written over that. "
            "Your work stays on this laptop: bring in the other one."
        )
        raise EnvironmentProblem(message.format(name=found.origin.name), code="changed-there")
    store.copy_to(found.origin)
    _write_note(store.path, found.origin, store.head())
    return found.origin


def bring_back(copy: Path, passphrase: str | None = None) -> None:
    """Put a closed working copy back, then take it away; raises as `put_back` does."""
    with closing(open_store(copy, passphrase=passphrase)) as store:
        put_back(store, passphrase)
    forget(copy)


def forget(copy: Path) -> None:
    """Take a closed working copy away, once its file is back."""
    for one in (_note(copy), copy):
        one.unlink(missing_ok=True)


def _is_as_left(found: Away, passphrase: str | None) -> bool:
    with closing(open_store(found.origin, passphrase=passphrase, read_only=True)) as there:
        head = there.head()
    return (head.seq, head.hash) == (found.seq, found.hash)


def _write_note(copy: Path, origin: Path, head: JournalHead) -> None:
    note = {"origin": str(origin), "seq": head.seq, "hash": head.hash}
    _note(copy).write_text(json.dumps(note), "utf-8")


def _note(copy: Path) -> Path:
    return copy.with_name(copy.name + NOTE)
