"""What changed since the version before: each clause as it was and as it is."""

from __future__ import annotations

from dataclasses import replace

from partnerdesk.charter.pages_look import BODY, CLAUSE, GUTTER, META, Pages
from partnerdesk.charter.plain import change_lines
from partnerdesk.charter.typeset.blocks import NOW, TEXT2
from partnerdesk.charter.typeset.shape import Span, plain
from partnerdesk.language import _
from partnerdesk.model.changes import ClauseChange, WordFate

_STEP = 12.0
_WAS = replace(BODY, ink=TEXT2, after=2)


def add_change(pages: Pages, change: ClauseChange) -> None:
    """Add one clause: what happened, its words before and now, then facts and levels.

    Words that differ are bold in both texts, so that no colour is needed.
    """
    with pages.inside("Sect"):
        number = plain(change.after or change.before, bold=True)
        heading = plain(change.kinds_words, bold=True)
        pages.write(heading, CLAUSE, indent=GUTTER, label=number)
        for line in change_lines(change):
            pages.write(line, META, indent=GUTTER)
        if not any(run.fate is not WordFate.KEPT for run in change.runs):
            return
        if change.before:
            before = _text(_("Before: "), change, WordFate.TAKEN)
            pages.write(before, _WAS, indent=GUTTER + _STEP)
        if change.after:
            now = _text(_("Now: "), change, WordFate.ADDED)
            pages.write(now, BODY, indent=GUTTER + _STEP, rule=NOW)


def _text(term: str, change: ClauseChange, shown: WordFate) -> tuple[Span, ...]:
    """Return one version's words; those that only it has are bold, unless all are its own."""
    runs = [run for run in change.runs if run.fate in (WordFate.KEPT, shown)]
    mixed = len(runs) > 1
    words = (Span(run.text, bold=mixed and run.fate is shown) for run in runs)
    return (Span(term, ink=TEXT2), *words)
