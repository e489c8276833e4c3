"""A partner's logo as it is kept and printed."""

from __future__ import annotations

from dataclasses import dataclass

MOST_LOGO_BYTES = 49_152
"""A logo is drawn smaller until its PNG fits into this."""

LONGEST_LOGO = 400
"""The most pixels of a logo's longer side: 300 dpi at 34 mm."""


@dataclass(frozen=True)
class Logo:
    """A small PNG, 8 bits a sample, grey or RGB and not interlaced; `words` say what it shows."""

    png: bytes
    words: str = ""
