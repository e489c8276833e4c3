"""Says in words what a merge would do, line by line, before anything is written."""

from __future__ import annotations

import json
from collections.abc import Iterator

from partnerdesk.exchange.conflicts import Conflict, Said, Side
from partnerdesk.exchange.merge import MergePlan
from partnerdesk.language import _, ngettext
from partnerdesk.model.json import Json

LONGEST_VALUE = 80


def lines_of(plan: MergePlan) -> Iterator[str]:
    """Yield what comes in, what combines, what waits, and each conflict with both sides."""
    count = len(plan.steps)
    yield ngettext("{n} edit comes in.", "{n} edits come in.", count).format(n=count)
    rows = (len(plan.added), len(plan.changed), len(plan.removed))
    words = _("Rows added: {added}. Rows changed: {changed}. Rows taken out: {removed}.")
    yield words.format(added=rows[0], changed=rows[1], removed=rows[2])
    if plan.combined:
        count = len(plan.combined)
        text = ngettext("{n} row has edits of both.", "{n} rows have edits of both.", count)
        yield text.format(n=count)
    if plan.held:
        text = _(
            "{n} edits wait on the other laptop: what they belong to is sealed or being signed."
        )
        yield text.format(n=len(plan.held))
    for conflict in plan.conflicts:
        yield from _conflict(conflict)


def _conflict(conflict: Conflict) -> Iterator[str]:
    place = ".".join(filter(None, (conflict.table, conflict.column)))
    yield _("Both changed {place} ({key}):").format(place=place, key=conflict.key)
    for side, words in ((Side.OURS, _("here")), (Side.THEIRS, _("there"))):
        mark = "*" if side is conflict.kept else " "
        yield f"  {mark} {words}: {_said(conflict.said(side))}"


def _said(said: Said) -> str:
    text = _("{value} ({author}, {at})")
    author = said.author or _("no name given")
    return text.format(value=_short(said.value), author=author, at=said.at[:16])


def _short(value: Json) -> str:
    if value is None:
        return _("taken out")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
