"""What changed: the versions there are, and one of them beside the text as it now stands."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from partnerdesk.flow.versions import Version, VersionState
from partnerdesk.language import _, ngettext
from partnerdesk.model.changes import ClauseChange, Comparison, TextChange, WordFate
from ui.theme import spaced
from ui.views.charter_clauses import day_words
from ui.views.document_part import Part, flowing, led, listed, pressed
from ui.views.document_state import DocumentState
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.frames import Columns
from ui.widgets.runs import MarkedWords
from ui.widgets.text import Body, Caption, Heading

Runs = tuple[tuple[str, bool], ...]
LOOK, COMPARE, PAGES, EXPORT = "look:", "compare:", "pages:", "export:"


class VersionPart(Part):
    """Lists the versions; it wishes for one to be looked at, compared, paged or exported."""

    def build(self) -> None:
        """Show every version, the newest first."""
        if not self.state.versions:
            self.say(_("Nothing is frozen yet. Once a version is signed, compare with it here."))
        else:
            self.say(_("A signed version never changes. Later words make the next one."))
        rows = [self._version(one) for one in reversed(self.state.versions)]
        listed(self.column, [*rows] if rows else [])
        self._shown = QWidget()
        self.column.addWidget(self._shown)

    def show_comparison(self, version: Version, found: Comparison) -> None:
        """Show what differs from `version` to the text as it now stands."""
        old, self._shown = self._shown, comparison_view(version, found)
        self.column.replaceWidget(old, self._shown)
        old.hide()
        old.deleteLater()
        name = str(version.number)
        row = flowing(
            pressed(
                QuietButton(_("Show as pages"), "doc"),
                lambda: self.wished.emit(PAGES + version.id),
                _("Show as pages what changed since version {n}").format(n=name),
            ),
            pressed(
                QuietButton(_("Export these pages"), "print"),
                lambda: self.wished.emit(EXPORT + version.id),
                _("Export what changed since version {n}").format(n=name),
            ),
        )
        layout = self._shown.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addWidget(row)
        self._shown.show()

    def _version(self, version: Version) -> QWidget:
        words = QWidget()
        inside = QVBoxLayout(words)
        spaced(inside, 2)
        closing = version.id in self.state.ends
        name = _("Version {n}: closing statement") if closing else _("Version {n}")
        inside.addWidget(Body(name.format(n=version.number), strong=True))
        inside.addWidget(Caption(state_words(version, self.state)))
        parts: list[QWidget] = []
        if version.state is VersionState.SIGNED and not closing and not version.erased:
            parts.append(
                pressed(
                    PlainButton(_("Compare with now")),
                    lambda: self.wished.emit(COMPARE + version.id),
                    _("Compare version {n} with the text now").format(n=version.number),
                )
            )
        if not version.erased:
            parts.append(
                pressed(
                    PlainButton(_("Look at it")),
                    lambda: self.wished.emit(LOOK + version.id),
                    _("Look at version {n}").format(n=version.number),
                )
            )
        return led(words, *parts)


def state_words(version: Version, state: DocumentState) -> str:
    """Return where a version stands: being signed, signed, superseded, ended, stopped, erased."""
    later = [v for v in state.versions if v.number > version.number and v.state is _SIGNED]
    day = day_words((version.closed_at or version.frozen_at)[:10])
    if version.erased:
        return _("Its text was erased for somebody's safety.")
    if version.state is VersionState.SIGNING:
        return _("Being signed since {day}.").format(day=day)
    if version.state is VersionState.ABANDONED:
        return _("Signing was stopped on {day}.").format(day=day)
    if not later:
        return _("Signed on {day}. This one counts.").format(day=day)
    words = _("Signed on {day}. Superseded by version {n}.")
    if later[0].id in state.ends:
        words = _("Signed on {day}. Ended by version {n}.")
    return words.format(day=day, n=later[0].number)


def comparison_view(version: Version, found: Comparison) -> QWidget:
    """Return what differs, clause by clause, then the other texts."""
    made = QWidget()
    column = QVBoxLayout(made)
    spaced(column, 12)
    title = _("What changed since version {n}").format(n=version.number)
    column.addWidget(Heading(title))
    if found.same:
        column.addWidget(Body(_("Nothing that you agreed has changed."), tone="good"))
        return made
    clauses, texts = len(found.clauses), len(found.texts)
    first = ngettext("{n} clause differs.", "{n} clauses differ.", clauses).format(n=clauses)
    second = ngettext("{n} other text differs.", "{n} other texts differ.", texts).format(n=texts)
    column.addWidget(Caption(f"{first} {second}"))
    for change in found.clauses:
        column.addWidget(_clause(change))
    for one in found.texts:
        column.addWidget(_text(one))
    return made


def _clause(change: ClauseChange) -> QWidget:
    number = (change.after or change.before).removeprefix("C")
    title = _("Clause {number}: {what}").format(number=number, what=change.kinds_words)
    before = _runs(change, WordFate.TAKEN) if change.before else ()
    after = _runs(change, WordFate.ADDED) if change.after else ()
    facts = [(one.term, one.before, one.after) for one in change.facts]
    facts += [(one.name, one.before_words, one.after_words) for one in change.levels]
    words = _("{what}: before {before}, now {after}")
    told = [
        words.format(what=what, before=old or _("nothing"), after=new or _("nothing"))
        for what, old, new in facts
    ]
    same = all(run.fate is WordFate.KEPT for run in change.runs)
    return _beside(title, () if same else before, () if same else after, told)


def _runs(change: ClauseChange, own: WordFate) -> Runs:
    """Return one version's words; those that only it has are marked, unless all are its own."""
    runs = [run for run in change.runs if run.fate in (WordFate.KEPT, own)]
    return tuple((run.text, len(runs) > 1 and run.fate is own) for run in runs)


def _text(change: TextChange) -> QWidget:
    title = " ".join(part for part in (change.where.removeprefix("C"), change.title) if part)
    before, after = ((((one, False),) if one else ()) for one in (change.before, change.after))
    return _beside(title, before, after, [])


def _beside(title: str, before: Runs, after: Runs, told: list[str]) -> QWidget:
    """Return the words before and now beside each other, under what happened."""
    made = QFrame()
    made.setProperty("kind", "well")
    column = QVBoxLayout(made)
    spaced(column, 6, (10, 14))
    column.addWidget(Body(title, strong=True))
    if before or after:
        column.addWidget(Columns(_said(_("Before"), before), _said(_("Now"), after), gap=16))
    for words in told:
        column.addWidget(Caption(words))
    return made


def _said(when: str, words: Runs) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    spaced(column, 2)
    column.addWidget(Caption(when))
    column.addWidget(MarkedWords(words) if words else Body(_("was not there"), tone="text2"))
    column.addStretch()
    return made


def versions_summary(state: DocumentState) -> str:
    """Return which version counts, for the overview."""
    if state.signed is None:
        return _("No version is signed yet")
    return _("Version {n} is signed").format(n=state.signed.number)


_SIGNED = VersionState.SIGNED
