"""Typesetting: every script of the bundled fonts, tagged pages, archival PDF."""
