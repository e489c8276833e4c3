"""A folder of partnerships as a list: where each stands, what is due; no file is written to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from partnerdesk import pace
from partnerdesk.errors import EnvironmentProblem, PartnerDeskError
from partnerdesk.flow import values
from partnerdesk.flow.agree import adopted_of, agreements, clause_adoption, clauses
from partnerdesk.flow.guides import guide_of
from partnerdesk.flow.progress import Place, progress
from partnerdesk.flow.versions import VersionState, versions
from partnerdesk.language import _
from partnerdesk.model.json import Json
from partnerdesk.model.round import ClauseState
from partnerdesk.store import Store, open_copy
from partnerdesk.store.holder import held_here, holder_name

ENDING = ".pdesk"
REVIEWS = "C15"


class State(Enum):
    """Where a partnership stands, or why only the file's name can be shown."""

    PRACTICE = "practice"
    WORKING = "working"
    SIGNING = "signing"
    SIGNED = "signed"
    IN_USE = "in-use"
    LOCKED = "locked"
    NEWER = "newer"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


CANNOT_SHOW = (State.IN_USE, State.LOCKED, State.NEWER, State.FOREIGN, State.UNREADABLE)
_REASONS = {
    "already-open": State.IN_USE,
    "passphrase-needed": State.LOCKED,
    "newer": State.NEWER,
    "not-ours": State.FOREIGN,
}


@dataclass(frozen=True)
class Promise:
    """Something that the partners agreed with a date (ISO), in their words."""

    date: str
    text: str


@dataclass(frozen=True)
class Listing:
    """One file of a folder; all but `path` and `state` is empty where it cannot be shown.

    `stage` is the title of the stage under way, '' when all are done. `reviews` are the dates of
    agreed reviews, earliest first; `overdue` are promises whose date is past, oldest first.
    """

    path: Path
    state: State
    title: str = ""
    stage: str = ""
    partners: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    overdue: tuple[Promise, ...] = ()


def portfolio(folder: Path, today: date) -> tuple[Listing, ...]:
    """Return the partnerships of a folder by file name; raises EnvironmentProblem "folder"."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ENDING)
    except OSError as error:
        message = _("{name} is no folder that can be read. Nothing was changed. Choose another.")
        raise EnvironmentProblem(message.format(name=folder.name), code="folder") from error
    found = []
    for number, path in enumerate(paths):
        pace.tell(number / len(paths))
        if not path.is_dir():
            found.append(listing(path, today))
    return tuple(found)


def by_due(listings: Iterable[Listing], today: date) -> tuple[Listing, ...]:
    """Return listings by what is due: overdue first, then the next review, then by name.

    What cannot be shown comes last.
    """
    return tuple(sorted(listings, key=lambda one: _due(one, today)))


def next_review(one: Listing, today: date) -> str:
    """Return the date of the first review that is not past, or of the last one that was, or ''."""
    day = today.isoformat()
    later = (review for review in one.reviews if review >= day)
    return next(later, one.reviews[-1] if one.reviews else "")


def _due(one: Listing, today: date) -> tuple[bool, str, str, str]:
    """Return what a listing is sorted by; "~" stands behind every date."""
    late = [promise.date for promise in one.overdue]
    review = next_review(one, today)
    past = [review] if review and review < today.isoformat() else []
    name = one.title.casefold() or one.path.name.casefold()
    return one.state in CANNOT_SHOW, min([*late, *past], default="~"), review or "~", name


def listing(path: Path, today: date) -> Listing:
    """Return one file as its copy in memory shows it; the file itself is only read."""
    try:
        with closing(open_copy(path)) as store:
            return _listing(path, store, today)
    except PartnerDeskError as problem:
        return Listing(path, _reason(path, problem.code))
    except (ValueError, LookupError, TypeError):
        return Listing(path, State.UNREADABLE)


def told(one: Listing) -> str:
    """Return a listing as one line of text."""
    words = state_words(one.state)
    if one.state in CANNOT_SHOW:
        return f"{one.path.name}: {words}"
    parts = [f"{one.path.name}: {one.title}", words, one.stage]
    if one.reviews:
        parts.append(_("review {dates}").format(dates=", ".join(one.reviews)))
    if one.overdue:
        parts.append(_("overdue: {n}").format(n=len(one.overdue)))
    return "; ".join(filter(None, parts))


def _listing(path: Path, store: Store, today: date) -> Listing:
    facts = values.partnership(store)
    guide = guide_of(store)
    stages = (one.stage.title for one in progress(store, guide) if one.place is Place.NOW)
    due = sorted(_promises(store), key=lambda one: (one.date, one.text))
    return Listing(
        path=path,
        state=State.PRACTICE if facts.practice else _state(store),
        title=facts.title,
        stage=next(stages, ""),
        partners=tuple(partner.short for partner in values.partners(store)),
        reviews=tuple(sorted(one.date for one in _dated(store, reviews=True))),
        overdue=tuple(one for one in due if one.date < today.isoformat()),
    )


def _state(store: Store) -> State:
    states = [one.state for one in versions(store)]
    if VersionState.SIGNING in states:
        return State.SIGNING
    return State.SIGNED if VersionState.SIGNED in states else State.WORKING


def _promises(store: Store) -> Iterator[Promise]:
    """Yield what has a date: adopted clauses, rows of adopted agreements, open matters."""
    yield from _dated(store, reviews=False)
    for agreement in agreements(store):
        if adopted_of(store, agreement.activity) is not None:
            for rows in agreement.payload.values():
                yield from _rows(rows)
    for matter in values.matters(store):
        if not matter.settled and matter.date:
            yield Promise(matter.date, matter.text)


def _dated(store: Store, *, reviews: bool) -> Iterator[Promise]:
    ids = [partner.id for partner in values.partners(store)]
    for clause in clauses(store):
        standing = clause.state is ClauseState.PROPOSED and clause_adoption(clause, ids).adopted
        if standing and clause.date and (clause.section == REVIEWS) is reviews:
            yield Promise(clause.date, clause.text)


def _rows(rows: Json) -> Iterator[Promise]:
    for row in rows if isinstance(rows, list) else ():
        day, text = (row.get("date"), row.get("text")) if isinstance(row, dict) else ("", "")
        if isinstance(day, str) and day and isinstance(text, str):
            yield Promise(day, text)


def _reason(path: Path, code: str) -> State:
    """Return why a file cannot be shown; one that nobody holds and that is not whole is damaged."""
    if code == "already-open" and not held_here(path) and not holder_name(path):
        return State.UNREADABLE
    return _REASONS.get(code, State.UNREADABLE)


def state_words(state: State) -> str:
    """Return where a partnership stands, or why it cannot be shown, in a few words."""
    return {
        State.PRACTICE: _("practice"),
        State.WORKING: _("being worked on"),
        State.SIGNING: _("being signed"),
        State.SIGNED: _("signed"),
        State.IN_USE: _("open in another program"),
        State.LOCKED: _("locked with a passphrase"),
        State.NEWER: _("made by a newer PartnerDesk"),
        State.FOREIGN: _("not made by PartnerDesk"),
        State.UNREADABLE: _("cannot be read"),
    }[state]
