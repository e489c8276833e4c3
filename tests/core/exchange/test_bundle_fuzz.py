"""Whatever happens to the bytes of a bundle, it merges whole or is refused in words, soon."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections import Counter
from random import Random
from unittest import mock

import pytest

from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange import archive, bundle
from partnerdesk.exchange.bundle import JOURNAL, MANIFEST, pack, received, unpack
from partnerdesk.exchange.copies import copy_of
from partnerdesk.exchange.merge import apply
from partnerdesk.flow import setup
from partnerdesk.model.json import Row
from partnerdesk.store import Store
from tests.core.exchange.mergers import act, copied, everything, first
from tests.core.mutations import mutated, soon

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
BUNDLES = 10_000 if SOAK else 150
TOKENS = (b"PK\1\2", b"PK\5\6", b"\xff\xff\xff\xff", b"null", b"[[", b'"', b"1e999", b"-1", b"\n")
Rows = dict[str, list[Row]]
REFUSALS = {"truncated", "forged", "not-a-bundle", "damaged-bundle", "replayed", "foreign", "size"}
LOCKED = {"passphrase-needed"}


def _rewritten(data: bytes, draw: Random) -> bytes:
    """Return the bundle with a fault in one member, and a manifest that vouches for it."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    name = draw.choice(sorted(members))
    members[name] = mutated(members[name], draw, TOKENS)
    if name != MANIFEST:
        manifest = json.loads(members[MANIFEST])
        told = {"size": len(members[name]), "sha256": hashlib.sha256(members[name]).hexdigest()}
        manifest["members"][name] = told
        members[MANIFEST] = json.dumps(manifest).encode()
    return archive.packed(members)


def _told(ours: Store, data: bytes, whole: Rows) -> str:
    """Return the code of the refusal, or '' where the bundle was merged, and left `whole`."""
    before = ours.head()
    refused = PartnerDeskError("Nothing is wrong with it.")
    with soon():
        try:
            apply(ours, received(copy_of(ours), unpack(data, "gift.pdbundle")))
        except PartnerDeskError as problem:
            refused = problem
    assert 5 <= len(refused.message.split()) <= 35
    if refused.code:
        assert ours.head() == before
        return refused.code
    assert ours.check().problems == ()
    assert everything(ours) == whole
    ours.undo()
    return ""


def _pair() -> tuple[Store, Store]:
    ours, draw = first("a"), Random(1)
    theirs = copied(ours, "b")
    for _step in range(12):
        act(theirs, draw)
    return ours, theirs


def _whole(ours: Store, sound: bytes) -> Rows:
    """Return what a bundle leaves that nobody changed."""
    merged = copied(ours, "c")
    apply(merged, received(copy_of(merged), unpack(sound, "gift.pdbundle")))
    return everything(merged)


def test_a_bundle_with_any_fault_is_merged_whole_or_refused_whole() -> None:
    ours, theirs = _pair()
    draw, told, sound = Random(2026), Counter[str](), pack(theirs)
    whole = _whole(ours, sound)
    for number in range(BUNDLES):
        data = mutated(sound, draw, TOKENS) if number % 2 else _rewritten(sound, draw)
        if number % 100 == 0:
            ours = _pair()[0]
        code = _told(ours, data, whole)
        assert code in {"", *REFUSALS, *LOCKED}, number
        told[code] += 1
    assert {"forged", "not-a-bundle", "truncated"} <= set(told), told
    assert told[""] < BUNDLES / 4, "the faults did no harm"


def test_a_fault_that_nobody_checks_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: were the chain of edits not checked, a changed word would be merged."""
    ours, theirs = _pair()
    setup.change_partnership(theirs, purpose="Canary")
    data = pack(theirs)
    whole = _whole(ours, data)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    members[JOURNAL] = members[JOURNAL].replace(b"Canary", b"Canard")
    manifest = json.loads(members[MANIFEST])
    manifest["members"][JOURNAL]["sha256"] = hashlib.sha256(members[JOURNAL]).hexdigest()
    members[MANIFEST] = json.dumps(manifest).encode()
    assert _told(ours, archive.packed(members), whole) == "forged"
    monkeypatch.setattr(bundle, "changes_digest", lambda *_what: mock.ANY)
    with pytest.raises(AssertionError, match="Canard"):
        _told(ours, archive.packed(members), whole)
