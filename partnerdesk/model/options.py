"""What partners choose for their charter: annexes, languages, print, and words on the law."""

from __future__ import annotations

from dataclasses import dataclass

ANNEXES = ("A", "B", "C", "D", "E", "F", "G", "H")
USUAL_ANNEXES = ("D", "F")
LARGEST_PRINT = 2.0


@dataclass(frozen=True)
class CharterOptions:
    """What the partners choose for their charter; the defaults are the usual charter.

    `annexes` are codes of ANNEXES. `public` leaves out people. `languages` are codes, the first
    one leading; () is the partnership's own. `prevailing` is one of them, or '' where all are
    equal. `parallel` sets two languages side by side. `large_print` is 1.0 to 2.0.
    `read_aloud` attests who read the charter to whom; `legal_nature` is '' for the usual words.
    """

    annexes: tuple[str, ...] = USUAL_ANNEXES
    public: bool = False
    languages: tuple[str, ...] = ()
    prevailing: str = ""
    parallel: bool = True
    large_print: float = 1.0
    read_aloud: bool = True
    legal_nature: str = ""

    def __post_init__(self) -> None:
        """Refuse choices that no charter can have, with a ValueError for the programmer."""
        if not set(self.annexes) <= set(ANNEXES):
            raise ValueError(f"annexes are {ANNEXES}, not {self.annexes}")
        if self.prevailing and self.prevailing not in self.languages:
            raise ValueError(f"{self.prevailing} is not one of {self.languages}")
        if not 1.0 <= self.large_print <= LARGEST_PRINT:
            raise ValueError(f"large print is 1.0 to {LARGEST_PRINT}, not {self.large_print}")


USUAL = CharterOptions()
