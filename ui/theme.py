"""The look: tokens become a palette, roles, fonts and sizes for the whole application."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QWidget

import resources
from ui import theme_sheet
from ui.theme_ring import Rings
from ui.theme_roles import Look, Roles, colours_of, palette

__all__ = ["Look", "Roles", "Theme", "Type", "apply_theme", "em", "emf", "font", "line"]
__all__ += [
    "fit",
    "load_fallbacks",
    "load_fonts",
    "motion",
    "refit",
    "roles",
    "sized",
    "spaced",
    "theme",
    "typed",
]

SMALLEST, LARGEST = 80, 250
STYLE = "Fusion"
"""What the style sheet lies upon; an application made with it says so by its property `styled`."""
_FAMILY = "Noto Sans"
_SCRIPTS = {
    "Arab": "NotoNaskhArabic",
    "Deva": "NotoSansDevanagari",
    "Ethi": "NotoSansEthiopic",
}
_LETTERS = {
    "Arab": ("\u0600", "\u08ff"),
    "Deva": ("\u0900", "\u097f"),
    "Ethi": ("\u1200", "\u139f"),
}


class Type(Enum):
    """Sizes of text at 100 %: points, and whether it is bold."""

    KEY = (8.5, False)
    CAPTION = (9.5, False)
    CAPTION_BOLD = (9.5, True)
    SMALL = (10.0, False)
    SMALL_BOLD = (10.0, True)
    BODY = (11.0, False)
    BODY_BOLD = (11.0, True)
    LEAD = (13.0, False)
    LEAD_BOLD = (13.0, True)
    H2 = (14.0, True)
    CLAUSE = (15.0, False)
    CLAUSE_BOLD = (15.0, True)
    H1_COMPACT = (17.0, True)
    COVER_LEAD = (19.0, False)
    H1 = (20.0, True)
    TURN = (22.0, True)
    TIMER = (26.0, True)
    COVER = (50.0, True)


@dataclass(frozen=True)
class Theme:
    """What is shown now; `scale` is 1.0 at 100 %, `calm` asks for less motion."""

    look: Look
    percent: int
    calm: bool
    scale: float
    roles: Roles


def theme() -> Theme:
    """Return the look in use; light at 100 % before `apply_theme` was called."""
    return _USED[0]


def roles() -> Roles:
    """Return the colours in use."""
    return theme().roles


def em(pixels: float) -> int:
    """Return `pixels` of the drawing at the text size in use, at least 1 for more than 0."""
    return max(1, round(pixels * theme().scale)) if pixels > 0 else 0


def emf(pixels: float) -> float:
    """Return `pixels` of the drawing at the text size in use, not rounded."""
    return pixels * theme().scale


def font(kind: Type, *, digits: bool = False) -> QFont:
    """Return the font of `kind` at the text size in use; `digits` gives all the same width."""
    return QFont(_font(kind, theme().percent, _families(), digits))


@cache
def _font(kind: Type, percent: int, families: tuple[str, ...], digits: bool) -> QFont:
    points, bold = kind.value
    made = QFont(list(families))
    made.setPointSizeF(points * percent / 100 * _points_factor())
    made.setBold(bold)
    if bold and points >= 17 and len(families) == 1:  # other scripts join their letters
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 99)
    if digits:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def motion(milliseconds: int) -> int:
    """Return how long a movement lasts: nothing under "less motion"."""
    return 0 if theme().calm else milliseconds


def load_fonts(script: str) -> None:
    """Make the shipped fonts of a script known to Qt, such as "Arab"; unknown ones change nothing.

    Noto Sans itself (Latin, Greek, Cyrillic) is loaded by `apply_theme`.
    """
    if script in _SCRIPTS and _register(_SCRIPTS[script]):
        _families.cache_clear()


def load_fallbacks(text: str = "") -> None:
    """Let names in any script that ships show in its font: those of `text`, or all of them.

    What is written mostly in such a script asks `load_fonts` for it.
    """
    for script, name in _SCRIPTS.items():
        first, last = _LETTERS[script]
        if not text or any(first <= letter <= last for letter in text):
            _register(name)


def apply_theme(app: QApplication, look: Look, percent: int = 100, *, calm: bool = False) -> Theme:
    """Show everything in `look` at `percent` text size (80 to 250), also what is open already."""
    _register("NotoSans")
    percent = min(LARGEST, max(SMALLEST, percent))
    _USED[0] = Theme(look, percent, calm, percent / 100 * _screen_factor(), colours_of(look))
    _style_of(app)
    app.setFont(font(Type.BODY))
    app.setPalette(palette(roles()))
    sheet = theme_sheet.sheet(roles(), em)
    if sheet != app.styleSheet():  # else Qt polishes every widget again, also those about to go
        app.setStyleSheet(sheet)
    for window in app.topLevelWidgets():
        refit(window)
    return theme()


# --- sizes that follow the text size -------------------------------------------------------


def spaced(layout: QLayout, gap: float, margins: tuple[float, ...] = (0,)) -> None:
    """Give a layout a gap and margins that follow the text size.

    Margins are one for all sides; vertical and horizontal; or start, top, end and bottom.
    """
    layout.setProperty("gap", float(gap))
    layout.setProperty("edges", [float(m) for m in margins])
    _fit_layout(layout)


def sized(widget: QWidget, width: float = 0, height: float = 0, *, least: bool = False) -> None:
    """Fix the width and height (0 leaves one free) at pixels of the drawing, or the `least`."""
    widget.setProperty("box", [float(width), float(height), 1.0 if least else 0.0])
    fit(widget)


def typed(widget: QWidget, kind: Type, *, digits: bool = False) -> None:
    """Give a widget a font that follows the text size."""
    widget.setProperty("kindOfText", kind.name)
    if digits or widget.property("digits"):
        widget.setProperty("digits", digits)
    fit(widget)


def refit(root: QWidget) -> None:
    """Fit fonts, sizes, gaps and painted parts of a window to the look in use."""
    for widget in (root, *root.findChildren(QWidget)):
        fit(widget)
        refresh = getattr(widget, "restyle", None)
        if refresh is not None:
            refresh()
        widget.updateGeometry()
        widget.update()
    for layout in root.findChildren(QLayout):
        _fit_layout(layout)


def line(parent: QWidget | None = None) -> QFrame:
    """Return a hairline between two rows."""
    made = QFrame(parent)
    made.setProperty("kind", "line")
    made.setFixedHeight(1)
    return made


def _fit_layout(layout: QObject) -> None:
    gap, edges = layout.property("gap"), layout.property("edges")
    if gap is None or not isinstance(layout, QLayout):
        return
    layout.setSpacing(em(gap))
    four = {1: (0, 0, 0, 0), 2: (1, 0, 1, 0), 4: (0, 1, 2, 3)}[len(edges)]
    start, top, end, bottom = (em(edges[i]) for i in four)
    host = layout.parentWidget()
    direction = host.layoutDirection() if host else QGuiApplication.layoutDirection()
    rtl = direction is Qt.LayoutDirection.RightToLeft
    left, right = (end, start) if rtl else (start, end)
    layout.setContentsMargins(left, top, right, bottom)


def fit(widget: QWidget) -> None:
    """Give one widget the font and the size of its kind again, in the look in use."""
    kind, box = widget.property("kindOfText"), widget.property("box")
    if kind:
        widget.setFont(font(Type[kind], digits=bool(widget.property("digits"))))
    if box:
        _fit_box(widget, QSize(em(box[0]), em(box[1])), least=bool(box[2]))


def _fit_box(widget: QWidget, size: QSize, *, least: bool) -> None:
    if size.width():
        widget.setMinimumWidth(size.width())
        widget.setMaximumWidth(_UNBOUND if least else size.width())
    if size.height():
        widget.setMinimumHeight(size.height())
        widget.setMaximumHeight(_UNBOUND if least else size.height())


_UNBOUND = 16777215


# --- fonts, style ------------------------------------------------------------------


@cache
def _register(name: str) -> bool:
    """Load the regular and bold file of a family once; say whether both were found."""
    files = [resources.path(f"fonts/{name}-{weight}.ttf") for weight in ("Regular", "Bold")]
    return all(QFontDatabase.addApplicationFont(str(file)) >= 0 for file in files)


@cache
def _families() -> tuple[str, ...]:
    known = set(QFontDatabase.families())
    others = ("Noto Naskh Arabic", "Noto Sans Devanagari", "Noto Sans Ethiopic")
    return (_FAMILY, *(name for name in others if name in known))


def _screen_factor() -> float:
    screen = QGuiApplication.primaryScreen()
    return max(1.0, screen.logicalDotsPerInchY() / 96) if screen else 1.0


def _points_factor() -> float:
    screen = QGuiApplication.primaryScreen()
    return max(1.0, 96 / screen.logicalDotsPerInchY()) if screen else 1.0


def _style_of(app: QApplication) -> None:
    if app.property("rings") is None:
        if not app.property("styled"):
            app.setStyle(STYLE)
        app.setProperty("rings", Rings(app, _ring_colour, em))
        app.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, False)


def _ring_colour(widget: QWidget) -> QColor:
    return roles().on_cover if widget.property("onCover") else roles().focus


_USED: list[Theme] = [Theme(Look.LIGHT, 100, False, 1.0, colours_of(Look.LIGHT))]
