"""What only a guide as a whole can show: ids that come twice, names that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerdesk.guide.build import Piece
from partnerdesk.guide.source import Source
from partnerdesk.language import _
from partnerdesk.model.guide import Activity, Column, Guide

Named = tuple[str, str]


def check_ids(pieces: Iterable[tuple[Source, Piece]]) -> Iterator[str]:
    """Yield a sentence, with its place, for each stage, activity or list that comes again."""
    seen: set[Named] = set()
    for source, piece in pieces:
        for path, named in _named(piece):
            if named in seen:
                words = _("The id {name} comes twice. Each id may come once.")
                yield f"{source.place(path)}: {words.format(name=named[1])}"
            seen.add(named)


def check_whole(guide: Guide) -> list[str]:
    """Return a sentence for each thing that keeps a whole guide from being run."""
    return [*_nameless(guide), *_lost(guide)]


def _named(piece: Piece) -> Iterator[tuple[str, Named]]:
    """Yield each id of a file with its path, and what it is the id of."""
    for place, one in enumerate(piece.lists):
        yield f"lists[{place}].id", ("list", one.id)
    for place, stage in enumerate(piece.stages):
        yield f"stages[{place}].id", ("stage", stage.id)
        for inner, activity in enumerate(stage.activities):
            yield f"stages[{place}].activities[{inner}].id", ("activity", activity.id)


def _nameless(guide: Guide) -> Iterator[str]:
    words = _("The stage {id} needs a title, a short title and a purpose.")
    for stage in guide.stages:
        if not (stage.title and stage.short and stage.purpose):
            yield words.format(id=stage.id)


def _lost(guide: Guide) -> Iterator[str]:
    """Yield a sentence for each name of a list or an activity that the guide does not have."""
    lists = {one.id for one in guide.lists}
    known = lists | {activity.id for activity in guide.activities()}
    words = _("The activity {id} asks about {name}, which the guide does not have.")
    for activity in guide.activities():
        named = {activity.item_list} - {""} - lists
        named |= {one.items for one in _columns(activity) if one.items} - known
        yield from (words.format(id=activity.id, name=name) for name in sorted(named))


def _columns(activity: Activity) -> Iterator[Column]:
    return (column for part in activity.parts for column in part.columns)
