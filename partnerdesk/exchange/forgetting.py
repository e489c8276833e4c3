"""Lets an erasure reach other copies: what one of them erased, no merge brings back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from partnerdesk.exchange.copies import Copy, Step
from partnerdesk.exchange.masking import Masking
from partnerdesk.exchange.wanted import Wanted, all_but, is_long_enough, learnt
from partnerdesk.model.json import Json, Row
from partnerdesk.store import Change

PROOFS = frozenset({"digest", "commitment", "nonce"})


@dataclass(frozen=True)
class Reconciled:
    """Two copies of which neither holds what the other erased.

    `wanted` is what that took away from ours. `unmatched` counts the edits of which the other
    copy erased more than could be told; ours stays as it is there, so that nobody can rewrite
    this file by claiming an erasure.
    """

    ours: Copy
    theirs: Copy
    wanted: tuple[Wanted, ...] = ()
    unmatched: int = 0


def reconciled(ours: Copy, theirs: Copy) -> Reconciled:
    """Return two copies after each one's erasures were carried out in the other.

    The words come from the edits that one copy erased and the other still has whole; they are
    looked for in all that the other copy has, also in what only that one knows.
    """
    if not any(step.erased for one in (ours, theirs) for step in one.steps):
        return Reconciled(ours, theirs)
    mine, others = _learnt(ours, theirs), _learnt(theirs, ours)
    left, right = _after(ours, theirs, mine), _after(theirs, ours, others)
    both = zip(ours.steps, left.steps, strict=True)
    lost = any(replace(new, erased=old.erased) != old for old, new in both)
    return Reconciled(left, right, mine if lost else (), _unmatched(left, right))


def _learnt(whole: Copy, erased: Copy) -> tuple[Wanted, ...]:
    """Return what one copy erased and the other still has."""
    puts = tuple(dict.fromkeys(one.put for one in erased.erasures if one.put))
    own = {one.put for one in whole.erasures}
    words: dict[str, set[str]] = {}
    for step in erased.steps:
        before = whole.known.get(step.id)
        if not step.erased or before is None:
            continue
        for old, left in _texts_of(before, step):
            for word, put in learnt(old, left, puts):
                if _is_learnt(word.strip(), put, own):
                    words.setdefault(put, set()).add(word.strip())
    found = (replace(one, words=tuple(sorted(words.get(one.put, ())))) for one in erased.erasures)
    return tuple(one for one in found if one.words or one.wiped)


def _is_learnt(word: str, put: str, own: set[str]) -> bool:
    """Return whether a word is to give way to `put`.

    Where this copy erased too, and put `word` there, both settle on one of the two.
    """
    settles = word not in own or not is_long_enough(put) or put < word
    return is_long_enough(word) and word != put and settles


def _texts_of(before: Step, left: Step) -> Iterator[tuple[str, str]]:
    """Yield the texts that differ in two states of one edit, side by side."""
    yield from _pairs(before.author, left.author)
    for old, new in zip(before.changes, left.changes, strict=False):
        yield from _pairs(old.before, new.before)
        yield from _pairs(old.after, new.after)


def _pairs(old: Json, new: Json) -> Iterator[tuple[str, str]]:
    if isinstance(old, str) and isinstance(new, str):
        if old != new:
            yield old, new
    elif isinstance(old, list) and isinstance(new, list):
        for one, other in zip(old, new, strict=False):
            yield from _pairs(one, other)
    elif isinstance(old, dict) and isinstance(new, dict):
        for name, value in old.items():
            yield from _pairs(value, new.get(name))


def _after(copy: Copy, other: Copy, wanted: tuple[Wanted, ...]) -> Copy:
    """Return a copy without what the other erased."""
    masking = Masking(wanted, (change for step in copy.steps for change in step.changes))
    steps = []
    for step in copy.steps:
        theirs = other.known.get(step.id)
        left = left_of(step, masking) if wanted else step
        steps.append(replace(left, erased=left.erased or bool(theirs and theirs.erased)))
    return replace(copy, steps=tuple(steps))


def left_of(step: Step, masking: Masking) -> Step:
    """Return an edit without what is erased."""
    changes = tuple(map(masking.change, step.changes))
    left = replace(step, author=masking.text(step.author), changes=changes)
    return left if left == step else replace(left, erased=True)


def _unmatched(ours: Copy, theirs: Copy) -> int:
    """Return how many edits say here what the other copy erased from them in another way."""
    both = ((step, ours.known.get(step.id)) for step in theirs.steps if step.erased)
    return sum(
        _without_proofs(mine.changes) != _without_proofs(step.changes)
        for step, mine in both
        if mine is not None
    )


def _without_proofs(changes: tuple[Change, ...]) -> Json:
    images: list[Json] = [[c.table, c.key, c.before, c.after] for c in changes]
    return all_but(images, PROOFS)


def same_edit(one: Step, other: Step) -> bool:
    """Return whether two copies tell the same of an edit, as far as neither erased of it."""
    if one.erased or other.erased:
        other = replace(one, stamp=other.stamp, at=other.at)
    return one == other


def without_gone(changes: tuple[Change, ...], gone: frozenset[str]) -> tuple[Change, ...]:
    """Return changes that refer to no document that was erased."""
    return tuple(
        change if change.after is None else replace(change, after=_without(change.after, gone))
        for change in changes
    )


def _without(row: Row, gone: frozenset[str]) -> Row:
    return {c: "" if isinstance(v, str) and v and v in gone else v for c, v in row.items()}
