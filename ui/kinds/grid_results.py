"""The pictures of four rating grids: need in pairs, the 4Rs in threes, trust by direction."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from statistics import fmean

from PySide6.QtWidgets import QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import dig, partner_labels
from partnerdesk.kinds.summary import Summary
from partnerdesk.language import _
from partnerdesk.model.partnership import Partner
from ui.kinds.lines import marks_of
from ui.kinds.results import Results, part, ruled, short, titled
from ui.widgets.bars import Bar, Bars


def results(setting: Setting, summary: Summary, parent: QWidget | None = None) -> QWidget:
    """Return the view of a revealed grid, with the picture that its figures ask for."""
    pictures = {"dependence": needs, "four_r": burdens, "trust": trust}
    picture = pictures.get(str(setting.activity.options.get("figures", "")))
    made = picture(setting, summary) if picture and summary.lines else None
    return Results(setting, summary, first=(made,) if made else (), parent=parent)


def needs(setting: Setting, summary: Summary) -> QWidget | None:
    """Return how hard each partner finds it to do without each other, pair by pair."""
    found = mean_needs(summary)
    pairs = [
        _need_pair(setting, one, other, found)
        for one, other in combinations(setting.partners, 2)
        if (one.id, other.id) in found and (other.id, one.id) in found
    ]
    if not pairs:
        return None
    note = _("How hard it would be to do without, 0 to {top}.").format(top=setting.scale.high)
    return part(_("Who needs whom"), ruled(pairs), note)


def mean_needs(summary: Summary) -> dict[tuple[str, str], float]:
    """Return how hard (who, without whom) it would be: the mean over people and resources.

    There is nothing where answers are pooled: their dots name no side.
    """
    given: dict[tuple[str, str], list[float]] = {}
    for shown in summary.lines:
        for dot in shown.dots:
            if dot.partner_id:
                given.setdefault((dot.partner_id, shown.partner_id), []).append(dot.value)
    return {pair: fmean(values) for pair, values in given.items()}


def burdens(setting: Setting, summary: Summary) -> QWidget | None:
    """Return what each partner may, carries and gets back, with the difference in words."""
    rows: list[QWidget] = []
    for partner in setting.partners:
        means = _means_of(summary, partner)
        burden = dig(summary.data, partner.id, "burden")
        if means and isinstance(burden, int | float):
            rows.append(_burden_bars(setting, partner, means, burden))
    note = _("Mean of all people, 0 to {top}.").format(top=setting.scale.high)
    return part(_("What each may, carries and gets back"), ruled(rows), note) if rows else None


def burden_words(name: str, burden: float) -> str:
    """Return in words how far what a partner gets back lies from what it carries."""
    if round(burden, 1) == 0:
        return _("{partner} gets back as much as it carries").format(partner=name)
    text = (
        _("{partner} gets back {n} more than it carries")
        if burden > 0
        else _("{partner} gets back {n} less than it carries")
    )
    return text.format(partner=name, n=f"{abs(burden):.1f}")


def trust(setting: Setting, summary: Summary) -> QWidget | None:
    """Return the three dimensions of trust in each direction, and the lowest of them."""
    found = dig(summary.data, "trust")
    if not isinstance(found, Mapping) or not found:
        return None
    rows = [_direction(setting, str(key), dims) for key, dims in found.items()]
    note = _("Mean of all answers, 0 to {top}.").format(top=setting.scale.high)
    return part(_("Trust in each direction"), ruled(rows), note)


def _need_pair(
    setting: Setting, one: Partner, other: Partner, found: Mapping[tuple[str, str], float]
) -> QWidget:
    bars = [
        Bar(_needs_words(who, whom), found[who.id, whom.id], who.index)
        for who, whom in ((one, other), (other, one))
    ]
    title = _("{one} and {other}").format(one=short(one), other=short(other))
    return titled(title, Bars(title, bars, setting.scale.high))


def _needs_words(who: Partner, whom: Partner) -> str:
    return _("{who} needs {whom}").format(who=short(who), whom=short(whom))


def _means_of(summary: Summary, partner: Partner) -> dict[str, float]:
    return {
        shown.key.split("|")[1]: fmean(dot.value for dot in shown.dots)
        for shown in summary.lines
        if shown.partner_id == partner.id and shown.dots
    }


def _burden_bars(
    setting: Setting, partner: Partner, means: Mapping[str, float], burden: float
) -> QWidget:
    bars = [
        Bar(item.text, means[item.id], partner.index) for item in setting.items if item.id in means
    ]
    head = burden_words(short(partner), burden)
    shown = Bars(head, bars, setting.scale.high, thick=10, marks=False)
    return titled(head, shown, partner)


def _direction(setting: Setting, key: str, seen: object) -> QWidget:
    rater, _arrow, of = key.partition("->")
    names, marks = partner_labels(setting.partners), marks_of(setting)
    said = {"a": _("Ability"), "b": _("Benevolence"), "i": _("Integrity")}
    bars = [
        Bar(said[dim], float(value), marks.get(rater))
        for dim in said
        if isinstance(value := dig(seen, "dims", dim), int | float)
    ]
    title = (
        _("{rater} trusts {of}").format(rater=names[rater], of=names[of])
        if rater in names
        else _("The others trust {of}").format(of=names.get(of, of))
    )
    shown = Bars(title, bars, setting.scale.high, thick=10, marks=False)
    partner = next((one for one in setting.partners if one.id == rater), None)
    return titled(title, shown, partner, _floor_words(seen, said))


def _floor_words(seen: object, said: Mapping[str, str]) -> str:
    floor = dig(seen, "floor")
    if not isinstance(floor, int | float):
        return ""
    lowest = [said[d] for d in said if dig(seen, "dims", d) == floor]
    text = _("Trust stands on its lowest part: {part}, {value}.")
    return text.format(part=", ".join(lowest), value=f"{floor:.1f}") if lowest else ""
