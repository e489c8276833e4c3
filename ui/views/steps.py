"""The names of the five steps of the one movement."""

from __future__ import annotations

from partnerdesk.language import _


def step_names() -> tuple[str, ...]:
    """Return the five steps in order, in the language of the room."""
    return (_("Collect"), _("Reveal"), _("Discuss"), _("Agree"), _("Charter"))
