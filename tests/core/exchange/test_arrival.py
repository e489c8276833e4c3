"""A whole bundle becomes a file where there is none, and both laptops go on from there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from partnerdesk.errors import UserError
from partnerdesk.exchange.arrival import same_partnership, settle_in, title_in
from partnerdesk.exchange.bundle import Bundle, pack, received, unpack
from partnerdesk.exchange.copies import copy_of
from partnerdesk.exchange.merge import apply
from partnerdesk.flow import rounds, setup, values
from partnerdesk.model.round import RoundState
from partnerdesk.store import Store, is_locked, open_store
from tests.core.exchange.mergers import GUIDE, everything, first

WORDS = "calm acorn in the garden"


def _bundle(store: Store) -> Bundle:
    return unpack(pack(store), "x")


def _told(act: Callable[[], object]) -> str:
    with pytest.raises(UserError) as refused:
        act()
    assert 5 <= len(refused.value.message.split()) <= 35
    return refused.value.code


def test_a_bundle_becomes_a_file_of_the_same_partnership(tmp_path: Path) -> None:
    ours = first()
    with settle_in(tmp_path / "lake.pdesk", _bundle(ours)) as store:
        assert everything(store) == everything(ours)
        assert store.identity == ours.identity
        assert store.check().ok
        assert store.undo() is None
        assert store.undo_title() == ""


def test_both_go_on_and_come_together_again(tmp_path: Path) -> None:
    ours = first()
    with settle_in(tmp_path / "lake.pdesk", _bundle(ours)) as theirs:
        setup.change_partnership(theirs, purpose="Fish")
        setup.change_partner(ours, "north", mission="Water")
        apply(ours, received(copy_of(ours), _bundle(theirs)))
        apply(theirs, received(copy_of(theirs), _bundle(ours)))
        assert everything(ours) == everything(theirs)
        assert _told(lambda: received(copy_of(ours), _bundle(theirs))) == "replayed"


def test_a_sealed_round_waits_on_its_laptop(tmp_path: Path) -> None:
    ours = first()
    rounds.open_round(ours, GUIDE, "mindset")
    with settle_in(tmp_path / "lake.pdesk", _bundle(ours)) as theirs:
        assert values.rounds(theirs) == ()
        assert theirs.check().ok
        setup.change_partnership(theirs, purpose="Fish")
        apply(ours, received(copy_of(ours), _bundle(theirs)))
    assert [one.state for one in values.rounds(ours)] == [RoundState.COLLECTING]


def test_the_file_is_locked_where_a_passphrase_is_given(tmp_path: Path) -> None:
    path = tmp_path / "lake.pdesk"
    settle_in(path, _bundle(first()), WORDS).close()
    assert is_locked(path)
    with closing(open_store(path, passphrase=WORDS)) as store:
        assert values.partnership(store).title == "Lake"


def test_a_part_alone_makes_no_file(tmp_path: Path) -> None:
    part = unpack(pack(first(), ("people",)), "x")
    assert _told(lambda: settle_in(tmp_path / "lake.pdesk", part)) == "part"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "lake.pdesk"
    path.write_bytes(b"mine")
    assert _told(lambda: settle_in(path, _bundle(first()))) == "exists"
    assert path.read_bytes() == b"mine"


def test_a_bundle_tells_what_it_is_of_and_finds_its_file(tmp_path: Path) -> None:
    ours, path, other = first(), tmp_path / "lake.pdesk", tmp_path / "other.pdesk"
    bundle = _bundle(ours)
    assert title_in(bundle) == "Lake"
    settle_in(path, bundle).close()
    setup.new_partnership(other, "Other").close()
    found = same_partnership(bundle, (tmp_path / "none.pdesk", other, path))
    assert found == path
    assert same_partnership(bundle, (other,)) is None
