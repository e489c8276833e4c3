"""Says in words what a merge would do, line by line, before anything is written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from partnerdesk.exchange.cells import Place
from partnerdesk.exchange.conflicts import Conflict, Said, Side
from partnerdesk.exchange.merge import MergePlan
from partnerdesk.language import _, ngettext
from partnerdesk.model.json import Json, Row

LONGEST_VALUE = 80
MOST_NAMES = 3
NAMES = ("title", "name", "text")
PRIVATE = "response"
"""Answers are counted, never shown: what a round may tell, its reveal tells."""
QUIET = frozenset({"setting", "sealed_key", "position", "holder"})


@dataclass(frozen=True)
class Coming:
    """What comes into one part of the record: how many entries, and the names of the first few."""

    what: str
    added: int
    changed: int
    removed: int
    names: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What comes in, such as "2 new, 1 changed"."""
        parts = (
            (self.added, _("{n} new")),
            (self.changed, _("{n} changed")),
            (self.removed, _("{n} taken out")),
        )
        return ", ".join(words.format(n=n) for n, words in parts if n)


def names_in(plan: MergePlan) -> Mapping[Place, str]:
    """Return what each entry is called by the last edit of either side; answers have no name."""
    found: dict[Place, str] = {}
    for step in (*plan.ours.steps, *plan.steps):
        for change in step.changes:
            name = _name(change.table, change.after or {})
            if name:
                found[(change.table, change.key)] = name
    return found


def coming(plan: MergePlan, named: Mapping[Place, str]) -> tuple[Coming, ...]:
    """Return what a merge brings, part by part of the record, in the order of a workshop."""
    found: dict[str, Counter[str]] = {}
    names: dict[str, list[str]] = {}
    ways = {"added": plan.added, "changed": plan.changed, "removed": plan.removed}
    for way, places in ways.items():
        for place in places:
            if place[0] not in QUIET:
                found.setdefault(place[0], Counter())[way] += 1
                names.setdefault(place[0], []).append(named.get(place, ""))
    return tuple(
        Coming(
            table_words(table),
            found[table]["added"],
            found[table]["changed"],
            found[table]["removed"],
            tuple(dict.fromkeys(filter(None, names[table])))[:MOST_NAMES],
        )
        for table in _tables()
        if table in found
    )


def summary_of(plan: MergePlan) -> Iterator[str]:
    """Yield how many edits come in, what both sides edited, and what waits."""
    count = len(plan.steps)
    yield ngettext("{n} edit comes in.", "{n} edits come in.", count).format(n=count)
    if plan.combined:
        count = len(plan.combined)
        text = ngettext(
            "{n} entry was changed on both in different places: both changes stay.",
            "{n} entries were changed on both in different places: both changes stay.",
            count,
        )
        yield text.format(n=count)
    if plan.held:
        text = _(
            "{n} edits wait on the other laptop: what they belong to is sealed or being signed."
        )
        yield text.format(n=len(plan.held))
    yield from _erased(plan)


def lines_of(plan: MergePlan) -> Iterator[str]:
    """Yield what comes in, what combines, what waits, and each conflict with both sides."""
    first, *rest = summary_of(plan)
    yield first
    rows = (len(plan.added), len(plan.changed), len(plan.removed))
    words = _("Rows added: {added}. Rows changed: {changed}. Rows taken out: {removed}.")
    yield words.format(added=rows[0], changed=rows[1], removed=rows[2])
    yield from rest
    for conflict in plan.conflicts:
        yield from _conflict(conflict)


def conflict_title(conflict: Conflict, named: Mapping[Place, str]) -> str:
    """Return what two edits are about, such as "Partner: North (mission)"."""
    name = named.get((conflict.table, conflict.key), "")
    about = f"{_one_words(conflict.table)}: {name}" if name else _one_words(conflict.table)
    field = field_words(conflict.column)
    return _("{about} ({field})").format(about=about, field=field) if field else about


def said_words(conflict: Conflict, side: Side) -> str:
    """Return what one side wrote, whole, as people read it; an answer is never shown."""
    value = conflict.said(side).value
    if conflict.table == PRIVATE and value is not None:
        return _("an answer, which stays closed here")
    return _value_words(value)


def author_words(said: Said) -> str:
    """Return who wrote something, and when by that laptop's clock."""
    author = said.author or _("no name given")
    try:
        at = f"{datetime.fromisoformat(said.at).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        at = said.at[:16]
    return _("{author}, {at}").format(author=author, at=at)


