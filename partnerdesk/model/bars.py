"""Bars of a figure that every partner agreed to show, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One bar: whose it is (party id), what it is about, and its length."""

    party: str
    name: str
    value: int


@dataclass(frozen=True)
class BarGroup:
    """Bars that are looked at together; `description` says in words what they show."""

    name: str
    description: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class BarChart:
    """Bars from 0 to `top` in groups, of a figure that every partner agreed to show."""

    title: str
    top: int
    groups: tuple[BarGroup, ...]
