"""Guides read from TOML: the standard one, an organisation's own, both merged and translated."""

from partnerdesk.guide.merge import merge
from partnerdesk.guide.read import read_guide, read_guide_text, standard_guide
from partnerdesk.guide.words import extract_guide_texts, translated

__all__ = [
    "extract_guide_texts",
    "merge",
    "read_guide",
    "read_guide_text",
    "standard_guide",
    "translated",
]
