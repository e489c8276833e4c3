"""The recovery sheet is one page, with the words on it or with lines for them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pypdfium2
import pytest

from partnerdesk.charter.passphrase_sheet import passphrase_sheet

MADE = datetime(2026, 11, 28, tzinfo=UTC)
WORDS = "calm acorn river pot hammer lemon"


def _pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


@pytest.mark.parametrize("page", ["A4", "Letter"])
def test_a_sheet_is_one_page_that_says_what_it_opens_and_how(page: str) -> None:
    (text,) = _pages(passphrase_sheet(WORDS, "lake.pdesk", MADE, page))
    assert all(word in text for word in (*WORDS.split(), "lake.pdesk", "2026-11-28"))
    assert "one space between" in text


def test_lines_are_left_for_what_is_filled_in_by_hand() -> None:
    (text,) = _pages(passphrase_sheet("", "", MADE))
    assert "Recovery sheet" in text
    assert "2026" not in text
    places = re.findall(r"[1-6]", text.partition("The passphrase")[2].partition("How it")[0])
    assert set(places) == set("123456")


@pytest.mark.parametrize("words", ["x" * 200, "a b " * 20, "unbroken-Pass.phrase"])
def test_another_passphrase_stands_whole_on_the_page(words: str) -> None:
    (text,) = _pages(passphrase_sheet(words, "lake.pdesk", MADE))
    assert "".join(words.split()) in "".join(text.split())