def table_words(table: str) -> str:
    """Return what the entries of a table are called; its own name for one of a later program."""
    return _tables().get(table, (table, table))[0]


def field_words(column: str) -> str:
    """Return what a column is called, '' for the entry as a whole."""
    return _fields().get(column, column.replace("_", " "))


def _one_words(table: str) -> str:
    return _tables().get(table, (table, table))[1]


def _tables() -> Mapping[str, tuple[str, str]]:
    """Return what is in each table, and what one entry of it is called."""
    return {
        "partnership": (_("The partnership"), _("The partnership")),
        "partner": (_("Partners"), _("Partner")),
        "participant": (_("People"), _("Person")),
        "session": (_("Sessions"), _("Session")),
        "guide_text": (_("Guides"), _("Guide")),
        "item": (_("Entries of lists"), _("Entry of a list")),
        "round": (_("Rounds"), _("Round")),
        "response": (_("Answers"), _("Answer")),
        "agreement": (_("Agreements"), _("Agreement")),
        "clause": (_("Clauses"), _("Clause")),
        "consent": (_("Consents"), _("Consent")),
        "signatory": (_("Who signs"), _("Who signs")),
        "charter_version": (_("Versions of the charter"), _("Version of the charter")),
        "signature": (_("Signatures"), _("Signature")),
        "note": (_("Notes"), _("Note")),
    }


def _fields() -> Mapping[str, str]:
    return {
        "": "",
        "title": _("name"),
        "name": _("name"),
        "short": _("short name"),
        "text": _("text"),
        "purpose": _("what it is for"),
        "why_now": _("why now"),
        "mission": _("mission"),
        "role": _("role"),
        "country": _("country"),
        "type": _("kind"),
        "language": _("language"),
        "place": _("place"),
        "date": _("date"),
        "facilitator": _("who facilitates"),
        "decision_rule": _("how decisions are closed"),
        "authority": _("what a person may decide"),
        "present": _("who is here"),
        "owner": _("who sees to it"),
        "level": _("level"),
        "reservation": _("reservation"),
        "position": _("place in the list"),
        "affects": _("whom it concerns"),
        "payload": _("what was agreed"),
        "state": _("state"),
        "details": _("details"),
    }


def _name(table: str, row: Row) -> str:
    if table == PRIVATE:
        return ""
    return next((_short(str(row[name])) for name in NAMES if row.get(name)), "")


def _value_words(value: Json) -> str:
    if value is None:
        return _("taken out")
    if value == "":
        return _("left empty")
    if isinstance(value, dict):
        parts = (
            f"{field_words(column)}: {_value_words(one)}"
            for column, one in value.items()
            if not column.endswith("id") and one not in ("", None, [], {})
        )
        return "; ".join(parts) or _("an entry")
    if isinstance(value, list):
        return ", ".join(_value_words(one) for one in value)
    return str(value)


def _erased(plan: MergePlan) -> Iterator[str]:
    """Yield what the other copy erased, and which goes from this file for good."""
    for one in plan.forgets:
        for word in one.words:
            text = _("Erased from this file for good: “{words}”. “{put}” stands there from now on.")
            yield text.format(words=word, put=one.put)
        if one.wiped:
            text = ngettext(
                "Erased from this file for good: {n} text.",
                "Erased from this file for good: {n} texts.",
                len(one.wiped),
            )
            yield text.format(n=len(one.wiped))
    if plan.unmatched:
        text = ngettext(
            "In {n} edit, the other copy erased otherwise than this file. Look for it here.",
            "In {n} edits, the other copy erased otherwise than this file. Look for it here.",
            plan.unmatched,
        )
        yield text.format(n=plan.unmatched)


def _conflict(conflict: Conflict) -> Iterator[str]:
    place = ".".join(filter(None, (conflict.table, conflict.column)))
    yield _("Both changed {place} ({key}):").format(place=place, key=conflict.key)
    for side, words in ((Side.OURS, _("here")), (Side.THEIRS, _("there"))):
        mark = "*" if side is conflict.kept else " "
        said = conflict.said(side)
        closed = conflict.table == PRIVATE and said.value is not None
        value = said_words(conflict, side) if closed else _short(said.value)
        yield f"  {mark} {words}: {value} ({author_words(said)})"


def _short(value: Json) -> str:
    if value is None:
        return _("taken out")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
