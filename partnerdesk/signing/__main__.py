"""`python -m partnerdesk.signing FILE`: the verifier alone, without a window."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from partnerdesk.errors import PartnerDeskError
from partnerdesk.language import _
from partnerdesk.signing.isolated import verify_isolated
from partnerdesk.signing.report import Known, Verdict, told


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report on a file; return 0 unchanged, 1 changed, 2 cannot tell."""
    parser = argparse.ArgumentParser(
        "partnerdesk verify", description=_("Tells whether a signed charter was changed.")
    )
    parser.add_argument("file", type=Path, help=_("the charter as PDF"))
    parser.add_argument("--words", default="", help=_("the eight words printed on paper"))
    given = parser.parse_args(arguments)
    try:
        report = verify_isolated(given.file, Known(words=tuple(re.findall(r"\w+", given.words))))
    except PartnerDeskError as problem:
        sys.stderr.write(f"{problem.message}\n")
        return Verdict.CANNOT_TELL.status
    sys.stdout.write(f"{told(report)}\n")
    return report.verdict.status


if __name__ == "__main__":
    sys.exit(main())
