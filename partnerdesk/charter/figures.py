"""Bars from agreed figures: need, say, work, gain and trust, where every partner lets them show.

The record holds the figures of revealed rounds that all agreed to print. With an organisation's
own guide, an activity's agreement may hold a figure in two parts. "figure" has rows {partner,
other, aspect, value}: `value` is a whole number of the activity's scale, about the partner, or
about how it sees another one. "figure_agreed" has rows {partner, agreed}: only where each
partner's row says "yes" is the figure printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from partnerdesk.charter.source import Agreed, Source
from partnerdesk.charter.wording import said
from partnerdesk.language import _
from partnerdesk.model.bars import Bar, BarChart, BarGroup
from partnerdesk.model.guide import Activity
from partnerdesk.model.json import Row

FIGURE, FIGURE_AGREED = "figure", "figure_agreed"
YES = "yes"
HIGHEST = 4


def is_figure(agreed: Agreed) -> bool:
    """Return whether a part belongs to a figure, so that it is never printed as a table."""
    return agreed.part.id in (FIGURE, FIGURE_AGREED)


def figure_charts(source: Source, agreed: Agreed) -> Iterator[BarChart]:
    """Yield the bars of a figure that stands and that every single partner lets show."""
    rows = tuple(row for row in agreed.rows if _is_sound(source, agreed.activity, row))
    if agreed.part.id == FIGURE and rows and _all_agree(source, agreed.activity):
        yield chart_of(source, agreed.activity, rows)


def figures_of(source: Source, code: str = "") -> Iterator[BarChart]:
    """Yield the record's own agreed figures: those of one section, or all of them for ''."""
    for figure in source.record.figures:
        activity = source.record.guide.activity(figure.activity)
        if activity is None or code not in ("", next(iter(activity.sections), "")):
            continue
        rows = tuple(row for row in figure.rows if _is_sound(source, activity, row))
        if rows:
            yield chart_of(source, activity, rows)


def _all_agree(source: Source, activity: Activity) -> bool:
    """Return whether each partner said yes, and said it once."""
    rows = source.agreed_part(activity.id, FIGURE_AGREED)
    answers = [(row.get("partner"), row.get("agreed")) for row in rows]
    return bool(source.partner_ids) and all(
        [answer for partner, answer in answers if partner == one] == [YES]
        for one in source.partner_ids
    )


def _is_sound(source: Source, activity: Activity, row: Row) -> bool:
    """Return whether a row names a partner and a value that its scale has."""
    value, partner, other = row.get("value"), row.get("partner"), row.get("other") or ""
    known = partner in source.partner_ids and other in ("", *source.partner_ids)
    return known and type(value) is int and 0 <= value <= _top(activity)


def _top(activity: Activity) -> int:
    return activity.scale.high if activity.scale else HIGHEST


def chart_of(source: Source, activity: Activity, rows: Sequence[Row]) -> BarChart:
    """Return the bars of sound rows, in groups of one pair of partners or of one partner."""
    ordered = sorted(rows, key=lambda row: _places(source, row))
    grouped = groupby(ordered, key=lambda row: _places(source, row))
    groups = tuple(_group(source, activity, tuple(found)) for _key, found in grouped)
    return BarChart(source.title(activity.id), _top(activity), groups)


def _places(source: Source, row: Row) -> tuple[int, ...]:
    """Return the places of the partners that a row speaks of: one group holds one such set."""
    ids = (row.get("partner"), row.get("other"))
    return tuple(sorted(at for at, one in enumerate(source.partner_ids) if one in ids))


def _group(source: Source, activity: Activity, rows: Sequence[Row]) -> BarGroup:
    names = [source.name(source.partner_ids[at]) for at in _places(source, rows[0])]
    words = names[0]
    if len(names) > 1:
        words = said(_("{one} and {other}"), one=names[0], other=names[1])
    bars = tuple(_bar(source, activity, row) for row in rows)
    template = _("{name}: {value} of {top}.")
    told = (said(template, name=b.name, value=b.value, top=_top(activity)) for b in bars)
    return BarGroup(words, " ".join(told), bars)


def _bar(source: Source, activity: Activity, row: Row) -> Bar:
    partner, value = str(row["partner"]), row["value"]
    assert isinstance(value, int)
    return Bar(partner, _label(source, activity, row), value)


def _label(source: Source, activity: Activity, row: Row) -> str:
    """Return what one bar is about: who needs or trusts whom, and in what."""
    aspect = _aspect(source, activity, str(row.get("aspect") or ""))
    one, other = source.name(str(row["partner"])), str(row.get("other") or "")
    if not other:
        return aspect or one
    words = said(_sentence(activity), one=one, other=source.name(other))
    return said(_("{words}: {aspect}"), words=words, aspect=aspect) if aspect else words


def _sentence(activity: Activity) -> str:
    sentences = {"dependence": _("{one} needs {other}"), "trust": _("{one} trusts {other}")}
    figure = str(activity.options.get("figures") or activity.id)
    return sentences.get(figure, _("{one} about {other}"))


def _aspect(source: Source, activity: Activity, aspect: str) -> str:
    """Return an aspect in words: an item of the activity, or as it was written."""
    return next((i.text for i in source.items(activity.id) if i.id == aspect), aspect)
