"""Tests of the ceremony: the draft to look at, the order of signing, and what a version says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import resources
from partnerdesk.ceremony import (
    awaited_blocks,
    draft,
    draft_pdf,
    freeze,
    generated_mark,
    next_block,
    section_pages,
    sign_block,
    signing_task,
)
from partnerdesk.errors import InputErrors, UserError
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow import setup
from partnerdesk.flow.agree import change_clause, clauses
from partnerdesk.flow.guides import built_in_guide, guide_of
from partnerdesk.flow.record import record
from partnerdesk.flow.versions import (
    Version,
    charter_pdf,
    close_version,
    open_version,
)
from partnerdesk.model.guide import Guide
from partnerdesk.signing.report import Known, Verdict
from partnerdesk.signing.verify import verify
from partnerdesk.store import Store

AT = datetime(2026, 11, 19, 14, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def guide() -> Guide:
    return built_in_guide()


@pytest.fixture
def store(tmp_path: Path, guide: Guide) -> Iterator[Store]:
    workshop = read_workshop(resources.path("samples/workshop-a.json"), guide)
    made = replay(workshop, guide, tmp_path / "a.pdesk")
    yield made
    made.close()


def test_the_draft_tells_where_each_section_begins(store: Store, guide: Guide) -> None:
    shown = draft(record(store, guide))
    assert shown.pdf.startswith(b"%PDF")
    assert shown.starts == section_pages(shown.pdf)
    assert 1 < shown.starts["C1"] <= shown.starts["C9"] < shown.starts["C20"] <= shown.pages
    assert shown.missing == ()


def test_a_draft_with_an_unknown_character_is_shown_but_not_exported(
    store: Store, guide: Guide
) -> None:
    one = clauses(store)[0]
    change_clause(store, one.id, text="Water for all \u3042")
    now = record(store, guide)
    assert "\u3042" in draft(now).missing
    with pytest.raises(InputErrors):
        draft_pdf(now)


def test_a_signed_version_says_the_same_until_a_clause_changes(store: Store, guide: Guide) -> None:
    version_id = freeze(store, guide, AT)
    for block in awaited_blocks(store, _open(store)):
        sign_block(store, version_id, block, generated_mark(block), AT)
    close_version(store, version_id)
    assert not draft(record(store, guide)).changed
    change_clause(store, clauses(store)[0].id, text="Other words")
    assert draft(record(store, guide)).changed


def test_everybody_signs_in_turn_and_may_do_so_on_another_day(store: Store, guide: Guide) -> None:
    version_id = freeze(store, guide, AT)
    first, second, third = awaited_blocks(store, _open(store))
    with pytest.raises(UserError, match=first.name):
        sign_block(store, version_id, second, generated_mark(second), AT)
    sign_block(store, version_id, first, generated_mark(first), AT)
    assert next_block(store, _open(store)) == second
    for block in (second, third):
        sign_block(store, version_id, block, generated_mark(block), AT + timedelta(days=1))
    report = verify(charter_pdf(store, version_id), Known(frozenset({_open(store).fingerprint})))
    assert report.verdict is Verdict.UNCHANGED
    assert [signer.name for signer in report.signers] == [first.name, second.name, third.name]


def test_a_signature_states_its_reason_in_the_language_of_the_charter(
    store: Store, guide: Guide
) -> None:
    setup.change_partnership(store, language="es")
    version_id = freeze(store, guide, AT)
    block = awaited_blocks(store, _open(store))[0]
    task = signing_task(store, version_id, block, generated_mark(block), AT)
    assert task.request.reason == "Consiente en esta carta"


def _open(store: Store) -> Version:
    version = open_version(store)
    assert version is not None
    return version


def test_a_partnership_without_a_round_has_a_draft(tmp_path: Path) -> None:
    with setup.new_partnership(tmp_path / "empty.pdesk", "Lake") as store:
        for name in ("North", "South"):
            setup.add_partner(store, name)
        made = draft(record(store, guide_of(store)))
    assert made.pages >= 5
    assert made.pdf.startswith(b"%PDF-1.7")
