"""Logos on the cover: inside the text that is signed, drawn from their own samples, described."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import page as validator
import pikepdf
import pytest
from PIL import Image

from partnerdesk.charter.canonical import canonical, from_json
from partnerdesk.charter.compose import compose
from partnerdesk.charter.logo import samples
from partnerdesk.charter.public import public_version
from partnerdesk.charter.render import render
from partnerdesk.errors import InputErrors
from partnerdesk.model.charter import Charter
from partnerdesk.model.logo import Logo
from partnerdesk.model.record import Record
from partnerdesk.signing.pictures import logo


def png(colour: str, mode: str = "RGB", **how: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (120, 40), colour).convert(mode).save(made, "PNG", **how)  # type: ignore[arg-type]  # PIL's own words
    return made.getvalue()


@pytest.fixture(scope="module")
def charter(workshop_a: Record) -> Charter:
    logos = {"ingo": Logo(logo(png("red")), "A red bar"), "cbo": Logo(logo(png("grey")), "Grey")}
    return compose(replace(workshop_a, logos=logos))


def test_a_logo_is_part_of_the_text_and_reads_back(charter: Charter) -> None:
    assert charter.parties[0].logo_words == "A red bar"
    assert charter.parties[1].logo == ""
    assert from_json(canonical(charter)) == charter
    held = [samples(bytes.fromhex(party.logo)).colours for party in charter.parties if party.logo]
    assert held == [3, 1]


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_cover_with_logos_is_valid_and_tells_what_they_show(
    charter: Charter, profile: str, tmp_path: Path
) -> None:
    pdf = render(charter, None)
    assert pdf == render(charter, None)
    assert pdf.count(b"/Subtype /Image") == 2
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        told = {
            str(one.Alt)
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary) and "/Alt" in one
        }
    assert {"A red bar", "Grey"} <= told
    file = tmp_path / "logos.pdf"
    file.write_bytes(pdf)
    assert " 0 failed" in str(validator.validate_pdf(str(file), profile=profile))


def test_a_public_version_keeps_the_logos_whatever_people_are_called(charter: Charter) -> None:
    names = {charter.parties[0].logo[:8]: "[somebody]", "A": "[a]"}
    public = public_version(charter, (), names)
    assert [party.logo for party in public.parties] == [party.logo for party in charter.parties]


@pytest.mark.parametrize(
    "broken",
    [
        "zz",
        "00ff",
        png("red")[:-20].hex(),
        png("red", "RGBA").hex(),
        png("red", "P").hex(),
        png("red").replace(b"IDAT", b"JDAT").hex(),
        (png("red")[:18] + b"\x7f\xff" + png("red")[20:]).hex(),
    ],
)
def test_a_charter_with_another_kind_of_logo_is_refused(charter: Charter, broken: str) -> None:
    party = replace(charter.parties[0], logo=broken)
    wrong = replace(charter, parties=(party, *charter.parties[1:]))
    with pytest.raises(InputErrors) as refused:
        from_json(canonical(wrong))
    assert "logo of ingo" in refused.value.problems[0]
