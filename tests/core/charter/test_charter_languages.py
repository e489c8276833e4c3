"""One charter in several languages: composed, kept as data and printed together."""

from __future__ import annotations

import gettext
import re
import threading
from dataclasses import replace
from pathlib import Path

import page as validator
import pypdfium2
import pytest

from partnerdesk.charter.canonical import canonical, from_json
from partnerdesk.charter.compose import compose
from partnerdesk.charter.languages import in_language
from partnerdesk.charter.pages_look import together
from partnerdesk.charter.public import people_of, public_version
from partnerdesk.charter.render import render
from partnerdesk.charter.statement import closing_statement
from partnerdesk.charter.typeset.beside import Beside
from partnerdesk.charter.typeset.blocks import Style, Text
from partnerdesk.charter.typeset.shape import plain
from partnerdesk.charter.typeset.structure import Element
from partnerdesk.charter.wording import isolated
from partnerdesk.errors import InputErrors
from partnerdesk.language import Tongue, _, ngettext, speaking, spoken_code, tongue
from partnerdesk.model.charter import Charter, Seal
from partnerdesk.model.closing import Closing, Ending
from partnerdesk.model.options import ANNEXES, CharterOptions
from partnerdesk.model.record import Record

WORDS = ("harbour", "maize", "seven", "lantern", "river", "mango", "bell", "thread")
SEAL = Seal("ab" * 32, "01" * 32, WORDS, "ef" * 32)
ARABIC_TEXT = "نجتمع معاً من أجل ماء نظيف ودخل ثابت."


LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


class Arabic(gettext.NullTranslations):
    """A catalogue with Arabic letters for Latin ones; what stands in braces stays."""

    def gettext(self, message: str) -> str:
        """Return the message in other letters."""
        parts = re.split(r"({\w+})", message)
        return "".join(one if one.startswith("{") else self._letters(one) for one in parts)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the message for one or many in other letters."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def _letters(self, text: str) -> str:
        return "".join(
            LETTERS[ord(c.lower()) - 97] if c.isascii() and c.isalpha() else c for c in text
        )


class Marked(gettext.NullTranslations):
    """A catalogue that marks every text of the frame, so that none can hide."""

    def __init__(self, mark: str) -> None:
        """Put `mark` before every text."""
        super().__init__()
        self.mark = mark

    def gettext(self, message: str) -> str:
        """Return the marked message."""
        return f"{self.mark}{message}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the marked message for one or many."""
        return f"{self.mark}{msgid1 if n == 1 else msgid2}"


TONGUES = {
    "sw": Tongue("sw", Marked("~")),
    "ar": Tongue("ar", Arabic()),
    "en": Tongue("en", gettext.NullTranslations()),
}


@pytest.fixture(scope="module")
def record(workshop_a: Record) -> Record:
    """Return the workshop with one clause translated into Swahili and Arabic."""
    told = {"sw": "Tunakutana kwa ajili ya maji safi.", "ar": ARABIC_TEXT}
    first = replace(workshop_a.clauses[0], translations=told)
    return replace(workshop_a, clauses=(first, *workshop_a.clauses[1:]))


def composed(record: Record, *languages: str, **more: object) -> Charter:
    """Return the charter in these languages with all annexes."""
    options = CharterOptions(annexes=ANNEXES, languages=languages, **more)  # type: ignore[arg-type]  # only options
    return compose(record, options=options, tongues=TONGUES)


@pytest.fixture(scope="module")
def both(record: Record) -> Charter:
    """Return the charter in English and Swahili; English prevails."""
    return composed(record, "en", "sw", prevailing="en")


@pytest.fixture(scope="module")
def printed(both: Charter) -> bytes:
    """Return it as PDF, in two columns."""
    return render(both, SEAL, tongues=TONGUES)


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page, with single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [document[at].get_textpage().get_text_bounded() for at in range(len(document))]
    document.close()
    return [" ".join(text.split()) for text in texts]


def valid(pdf: bytes, profile: str, folder: Path) -> bool:
    """Return whether a file keeps the profile."""
    file = folder / "charter.pdf"
    file.write_bytes(pdf)
    return " 0 failed" in str(validator.validate_pdf(str(file), profile=profile))


