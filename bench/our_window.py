"""The first window of PartnerDesk, opened by its own command and watched while it settles."""

from __future__ import annotations

import sys

from bench.settling import watched
from partnerdesk import cli


def main() -> int:
    """Run `partnerdesk run` and return its exit status."""
    app = watched()
    status = cli.main(["run"])
    del app  # the command finds it as the application of this process
    return status


if __name__ == "__main__":
    sys.exit(main())
