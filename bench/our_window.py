"""The first window of PartnerDesk, opened by its own command and watched while it settles."""

from __future__ import annotations

import sys

from partnerdesk import cli


def main() -> int:
    """Run `partnerdesk run` and return its exit status."""
    from bench.settling import watched  # loads Qt after the command line, as the program does

    app = watched()
    status = cli.main(["run"])
    del app  # the command finds it as the application of this process
    return status


if __name__ == "__main__":
    sys.exit(main())