def test_a_language_is_spoken_inside_its_block_and_its_thread_alone() -> None:
    heard: list[str] = []
    with speaking(TONGUES["sw"]):
        other = threading.Thread(target=lambda: heard.append(_("Purpose")))
        other.start()
        other.join()
        heard += [_("Purpose"), ngettext("{n} day", "{n} days", 2), spoken_code()]
        with speaking(TONGUES["ar"]):
            heard += [spoken_code(), isolated("Rose")]
    assert heard == ["Purpose", "~Purpose", "~{n} days", "sw", "ar", "\u2068Rose\u2069"]
    assert (_("Purpose"), spoken_code()) == ("Purpose", "en")


def test_a_language_without_catalogue_speaks_english(tmp_path: Path) -> None:
    found = tongue("am", tmp_path)
    with speaking(found):
        assert (_("Purpose"), spoken_code()) == ("Purpose", "am")


def test_each_language_holds_the_same_blocks_in_its_own_words(both: Charter) -> None:
    assert both.languages == ("en", "sw")
    swahili = in_language(both, "sw")
    assert (swahili.language, swahili.others) == ("sw", ())
    assert [s.title for s in swahili.sections] == [f"~{s.title}" for s in both.sections]
    assert [c.text for c in swahili.clauses()] == [c.text for c in both.clauses()]
    assert in_language(both, "am").sections == both.sections
    assert from_json(canonical(both)) == both


def test_a_charter_in_one_language_of_choice_is_in_that_language(record: Record) -> None:
    charter = composed(record, "sw")
    assert (charter.language, charter.others) == ("sw", ())
    assert charter.sections[0].title == "~Who we are"


def test_c20_and_the_cover_say_which_language_prevails(
    record: Record, both: Charter, printed: bytes
) -> None:
    assert b"Where they differ, the text in English prevails." in canonical(both)
    assert b"All of them are equal." in canonical(composed(record, "en", "sw"))
    cover = pages_of(printed)[0]
    assert "English, Swahili; English prevails" in cover
    assert "~English, ~Swahili; ~English prevails" in cover.replace("~~", "~")


def test_a_translated_clause_is_printed_in_both_and_another_one_once(
    both: Charter, printed: bytes
) -> None:
    text = " ".join(pages_of(printed))
    clauses = {clause.id: clause for clause in both.clauses()}
    assert "Tunakutana kwa ajili" in text
    assert clauses["c1"].text_in("sw") == "Tunakutana kwa ajili ya maji safi."
    once = "the Committee may leave at once if its"
    assert once in clauses["c7"].text
    assert text.count(once) == 1


def test_the_frame_is_printed_in_both_languages(printed: bytes) -> None:
    text = " ".join(pages_of(printed))
    for words in (
        "Who we are",
        "Adopted.",
        "How to check this charter",
        "Signs by:",
        "Journal head",
    ):
        assert words in text
        assert f"~{words}" in text


def test_below_each_other_takes_as_many_texts(record: Record, printed: bytes) -> None:
    charter = composed(record, "en", "sw", prevailing="en", parallel=False)
    below = " ".join(pages_of(render(charter, SEAL, tongues=TONGUES)))
    beside = " ".join(pages_of(printed))
    assert below.count("~Adopted") == beside.count("~Adopted") > 3
    assert "Open matter: Nothing has been agreed here yet. ~Open matter: ~Nothing" in below


@pytest.mark.parametrize("languages", ["en sw", "en ar", "ar en", "sw ar en"])
def test_charters_in_several_languages_are_valid(
    record: Record, languages: str, tmp_path: Path
) -> None:
    pdf = render(composed(record, *languages.split()), SEAL, tongues=TONGUES)
    assert valid(pdf, "3a", tmp_path)
    assert valid(pdf, "ua1", tmp_path)


def test_a_long_translation_in_large_print_runs_on_over_pages(
    record: Record, tmp_path: Path
) -> None:
    told = {"sw": "Maji safi ni ya wote. " * 150}
    first = replace(record.clauses[0], text="Water is for all. " * 20, translations=told)
    long = replace(record, clauses=(first, *record.clauses[1:]))
    pdf = render(composed(long, "en", "sw", large_print=1.6), SEAL, tongues=TONGUES)
    assert " ".join(pages_of(pdf)).count("Maji safi ni ya wote.") > 140
    assert valid(pdf, "ua1", tmp_path)


