"""From a charter to its printed form: PDF/A-3a and PDF/UA-1 in one file, the same bytes always."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from partnerdesk.charter.languages import Tongues
from partnerdesk.charter.typeset import fonts
from partnerdesk.language import TONGUES
from partnerdesk.model.charter import Charter, Seal


def render(
    charter: Charter,
    seal: Seal | None,
    *,
    page: str = "",
    scale: float = 0.0,
    superseded_by: int = 0,
    tongues: Tongues = TONGUES,
) -> bytes:
    """Return the charter as a PDF; the same charter, seal and arguments give the same bytes.

    Without a seal every page says that it is a draft. `page` is "A4" or "Letter", and the
    charter's own size where it is ''. `scale` above 1 is large print, and 0 the charter's own.
    Signature fields are called Signature1 to SignatureN in the order of signing.
    """
    from partnerdesk.charter.pages_document import document

    size, print_scale = page or charter.page, scale or charter.scale / 100
    return document(charter, seal, size, print_scale, superseded_by, tongues)


def missing_glyphs(charter: Charter) -> tuple[str, ...]:
    """Return the characters of the charter that no bundled font covers, in order, each once.

    On the page they are shown as a question mark in a diamond.
    """
    return fonts.missing("".join(_texts(charter)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts(getattr(value, part.name))
