"""The page of a new version that says what changed since the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from partnerdesk.charter.canonical import normal
from partnerdesk.charter.compare import compare
from partnerdesk.charter.wording import said
from partnerdesk.language import _, ngettext
from partnerdesk.model.changes import Comparison, TextChange
from partnerdesk.model.charter import (
    Block,
    Cell,
    Charter,
    Heading,
    Notice,
    Paragraph,
    Section,
    Table,
    TableColumn,
    TableRow,
)


def with_changes(charter: Charter, previous: Charter) -> Charter:
    """Return the charter with a page that says what changed since `previous`."""
    return normal(replace(charter, changes=(changes_section(compare(previous, charter)),)))


def changes_section(comparison: Comparison) -> Section:
    """Return a comparison as a section to print; it has no code."""
    title = said(_("What changed since version {number}"), number=comparison.before)
    return Section("", title, tuple(_blocks(comparison)))


def _blocks(comparison: Comparison) -> Iterator[Block]:
    if comparison.same:
        yield Notice(_("Nothing that we agreed has changed."))
        return
    yield Paragraph(_counted(comparison))
    if comparison.clauses:
        yield Heading(_("Clauses"))
        yield from comparison.clauses
    if comparison.texts:
        yield _table(comparison.texts)


def _counted(comparison: Comparison) -> str:
    clauses, texts = len(comparison.clauses), len(comparison.texts)
    first = ngettext("{count} clause differs.", "{count} clauses differ.", clauses)
    second = ngettext("{count} other text differs.", "{count} other texts differ.", texts)
    return f"{first.format(count=clauses)} {second.format(count=texts)}"


def _table(texts: tuple[TextChange, ...]) -> Table:
    columns = (
        TableColumn("where", _("Where"), 2),
        TableColumn("before", _("Before"), 4),
        TableColumn("after", _("Now"), 4),
    )
    rows = (
        TableRow(
            (
                Cell(f"{one.where} {one.title}".strip(), one.where),
                Cell(one.before or _("was not there")),
                Cell(one.after or _("is no longer there")),
            )
        )
        for one in texts
    )
    return Table(_("Other texts and tables"), columns, tuple(rows))