def test_the_same_charter_gives_the_same_bytes(both: Charter, printed: bytes) -> None:
    assert render(from_json(canonical(both)), SEAL, tongues=TONGUES) == printed


def test_changes_are_told_in_each_language(record: Record, both: Charter) -> None:
    first = replace(record.clauses[0], translations={"sw": "Tunakutana kwa ajili ya samaki."})
    later = replace(record, clauses=(first, *record.clauses[1:]))
    options = CharterOptions(annexes=ANNEXES, languages=("en", "sw"))
    new = compose(later, options=options, tongues=TONGUES, previous=both, version=2)
    assert len(new.changes[0].blocks) < len(new.others[0].changes[0].blocks)
    assert from_json(canonical(new)) == new
    text = " ".join(pages_of(render(new, SEAL, tongues=TONGUES)))
    assert "~What changed since version 1" in text
    assert "~Before: Tunakutana kwa ajili ya maji safi." in text


def test_a_language_that_is_new_is_compared_with_nothing(record: Record, both: Charter) -> None:
    first = replace(record.clauses[0], text="Other words")
    later = replace(record, clauses=(first, *record.clauses[1:]))
    options = CharterOptions(annexes=ANNEXES, languages=("fr", "sw", "en"))
    new = compose(later, options=options, tongues=TONGUES, previous=both, version=2)
    assert new.changes == ()
    assert [bool(other.changes) for other in new.others] == [True, True]
    alone = CharterOptions(languages=("fr",))
    assert compose(later, options=alone, tongues=TONGUES, previous=both, version=2).changes


def test_a_closing_statement_comes_in_both_languages_too(record: Record, tmp_path: Path) -> None:
    options = CharterOptions(languages=("en", "sw"), prevailing="sw")
    closing = Closing(Ending.COMPLETED, "2028-05-01")
    statement = closing_statement(record, closing, options=options, tongues=TONGUES)
    assert from_json(canonical(statement)) == statement
    pdf = render(statement, SEAL, tongues=TONGUES)
    assert "How it ends / ~How it ends" in " ".join(pages_of(pdf))
    assert valid(pdf, "ua1", tmp_path)


def test_the_public_version_names_nobody_in_any_language(record: Record, both: Charter) -> None:
    public = public_version(both, WORDS, people_of(record))
    assert not [name for name in people_of(record) if name.encode() in canonical(public)]
    assert render(public, None, tongues=TONGUES)


def test_languages_that_do_not_hold_the_same_blocks_are_refused(both: Charter) -> None:
    other = both.others[0]
    for wrong in (
        replace(both, others=(replace(other, sections=other.sections[1:]),)),
        replace(both, others=(other, other)),
        replace(both, prevailing="am"),
    ):
        with pytest.raises(InputErrors):
            from_json(canonical(wrong))


def test_words_that_are_alike_are_said_once_and_directions_are_kept_apart() -> None:
    assert together(["Date", "Tarehe", "Date", ""]) == "Date / Tarehe"
    assert together(["Date", "ماء"]) == "\u2068Date\u2069 / \u2068ماء\u2069"


def text_of(words: str) -> Text:
    """Return a paragraph in a structure of its own."""
    return Text(Element("P"), plain(words), Style(10, 15, after=4))


def test_texts_side_by_side_break_together() -> None:
    pair = Beside([text_of("word " * 200), text_of("short")])
    assert pair.height(300) == max(pair.texts[0].height(142), 15)
    parts = pair.split(300, 100, 700)
    assert parts
    head, tail = parts
    assert head.height(300) <= 100
    assert head.height(300) + tail.height(300) == pair.height(300)
    assert Beside([text_of("a"), text_of("b")]).split(300, 5, 700) is None


@pytest.mark.parametrize(("right", "first"), [(True, "ماء"), (False, "eau")])
def test_words_in_two_directions_begin_at_the_side_of_their_charter(
    right: bool, first: str
) -> None:
    words = together(["ماء نظيف", "eau propre"] if right else ["eau propre", "ماء نظيف"])
    text = replace(text_of(words), right=right)
    runs = text.lines(400)[0].runs
    assert (runs[-1] if right else runs[0]).text.startswith(first)
