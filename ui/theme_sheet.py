"""The style sheet: radius, padding and fill of frames, buttons and fields, from the tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from string import Template

from PySide6.QtGui import QColor

from ui.theme_roles import Roles

_SHEET = Template("""
* { outline: 0; }
QFrame[kind="sheet"] { background: $sheet; border-radius: ${r12}px; border: $plane_edge; }
QFrame[kind="well"] { background: $sunk; border-radius: ${r10}px; border: $plane_edge; }
QFrame[kind="sunk"] { background: $sunk; }
QFrame[kind="note"] { background: $now_soft; border-radius: ${r8}px; border: $plane_edge; }
QFrame[kind="good"] { background: $good_soft; border-radius: ${r10}px; border: $plane_edge; }
QFrame[kind="stop"] { background: $stop_soft; border-radius: ${r8}px; border: 1px solid $stop; }
QFrame[kind="row-now"] { background: $now_soft; border-radius: ${r8}px; }
QFrame[kind="row-chosen"] { background: $ink_soft; border-radius: ${r10}px; }
QFrame[kind="card"] { background: $sheet; border: 1px solid $edge; border-radius: ${r12}px; }
QFrame[kind="card-quiet"] { background: $sheet; border: 1px solid $line; border-radius: ${r12}px; }
QFrame[kind="toast"] { background: $sheet; border: 1px solid $edge; border-radius: ${r8}px; }
QFrame[kind="line"] { background: $line; border: none; }
QFrame[kind="page"] { background: $sheet; border: 1px solid $edge; }
QFrame[kind="quote"] { border: none; border-left: ${r3}px solid $now; }
QFrame[kind="quote-rtl"] { border: none; border-right: ${r3}px solid $now; }

QLabel[tone="text2"] { color: $text2; }
QLabel[tone="ink"] { color: $ink; }
QLabel[tone="on_ink"] { color: $on_ink; }
QLabel[tone="now_text"] { color: $now_text; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="stop"] { color: $stop; }
QLabel[tone="on_cover"] { color: $on_cover; }
QLabel[tone="on_cover2"] { color: $on_cover2; }
QLabel[kind="key"] { border: 1px solid $edge; border-radius: ${r4}px; color: $text2;
  padding: ${r2}px ${r6}px; }

QPushButton { border: 1px solid transparent; border-radius: ${r8}px; color: $text; }
QPushButton[kind="primary"] { background: $ink; color: $on_ink; border-color: $ink; }
QPushButton[kind="primary"]:hover { background: $ink_hover; border-color: $ink_hover; }
QPushButton[kind="quiet"] { border-color: $edge; background: transparent; }
QPushButton[kind="quiet"]:hover, QPushButton[kind="plain"]:hover,
QPushButton[kind="back"]:hover { background: $ink_soft; }
QPushButton[kind="quiet"]:checked { background: $ink; color: $on_ink; border-color: $ink; }
QPushButton[kind="plain"] { color: $ink; }
QPushButton[kind="cover"] { border-color: $on_cover2; color: $on_cover; background: transparent; }
QPushButton[kind="cover-main"] { background: $on_cover; color: $cover; border-color: $on_cover; }
QPushButton:disabled { background: $sunk; color: $text2; border: 1px dashed $edge; }
QPushButton[kind="plain"]:disabled, QPushButton[kind="back"]:disabled { background: transparent; }

QLineEdit, QPlainTextEdit { background: $sheet; color: $text;
  border: 1px solid $edge; border-radius: ${r6}px; padding: ${r6}px ${r10}px;
  selection-background-color: $ink; selection-color: $on_ink; }
QLineEdit { padding: 0 ${r10}px; min-height: ${h34}px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"],
QAbstractSpinBox[wrong="true"] QLineEdit { border: 2px solid $stop; }
QLineEdit:disabled, QPlainTextEdit:disabled {
  background: $sunk; color: $text2; border: 1px dashed $edge; }

QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView { background: $sheet; color: $text; border: 1px solid $edge;
  outline: none; padding: ${r4}px; }
QComboBox QAbstractItemView::item { min-height: ${h34}px; padding: 0 ${r8}px;
  border-radius: ${r6}px; color: $text; }
QComboBox QAbstractItemView::item:selected { background: $ink; color: $on_ink; }

QScrollArea { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: ${r12}px; }
QScrollBar:horizontal { height: ${r12}px; }
QScrollBar::handle { background: $edge; border-radius: ${r3}px; margin: ${r3}px; }
QScrollBar::handle:vertical { min-height: ${h34}px; }
QScrollBar::handle:horizontal { min-width: ${h34}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $sheet; border: 1px solid $edge; padding: ${r6}px; }
QMenu::item { padding: ${r8}px ${r20}px; border-radius: ${r6}px; color: $text; }
QMenu::item:selected { background: $ink; color: $on_ink; }
QMenu::item:disabled { color: $text2; }
QMenu::separator { height: 1px; background: $line; margin: ${r4}px ${r8}px; }
QToolTip { background: $sheet; color: $text; border: 1px solid $edge; padding: ${r6}px; }
""")


def sheet(roles: Roles, em: Callable[[float], int]) -> str:
    """Return the style sheet of the whole application in these colours, at the size of `em`."""
    values = {name: colour.name() for name, colour in _named(roles).items()}
    flat = roles.sheet == roles.ground  # high contrast tells planes apart by their edge alone
    values["plane_edge"] = f"1px solid {roles.edge.name()}" if flat else "none"
    values |= {f"r{n}": str(em(n)) for n in (2, 3, 4, 6, 8, 10, 12, 20)} | {"h34": str(em(34))}
    return _SHEET.substitute(values)


def _named(roles: Roles) -> dict[str, QColor]:
    return {f.name: roles.of(f.name) for f in fields(roles) if "partners" not in f.name}
