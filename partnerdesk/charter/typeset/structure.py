"""The structure tree: what each part of a page is, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from partnerdesk.charter.typeset.objects import Name, array, ascii_text, dictionary, text


@dataclass(frozen=True)
class Marked:
    """A marked piece of a page's content: page (from 0) and number on the page."""

    page: int
    number: int


@dataclass(frozen=True)
class Annotated:
    """A link or a field on a page (from 0), as part of the structure."""

    page: int
    annotation: Any


@dataclass
class Element:
    """One structure element such as P, TD or Figure; pages fill `kids` while they are drawn."""

    role: str
    alt: str = ""
    language: str = ""
    actual: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    owner: str = "Layout"
    kids: list[Element | Marked | Annotated] = field(default_factory=list)

    def add(self, role: str, **keys: Any) -> Element:
        """Return a new child element, after those that are there."""
        child = Element(role, **keys)
        self.kids.append(child)
        return child

    def marked(self) -> Iterator[Marked]:
        """Return the marked content of this element and all below it."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.marked()
            elif isinstance(kid, Marked):
                yield kid


class TreeWriter:
    """Writes one structure tree into one document, with the way back from content to element."""

    def __init__(self, document: Any, pages: Sequence[Any]) -> None:
        self._document = document
        self._pages = [document.Reference(page) for page in pages]
        self._content: dict[int, dict[int, Any]] = {at: {} for at in range(len(pages))}
        self._annotations: list[Any] = []

    def write(self, root: Element) -> Any:
        """Return the StructTreeRoot of `root`, with its parent tree."""
        tree = dictionary(Type=Name("StructTreeRoot"))
        reference = self._document.Reference(tree)
        tree["K"] = array([self._element(root, reference)])
        tree["ParentTree"] = self._document.Reference(dictionary(Nums=array(self._numbers())))
        tree["ParentTreeNextKey"] = len(self._pages) + len(self._annotations)
        return tree

    def _numbers(self) -> Iterator[Any]:
        for page, owners in self._content.items():
            yield page
            yield self._document.Reference(array(owners[at] for at in sorted(owners)))
        for at, owner in enumerate(self._annotations):
            yield len(self._pages) + at
            yield owner

    def _element(self, element: Element, parent: Any) -> Any:
        written = dictionary(
            Type=Name("StructElem"),
            S=Name(element.role),
            P=parent,
            Alt=text(element.alt) if element.alt else None,
            ActualText=text(element.actual) if element.actual else None,
            Lang=ascii_text(element.language) if element.language else None,
            A=self._attributes(element),
            Pg=self._page(element),
        )
        reference = self._document.Reference(written)
        kids = [self._kid(kid, reference) for kid in element.kids]
        # A lone field stands by itself: pyHanko follows a tagged widget only at K.Obj, and would
        # call every earlier signature broken when the widget lies in an array.
        written["K"] = kids[0] if element.role == "Form" and len(kids) == 1 else array(kids)
        return reference

    def _attributes(self, element: Element) -> Any:
        if not element.attributes:
            return None
        return dictionary(O=Name(element.owner), **element.attributes)

    def _page(self, element: Element) -> Any:
        first = next(element.marked(), None)
        annotated = (kid.page for kid in element.kids if isinstance(kid, Annotated))
        page = first.page if first else next(annotated, None)
        return None if page is None else self._pages[page]

    def _kid(self, kid: Element | Marked | Annotated, owner: Any) -> Any:
        if isinstance(kid, Element):
            return self._element(kid, owner)
        page = self._pages[kid.page]
        if isinstance(kid, Marked):
            self._content[kid.page][kid.number] = owner
            return dictionary(Type=Name("MCR"), Pg=page, MCID=kid.number)
        kid.annotation["StructParent"] = len(self._pages) + len(self._annotations)
        self._annotations.append(owner)
        return dictionary(Type=Name("OBJR"), Obj=self._document.Reference(kid.annotation), Pg=page)
