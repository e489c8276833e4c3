"""The few words that only the printed page adds to the charter's own."""

from __future__ import annotations

from datetime import date

from partnerdesk.charter.wording import said
from partnerdesk.language import _
from partnerdesk.model.charter import Charter, CharterKind, Ink, Seal


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


def kind_words(charter: Charter) -> str:
    """Return what kind of paper this is, as the cover says it above the title."""
    if charter.kind is CharterKind.CLOSING:
        return _("Closing statement of a partnership")
    if charter.public:
        return _("Partnership charter: public version, without names of people")
    if charter.practice:
        return _("Partnership charter for practice: the people in it are invented")
    return _("Partnership charter")


def is_draft(charter: Charter, seal: Seal | None) -> bool:
    """Return whether nothing fixes the text: no seal, nor the words of a full charter."""
    return seal is None and not charter.full_words


def status_words(charter: Charter, seal: Seal | None, superseded_by: int = 0) -> str:
    """Return whether this is a draft, for signing, for the public, or of the past."""
    if superseded_by:
        template = _("Superseded by version {number}: this print is for reading")
        return template.format(number=superseded_by)
    if is_draft(charter, seal):
        return _("Draft, not for signing")
    if charter.public:
        return _("Public version: only the full charter is signed")
    if charter.kind is CharterKind.CLOSING:
        return _("For signing: valid with all signatures in section S6")
    return _("For signing: valid with all signatures in section C20")


def unsigned_words(ink: Ink) -> str:
    """Return what a copy says of itself that is not signed, and where the signed charter is."""
    if not ink.keepers:
        return _("Not signed. The signed charter is the PDF.")
    if ink.everybody:
        words = _("Not signed. The charter is signed on paper, kept by {keepers}.")
    else:
        words = _("Not signed. The signed charter is the PDF, with paper kept by {keepers}.")
    return said(words, keepers=", ".join(ink.keepers))


def mark_words(charter: Charter, seal: Seal | None) -> str:
    """Return what each page is marked with: the first four words, and what is not the charter."""
    words = " ".join((seal.words if seal else charter.full_words)[:4]) or _("Draft")
    return _("Public version of: {words}").format(words=words) if charter.public else words


def version_words(charter: Charter) -> str:
    """Return the version as the footer says it."""
    return _("Version {number}").format(number=charter.version)


def page_words(number: int, count: int) -> str:
    """Return the page number as the footer says it."""
    return _("Page {number} of {count}").format(number=number, count=count)
