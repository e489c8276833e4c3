"""Two versions of a charter side by side: which clause changed, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import zip_longest

from partnerdesk.charter.plain import clause_facts, lines_of
from partnerdesk.charter.wording import change_words, listed
from partnerdesk.language import _
from partnerdesk.model.changes import (
    ChangeKind,
    ClauseChange,
    Comparison,
    FactChange,
    LevelChange,
    TextChange,
    WordFate,
    WordRun,
)
from partnerdesk.model.charter import Charter, ClauseEntry, ConsentEntry, Notice, Section, Table
from partnerdesk.model.record import JournalHead

DERIVED = frozenset({"C19", "A", "B", "C", "D", "E", "F"})  # they repeat what stands elsewhere
WORD = re.compile(r"\s*\S+|\s+")


def compare(old: Charter, new: Charter) -> Comparison:
    """Return what differs from `old` to `new`: clauses by their ids, then all other texts.

    C19 and the annexes A to F are not compared, since they repeat what stands elsewhere.
    """
    before = {clause.id: clause for clause in old.clauses()}
    after = {clause.id: clause for clause in new.clauses()}
    pairs = [(before.get(one), clause) for one, clause in after.items()]
    gone = [(clause, None) for one, clause in before.items() if one not in after]
    found = (_clause(earlier, later, new.language) for earlier, later in (*pairs, *gone))
    clauses = tuple(change for change in found if change.kinds)
    return Comparison(old.version, new.version, clauses, tuple(_texts(old, new)))


def same_text(one: Charter, other: Charter) -> bool:
    """Return whether two versions say the same, reservations included.

    What a version says of its own making is not compared: number, day, paper, journal, annex F.
    """
    return _agreed_text(one) == _agreed_text(other)


def word_runs(old: str, new: str) -> tuple[WordRun, ...]:
    """Return both texts as one row of runs, word by word."""
    before, after = WORD.findall(old), WORD.findall(new)
    runs: list[WordRun] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            runs.append(WordRun("".join(before[start:end]), WordFate.KEPT))
            continue
        runs.append(WordRun("".join(before[start:end]), WordFate.TAKEN))
        runs.append(WordRun("".join(after[first:last]), WordFate.ADDED))
    return tuple(run for run in runs if run.text)


def _clause(old: ClauseEntry | None, new: ClauseEntry | None, language: str) -> ClauseChange:
    """Return what became of a clause; without a kind where nothing did."""
    one = new or old
    assert one is not None
    facts = _facts(old, new) if old and new else ()
    levels = tuple(_levels(old, new)) if old and new else ()
    before, after = (one.text_in(language) if one else "" for one in (old, new))
    kinds = tuple(_kinds(old, new, bool(facts) or before != after, bool(levels)))
    return ClauseChange(
        id=one.id,
        before=old.number if old else "",
        after=new.number if new else "",
        kinds=kinds,
        kinds_words=listed(tuple(change_words(kind) for kind in kinds)),
        runs=word_runs(before, after),
        facts=facts,
        levels=levels,
    )


def _kinds(
    old: ClauseEntry | None, new: ClauseEntry | None, changed: bool, levels: bool
) -> Iterator[ChangeKind]:
    if old is None or new is None:
        yield ChangeKind.ADDED if new else ChangeKind.WITHDRAWN
        return
    if changed:
        yield ChangeKind.CHANGED
    if old.number.split(".")[0] != new.number.split(".")[0]:
        yield ChangeKind.MOVED
    if levels:
        yield ChangeKind.LEVELS


def _facts(old: ClauseEntry, new: ClauseEntry) -> tuple[FactChange, ...]:
    """Return what differs in type, in whom the clause binds and touches, and in its date."""
    before, after = dict(clause_facts(old)), dict(clause_facts(new))
    return tuple(
        FactChange(term, before.get(term, ""), after.get(term, ""))
        for term in before | after
        if before.get(term, "") != after.get(term, "")
    )


def _levels(old: ClauseEntry, new: ClauseEntry) -> Iterator[LevelChange]:
    """Yield each party that stands otherwise than before, or says something else."""
    before = {consent.party: consent for consent in old.consents}
    for now in new.consents:
        was = before.get(now.party, ConsentEntry(now.party, now.name, 0, _("was not asked")))
        if _stand(was) != _stand(now):
            yield LevelChange(
                now.party, now.name, was.level, was.words, now.level, now.words, now.reservation
            )


def _stand(consent: ConsentEntry) -> tuple[int, str, bool]:
    return consent.level, consent.reservation, consent.stale


def _texts(old: Charter, new: Charter) -> Iterator[TextChange]:
    """Yield what differs on the cover, then in each section beside its clauses."""
    heads = (
        (_("Title"), old.title, new.title),
        (_("Purpose"), old.purpose, new.purpose),
        (_("Partners"), _names(old), _names(new)),
    )
    yield from (TextChange("", term, was, now) for term, was, now in heads if was != now)
    before = {one.code: one for one in _compared(old)}
    after = {one.code: one for one in _compared(new)}
    for code, section in (before | after).items():
        yield from _section(section, before.get(code), after.get(code))


def _names(charter: Charter) -> str:
    return listed(tuple(party.name for party in charter.parties))


def _compared(charter: Charter) -> Iterator[Section]:
    return (one for one in charter.sections + charter.annexes if one.code not in DERIVED)


def _section(section: Section, old: Section | None, new: Section | None) -> Iterator[TextChange]:
    """Yield each text or table row that differs, beside what stands in its place."""
    before, after = tuple(_units(old)), tuple(_units(new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            for was, now in zip_longest(before[start:end], after[first:last], fillvalue=""):
                yield TextChange(section.code, section.title, was, now)


def _units(section: Section | None) -> Iterator[str]:
    """Yield a section's texts and table rows in words, without its clauses and notices."""
    for block in section.blocks if section else ():
        if isinstance(block, Table):
            yield from (line.removeprefix("- ") for line in lines_of(replace(block, title="")))
        elif not isinstance(block, ClauseEntry | Notice):
            yield "\n".join(line.removeprefix("- ") for line in lines_of(block))


def _agreed_text(charter: Charter) -> Charter:
    """Return a charter without its paper, and what differs between versions by itself."""
    return replace(
        charter,
        id="",
        version=1,
        page="A4",
        scale=100,
        parallel=True,
        place="",
        date="",
        journal=JournalHead(0, "", 0),
        annexes=_lasting(charter.annexes),
        changes=(),
        others=tuple(
            replace(one, annexes=_lasting(one.annexes), changes=()) for one in charter.others
        ),
    )


def _lasting(annexes: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the annexes without what the process record (F) tells; that there is one stays."""
    return tuple(replace(one, blocks=()) if one.code == "F" else one for one in annexes)
