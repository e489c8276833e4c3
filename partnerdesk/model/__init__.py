"""Frozen values: what a partnership, its guide, rounds, agreements and charter are."""
