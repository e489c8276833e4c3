"""Colours by what they are for, read from the shipped tokens, and the palette made of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from typing import Any

from PySide6.QtGui import QColor, QPalette

import resources


class Look(Enum):
    """The three sets of colours."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True)
class Roles:
    """The colours by what they are for; `partners` in file order, 0 to 7."""

    ground: QColor
    sheet: QColor
    sunk: QColor
    line: QColor
    edge: QColor
    text: QColor
    text2: QColor
    ink: QColor
    on_ink: QColor
    ink_hover: QColor
    ink_soft: QColor
    now: QColor
    on_now: QColor
    now_soft: QColor
    now_text: QColor
    good: QColor
    good_soft: QColor
    stop: QColor
    stop_soft: QColor
    on_stop: QColor
    focus: QColor
    cover: QColor
    on_cover: QColor
    on_cover2: QColor
    partners: tuple[QColor, ...]
    cover_partners: tuple[QColor, ...]

    def of(self, name: str) -> QColor:
        """Return the colour of the role called `name`; raise AttributeError for no such role."""
        colour: QColor = getattr(self, name)
        return colour

    @property
    def faint(self) -> QColor:
        """The fill of what is there but empty, such as a step not reached; never as bright as ink.

        In high contrast the hairline is white, so that it would read as full.
        """
        return self.ink_soft if self.line == self.ink else self.line

    def partner(self, index: int) -> QColor:
        """Return the colour of the partner at `index`, from 0; after eight they start again."""
        return self.partners[index % len(self.partners)]


@cache
def colours_of(look: Look) -> Roles:
    """Return the colours of one look."""
    tokens, partners = _tokens()[look.value], _tokens()["partners"]
    given = {f.name: QColor(tokens[f.name]) for f in fields(Roles) if f.name in tokens}
    on_cover = "contrast" if look is Look.CONTRAST else "dark"
    return Roles(
        **given,
        partners=tuple(QColor(c) for c in partners[look.value]),
        cover_partners=tuple(QColor(c) for c in partners[on_cover]),
    )


def palette(colours: Roles) -> QPalette:
    """Return the palette that gives every native widget these colours."""
    made = QPalette()
    for role, colour in _palette_roles(colours).items():
        made.setColor(role, colour)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, colours.text2)
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, colours.text2)
    return made


@cache
def _tokens() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(resources.path("look/tokens.json").read_text("utf-8"))
    return read


def _palette_roles(c: Roles) -> dict[QPalette.ColorRole, QColor]:
    role = QPalette.ColorRole
    return {
        role.Window: c.ground,
        role.WindowText: c.text,
        role.Base: c.sheet,
        role.AlternateBase: c.sunk,
        role.Text: c.text,
        role.PlaceholderText: c.text2,
        role.Button: c.sheet,
        role.ButtonText: c.text,
        role.BrightText: c.on_ink,
        role.Highlight: c.ink,
        role.HighlightedText: c.on_ink,
        role.Mid: c.edge,
        role.Dark: c.edge,
        role.Midlight: c.line,
        role.Light: c.line,
        role.Shadow: c.edge,
        role.Link: c.ink,
        role.LinkVisited: c.ink,
        role.Accent: c.focus,
        role.ToolTipBase: c.sheet,
        role.ToolTipText: c.text,
    }
