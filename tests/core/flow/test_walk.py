"""A random walk of three people: undoing all gives the start, redoing all gives the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerdesk.errors import UserError
from partnerdesk.flow import (
    agree,
    drafts,
    items,
    matters,
    progress,
    rounds,
    setup,
    signatories,
    terms,
    values,
)
from partnerdesk.flow.agree import Support
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.model.json import Row
from partnerdesk.model.round import ClauseType, Method
from partnerdesk.store import Store

GUIDE = built_in_guide()
PEOPLE = ("Amina", "Tomás", "李雷")
TABLES = ("partnership", "partner", "participant", "session", "item", "round", "response")
LATER = ("agreement", "clause", "consent", "signatory", "note", "setting")
RED_LINES = {"red_lines": [{"partner": "south", "text": "No pictures of children."}]}


def everything(store: Store) -> dict[str, list[Row]]:
    return {table: store.rows(table) for table in (*TABLES, *LATER)}


def picked(store: Store, table: str, number: int) -> str:
    rows = store.rows(table)
    return str(rows[number % len(rows)]["id"]) if rows else "nothing"


def supports(store: Store, number: int) -> dict[str, Support]:
    ids = [p.id for p in values.partners(store)]
    return {p: Support(1 + (number + place) % 8, f"r{number}") for place, p in enumerate(ids)}


def agree_on_values(store: Store, number: int) -> None:
    agree.record_agreement(store, GUIDE, "values", RED_LINES, supports(store, number))


def pass_one(store: Store, number: int) -> None:
    """Take a pass in the open round: an answer is a barrier, nobody undoes past it."""
    last = values.latest_round(store, "mindset")
    asked = rounds.turns(store, last) if last else ()
    if last and asked:
        who = asked[number % len(asked)].respondent
        rounds.submit_answer(store, GUIDE, last.id, who, None)


Act = Callable[[Store, int], object]
ACTS: tuple[Act, ...] = (
    lambda s, n: setup.change_partnership(s, purpose=f"Purpose {n}"),
    lambda s, n: setup.add_partner(s, f"Partner {n}"),
    lambda s, n: setup.change_partner(s, picked(s, "partner", n), mission=f"Mission {n}"),
    lambda s, n: setup.remove_partner(s, picked(s, "partner", n)),
    lambda s, n: setup.add_participant(s, picked(s, "partner", n), f"Person {n}"),
    lambda s, n: setup.change_participant(s, picked(s, "participant", n), present=n % 2),
    lambda s, n: setup.remove_participant(s, picked(s, "participant", n)),
    lambda s, n: setup.change_session(s, picked(s, "session", 0), place=f"Place {n}"),
    lambda s, n: items.add_item(s, GUIDE, "decisions", f"Decision {n}"),
    lambda s, n: items.change_item(s, GUIDE, picked(s, "item", n), text=f"Changed {n}"),
    lambda s, n: items.remove_item(s, GUIDE, picked(s, "item", n)),
    lambda s, n: drafts.keep_draft(s, "values", drafts.Draft(RED_LINES, supports(s, n))),
    agree_on_values,
    lambda s, n: agree.propose_suggested(s, GUIDE, "values"),
    lambda s, n: agree.propose_clause(s, "C9", ClauseType.RULE, f"We share {n}."),
    lambda s, n: agree.change_clause(s, picked(s, "clause", n), text=f"We share all {n}."),
    lambda s, n: agree.confirm_clause(s, picked(s, "clause", n), picked(s, "partner", n)),
    lambda s, n: agree.withdraw_clause(s, picked(s, "clause", n)),
    lambda s, n: agree.restore_clause(s, picked(s, "clause", n)),
    lambda s, n: agree.record_consents(s, picked(s, "clause", n), supports(s, n)),
    lambda s, n: signatories.add_signatory(s, picked(s, "participant", n), Method.TYPED),
    lambda s, n: signatories.move_signatory(s, picked(s, "signatory", n), 0),
    lambda s, n: signatories.remove_signatory(s, picked(s, "signatory", n)),
    lambda s, n: signatories.suggest_signatories(s),
    lambda s, n: terms.set_terms(s, picked(s, "signatory", n), board=f"Board {n}"),
    lambda s, n: matters.add_matter(s, f"Who {n}?", picked(s, "partner", n), "2027-01-31"),
    lambda s, n: matters.settle_matter(s, picked(s, "item", n)),
    lambda s, n: progress.postpone_activity(s, GUIDE, "mindset", f"Late {n}"),
    lambda s, n: progress.resume_activity(s, "mindset"),
    lambda s, n: rounds.open_round(s, GUIDE, "mindset"),
    pass_one,
)
WALKS = st.lists(
    st.tuples(st.integers(0, len(ACTS) - 1), st.integers(0, 9), st.sampled_from(PEOPLE)),
    max_size=25,
)


def walked(store: Store, walk: list[tuple[int, int, str]]) -> dict[str, list[Row]]:
    """Do the walk; return how all was after the last edit that nobody can take back."""
    start = everything(store)
    for act, number, author in walk:
        store.author = author
        try:
            ACTS[act](store, number)
        except UserError:
            continue
        if not store.undo_title():
            start = everything(store)
    return start


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(walk=WALKS)
def test_undoing_all_gives_the_start_and_redoing_all_the_end(
    walk: list[tuple[int, int, str]], tmp_path: Path
) -> None:
    path = tmp_path / "walk.pdesk"
    path.unlink(missing_ok=True)
    with setup.new_partnership(path, "Lake") as store:
        for partner in ("north", "south"):
            setup.add_partner(store, partner.title(), id=partner)
            setup.add_participant(store, partner, partner, id=f"p-{partner}")
        base = walked(store, walk)
        end, undone = everything(store), 0
        while everything(store) != base:
            assert store.undo() is not None
            undone += 1
        for _again in range(undone):
            assert store.redo() is not None
        assert everything(store) == end
        assert store.check().problems == ()
