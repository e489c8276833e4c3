"""The PYTHONPATH of a child: our own code, and what takes the network away from it."""

from __future__ import annotations

import os
from pathlib import Path


def path_of(root: Path | str) -> str:
    """Return a PYTHONPATH with the checkout at `root`, on which no network is to be had."""
    return os.pathsep.join([str(Path(__file__).parent), str(root)])
