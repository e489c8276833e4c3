"""Prints what PartnerDesk costs beside the bare thing, each with its target and whether it is met.

Each ratio comes from one run that measures both sides in turn, and compares medians.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from bench.charter import ceremony
from bench.edits import edits
from bench.opening import opening
from bench.windows import hindrance, windows

KEPT = Path("out/bench")  # the file of 100,000 edits stays for the next run


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
    yield opening(KEPT)
    yield ceremony(folder)
    if why := hindrance():
        yield f"window: not available ({why})"
    else:
        yield from windows(folder)


if __name__ == "__main__":
    main()
