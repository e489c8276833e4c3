"""PartnerDesk's headless core: everything true, nothing painted."""

__version__ = "0.1.0"
