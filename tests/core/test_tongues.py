"""The languages that PartnerDesk speaks, and the catalogues that hold their words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

import resources
from bench import words
from partnerdesk.charter.typeset.fonts import missing
from partnerdesk.language import (
    NEEDS_READER,
    OWN_NAMES,
    SCRIPTS,
    TONGUES,
    _,
    ngettext,
    reads_right,
    speaking,
    spoken_in,
)

ROOT = Path(__file__).parents[2]
CODES = words.translated_codes()
PLURALS = {"ar": 6, "ru": 3}
MOST_STALE = 8
"""How many English texts may change before their translators are asked again."""
MARKUP = re.compile(r"</?\w+[^>]*>|&\w+;")


@pytest.fixture(scope="module", params=CODES)
def code(request: pytest.FixtureRequest) -> str:
    """Return the code of each language in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def catalogue(code: str) -> Catalog:
    """Return its catalogue, as translators edit it."""
    return words.catalogue(code)


@pytest.fixture(scope="module")
def source() -> Catalog:
    """Return every text of the program and its guide."""
    return words.template()


def forms(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else (str(value),)


def places(text: str) -> set[str]:
    """Return the names in braces; ValueError where a brace stands alone."""
    return {name for _text, name, _spec, _turn in Formatter().parse(text) if name is not None}


def wrong_places(message: Message) -> list[str]:
    """Return the forms of a translation that do not fill in what the English text fills in."""
    one, many = forms(message.id)[0], forms(message.id)[-1]
    told = forms(message.string)
    first = [f for f in told[:1] if places(f) not in (places(one), places(many))]
    return first + [f for f in told[1:] if places(f) != places(many)]


def test_every_offered_language_is_there_and_another_one_speaks_english() -> None:
    assert tuple(TONGUES) == tuple(OWN_NAMES)
    assert [TONGUES[code].code for code in TONGUES] == list(OWN_NAMES)
    assert "xx" not in TONGUES
    with speaking(spoken_in("xx")):
        assert (_("Purpose"), ngettext("{n} day", "{n} days", 2)) == ("Purpose", "{n} days")


def test_a_text_that_is_not_translated_is_english() -> None:
    for tongue in TONGUES.values():
        with speaking(tongue):
            assert _("No catalogue holds this text.") == "No catalogue holds this text."


def test_a_regional_code_speaks_its_language() -> None:
    with speaking(spoken_in("pt-BR")):
        assert _("Purpose") == "Propósito"
    assert reads_right("ar-EG")
    assert not reads_right("am")


def test_english_in_a_room_of_another_language_stays_english() -> None:
    with speaking(spoken_in("fr")), speaking(TONGUES["en"]):
        assert _("Purpose") == "Purpose"


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("ar", ("{days} يوم", "يوم واحد ({days})", "يومان ({days})", "{days} أيام", "{days} يومًا")),
        ("ru", ("{days} дней", "{days} день", "{days} дня", "{days} дня", "{days} дней")),
        ("fr", ("{days} jour", "{days} jour", "{days} jours", "{days} jours", "{days} jours")),
    ],
)
def test_numbers_take_the_plural_of_the_language(code: str, days: tuple[str, ...]) -> None:
    with speaking(spoken_in(code)):
        said = tuple(ngettext("{days} day", "{days} days", n) for n in (0, 1, 2, 3, 11))
    assert said == days


def test_the_shipped_catalogue_is_compiled_from_the_one_people_edit(
    code: str, catalogue: Catalog
) -> None:
    assert words.po_file(code).with_suffix(".mo").read_bytes() == words.compiled(catalogue)
    assert words.po_file(code).read_bytes() == words.written(words.catalogue(code))
    assert resources.path("locale") == words.LOCALE
    packaged = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    assert packaged["package-data"]["resources"] == ["**/*"]


def test_a_catalogue_holds_the_texts_of_the_source(catalogue: Catalog, source: Catalog) -> None:
    ours = {message.id for message in catalogue if message.id}
    theirs = {message.id for message in source if message.id}
    stale = {m.id for m in words.translations(catalogue)} - theirs
    assert len(stale) <= MOST_STALE, "the English changed: run `make words`, then translate anew"
    assert len(theirs - ours) <= len(theirs) * 0.1, "run `make words`"


def test_each_translation_fills_in_what_the_english_does(catalogue: Catalog) -> None:
    assert {m.id: wrong for m in words.translations(catalogue) if (wrong := wrong_places(m))} == {}


def test_a_wrong_placeholder_is_noticed() -> None:
    assert wrong_places(Message("{n} of {count}", "{n} de {cout}")) == ["{n} de {cout}"]
    assert wrong_places(Message(("{n} day", "{n} days"), ("jour", "{n} jours"))) == ["jour"]


def test_translations_are_plain_printable_words(code: str, catalogue: Catalog) -> None:
    told = [form for m in words.translations(catalogue) for form in forms(m.string)]
    assert len(told) > 800
    assert [form for form in told if MARKUP.search(form) or "\\" in form] == []
    assert missing("".join(told)) == ()
    assert catalogue.num_plurals == PLURALS.get(code, 2)
    plurals = [m for m in words.translations(catalogue) if m.pluralizable]
    assert {len(m.string) for m in plurals} == {catalogue.num_plurals}


def test_spaces_at_the_ends_are_kept(catalogue: Catalog) -> None:
    def ends(text: str) -> tuple[bool, bool]:
        return text[:1].isspace(), text[-1:].isspace()

    found = [m for m in words.translations(catalogue) if isinstance(m.id, str)]
    assert [m.id for m in found if ends(m.id) != ends(str(m.string))] == []


def test_each_catalogue_says_that_it_awaits_a_reader(code: str) -> None:
    head = words.po_file(code).read_text("utf-8")[:300]
    assert ("awaits a reader who speaks the language" in head) is (code in NEEDS_READER)


def test_every_language_has_a_name_of_its_own_and_a_font(code: str) -> None:
    assert missing(OWN_NAMES[code]) == ()
    latin_or_cyrillic = code not in SCRIPTS
    assert latin_or_cyrillic is (OWN_NAMES[code][0].lower() < "\u0530")
