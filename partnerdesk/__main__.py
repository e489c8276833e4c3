"""Lets `python -m partnerdesk` be the command line."""

from partnerdesk.cli import main

raise SystemExit(main())
