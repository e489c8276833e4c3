"""A bundle carries what a laptop knows, no secret, and is refused whole where it was touched."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerdesk.errors import UserError
from partnerdesk.exchange import archive
from partnerdesk.exchange.bundle import (
    JOURNAL,
    MANIFEST,
    SECTIONS,
    pack,
    read_bundle,
    received,
    unpack,
)
from partnerdesk.exchange.copies import copy_of
from partnerdesk.exchange.merge import apply
from partnerdesk.flow import agree, rounds, setup, values
from partnerdesk.flow.agree import Support
from partnerdesk.store import Store
from tests.core.exchange.mergers import GUIDE, copied, everything, first, merged

Members = dict[str, bytes]


@pytest.fixture
def pair() -> tuple[Store, Store]:
    ours = first("a")
    theirs = copied(ours, "b")
    setup.change_partnership(theirs, purpose="Fish")
    agree.record_consents(theirs, "clause", {"north": Support(3, "Kwa sasa")})
    return ours, theirs


def told(act: Callable[[], object]) -> str:
    """Return the code of the refusal that `act` ends in."""
    with pytest.raises(UserError) as refused:
        act()
    assert 5 <= len(refused.value.message.split()) <= 35
    return refused.value.code


def contents(bundle: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(bundle)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(members: Members, *, honest: bool = True) -> bytes:
    """Return a bundle of these members, its manifest made to fit where `honest`."""
    if honest:
        manifest = json.loads(members[MANIFEST])
        manifest["members"] = {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in members.items()
            if name != MANIFEST
        }
        members = {**members, MANIFEST: json.dumps(manifest).encode()}
    return archive.packed(members)


def test_a_bundle_merges_like_the_copy_itself(pair: tuple[Store, Store], tmp_path: Path) -> None:
    ours, theirs = pair
    again = copied(ours, "a2")
    merged(again, theirs)
    path = tmp_path / "b.pdbundle"
    path.write_bytes(pack(theirs))
    assert apply(ours, received(copy_of(ours), read_bundle(path))) is not None
    assert everything(ours) == everything(again)
    assert ours.check().problems == ()


def test_the_same_file_gives_the_same_bundle(pair: tuple[Store, Store]) -> None:
    assert pack(pair[1]) == pack(pair[1])


def test_a_bundle_passes_on_what_was_merged_before(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    third = copied(ours, "c")
    setup.change_partner(ours, "north", mission="Water")
    merged(ours, theirs)
    apply(third, received(copy_of(third), unpack(pack(ours), "x")))
    assert everything(third) == everything(ours)
    assert received(copy_of(theirs), unpack(pack(third), "x")).conflicts == ()


def test_a_bundle_that_was_merged_is_refused_as_replayed(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    bundle = unpack(pack(theirs), "x")
    apply(ours, received(copy_of(ours), bundle))
    before = ours.head()
    assert told(lambda: received(copy_of(ours), bundle)) == "replayed"
    assert ours.head() == before


def test_an_older_bundle_is_refused_as_replayed(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    old = unpack(pack(ours), "x")
    merged(ours, theirs)
    assert told(lambda: received(copy_of(ours), old)) == "replayed"


def test_a_bundle_of_another_partnership_is_refused_as_foreign(
    pair: tuple[Store, Store],
) -> None:
    ours = copy_of(pair[0])
    bundle = unpack(pack(pair[1]), "x")
    object.__setattr__(bundle.copy, "identity", {**bundle.copy.identity, "id": "other"})
    assert told(lambda: received(ours, bundle)) == "foreign"


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_bundle_that_was_cut_is_refused(data: st.DataObject) -> None:
    whole = _bundle_of_one()
    cut = data.draw(st.integers(0, len(whole) - 1))
    assert told(lambda: unpack(whole[:cut], "x")) in ("truncated", "not-a-bundle")


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_one_changed_byte_is_refused(data: st.DataObject) -> None:
    """Only the times and versions in the archive's own headers are of no importance."""
    whole = bytearray(_bundle_of_one())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    try:
        read = unpack(bytes(whole), "x")
    except UserError as refused:
        assert refused.code in ("truncated", "forged", "not-a-bundle")  # noqa: PT017  # or it reads
    else:
        assert read == unpack(_bundle_of_one(), "x")


def _bundle_of_one() -> bytes:
    if not _KEPT:
        store = first("a")
        _KEPT.append(pack(store))
    return _KEPT[0]


_KEPT: list[bytes] = []


