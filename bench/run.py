"""Prints what PartnerDesk costs beside the bare thing; leaves with 1 where a limit is passed.

Each ratio comes from one run that measures both sides in turn, and compares medians.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from bench.charter import ceremony
from bench.edits import edits
from bench.measure import Finding
from bench.opening import opening
from bench.windows import windows

KEPT = Path("build/bench")  # the file of 100,000 edits stays for the next run


def main() -> int:
    """Measure everything and return the exit status."""
    folder = KEPT / str(os.getpid())
    folder.mkdir(parents=True)
    try:
        findings = [*_told([edits(folder)]), *_told([opening(KEPT)])]
        print(ceremony(folder), flush=True)
        findings += _told(windows(folder))
    finally:
        shutil.rmtree(folder)
    return 0 if all(finding.kept for finding in findings) else 1


def _told(findings: Iterable[Finding]) -> list[Finding]:
    listed = list(findings)
    print(*listed, sep="\n", flush=True)
    return listed


if __name__ == "__main__":
    sys.exit(main())
