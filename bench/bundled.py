"""The bundle's way in: the command line; without arguments, as from a double click, the window."""

from __future__ import annotations

import sys

from partnerdesk import cli

if __name__ == "__main__":
    sys.argv[1:] = sys.argv[1:] or ["run"]
    sys.exit(cli.main())
