"""The charter of the recorded workshop: printed, then signed by all its signatories."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import resources
from bench.measure import seconds
from partnerdesk.ceremony import blocks_of, freeze, generated_mark, sign_block
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.versions import charter_pdf, versions
from partnerdesk.store import Store


@dataclass(frozen=True)
class Ceremony:
    """Seconds for the export and for each signature; the first of each loads its libraries."""

    export: float
    signatures: tuple[float, ...]
    size: int

    def __str__(self) -> str:
        """Return the line as it is printed."""
        each = " + ".join(f"{s:.2f}" for s in self.signatures)
        total = self.export + sum(self.signatures)
        return (
            f"charter of the sample: export {self.export:.2f} s, {len(self.signatures)} signatures"
            f" {each} s; together {total:.2f} s, {self.size // 1024} KiB"
        )


def ceremony(folder: Path) -> Ceremony:
    """Return what a ceremony takes in a process that has loaded no library for it yet."""
    guide = built_in_guide()
    workshop = read_workshop(resources.path("samples/workshop-a.json"), guide)
    with closing(replay(workshop, guide, folder / "sample.pdesk")) as store:
        export = seconds(lambda: freeze(store, guide, datetime.now(UTC)))
        version = versions(store)[-1].id
        signatures = _signatures(store, version)
        return Ceremony(export, signatures, len(charter_pdf(store, version)))


def _signatures(store: Store, version: str) -> tuple[float, ...]:
    def sign(number: int) -> None:
        block = blocks_of(store, version)[number]
        sign_block(store, version, block, generated_mark(block), datetime.now(UTC))

    return tuple(seconds(partial(sign, n)) for n in range(len(blocks_of(store, version))))
