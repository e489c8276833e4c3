"""Figures of need, say, work, gain and trust: printed where every partner agreed, else never."""

from __future__ import annotations

import gettext
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import page as validator
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerdesk.charter.canonical import canonical, from_json
from partnerdesk.charter.compose import compose
from partnerdesk.charter.pages_bars import add_bars
from partnerdesk.charter.pages_look import Pages
from partnerdesk.charter.plain import plain_text
from partnerdesk.charter.render import render
from partnerdesk.charter.typeset.blocks import Figure
from partnerdesk.charter.typeset.drawing import Box, Drawing, Stroke, Words
from partnerdesk.language import Tongue
from partnerdesk.model.bars import Bar, BarChart, BarGroup
from partnerdesk.model.charter import Charter
from partnerdesk.model.guide import Activity, Column, ColumnType, Item, Part, Scale, Stage
from partnerdesk.model.json import Json
from partnerdesk.model.options import CharterOptions
from partnerdesk.model.record import Record
from partnerdesk.model.round import Agreement, Basis, Consent

FIGURE = Part(
    "figure",
    "Figure",
    (
        Column("partner", "Partner", ColumnType.PARTNER),
        Column("other", "Other", ColumnType.PARTNER, required=False),
        Column("aspect", "Aspect", required=False),
        Column("value", "Value", ColumnType.LEVEL),
    ),
)
AGREED = Part(
    "figure_agreed",
    "May all see it?",
    (Column("partner", "Partner", ColumnType.PARTNER), Column("agreed", "Agreed")),
)
PARTS = (FIGURE, AGREED)
R = (Item("rights", "A say"), Item("responsibilities", "Work"), Item("returns", "Gain"))
ACTIVITIES = (
    Activity("dependence", "ST", "Who needs whom", "grid", "p", 5, parts=PARTS,
             sections=("C5",), options={"figures": "dependence"}, scale=Scale(0, 4)),
    Activity("four_r", "ST", "Say, work and gain", "grid", "p", 5, parts=PARTS,
             sections=("C5",), items=R, options={"figures": "four_r"}, scale=Scale(0, 5)),
    Activity("trust", "ST", "Trust", "grid", "p", 5, parts=PARTS,
             sections=("C13",), options={"figures": "trust"}, scale=Scale(0, 4)),
)  # fmt: skip
PARTNERS = ("ingo", "lngo", "cbo")
ALL_YES: list[Json] = [{"partner": one, "agreed": "yes"} for one in PARTNERS]
NEEDS: list[Json] = [
    {"partner": "ingo", "other": "cbo", "value": 1},
    {"partner": "lngo", "other": "ingo", "value": 2},
    {"partner": "cbo", "other": "ingo", "value": 4},
    {"partner": "ingo", "other": "lngo", "value": 3},
]
SHARES: list[Json] = [
    {"partner": one, "aspect": item.id, "value": value}
    for one, values in zip(PARTNERS, ((5, 1, 4), (2, 4, 2), (1, 5, 1)), strict=True)
    for item, value in zip(R, values, strict=True)
]


def with_figures(record: Record, figures: Mapping[str, list[Json]], agreed: Json) -> Record:
    """Return the record with agreements that hold these figures."""
    stage = Stage("SF", "Figures", "F", "", ACTIVITIES)
    made = tuple(
        Agreement(f"f-{one}", one, {"figure": rows, "figure_agreed": agreed}, Basis.IMPORTED)
        for one, rows in figures.items()
    )
    guide = replace(record.guide, stages=(*record.guide.stages, stage))
    return replace(record, guide=guide, agreements=(*record.agreements, *made))


@pytest.fixture(scope="module")
def charter(workshop_a: Record) -> Charter:
    """Return a charter with three figures to which all agreed."""
    figures = {"dependence": NEEDS, "four_r": SHARES, "trust": NEEDS}
    options = CharterOptions(annexes=("C",))
    return compose(with_figures(workshop_a, figures, ALL_YES), options=options)


def charts(charter: Charter, code: str) -> list[BarChart]:
    """Return the bars of one section."""
    section = charter.section(code)
    assert section
    return [block for block in section.blocks if isinstance(block, BarChart)]


def test_need_is_shown_in_pairs_in_both_directions(charter: Charter) -> None:
    chart = charts(charter, "C5")[0]
    assert (chart.title, chart.top) == ("Who needs whom", 4)
    assert [(g.name, [(b.name, b.value) for b in g.bars]) for g in chart.groups] == [
        ("Northbridge and LBFN", [("LBFN needs Northbridge", 2), ("Northbridge needs LBFN", 3)]),
        ("Northbridge and Kisumbe WUC",
         [("Northbridge needs Kisumbe WUC", 1), ("Kisumbe WUC needs Northbridge", 4)]),
    ]  # fmt: skip
    assert chart.groups[0].description.startswith("LBFN needs Northbridge: 2 of 4.")


