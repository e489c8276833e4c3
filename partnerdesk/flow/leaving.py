"""What is still open when a session ends: rounds, questions, promises, drafts."""

from __future__ import annotations

from dataclasses import dataclass

from partnerdesk.flow.agree import clauses
from partnerdesk.flow.values import matters, participants, rounds
from partnerdesk.model.guide import Guide
from partnerdesk.model.round import ClauseState, ClauseType, RoundState
from partnerdesk.store import Store

DRAFT = "draft:"
LONGEST_INITIALS = 3


@dataclass(frozen=True)
class Leaving:
    """What a group looks at before it parts.

    `sealed` are the titles of the rounds that nobody has revealed, `matters` the questions
    without an answer, `loose` the promises that lack an owner or a date, `drafts` the settings
    that hold agreements which were begun and never recorded, `names` the people by full name.
    """

    sealed: tuple[str, ...]
    matters: tuple[str, ...]
    loose: tuple[str, ...]
    drafts: tuple[str, ...]
    names: tuple[str, ...]


def leaving(store: Store, guide: Guide) -> Leaving:
    """Return what is still open in a partnership."""
    sealed = (one for one in rounds(store) if one.state is RoundState.COLLECTING)
    activities = (guide.activity(one.activity) for one in sealed)
    promises = (c for c in clauses(store) if c.type is ClauseType.COMMITMENT)
    standing = (c for c in promises if c.state is ClauseState.PROPOSED)
    return Leaving(
        sealed=tuple(one.title for one in activities if one is not None),
        matters=tuple(one.text for one in matters(store) if not one.settled),
        loose=tuple(c.text for c in standing if not (c.owner and c.date)),
        drafts=tuple(
            str(row["id"]) for row in store.rows("setting") if str(row["id"]).startswith(DRAFT)
        ),
        names=tuple(one.name for one in participants(store) if is_spelt_out(one.name)),
    )


def is_spelt_out(name: str) -> bool:
    """Return whether a name is more than initials."""
    return any(len(part.strip(".,")) > LONGEST_INITIALS - 1 for part in name.split())
