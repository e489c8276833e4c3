"""Copies of one partnership on several laptops, in memory, for tests of merging."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

from partnerdesk.errors import UserError
from partnerdesk.exchange.copies import MERGE, copy_of
from partnerdesk.exchange.merge import MergePlan, apply, plan
from partnerdesk.flow import agree, items, setup, values
from partnerdesk.flow.agree import Support
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.model.json import Row
from partnerdesk.model.round import ClauseType
from partnerdesk.store import Store
from partnerdesk.store.connection import in_memory, migrate
from partnerdesk.store.edit import FORMAT

GUIDE = built_in_guide()
START = datetime(2026, 11, 24, 9, tzinfo=UTC)
TABLES = ("partnership", "partner", "participant", "session", "item", "round", "response")
LATER = ("agreement", "clause", "consent", "signatory", "charter_version", "signature", "note")


def clock(seconds: int = 0, step: float = 1) -> Callable[[], datetime]:
    """Return a clock that ticks, as fast as `step` says; a negative one runs backwards."""
    ticks = count()
    return lambda: START + timedelta(seconds=seconds + step * next(ticks))


def ids(name: str) -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"{name}-{next(numbers):06}"


def first(name: str = "a") -> Store:
    """Return a new partnership of two partners, in memory."""
    connection = in_memory()
    migrate(connection)
    connection.execute("INSERT INTO identity VALUES ('file', ?, 'now')", (FORMAT,))
    store = Store(connection, Path(name), read_only=False, clock=clock(), new_id=ids(name))
    store.author = name
    with store.transaction("Start") as t:
        t.insert("partnership", {"id": "partnership", "title": "Lake"})
        t.insert("session", {"id": "first", "title": "Workshop"})
    for partner in ("north", "south"):
        setup.add_partner(store, partner.title(), id=partner)
        setup.add_participant(store, partner, f"{partner} one", id=f"{partner}-1")
    items.add_item(store, GUIDE, "goals", "Clean water", item_id="goal")
    agree.propose_clause(store, "C3", ClauseType.STATEMENT, "We meet.", clause_id="clause")
    return store


def copied(store: Store, name: str, seconds: int = 60, step: float = 1) -> Store:
    """Return the same file on another laptop, whose clock stands elsewhere."""
    copy = in_memory()
    store._connection.backup(copy)
    made = Store(copy, Path(name), read_only=False, clock=clock(seconds, step), new_id=ids(name))
    made.author = name
    return made


def merged(ours: Store, theirs: Store) -> MergePlan:
    """Merge `theirs` into `ours` by default and return the plan."""
    made = plan(copy_of(ours), copy_of(theirs))
    apply(ours, made)
    return made


def everything(store: Store) -> dict[str, list[Row]]:
    """Return all rows of the partnership, without the notes that merges keep."""
    found = {table: store.rows(table) for table in (*TABLES, *LATER)}
    settings = [row for row in store.rows("setting") if not str(row["id"]).startswith(MERGE)]
    return {**found, "setting": settings}


def act(store: Store, random: Random) -> None:
    """Do one thing that a person may do; a refusal changes nothing."""
    with suppress(UserError):
        random.choice(ACTS)(store, random)


def _one(store: Store, table: str, random: Random) -> str:
    rows = store.rows(table)
    return str(random.choice(rows)["id"]) if rows else "none"


def _word(random: Random) -> str:
    return random.choice(("water", "ماء", "水", "maji", "água")) + str(random.randrange(4))


def _consents(store: Store, random: Random) -> None:
    said = {p.id: Support(random.randint(1, 8), _word(random)) for p in values.partners(store)}
    agree.record_consents(store, _one(store, "clause", random), said)


def _draft(store: Store, random: Random) -> None:
    with store.transaction("Draft") as t:
        t.upsert("setting", {"id": f"draft:{random.randrange(3)}", "value": {"w": _word(random)}})


ACTS: tuple[Callable[[Store, Random], object], ...] = (
    lambda s, r: setup.change_partnership(s, purpose=_word(r)),
    lambda s, r: setup.change_partnership(s, title=_word(r)),
    lambda s, r: setup.add_partner(s, _word(r)),
    lambda s, r: setup.change_partner(s, _one(s, "partner", r), mission=_word(r)),
    lambda s, r: setup.remove_partner(s, _one(s, "partner", r)),
    lambda s, r: setup.add_participant(s, _one(s, "partner", r), _word(r)),
    lambda s, r: setup.change_participant(s, _one(s, "participant", r), role=_word(r)),
    lambda s, r: setup.remove_participant(s, _one(s, "participant", r)),
    lambda s, r: items.add_item(s, GUIDE, "goals", _word(r)),
    lambda s, r: items.change_item(s, GUIDE, _one(s, "item", r), text=_word(r)),
    lambda s, r: items.remove_item(s, GUIDE, _one(s, "item", r)),
    lambda s, r: agree.propose_clause(s, "C9", ClauseType.RULE, _word(r)),
    lambda s, r: agree.change_clause(s, _one(s, "clause", r), text=_word(r)),
    lambda s, r: agree.withdraw_clause(s, _one(s, "clause", r)),
    _consents,
    _draft,
    lambda s, _r: s.undo(),
    lambda s, _r: s.redo(),
)
