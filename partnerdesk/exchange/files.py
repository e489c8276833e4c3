"""Writes whole files beside the old ones, then puts them in place: never half a file."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from partnerdesk import pace
from partnerdesk.errors import EnvironmentProblem
from partnerdesk.language import _


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path` in one step; raises EnvironmentProblem and keeps the old file.

    So does a stop, until that step.
    """
    beside = path.with_name(f".{path.name[:40]}.{os.getpid()}.part")
    try:
        if path.is_dir():
            raise IsADirectoryError(21, os.strerror(21))
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        pace.tell(1.0)
        beside.replace(path)
        _settle(path.parent)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        message = _(
            "{name} could not be written: {why}. The old file is intact. Try another place."
        )
        why = error.strerror or type(error).__name__
        raise EnvironmentProblem(message.format(name=path.name, why=why), code="write") from error
    except pace.Stopped:
        beside.unlink(missing_ok=True)
        raise


def write_here(path: Path, data: bytes) -> None:
    """Put `data` at `path` and make its folder first; raises EnvironmentProblem as above."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)


def _settle(folder: Path) -> None:
    """Make the new name durable where the system lets a folder be synchronised."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
