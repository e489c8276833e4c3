"""PartnerDesk's headless core: everything true, nothing painted."""

__version__ = "0.1.0"
RELEASED = "2026-11-24"
"""No clock that is right shows a day before this one."""
