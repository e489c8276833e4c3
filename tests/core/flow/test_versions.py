"""A version is fixed when it is frozen: its signatories, its text, and who can still sign it."""

from __future__ import annotations

import json

import pytest

from partnerdesk.errors import UserError
from partnerdesk.flow import setup, signatories, values, versions
from partnerdesk.flow.record import record
from partnerdesk.flow.versions import Frozen, VersionState
from partnerdesk.model.guide import Guide
from partnerdesk.model.partnership import Authority
from partnerdesk.model.round import Method
from partnerdesk.store import Store

UNSIGNED = b"%PDF unsigned"


def frozen(*ids: str) -> Frozen:
    """Return a frozen version that names these signatories, in the shape of the charter's JSON."""
    blocks = [{"kind": "signature", "signatory": one} for one in ids]
    sections = [{"code": "C1", "blocks": []}, {"code": "C20", "blocks": blocks}]
    text = json.dumps({"format": "partnerdesk-charter/1", "sections": sections}).encode()
    return Frozen(text, "d" * 64, UNSIGNED, b"cert", b"key", "f" * 64, ("one", "two"))


def signing(lake: Store) -> tuple[str, str, str]:
    """Freeze a version for north and south; return its id and theirs."""
    north = signatories.add_signatory(lake, "p-north", Method.DRAWN)
    south = signatories.add_signatory(lake, "p-south", Method.TYPED)
    return versions.freeze_version(lake, frozen(north, south)), north, south


def sign(lake: Store, version: str, who: str, more: bytes = b"+") -> None:
    pdf = versions.charter_pdf(lake, version) + more
    versions.record_signature(lake, version, who, pdf, Method.TYPED)


def test_only_the_unsigned_and_the_last_signed_copy_are_kept(lake: Store) -> None:
    version, north, south = signing(lake)
    sign(lake, version, north)
    first = versions.versions(lake)[0].signed_digest
    sign(lake, version, south)
    with pytest.raises(LookupError):
        lake.document(first)
    assert versions.charter_pdf(lake, version) == UNSIGNED + b"++"
    assert lake.document(str(lake.rows("charter_version")[0]["unsigned_id"])) == UNSIGNED
    assert lake.check().problems == ()


def test_who_is_added_while_others_sign_is_not_awaited(lake: Store) -> None:
    version, north, south = signing(lake)
    sign(lake, version, north)
    east = signatories.add_signatory(lake, "p-east", Method.DRAWN)
    with pytest.raises(UserError, match="not named"):
        sign(lake, version, east)
    with pytest.raises(UserError, match="awaited"):
        versions.close_version(lake, version)
    sign(lake, version, south)
    versions.close_version(lake, version)
    assert versions.versions(lake)[0].state is VersionState.SIGNED
    assert versions.signatories_of(lake, version) == (north, south)


def test_who_is_awaited_cannot_be_taken_out(lake: Store) -> None:
    version, north, _south = signing(lake)
    with pytest.raises(UserError, match="awaits"):
        signatories.remove_signatory(lake, north)
    versions.abandon_version(lake, version)
    signatories.remove_signatory(lake, north)
    assert [s.participant_id for s in values.signatories(lake)] == ["p-south"]


def test_who_has_signed_stays_in_the_record(lake: Store) -> None:
    version, north, _south = signing(lake)
    sign(lake, version, north)
    versions.abandon_version(lake, version)
    with pytest.raises(UserError, match="signed"):
        signatories.remove_signatory(lake, north)
    with pytest.raises(UserError):
        setup.remove_participant(lake, "p-north")


def test_nobody_signs_twice_or_between_two_others(lake: Store) -> None:
    version, north, south = signing(lake)
    sign(lake, version, north)
    with pytest.raises(UserError, match="has signed"):
        sign(lake, version, north)
    with pytest.raises(UserError, match="in between"):
        versions.record_signature(lake, version, south, UNSIGNED + b"-", Method.TYPED)
    assert versions.versions(lake)[0].signed == (north,)


def test_one_version_at_a_time_and_nothing_after_its_end(lake: Store, standard: Guide) -> None:
    version, north, south = signing(lake)
    with pytest.raises(UserError, match="being signed"):
        versions.freeze_version(lake, frozen(north))
    versions.abandon_version(lake, version)
    for late in (
        lambda: sign(lake, version, north),
        lambda: versions.close_version(lake, version),
        lambda: versions.abandon_version(lake, version),
        lambda: versions.authority_of(lake, version),
    ):
        with pytest.raises(UserError, match="over"):
            late()
    second = versions.freeze_version(lake, frozen(south))
    assert [v.number for v in versions.versions(lake)] == [1, 2]
    assert record(lake, standard).version == 3
    sign(lake, second, south)
    versions.close_version(lake, second)
    assert lake.check().problems == ()
    assert versions.open_version(lake) is None
    assert versions.known_fingerprints(lake) == {"f" * 64}


def test_the_key_is_gone_after_the_end_and_freezing_cannot_be_undone(lake: Store) -> None:
    version, _north, _south = signing(lake)
    assert versions.authority_of(lake, version) == (b"cert", b"key")
    assert lake.undo_title() == ""
    key = str(lake.rows("charter_version")[0]["key_id"])
    versions.abandon_version(lake, version)
    assert lake.secret(key) is None


def test_a_signatory_is_suggested_for_each_partner_from_those_who_are_here(lake: Store) -> None:
    setup.add_participant(lake, "east", "Ebo", id="p-east-2", authority=Authority.SUBJECT)
    setup.change_participant(lake, "p-east", present=False)
    setup.change_participant(lake, "p-south", authority="observes")
    signatories.suggest_signatories(lake)
    assert [s.participant_id for s in values.signatories(lake)] == ["p-east-2", "p-north"]
    assert signatories.suggest_signatories(lake) == ()


def test_the_order_of_signing_moves_without_losing_anybody(lake: Store) -> None:
    ids = [signatories.add_signatory(lake, f"p-{p}", Method.DRAWN) for p in ("north", "south")]
    signatories.move_signatory(lake, ids[1], -5)
    assert [s.id for s in values.signatories(lake)] == [ids[1], ids[0]]
    signatories.move_signatory(lake, ids[1], 99)
    assert [s.id for s in values.signatories(lake)] == ids
    signatories.change_signatory(lake, ids[0], method="stamp", read_in="sw")
    assert values.signatories(lake)[0].method is Method.STAMP
    with pytest.raises(UserError, match="already"):
        signatories.add_signatory(lake, "p-north", Method.TYPED)
