"""The languages that PartnerDesk speaks, and the catalogues that hold their words."""

from __future__ import annotations

from partnerdesk.language import OWN_NAMES, TONGUES, _, ngettext, speaking, spoken_in


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
