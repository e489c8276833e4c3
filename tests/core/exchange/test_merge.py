"""A merge keeps what both sides did, shows what they disagree on, and opens nothing sealed."""

from __future__ import annotations

import json

import pytest

from partnerdesk.errors import UserError
from partnerdesk.exchange.conflicts import Side
from partnerdesk.exchange.copies import copy_of
from partnerdesk.exchange.merge import MergePlan, alternatives, apply, merged_edits, plan
from partnerdesk.flow import agree, rounds, setup, signatories, values, versions
from partnerdesk.flow.agree import Support
from partnerdesk.flow.versions import Frozen, VersionState
from partnerdesk.model.partnership import Authority
from partnerdesk.model.round import Answer, Method, RoundState
from partnerdesk.store import Store
from tests.core.exchange import mergers
from tests.core.exchange.mergers import GUIDE, copied, everything, first, merged


@pytest.fixture
def pair() -> tuple[Store, Store]:
    """Return two copies that parted: ours on the laptop a, theirs on b, a minute later."""
    ours = first("a")
    return ours, copied(ours, "b")


def planned(ours: Store, theirs: Store) -> MergePlan:
    return plan(copy_of(ours), copy_of(theirs))


def slid(now: int) -> Answer:
    activity = GUIDE.activity("mindset")
    assert activity is not None
    return {item.id: {"now": now, "wanted": 1} for item in activity.items}


def answered(store: Store, round_id: str, *who: str) -> None:
    for one in who:
        rounds.submit_answer(store, GUIDE, round_id, one, slid(-2))


