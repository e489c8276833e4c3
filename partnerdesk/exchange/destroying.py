"""Destroys a partnership file on this laptop for good, and says what is left of it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from partnerdesk.errors import UserError
from partnerdesk.exchange.laptop import choose_second, second_folder
from partnerdesk.exchange.recent import forget_recent
from partnerdesk.keeping.traces import all_of, beside, drop_folder, wipe
from partnerdesk.language import _, ngettext
from partnerdesk.store import Store, open_store


@dataclass(frozen=True)
class Remains:
    """What a destruction takes or took (`files`), and files nearby that may be copies."""

    files: tuple[Path, ...]
    nearby: tuple[Path, ...]
    versions: int


def remains_of(store: Store) -> Remains:
    """Return what destroying an open file would take, and what it would leave nearby."""
    path, second = store.path, second_folder(store.id)
    taken = all_of(path, store.id, second)
    away = [second] if second is not None and not second.is_dir() else []
    nearby = (*(one for one in beside(path) if one not in taken), *away)
    return Remains(taken, nearby, len(store.rows("charter_version")))


def destroy(path: Path, passphrase: str | None, typed: str) -> Remains:
    """Overwrite and take away a closed file, its backups and all else made beside it.

    Its keys go first, so that copies of sealed answers cannot be opened by it. `typed` is the
    name of the file, as somebody typed it. Returns what could not be taken away, and what else
    is nearby. Raises UserError "name" for another name, and as `open_store` does.
    """
    if not is_name_of(typed, path):
        message = _("Type the name of the file, {name}, to destroy it. Nothing was changed.")
        raise UserError(message.format(name=path.stem), code="name")
    given, path = path, path.resolve()
    with closing(open_store(path, passphrase=passphrase)) as store:
        found = remains_of(store)
        file_id, second = store.id, second_folder(store.id)
        for row in store.rows("sealed_key", state="kept"):
            store.destroy_secret(str(row["id"]))
    left = wipe(all_of(path, file_id, second))
    drop_folder(path, second)
    if second is not None:
        choose_second(file_id, None)
    for name in {given, path}:
        forget_recent(str(name))
    return Remains(left, found.nearby, found.versions)


def is_name_of(typed: str, path: Path) -> bool:
    """Return whether somebody typed the name of a file, with its ending or without."""
    return typed.strip() in (path.name, path.stem)


def before_lines(remains: Remains) -> Iterator[str]:
    """Yield in words what will be destroyed."""
    *rest, whole = remains.files
    for one in (whole, *rest):
        if not one.name.startswith("."):  # the reserve holds nothing
            yield one.name if one.parent == whole.parent else f"{one.parent.name}/{one.name}"


def left_lines(remains: Remains) -> Iterator[str]:
    """Yield in words what is left elsewhere: files nearby, and what no program can reach."""
    for one in remains.nearby:  # a folder is that of the second backups, on a stick that is away
        yield _("Nearby, perhaps a copy: {name}").format(name=one.name)
    if remains.versions:
        yield ngettext(
            "The charter: {n} version, on paper or as PDF with those who signed.",
            "The charter: {n} versions, on paper or as PDF with those who signed.",
            remains.versions,
        ).format(n=remains.versions)
    yield _("Bundles, exports and copies on sticks, other laptops, in mail and on printers.")
    yield _("Traces that the system keeps: its lists of recent files, and what it swapped out.")
    yield _(
        "On flash disks, overwriting may miss old pages. "
        "Only a passphrase from the first day, or an encrypted disk, helps there."
    )
