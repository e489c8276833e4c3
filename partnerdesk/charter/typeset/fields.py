"""Signature fields, prepared and tagged before anyone signs: each locks what came before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from partnerdesk.charter.typeset.objects import (
    Name,
    array,
    colour,
    dictionary,
    number,
    stream,
    text,
)
from partnerdesk.charter.typeset.outlines import outlines
from partnerdesk.charter.typeset.structure import Element

_LOCKED_AND_PRINTED = 128 + 4
_EDGE, _WORDS = "817B72", "59554E"
_WORD_SIZE = 8.0


@dataclass(frozen=True)
class SignatureField:
    """Where one person signs: `box` is left, bottom, right, top in points on `page` (from 0).

    One who signs `on_paper` leaves the field empty: the last of the others closes the file.
    """

    name: str
    tooltip: str
    waiting: str
    page: int
    box: tuple[float, float, float, float]
    element: Element
    on_paper: bool = False


def widget(document: Any, field: SignatureField, page: Any, lock: Any) -> Any:
    """Return the unsigned widget: a dotted box that says in words that a signature is awaited."""
    return dictionary(
        Type=Name("Annot"),
        Subtype=Name("Widget"),
        FT=Name("Sig"),
        T=text(field.name),
        TU=text(field.tooltip),
        Rect=array(number(edge) for edge in field.box),
        F=_LOCKED_AND_PRINTED,
        P=document.Reference(page),
        AP=dictionary(N=document.Reference(_appearance(field))),
        Lock=document.Reference(lock),
    )


def lock(names: list[str], last: bool) -> Any:
    """Return what a signature locks: its own and all earlier fields; the last one everything."""
    if last:
        return dictionary(Type=Name("SigFieldLock"), Action=Name("All"), P=1)
    return dictionary(
        Type=Name("SigFieldLock"),
        Action=Name("Include"),
        Fields=array(text(name) for name in names),
    )


def dotted(x: float, y: float, size: tuple[float, float]) -> str:
    """Return the operators of a dotted box with its lower left corner at (x, y)."""
    edges = (x + 0.8, y + 0.8, size[0] - 1.6, size[1] - 1.6)
    box = " ".join(number(edge) for edge in edges)
    return f"q {colour(_EDGE)} RG 0.8 w [1 3] 0 d 1 J {box} re S Q"


def _appearance(field: SignatureField) -> Any:
    left, bottom, right, top = field.box
    width, height = right - left, top - bottom
    words, length = outlines(field.waiting, _WORD_SIZE)
    size = min(1.0, (width - 16) / length) if length else 1.0
    shown = (
        f"{dotted(0, 0, (width, height))}\n"
        f"q {number(size)} 0 0 {number(size)} 8 8 cm {colour(_WORDS)} rg\n{words}\nQ"
    )
    return stream(
        shown.encode("ascii"),
        {
            "Type": Name("XObject"),
            "Subtype": Name("Form"),
            "BBox": array([0, 0, number(width), number(height)]),
            "Resources": dictionary(),
        },
    )