def test_edits_of_different_fields_combine(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    setup.change_partner(ours, "north", mission="Water")
    setup.change_partner(theirs, "north", country="KE")
    setup.add_partner(theirs, "East", id="east")
    made = merged(ours, theirs)
    north = ours.row("partner", "north") or {}
    assert (north["mission"], north["country"]) == ("Water", "KE")
    assert made.conflicts == ()
    assert made.combined == (("partner", "north"),)
    assert made.added == (("partner", "east"),)
    assert made.changed == (("partner", "north"),)


def test_two_edits_of_one_field_stand_side_by_side_with_their_authors(
    pair: tuple[Store, Store],
) -> None:
    ours, theirs = pair
    setup.change_partnership(theirs, purpose="Fish")
    setup.change_partnership(ours, purpose="Water")
    (conflict,) = planned(ours, theirs).conflicts
    assert (conflict.table, conflict.column) == ("partnership", "purpose")
    assert (conflict.ours.value, conflict.ours.author) == ("Water", "a")
    assert (conflict.theirs.value, conflict.theirs.author) == ("Fish", "b")
    assert conflict.kept is Side.THEIRS  # the laptop b is a minute ahead


@pytest.mark.parametrize(("side", "kept"), [(Side.OURS, "Water"), (Side.THEIRS, "Fish")])
def test_a_choice_stands_on_both_laptops_and_the_other_text_stays_on_record(
    pair: tuple[Store, Store], side: Side, kept: str
) -> None:
    ours, theirs = pair
    setup.change_partnership(theirs, purpose="Fish")
    setup.change_partnership(ours, purpose="Water")
    made = planned(ours, theirs)
    apply(ours, made, {made.conflicts[0].id: side})
    back = planned(theirs, ours)
    assert back.conflicts == ()
    apply(theirs, back)
    for store in pair:
        assert values.partnership(store).purpose == kept
    (other,) = alternatives(ours)
    assert {other.kept.value, other.other.value} == {"Water", "Fish"}
    assert other.kept.value == kept


def test_a_merge_is_one_edit_that_can_be_undone_and_redone(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    for number in range(5):
        setup.add_participant(theirs, "north", f"P{number}")
    before, count = everything(ours), ours.head().count
    made = merged(ours, theirs)
    after = everything(ours)
    assert ours.head().count == count + 1
    assert merged_edits(ours) == {step.id for step in made.steps}
    ours.undo()
    assert everything(ours) == before
    assert merged_edits(ours) == frozenset()
    ours.redo()
    assert everything(ours) == after
    assert planned(ours, theirs).is_empty
    assert ours.check().problems == ()


def test_what_one_took_out_and_the_other_changed_later_stays(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    setup.remove_participant(ours, "north-1")
    setup.change_participant(theirs, "north-1", role="chair")
    made = planned(ours, theirs)
    (conflict,) = made.conflicts
    assert (conflict.column, conflict.ours.value, conflict.kept) == ("", None, Side.THEIRS)
    apply(ours, made)
    assert (ours.row("participant", "north-1") or {})["role"] == "chair"


def test_a_choice_can_let_it_go(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    setup.remove_participant(ours, "north-1")
    setup.change_participant(theirs, "north-1", role="chair")
    made = planned(ours, theirs)
    apply(ours, made, {made.conflicts[0].id: Side.OURS})
    merged(theirs, ours)
    assert ours.row("participant", "north-1") is theirs.row("participant", "north-1") is None


def test_a_choice_can_bring_it_back(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    setup.change_participant(ours, "north-1", role="chair")
    setup.remove_participant(theirs, "north-1")
    made = planned(ours, theirs)
    apply(ours, made, {made.conflicts[0].id: Side.OURS})
    merged(theirs, ours)
    for store in pair:
        assert (store.row("participant", "north-1") or {})["role"] == "chair"


def test_a_partner_taken_out_comes_back_for_the_person_that_came(
    pair: tuple[Store, Store],
) -> None:
    ours, theirs = pair
    setup.remove_partner(ours, "north")
    setup.add_participant(theirs, "north", "New", id="new")
    merged(ours, theirs)
    merged(theirs, ours)
    assert everything(ours) == everything(theirs)
    assert {p.id for p in values.participants(ours)} == {"new", "south-1"}
    assert ours.check().problems == ()


def test_one_partner_has_one_level_for_one_clause(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    agree.record_consents(ours, "clause", {"north": Support(1, "")})
    agree.record_consents(theirs, "clause", {"north": Support(7, "Too dear")})
    made = planned(ours, theirs)
    (conflict,) = made.conflicts
    levels = [said.value["level"] for said in (conflict.ours, conflict.theirs)]  # type: ignore[index,call-overload]  # a row
    assert levels == [1, 7]
    apply(ours, made, {conflict.id: Side.OURS})
    merged(theirs, ours)
    assert [row["level"] for row in theirs.rows("consent")] == [1]


def test_answers_of_one_sealed_round_come_together_and_stay_sealed() -> None:
    ours = first("a")
    round_id = rounds.open_round(ours, GUIDE, "mindset")
    theirs = copied(ours, "b")
    answered(ours, round_id, "north-1")
    answered(theirs, round_id, "south-1")
    rounds.begin_turn(theirs, round_id, "north-1")
    merged(ours, theirs)
    rows = ours.rows("response")
    assert [(row["value"], row["nonce"], bool(row["sealed"])) for row in rows] == [
        (None, "", True)
    ] * 2
    assert values.round_of(ours, round_id).holder == ""
    rounds.reveal_round(ours, GUIDE, round_id)
    assert {r.respondent for r in rounds.responses(ours, values.round_of(ours, round_id))} == {
        "north-1",
        "south-1",
    }


def test_a_round_that_is_sealed_on_the_other_laptop_waits_there(
    pair: tuple[Store, Store],
) -> None:
    ours, theirs = pair
    round_id = rounds.open_round(theirs, GUIDE, "mindset")
    answered(theirs, round_id, "north-1")
    setup.change_partnership(theirs, purpose="Fish")
    made = merged(ours, theirs)
    assert len(made.held) == 2
    assert ours.rows("round") == ours.rows("response") == []
    assert values.partnership(ours).purpose == "Fish"
    assert merged(ours, theirs).is_empty
    answered(theirs, round_id, "south-1")
    rounds.reveal_round(theirs, GUIDE, round_id)
    assert merged(ours, theirs).held == ()
    assert len(rounds.responses(ours, values.round_of(ours, round_id))) == 2
    assert ours.check().problems == ()


def test_a_round_with_answers_of_our_own_stays_sealed_though_the_other_side_opened_it() -> None:
    ours = first("a")
    round_id = rounds.open_round(ours, GUIDE, "mindset")
    theirs = copied(ours, "b")
    answered(ours, round_id, "north-1")
    answered(theirs, round_id, "south-1")
    rounds.reveal_round(theirs, GUIDE, round_id, incomplete=True)
    for store, other in ((ours, theirs), (theirs, ours)):
        assert merged(store, other).is_empty
    assert values.round_of(ours, round_id).state is RoundState.COLLECTING
    assert all(row["value"] is None for row in ours.rows("response"))
    rounds.reveal_round(ours, GUIDE, round_id, incomplete=True)
    for store, other in ((ours, theirs), (theirs, ours)):
        merged(store, other)
        assert len(rounds.responses(store, values.round_of(store, round_id))) == 2
        assert rounds.unproven(store) == ()
    assert everything(ours) == everything(theirs)


def test_a_reveal_comes_in_where_nobody_answered_here_meanwhile() -> None:
    ours = first("a")
    round_id = rounds.open_round(ours, GUIDE, "mindset")
    answered(ours, round_id, "north-1")
    theirs = copied(ours, "b")
    answered(theirs, round_id, "south-1")
    rounds.reveal_round(theirs, GUIDE, round_id)
    merged(ours, theirs)
    assert values.round_of(ours, round_id).state is RoundState.REVEALED
    assert len(rounds.responses(ours, values.round_of(ours, round_id))) == 2
    assert ours.check().problems == ()


def frozen_in(store: Store, name: str) -> str:
    """Freeze and fully sign a version named after a laptop; return its id."""
    who = str(store.rows("signatory")[0]["id"])
    blocks = [{"kind": "signature", "signatory": who}]
    text = json.dumps({"name": name, "sections": [{"code": "C20", "blocks": blocks}]}).encode()
    made = Frozen(text, "d" * 64, b"%PDF " + name.encode(), b"c", b"k", name, ("one",))
    return versions.freeze_version(store, made)


def sign(store: Store, version: str, more: bytes = b"+") -> None:
    who = str(store.rows("signatory")[0]["id"])
    pdf = versions.charter_pdf(store, version) + more
    versions.record_signature(store, version, who, pdf, Method.TYPED)


def with_signatory() -> Store:
    store = first("a")
    setup.change_participant(store, "north-1", authority=Authority.BINDS.value)
    signatories.add_signatory(store, "north-1", Method.TYPED)
    return store


def test_signed_versions_of_both_sides_stand_with_their_bytes() -> None:
    ours = with_signatory()
    theirs = copied(ours, "b")
    made = {}
    for store, name in ((ours, "a"), (theirs, "b")):
        made[name] = frozen_in(store, name)
        sign(store, made[name])
        versions.close_version(store, made[name])
    before = [ours.row("charter_version", made["a"]), versions.charter_pdf(ours, made["a"])]
    merged(ours, theirs)
    assert [ours.row("charter_version", made["a"]), versions.charter_pdf(ours, made["a"])] == before
    assert versions.charter_pdf(ours, made["b"]) == b"%PDF b+"
    assert ours.check().problems == ()


def test_a_version_that_both_sign_stays_as_each_has_it() -> None:
    ours = with_signatory()
    version = frozen_in(ours, "a")
    theirs = copied(ours, "b")
    sign(ours, version, b"ours")
    sign(theirs, version, b"theirs")
    for store, other, bytes_ in ((ours, theirs, b"ours"), (theirs, ours, b"theirs")):
        assert merged(store, other).is_empty
        assert versions.charter_pdf(store, version).endswith(bytes_)


def test_a_signing_under_way_elsewhere_waits_until_it_is_over() -> None:
    ours = with_signatory()
    theirs = copied(ours, "b")
    version = frozen_in(theirs, "b")
    sign(theirs, version)
    assert merged(ours, theirs).is_empty
    versions.close_version(theirs, version)
    merged(ours, theirs)
    (only,) = versions.versions(ours)
    assert only.state is VersionState.SIGNED
    assert len(only.signed) == 1
    assert ours.check().problems == ()


def test_a_version_that_we_have_comes_back_with_more_signatures_and_closed() -> None:
    ours = with_signatory()
    version = frozen_in(ours, "a")
    theirs = copied(ours, "b")
    sign(theirs, version)
    versions.close_version(theirs, version)
    merged(ours, theirs)
    assert versions.charter_pdf(ours, version) == b"%PDF a+"
    assert versions.versions(ours)[0].state is VersionState.SIGNED
    assert ours.check().problems == ()


@pytest.mark.parametrize("column", ["charter_digest", "fingerprint", "signed_id"])
def test_a_frozen_version_never_gets_another_text(column: str) -> None:
    ours = with_signatory()
    version = frozen_in(ours, "a")
    theirs = copied(ours, "b")
    other = theirs.put_document(b"%PDF other", "x")
    with theirs.transaction("Forge") as t:
        t.update("charter_version", version, **{column: other})
    with pytest.raises(UserError, match="altered"):
        merged(ours, theirs)


def test_another_partnership_is_refused(pair: tuple[Store, Store]) -> None:
    ours, other = pair[0], first("z")
    other._connection.execute("UPDATE identity SET id = 'other'")
    strange = mergers.copied(other, "z")
    with pytest.raises(UserError, match="another partnership"):
        planned(ours, strange)


def test_a_plan_made_before_a_change_is_refused(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    setup.change_partner(theirs, "north", mission="Water")
    made = planned(ours, theirs)
    setup.change_partner(ours, "south", mission="Fish")
    before = everything(ours)
    with pytest.raises(UserError, match="meanwhile"):
        apply(ours, made)
    assert everything(ours) == before


def test_words_that_partnerdesk_never_writes_are_refused_whole(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    before = everything(ours)
    for column, value in (("authority", "king"), ("present", 1)):
        with theirs.transaction("Forge") as t:
            t.update("participant", "north-1", **{column: value})
    with pytest.raises(UserError, match="altered"):
        merged(ours, theirs)
    assert everything(ours) == before
    assert ours.check().problems == ()


def test_an_edit_that_both_know_cannot_be_two(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    theirs._connection.execute("UPDATE edit SET author = 'm' WHERE seq = 2")
    with pytest.raises(UserError, match="altered"):
        planned(ours, theirs)


@pytest.mark.parametrize("redone", [False, True])
def test_a_merge_taken_back_over_words_typed_and_taken_back_leaves_copies_the_same(
    pair: tuple[Store, Store], redone: bool
) -> None:
    ours, theirs = pair
    setup.change_partnership(theirs, purpose="Water")
    merged(ours, theirs)
    setup.change_partnership(ours, purpose="Fish")
    ours.undo()
    ours.undo()
    assert (ours.row("partnership", "partnership") or {})["purpose"] == ""
    if redone:
        ours.redo()
    else:
        (conflict,) = planned(ours, theirs).conflicts
        assert (conflict.ours.value, conflict.theirs.value) == ("", "Water")
    merged(theirs, ours)
    merged(ours, theirs)
    assert everything(ours) == everything(theirs)
    assert (ours.row("partnership", "partnership") or {})["purpose"] == ("Water" if redone else "")


def test_an_answer_given_again_is_shown_beside_the_first_that_was_revealed_elsewhere(
    pair: tuple[Store, Store],
) -> None:
    ours, _earlier = pair
    round_id = rounds.open_round(ours, GUIDE, "mindset")
    answered(ours, round_id, "north-1")
    theirs = copied(ours, "b")
    answered(ours, round_id, "north-1")
    (second,) = ours.rows("response")
    for store in (ours, theirs):
        rounds.reveal_round(store, GUIDE, round_id, incomplete=True)
    (first_answer,) = theirs.rows("response")
    (conflict,) = planned(ours, theirs).conflicts
    assert (conflict.key, conflict.other_key) == (second["id"], first_answer["id"])
    apply(ours, planned(ours, theirs), {conflict.id: Side.OURS})
    assert [row["id"] for row in ours.rows("response")] == [second["id"]]
