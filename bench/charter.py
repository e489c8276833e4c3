"""The charter of the recorded workshop: printed, signed by all its signatories, and looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

import resources
from bench.measure import Figure, seconds
from partnerdesk.ceremony import blocks_of, freeze, generated_mark, sign_block
from partnerdesk.charter.preview import page_count, page_rgb
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.versions import charter_pdf, versions
from partnerdesk.store import Store

DPI = 96.0
LOOKS = 5


def ceremony(folder: Path) -> Iterator[object]:
    """Yield what a ceremony takes in a process that has loaded no library for it yet."""
    guide = built_in_guide()
    workshop = read_workshop(resources.path("samples/workshop-a.json"), guide)
    with closing(replay(workshop, guide, folder / "sample.pdesk")) as store:
        export = seconds(lambda: freeze(store, guide, datetime.now(UTC)))
        version = versions(store)[-1].id
        signatures = _signatures(store, version)
        pdf = charter_pdf(store, version)
    each = " + ".join(f"{s:.2f}" for s in signatures)
    size = len(pdf) >> 10
    yield f"charter of the sample ({size} KiB): frozen in {export:.2f} s, signed in {each} s"
    yield Figure(f"signing by {len(signatures)}", sum(signatures), "s", 1.0)
    yield Figure("one page of the preview", _page(pdf) * 1e3, "ms", 10.0)


def _signatures(store: Store, version: str) -> tuple[float, ...]:
    def sign(number: int) -> None:
        block = blocks_of(store, version)[number]
        sign_block(store, version, block, generated_mark(block), datetime.now(UTC))

    return tuple(seconds(partial(sign, n)) for n in range(len(blocks_of(store, version))))


def _page(pdf: bytes) -> float:
    """Return the median of several looks at every page, in seconds."""
    pages = range(1, page_count(pdf) + 1)
    return median(
        seconds(partial(page_rgb, pdf, page, DPI)) for _look in range(LOOKS) for page in pages
    )
