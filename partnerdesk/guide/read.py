"""Guides from files or from a text: every fault is told at once, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from partnerdesk.errors import EnvironmentProblem, InputErrors
from partnerdesk.guide.build import Builder, CheckActivity, Piece
from partnerdesk.guide.check import check_ids, check_whole
from partnerdesk.guide.source import LARGEST, Source, take_in
from partnerdesk.guide.table import Table
from partnerdesk.language import _
from partnerdesk.model.guide import Activity, Guide, Stage
from resources import path

Named = tuple[str, bytes]


def read_guide(
    paths: Path | Iterable[Path],
    *,
    kinds: Collection[str],
    check_activity: CheckActivity | None = None,
) -> Guide:
    """Return the guide written in these TOML files, or in all those of a folder.

    One of the files names the guide (id, title). Raises InputErrors with every fault, and
    EnvironmentProblem where a file cannot be read.
    """
    files = _files(paths)
    return _guide([_named(one) for one in files], Builder(kinds, check_activity))


def read_guide_text(
    name: str,
    text: str,
    *,
    kinds: Collection[str],
    check_activity: CheckActivity | None = None,
) -> Guide:
    """Return an organisation's guide from its TOML text; `name` is what faults call it.

    What the guide refers to in other guides is checked when it is merged. Raises InputErrors.
    """
    data = text.encode("utf-8", "surrogatepass")
    return _guide([(name, data)], Builder(kinds, check_activity))


def standard_guide(
    *, kinds: Collection[str], check_activity: Callable[[Activity], list[str]] | None = None
) -> Guide:
    """Return the guide that ships with the program, read once for these kinds and this check."""
    return _standard(frozenset(kinds), check_activity)


@lru_cache(maxsize=4)
def _standard(kinds: frozenset[str], check_activity: CheckActivity | None) -> Guide:
    guide = read_guide(path("guide"), kinds=kinds, check_activity=check_activity)
    refuse(check_whole(guide))
    return guide


def refuse(problems: Collection[str]) -> None:
    """Raise InputErrors with these problems, where there are any."""
    if problems:
        headline = _("The guide cannot be used as it is. Nothing was changed. Correct the file.")
        raise InputErrors(headline, tuple(problems), code="guide")


def _files(paths: Path | Iterable[Path]) -> tuple[Path, ...]:
    if not isinstance(paths, Path):
        return tuple(paths)
    return tuple(sorted(paths.glob("*.toml"))) if paths.is_dir() else (paths,)


def _named(file: Path) -> Named:
    try:
        with file.open("rb") as opened:
            return file.name, opened.read(LARGEST + 1)
    except OSError as error:
        words = _("The guide {name} cannot be read. Nothing was changed. Check the file.")
        raise EnvironmentProblem(words.format(name=file.name), code="guide") from error


def _guide(files: Iterable[Named], builder: Builder) -> Guide:
    problems: list[str] = []
    taken = (take_in(name, data, problems) for name, data in files)
    pieces = [(source, _piece(source, builder, problems)) for source in taken if source]
    guide = _joined(pieces, problems)
    problems.extend(() if problems else check_ids(pieces))
    refuse(problems)
    return guide


def _piece(source: Source, builder: Builder, problems: list[str]) -> Piece:
    return builder.piece(Table(source.table, source, problems))


def _joined(pieces: list[tuple[Source, Piece]], problems: list[str]) -> Guide:
    heads = [piece for _source, piece in pieces if piece.id and piece.title]
    if len(heads) != 1 and not problems:
        problems.append(_("One file of a guide names it, with id and title, and only one."))
    head = heads[0] if heads else Piece("", "", "en", (), ())
    return Guide(
        id=head.id,
        title=head.title,
        language=head.language,
        stages=tuple(_stages(piece for _source, piece in pieces)),
        lists=tuple(one for _source, piece in pieces for one in piece.lists),
    )


def _stages(pieces: Iterable[Piece]) -> Iterator[Stage]:
    yield from sorted((s for piece in pieces for s in piece.stages), key=lambda stage: stage.id)
