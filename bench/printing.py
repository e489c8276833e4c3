"""Writes the PDF of a charter that is kept as data: the names of both files are its arguments.

It imports what printing needs and nothing else, as the process that is measured.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from partnerdesk.charter.canonical import from_json
from partnerdesk.charter.render import render


def main(data: Path, out: Path) -> None:
    """Write the PDF of a charter that is kept as data."""
    gc.disable()  # as every command does
    out.write_bytes(render(from_json(data.read_bytes()), None))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
