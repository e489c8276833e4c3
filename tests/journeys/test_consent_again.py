"""A clause that is changed needs two partners again, and it alone is asked about again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit

from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow import agree, values
from partnerdesk.flow.asked import words_asked
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.manner import manner_of
from partnerdesk.flow.rounds import unproven
from partnerdesk.model.round import RoundState, Rule
from resources import path
from ui.views.agree import AgreeView
from ui.views.charter import CharterView
from ui.views.place import Go
from ui.views.session import SessionView
from ui.views.session_manner import FACES, MODE, RULE
from ui.widgets.fields import ChoiceField

if TYPE_CHECKING:
    from conftest import Walker

CONSENT = "clause_consent"


def recorded(file: Path) -> None:
    """Write the recorded workshop, with all that its partners consented to."""
    guide = built_in_guide()
    replay(read_workshop(path("samples/workshop-a.json"), guide), guide, file).close()


def choose(walker: Walker, name: str, key: str) -> None:
    """Choose how the next round is asked."""
    view = walker.view
    assert isinstance(view, SessionView)
    assert view.asking.panel is not None
    choice = view.asking.panel.fields[name].editor
    assert isinstance(choice, ChoiceField)
    choice.setCurrentIndex(choice.findData(key))
    choice.activated.emit(choice.currentIndex())


def change_clause(walker: Walker, words: str) -> None:
    """Change the first clause of section 9 together, and let two partners confirm it."""
    walker.go(Go.CHARTER, "C9")
    view = walker.view
    assert isinstance(view, CharterView)
    walker.press("Change the words: Clause 9.1")
    editor = view.findChild(QPlainTextEdit)
    assert editor is not None
    walker.qtbot.keyClicks(editor, words)
    walker.press("Keep these words")
    for partner in values.partners(walker.store)[:2]:
        walker.press(f"Confirm for {partner.short}")


def ask_again(walker: Walker) -> None:
    """Go from the charter through the round back to the charter."""
    assert walker.primary() == "Ask each partner about 1 clause"
    assert isinstance(walker.view, SessionView)


def test_only_the_changed_clause_is_asked_again(walker: Walker, file: Path) -> None:
    recorded(file)
    walker.desk.open(file)
    before = {c.id: c.consents for c in agree.clauses(walker.store)}
    change_clause(walker, "First, ")
    stale = [c for c in agree.clauses(walker.store) if any(one.stale for one in c.consents)]
    (changed,) = stale
    assert changed.text.startswith("First, ")

    ask_again(walker)
    choose(walker, MODE, FACES)
    assert walker.primary() == "Open this round"
    first = values.latest_round(walker.store, CONSENT)
    assert first is not None
    assert list(words_asked(walker.store, first.id)) == [changed.id]
    walker.collect()
    walker.primary()
    walker.talk()
    assert isinstance(walker.view, AgreeView)
    assert walker.primary() == "Go to the charter"

    after = {c.id: c for c in agree.clauses(walker.store)}
    assert [one.level for one in after[changed.id].consents] == [3, 3, 3]
    assert not any(one.stale for one in after[changed.id].consents)
    assert {k: c.consents for k, c in after.items() if k != changed.id} == {
        k: c for k, c in before.items() if k != changed.id
    }
    assert isinstance(walker.view, CharterView)
    assert walker.button("Freeze version 1").isEnabled()

    change_clause(walker, "Again: ")
    ask_again(walker)
    assert walker.primary() == "Open this round"
    second = values.latest_round(walker.store, CONSENT)
    assert second is not None
    assert second.number == first.number + 1
    assert second.state is RoundState.COLLECTING
    assert list(words_asked(walker.store, second.id)) == [changed.id]
    assert unproven(walker.store) == ()
    assert walker.messages.told == []


def test_a_stricter_rule_asks_about_every_clause(walker: Walker, file: Path) -> None:
    recorded(file)
    walker.desk.open(file)
    walker.go(Go.SESSION, CONSENT)
    assert isinstance(walker.view, SessionView)
    choose(walker, RULE, Rule.UNANIMITY.value)
    walker.primary()
    last = values.latest_round(walker.store, CONSENT)
    assert last is not None
    assert manner_of(walker.store, last.id).rule is Rule.UNANIMITY
    assert len(words_asked(walker.store, last.id)) == len(agree.clauses(walker.store))