def test_a_journal_cut_between_two_edits_is_refused_as_truncated(
    pair: tuple[Store, Store],
) -> None:
    members = contents(pack(pair[1]))
    lines = members[JOURNAL].splitlines(keepends=True)
    last = max(n for n, line in enumerate(lines) if len(json.loads(line)) == 14)
    members[JOURNAL] = b"".join(lines[:last])
    assert told(lambda: unpack(zipped(members), "x")) == "truncated"


def _reworded(lines: list[bytes]) -> list[bytes]:
    return [line.replace(b"Fish", b"Gold") for line in lines]


def _reauthored(lines: list[bytes]) -> list[bytes]:
    return [line.replace(b'"b"', b'"m"') for line in lines]


def _doubled(lines: list[bytes]) -> list[bytes]:
    return [*lines, *lines[-2:]]


def _swapped(lines: list[bytes]) -> list[bytes]:
    return [*lines[2:], *lines[:2]]


def _not_json(lines: list[bytes]) -> list[bytes]:
    return [*lines[:-1], b"{\n"]


def _deep(lines: list[bytes]) -> list[bytes]:
    return [b"[" * 200_000 + b"\n", *lines]


def _unended(lines: list[bytes]) -> list[bytes]:
    return [*lines[:-1], lines[-1].rstrip(b"\n")]


@pytest.mark.parametrize(
    "forge", [_reworded, _reauthored, _doubled, _swapped, _not_json, _deep, _unended]
)
def test_a_journal_that_was_touched_is_refused_as_forged(
    pair: tuple[Store, Store], forge: Callable[[list[bytes]], list[bytes]]
) -> None:
    members = contents(pack(pair[1]))
    members[JOURNAL] = b"".join(forge(members[JOURNAL].splitlines(keepends=True)))
    assert told(lambda: unpack(zipped(members), "x")) == "forged"


def test_a_member_other_than_the_manifest_says_is_refused(pair: tuple[Store, Store]) -> None:
    members = contents(pack(pair[1]))
    touched = {**members, JOURNAL: members[JOURNAL] + b" "}
    assert told(lambda: unpack(zipped(touched, honest=False), "x")) == "forged"
    more = {**members, "documents/more": b"x"}
    assert told(lambda: unpack(zipped(more, honest=False), "x")) == "forged"
    assert told(lambda: unpack(zipped(more), "x")) == "forged"
    assert told(lambda: unpack(zipped({JOURNAL: b""}, honest=False), "x")) == "not-a-bundle"


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("identity", {"id": 5, "format": "partnerdesk/file/1", "made_at": ""}),
        ("identity", {}),
        ("identity", None),
        ("sections", ["everything"]),
        ("sections", 5),
        ("journal", None),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(
    pair: tuple[Store, Store], part: str, value: object
) -> None:
    members = contents(pack(pair[1]))
    manifest = json.loads(members[MANIFEST])
    manifest[part] = value
    members[MANIFEST] = json.dumps(manifest).encode()
    assert told(lambda: unpack(zipped(members), "x")) in ("forged", "truncated")


def test_a_part_carries_only_its_own_changes(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    part = pack(theirs, ("agreements",))
    assert b"Fish" not in contents(part)[JOURNAL]
    assert b"Kwa sasa" in contents(part)[JOURNAL]
    apply(ours, received(copy_of(ours), unpack(part, "x")))
    assert values.partnership(ours).purpose == ""
    assert len(ours.rows("consent")) == 1
    apply(ours, received(copy_of(ours), unpack(pack(theirs), "x")))
    assert everything(ours) == everything(theirs)


def test_a_part_after_a_merge_still_fits_the_whole(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    third = copied(ours, "c")
    merged(ours, theirs)
    setup.change_partner(ours, "south", mission="Fish")
    apply(third, received(copy_of(third), unpack(pack(ours, ("people",)), "x")))
    assert (third.row("partner", "south") or {})["mission"] == "Fish"
    assert values.partnership(third).purpose == ""
    apply(third, received(copy_of(third), unpack(pack(ours), "x")))
    assert everything(third) == everything(ours)


@pytest.mark.parametrize("sections", [(), ("nothing",)])
def test_there_is_no_bundle_of_nothing(
    pair: tuple[Store, Store], sections: tuple[str, ...]
) -> None:
    assert told(lambda: pack(pair[0], sections)) == "sections"


def test_every_table_belongs_to_a_section() -> None:
    tables = set().union(*SECTIONS.values())
    named = set(everything(first("a")))
    assert tables == named | {"guide_text", "sealed_key"}


def test_no_key_leaves_the_file() -> None:
    store = first("a")
    round_id = rounds.open_round(store, GUIDE, "mindset")
    key = store.secret(str((store.row("round", round_id) or {})["key_id"]))
    assert key is not None
    for data in contents(pack(store)).values():
        assert key not in data
        assert key[1:].hex().encode() not in data