def test_say_work_and_gain_stand_together_for_each_partner(charter: Charter) -> None:
    chart = charts(charter, "C5")[1]
    assert [group.name for group in chart.groups] == ["Northbridge", "LBFN", "Kisumbe WUC"]
    assert [(b.name, b.value) for b in chart.groups[2].bars] == [
        ("A say", 1), ("Work", 5), ("Gain", 1)
    ]  # fmt: skip


def test_trust_stands_in_c13_and_all_figures_in_annex_c(charter: Charter) -> None:
    (chart,) = charts(charter, "C13")
    assert chart.groups[0].bars[0].name == "LBFN trusts Northbridge"
    assert len(charts(charter, "C")) == 3
    assert "Kisumbe WUC needs Northbridge: 4 of 4." in plain_text(charter)
    assert from_json(canonical(charter)) == charter


ONE = st.sampled_from(["yes", "no", "", None, True, 1, "Yes"])


@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.sampled_from([*PARTNERS, "nobody"]), ONE), max_size=5))
def test_a_figure_shows_only_where_each_partner_said_yes(
    workshop_a: Record, said: list[tuple[str, Json]]
) -> None:
    agreed: Json = [{"partner": partner, "agreed": answer} for partner, answer in said]
    charter = compose(with_figures(workshop_a, {"dependence": NEEDS}, agreed))
    every = all([a for p, a in said if p == one] == ["yes"] for one in PARTNERS)
    assert bool(charts(charter, "C5")) is every
    assert (b"needs" in canonical(charter)) is every


def test_a_figure_of_an_agreement_that_does_not_stand_never_shows(workshop_a: Record) -> None:
    record = with_figures(workshop_a, {"dependence": NEEDS}, ALL_YES)
    levels = (Consent("ingo", 1), Consent("lngo", 1), Consent("cbo", 8, "No."))
    last = replace(record.agreements[-1], basis=Basis.CONSENT, consents=levels)
    charter = compose(replace(record, agreements=(*record.agreements[:-1], last)))
    assert not charts(charter, "C5")


@pytest.mark.parametrize("value", [-1, 5, True, "3", None, 2.5])
def test_values_that_the_scale_does_not_have_are_left_out(workshop_a: Record, value: Json) -> None:
    rows: list[Json] = [{"partner": "ingo", "other": "cbo", "value": value}]
    charter = compose(with_figures(workshop_a, {"dependence": rows}, ALL_YES))
    assert not charts(charter, "C5")


def test_the_bars_differ_without_colour(charter: Charter) -> None:
    pages = Pages(charter, None)
    add_bars(pages, charts(charter, "C5")[1:])
    drawing = next(block.drawing for block in pages.blocks if isinstance(block, Figure))
    bars = [part for part in drawing.parts if isinstance(part, Box)]
    assert [bool(bar.fill) for bar in bars] == [True, False, False]
    lines = [part for part in drawing.parts if isinstance(part, Stroke)]
    upright = Counter(one.start[1] for one in lines if one.start[0] == one.end[0])
    assert [upright[bar.y] > 1 for bar in bars] == [False, False, True]
    numbers = [part.text for part in drawing.parts if isinstance(part, Words)]
    assert numbers == ["Northbridge", "A say", "5 / 5", "Work", "1 / 5", "Gain", "4 / 5"]


def test_a_mirrored_drawing_ends_where_the_other_begins() -> None:
    drawing = Drawing(100, 20)
    drawing.add(Box(10, 0, 30, 5, "000000"), Stroke((0, 0), (40, 0), "000000"))
    drawing.add(Words(12, 3, "word", 8, "000000"))
    box, stroke, words = drawing.mirrored().parts
    assert isinstance(box, Box)
    assert isinstance(stroke, Stroke)
    assert isinstance(words, Words)
    assert (box.x, stroke.start, stroke.end) == (60, (100, 0), (60, 0))
    assert (words.x, words.ends) == (88, True)
    assert drawing.mirrored().mirrored() == drawing


def test_a_label_that_is_too_long_is_cut_and_told_in_full_below(charter: Charter) -> None:
    long = "What " * 40
    chart = BarChart("T", 4, (BarGroup("G", f"{long}: 1 of 4.", (Bar("cbo", long, 1),)),))
    pages = Pages(charter, None)
    add_bars(pages, [chart])
    (figure,) = (block for block in pages.blocks if isinstance(block, Figure))
    label = [part.text for part in figure.drawing.parts if isinstance(part, Words)][1]
    assert label.endswith("…")
    assert len(label) < 60
    assert figure.element.alt.startswith(f"G. {long.strip()}")


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_charters_with_figures_are_valid(
    workshop_a: Record, charter: Charter, profile: str, tmp_path: Path
) -> None:
    tongues = {"sw": Tongue("sw", gettext.NullTranslations())}
    record = with_figures(workshop_a, {"dependence": NEEDS, "four_r": SHARES}, ALL_YES)
    both = compose(record, options=CharterOptions(languages=("en", "sw")), tongues=tongues)
    for one in (render(charter, None), render(both, None, tongues=tongues)):
        file = tmp_path / "charter.pdf"
        file.write_bytes(one)
        assert " 0 failed" in str(validator.validate_pdf(str(file), profile=profile))
