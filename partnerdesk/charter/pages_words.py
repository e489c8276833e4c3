"""The few words that only the printed page adds to the charter's own."""

from __future__ import annotations

from datetime import date

from partnerdesk.language import _
from partnerdesk.model.charter import Charter, Seal


def day_words(day: str) -> str:
    """Return an ISO day in words, or as it is where it is none."""
    try:
        when = date.fromisoformat(day)
    except ValueError:
        return day
    return _("{day} {month} {year}").format(
        day=when.day, month=_months()[when.month - 1], year=when.year
    )


def _months() -> tuple[str, ...]:
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )


def status_words(seal: Seal | None) -> str:
    """Return whether this is a draft or a text for signing."""
    if seal is None:
        return _("Draft, not for signing")
    return _("For signing: valid with all signatures in section C20")


def version_words(charter: Charter) -> str:
    """Return the version as the footer says it."""
    return _("Version {number}").format(number=charter.version)


def page_words(number: int, count: int) -> str:
    """Return the page number as the footer says it."""
    return _("Page {number} of {count}").format(number=number, count=count)
