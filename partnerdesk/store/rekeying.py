"""Sets, changes and removes the passphrase of a file: on a checked copy that then replaces it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from partnerdesk.store import problems
from partnerdesk.store.cipher import Key, key_of
from partnerdesk.store.connection import export_to
from partnerdesk.store.copying import checked, sync
from partnerdesk.store.opening import open_store
from partnerdesk.store.passphrase import check_passphrase
from partnerdesk.store.store import Store


def change_passphrase(path: Path, old: str | None, new: str | None) -> None:
    """Give a closed file another passphrase, its first one, or none (None stands for none).

    Until the last step, which is atomic, the file is as it was. What the disk keeps of the file
    before, and copies elsewhere, stay as they were. Raises as `open_store` does, and UserError
    "weak-passphrase".
    """
    path = Path(path)
    if new is not None:
        check_passphrase(new)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    beside.unlink(missing_ok=True)
    try:
        with open_store(path, passphrase=old) as store:
            _export(store, beside, key_of(new))
            if sys.platform != "win32":  # which replaces no file that is open
                os.replace(beside, path)
        if sys.platform == "win32":
            os.replace(beside, path)
        sync(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def _export(store: Store, beside: Path, key: Key | None) -> None:
    """Write everything under another key, wait for the disk, and compare."""
    with problems.told(beside):
        export_to(store.connection, beside, key)
    sync(beside)
    if checked(beside, key).head != store.head():
        raise problems.damaged(store.path)
