"""Honest charters never raise an alarm: one to eight signatories, in many scripts."""

from __future__ import annotations

import os
import random
from datetime import timedelta

import pytest

from partnerdesk.signing.authority import Authority
from partnerdesk.signing.marks import TypedMark, generated_strokes
from partnerdesk.signing.report import Known, Verdict
from partnerdesk.signing.sign import sign
from partnerdesk.signing.verify import verify
from tests.core.signing.ceremony import AT, codes, outlines, prepared, request

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
COUNT = 200 if SOAK else 12
NAMES = (
    "Amina Odhiambo",
    "Олена Коваль",
    "سليم حداد",
    "ሰላም ተስፋዬ",
    "सीता शर्मा",
    "Ñusta Quispe",
    "Ngũgĩ wa Thiong'o",
    "Nguyễn Thị Hoa",
    "Βασιλική",
    "王小明",
    "தமிழ்செல்வி",
    "Ọlájùmọ̀kẹ́",
)


@pytest.mark.timeout(0 if SOAK else 300)
@pytest.mark.parametrize("seed", range(COUNT))
def test_an_honest_charter_raises_no_alarm(authority: Authority, known: Known, seed: int) -> None:
    chance = random.Random(seed)
    count = seed % 8 + 1
    pdf = prepared(count)
    for place in range(count):
        name = chance.choice(NAMES)
        mark = TypedMark(name) if chance.random() < 0.5 else generated_strokes(name)
        when = AT + timedelta(minutes=place * chance.randrange(1, 2000))
        wish = request(place, name=name, mark=mark, when=when, location=chance.choice(NAMES))
        pdf = sign(pdf, wish, authority, outlines=outlines)
        report = verify(pdf, known)
        assert report.verdict is Verdict.UNCHANGED
        assert codes(report) <= {"awaited", "order"}
        assert (len(report.signers), report.expected) == (place + 1, count)
