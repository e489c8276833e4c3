"""Annexes and two languages are chosen, frozen, signed; a clause is amended; the change shows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLabel

from partnerdesk import ceremony
from partnerdesk.charter.canonical import from_json
from partnerdesk.flow.agree import change_clause, clauses
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.record import record
from partnerdesk.flow.versions import charter_json, open_version, versions
from tests.journeys.test_consent_again import recorded
from ui.views.charter import CharterView
from ui.views.charter_sections import DOCUMENT
from ui.views.place import Go
from ui.views.sign import SignView

if TYPE_CHECKING:
    from conftest import Walker

AT = datetime(2026, 11, 19, 14, 8, tzinfo=UTC)
PATIENCE = 60_000


def tick(walker: Walker, words: str) -> None:
    """Tick the box that begins with `words`."""
    boxes = [b for b in walker.view.findChildren(QCheckBox) if b.text().startswith(words)]
    next(b for b in boxes if b.isVisible()).click()


def said(walker: Walker) -> str:
    return "\n".join(one.text() for one in walker.view.findChildren(QLabel) if one.isVisible())


def freeze_and_sign(walker: Walker) -> None:
    """Freeze in the window; the signatories sign one after the other; close and look."""
    walker.go(Go.SIGN, "")
    assert walker.primary() == "Freeze and start signing"
    walker.qtbot.waitUntil(lambda: open_version(walker.store) is not None, timeout=PATIENCE)
    version = open_version(walker.store)
    assert version is not None
    for block in ceremony.blocks_of(walker.store, version.id):
        mark = ceremony.generated_mark(block)
        ceremony.sign_block(walker.store, version.id, block, mark, AT)
    assert isinstance(walker.view, SignView)
    assert walker.primary() == "Close the signing"
    walker.qtbot.waitUntil(lambda: "Unchanged since signing" in said(walker), timeout=PATIENCE)


def test_a_charter_is_chosen_signed_and_amended(walker: Walker, file: Path) -> None:
    recorded(file)
    walker.desk.open(file)
    walker.go(Go.CHARTER, DOCUMENT)
    walker.press("Change: Annexes and figures")
    tick(walker, "B  ")
    walker.press("All of the document")
    walker.press("Change: Languages")
    tick(walker, "Swahili")
    freeze_and_sign(walker)
    first = from_json(charter_json(walker.store, versions(walker.store)[0].id))
    assert first.languages == ("en", "sw")
    assert first.annexes[0].code == "B"
    assert first.changes == ()

    one = next(c for c in clauses(walker.store) if c.section == "C9")
    change_clause(walker.store, one.id, text=f"First, {one.text}")
    walker.go(Go.CHARTER, DOCUMENT)
    walker.press("Compare: What changed")
    walker.press("Compare version 1 with the text now")
    walker.qtbot.waitUntil(lambda: "Before" in said(walker), timeout=PATIENCE)
    assert isinstance(walker.view, CharterView)
    second = ceremony.frozen_of(record(walker.store, built_in_guide()), AT)
    assert from_json(second.charter_json).changes[0].title == "What changed since version 1"
    assert walker.messages.told == []
