"""Prints what PartnerDesk costs beside the bare thing, each with its target and whether it is met.

Each ratio comes from one run that measures both sides in turn, and compares medians. What stands
beside nothing is a figure with a limit of its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from bench.backing import backing
from bench.charter import ceremony
from bench.edits import edits, encrypted_edits
from bench.four_scripts import four_scripts
from bench.merging import merging
from bench.opening import encrypted_opening, opening
from bench.windows import hindrance, windows

KEPT = Path("out/bench")  # the files of 100,000 edits stay for the next run


def main() -> None:
    """Measure everything; each line is printed as soon as it is known."""
    folder = KEPT / str(os.getpid())
    folder.mkdir(parents=True)
    try:
        for line in _lines(folder):
            print(line, flush=True)
    finally:
        shutil.rmtree(folder)


def _lines(folder: Path) -> Iterator[object]:
    yield edits(folder)
    yield encrypted_edits(folder)
    yield opening(KEPT)
    yield encrypted_opening(KEPT)
    yield from backing(KEPT, folder)
    yield merging(KEPT, folder)
    yield from ceremony(folder)
    yield from four_scripts(folder)
    if why := hindrance():
        yield f"window: not available ({why})"
    else:
        yield from windows(folder)


if __name__ == "__main__":
    main()
