"""Every backup that is kept opens, checks, and equals the moment at which it was made."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from partnerdesk.keeping import back_up, backups, restore
from partnerdesk.model.json import Row
from partnerdesk.model.record import JournalHead
from partnerdesk.store import Store, create_store, open_store
from tests.core.exchange.mergers import act, everything

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
MOMENTS = 1000 if SOAK else 45
LEAST = 20
WORDS = "calm acorn in the garden"
Moment = tuple[JournalHead, dict[str, list[Row]]]


def _worked(path: Path, passphrase: str | None, moments: int) -> dict[Path, Moment]:
    """Work on a file for days, back it up, and return what it was at each kept backup."""
    draw, now, seen = Random(2026), datetime(2026, 11, 24, 9, tzinfo=UTC), dict[Path, Moment]()
    with create_store(path, passphrase=passphrase) as store:
        with store.transaction("Start") as t:
            t.insert("partnership", {"id": "partnership", "title": "Lake"})
        for _moment in range(moments):
            for _step in range(draw.randrange(1, 4)):
                act(store, draw)
            now += timedelta(hours=draw.choice((1, 3, 20, 60)))
            seen[back_up(store, now)] = (store.head(), everything(store))
    return {one: moment for one, moment in seen.items() if one.exists()}


def _moment(store: Store) -> Moment:
    assert store.check().problems == ()
    return store.head(), everything(store)


@pytest.mark.parametrize("passphrase", [None, WORDS], ids=["plain", "locked"])
def test_every_kept_backup_opens_and_equals_its_moment(
    tmp_path: Path, passphrase: str | None
) -> None:
    path = tmp_path / "lake.pdesk"
    kept = _worked(path, passphrase, MOMENTS if passphrase is None else 2)
    found = backups(path, passphrase)
    assert {one.path for one in found} == set(kept)
    assert passphrase or len(kept) >= LEAST
    for number, one in enumerate(found):
        with open_store(one.path, passphrase=passphrase, read_only=True) as store:
            assert _moment(store) == kept[one.path]
        assert (one.head, one.edits) == (kept[one.path][0], kept[one.path][0].count)
        if number % 5 == 0:
            back = tmp_path / f"back{number}.pdesk"
            restore(one.path, back, passphrase)
            with open_store(back, passphrase=passphrase) as store:
                assert _moment(store) == kept[one.path]


def test_a_backup_of_another_moment_would_be_noticed(tmp_path: Path) -> None:
    """The control: were one backup that of another moment, the test above would notice."""
    kept = _worked(tmp_path / "lake.pdesk", None, 12)
    first, *_between, last = kept
    last.write_bytes(first.read_bytes())
    with open_store(last, read_only=True) as store:
        assert _moment(store) != kept[last]
