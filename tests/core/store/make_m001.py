"""Makes tests/files/m001.pdesk: a file of the first format, kept so that it opens for ever.

Run once, before the first release: python -m tests.core.store.make_m001 (never again after it).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from partnerdesk.store import Store, Undoing, create_store

TARGET = Path(__file__).parents[2] / "files" / "m001.pdesk"


def fill(store: Store) -> None:
    """Write rows of several kinds, an undo and a redo, a document, a kept and a lost key."""
    with store.transaction("Create partnership", author="ada") as t:
        t.insert("partnership", {"id": "partnership", "title": "Seed bank of Awra Amba"})
        t.insert("partner", {"id": "p1", "position": 0, "name": "Awra Amba", "short": "AA"})
        t.insert("partner", {"id": "p2", "position": 1, "name": "Hôpital de l’Est", "short": "HE"})
        t.insert("participant", {"id": "a", "partner_id": "p1", "name": "ዝናሽ"})
    with store.transaction("Add goal", author="ada") as t:
        details = {"authors": ["p1", "p2"], "type": "shared", "sustain": None, "share": 0.5}
        t.insert("item", {"id": "g", "list": "goals", "text": "Seeds for all", "details": details})
    with store.transaction("Rename partner", author="ben") as t:
        t.update("partner", "p2", name="Hôpital")
    store.undo()
    store.redo()
    store.undo()
    with store.transaction("Freeze charter", author="ada", undoing=Undoing.BARRIER) as t:
        store.put_secret("k1", b"kept", "version")
        document = store.put_document(b"%PDF-1.7", "unsigned.pdf")
        t.insert("charter_version", {"id": "v", "unsigned_id": document, "words": ["calm", "sea"]})
    store.put_secret("k2", b"lost", "round")
    store.destroy_secret("k2")
    with store.transaction("Add note", author="ben") as t:
        t.insert("note", {"id": "n", "text": "until spring"})


def main() -> None:
    """Write the fixture with a fixed clock and fixed ids; the salts alone are random."""
    TARGET.unlink(missing_ok=True)
    with create_store(TARGET, clock=_clock(), new_id=_ids()) as store:
        fill(store)
        print(store.head())  # noqa: T201  # for the test that knows it


def _clock() -> Callable[[], datetime]:
    seconds = count()
    return lambda: datetime(2026, 11, 24, 9, tzinfo=UTC) + timedelta(seconds=next(seconds))


def _ids() -> Callable[[], str]:
    numbers = count()
    return lambda: f"01a20d1a-0000-7000-8000-{next(numbers):012}"


if __name__ == "__main__":
    main()
